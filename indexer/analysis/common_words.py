"""The words that statements are full of: evidence where a text is too short to give its own.

``common_words.csv`` lists the English words, in small letters and of three or more, that stand in fifty
speeches of the General Debate (1946 to 2018), those beside a hyphen or a broken line left out, and those
that stand with a hyphen in as many (``nonaligned``). A word that is not in it may be one all the same.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["is_common"]


def is_common(word: str) -> bool:
    """Tell whether statements are full of this word.

    >>> is_common("disarmament"), is_common("Weapons"), is_common("disarma")
    (True, True, False)
    """
    return word.lower() in _common_words()


@cache
def _common_words() -> frozenset[str]:
    table = files("onrecord.indexer.analysis").joinpath("common_words.csv")
    return frozenset(table.read_text(encoding="utf-8").splitlines()[1:])
