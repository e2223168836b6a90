"""Where a sentence ends: told of a line by its last letters."""

from __future__ import annotations

import re

__all__ = ["ends_sentence"]

_END = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*(?:\d{0,2}|[¹²³⁰⁴-⁹]{1,2}|\[\d{1,3}\])$")
# A stop, three marks and a note of three digits in brackets: a long line need not be searched from its begin.
_LONGEST_END = 9


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a stop; quotation marks and the figure of a note may follow it.

    >>> ends_sentence("(see the report.)"), ends_sentence("we agree.”12"), ends_sentence("we agree,")
    (True, True, False)
    >>> ends_sentence("we agree.¹"), ends_sentence("we agree.[1]")
    (True, True)
    """
    if text[-1:].isalpha():  # seven lines in ten
        return False
    return _END.search(text, max(0, len(text) - _LONGEST_END)) is not None
