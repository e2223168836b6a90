"""Whether the text of a PDF is text: a font without a usable table gives signs that no one wrote.

Two things tell it in any script: too few of the signs are letters, or too many stand for no character at all.
Where the letters are Latin ones, and shifted, no word of grammar of any language is among them and the vowels
have gone astray.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from onrecord.indexer.analysis.function_words import function_words

__all__ = ["is_unreadable"]

# So many signs are needed to tell, and so many words.
_FEWEST_SIGNS, _FEWEST_WORDS = 150, 60
# Less than this share of letters, or more than that of what is no character, is no text. Tables have few
# letters, so that figures and leaders are not counted.
_LETTERS, _NO_CHARACTER = 0.6, 0.2
# Less than one word of grammar in a hundred, and vowels beyond these shares of the Latin letters.
_GRAMMAR, _FEWEST_VOWELS, _MOST_VOWELS = 0.01, 0.25, 0.7
_LATIN = ("da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "sv")
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœěůőűąęı")
_NOT_COUNTED = frozenset("._-–—…·•=*|/%$€£")


@cache
def _grammar() -> frozenset[str]:
    """Return the words of grammar of the languages written in Latin letters, those of one letter apart."""
    found = frozenset[str]().union(*map(function_words, _LATIN))
    return frozenset(word for word in found if len(word) > 1)


def is_unreadable(texts: Iterable[str]) -> bool:
    """Tell whether what a document holds is no text.

    >>> is_unreadable([': : D 6 " ! ( ; % ( - '] * 20), is_unreadable(["We agree with the text. "] * 20)
    (True, False)
    """
    words = " ".join(texts).split()
    signs = Counter("".join(word for word in words if not any(map(str.isdigit, word))))
    kinds: Counter[str] = Counter()
    for sign, times in signs.items():
        if sign not in _NOT_COUNTED:
            kinds[unicodedata.category(sign)[0] if sign != "\ufffd" else "C"] += times
    total = kinds.total()
    if total < _FEWEST_SIGNS:
        return False
    if kinds["C"] > _NO_CHARACTER * total or kinds["L"] + kinds["M"] < _LETTERS * total:
        return True
    return _is_shifted(words, signs)


def _is_shifted(words: list[str], signs: Counter[str]) -> bool:
    """Tell Latin letters that stand for others: their words are of no language."""
    latin = Counter(
        {sign.lower(): times for sign, times in signs.items() if sign.isalpha() and sign < "\u0250"}
    )
    plain = [word for word in words if word.isalpha() and word < "\u0250"]
    if len(plain) < _FEWEST_WORDS or latin.total() < sum(signs.values()) / 2:
        return False
    vowels = sum(times for sign, times in latin.items() if sign in _VOWELS) / latin.total()
    if _FEWEST_VOWELS <= vowels <= _MOST_VOWELS:
        return False
    known = sum(word.lower() in _grammar() for word in plain)
    return known < _GRAMMAR * len(plain)
