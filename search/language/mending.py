r"""Typed words that a page broke or decorated: the door, which most questions pass at a glance.

How they are mended is in `search.language.readings`, which a question without any does not load.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["mended"]

# Hyphens that only a page has, and marks without a width.
_SIGNS = "‐‑¬‧\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DIGIT = re.compile("[0-9]")
_HEBREW = "\u05d0", "\u05ea"


def mended(typed: str) -> str:
    r"""Mend the words of a question that a page broke or decorated.

    >>> mended('"full implement-\nation" develop¬ment')
    '"full implementation" development'
    >>> mended('clear landmines3')
    'clear (landmines3 OR "landmines 3")'
    """
    if not _may_be_broken(typed):
        return typed
    from onrecord.search.language.readings import mended_pieces

    return mended_pieces(typed)


def _may_be_broken(typed: str) -> bool:
    if typed.isascii() and "-" not in typed and not _DIGIT.search(typed):
        return False
    if not typed.isascii():
        if any(sign in typed for sign in _SIGNS):
            return True
        if '"' in typed and any(_HEBREW[0] <= letter <= _HEBREW[1] for letter in typed):
            return True
    if "-" in typed and any(pair[0] == "-" and pair[1] in " \t\r\n" for pair in pairwise(typed)):
        return True
    return " -" in typed or any(letter.islower() and digit.isdigit() for letter, digit in pairwise(typed))
