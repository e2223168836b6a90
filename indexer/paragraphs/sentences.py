"""Where a sentence ends: told of a line by its last letters."""

from __future__ import annotations

import re

__all__ = ["ends_sentence"]

_END = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\d{0,2}$")
# A stop, three marks and a note of two digits: no need to search a long line from its beginning.
_LONGEST_END = 6


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a stop; quotation marks and the number of a note may follow it.

    >>> ends_sentence("(see the report.)"), ends_sentence("we agree.”12"), ends_sentence("we agree,")
    (True, True, False)
    """
    if text[-1:].isalpha():  # seven lines in ten
        return False
    return _END.search(text, max(0, len(text) - _LONGEST_END)) is not None
