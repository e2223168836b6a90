"""Which words deny, count or name a day, in many languages: ``word_kinds.csv``, kept by hand."""

from __future__ import annotations

import re
from functools import cache

from onrecord.indexer.analysis.words import fold, words
from onrecord.indexer.register.tables import listed, rows

__all__ = [
    "is_month",
    "is_number",
    "is_year",
    "lookalikes",
    "negating_prefix",
    "of_kind",
    "script_of_lookalike",
]

_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}|21[0-9]{2}")
# Letters that are left when a prefix is taken off a word.
_SHORTEST_STEM = 3


def of_kind(kind: str, language: str | None) -> frozenset[str]:
    """Return the folded words of a kind in a language; those of all where it is not known or not listed.

    >>> "never" in of_kind("negation", "en"), "never" in of_kind("negation", "fr")
    (True, False)
    """
    return _of_kind(kind, language) or _of_kind(kind, None)


@cache
def _of_kind(kind: str, language: str | None) -> frozenset[str]:
    return frozenset(
        word
        for row in rows("word_kinds.csv", beside=__file__)
        if row["kind"] == kind and language in (row["language"], None)
        for listed_word in listed(row["words"])
        for word in (words(listed_word) if kind != "weekday" else [fold(listed_word)])
    )


def is_number(word: str, language: str | None) -> bool:
    """Tell whether a folded word is a number, in figures or in letters."""
    return any(map(str.isnumeric, word)) or word in of_kind("number", language)


def is_year(word: str) -> bool:
    """Tell whether a folded word may be a year."""
    return _YEAR.fullmatch(word) is not None


@cache
def is_month(word: str) -> bool:
    """Tell whether a folded word names a month, in any language of the register."""
    return word in _months()


@cache
def _months() -> frozenset[str]:
    from onrecord.indexer.register import tables

    names = (listed(row["names"]) for row in rows("months.csv", beside=tables.__file__))
    return frozenset(fold(name) for some in names for name in some)


def negating_prefix(one: str, other: str, language: str | None) -> bool:
    """Tell whether one of two words is the other with a prefix that denies it.

    >>> negating_prefix("lawful", "unlawful", "en"), negating_prefix("legal", "illegal", None)
    (True, True)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_STEM or not long.endswith(short):
        return False
    return long[: -len(short)] in of_kind("prefix", language)


@cache
def lookalikes() -> dict[str, str]:
    """Return of each letter of another script the Latin letters that it looks like, folded."""
    return {fold(row["letter"]): row["like"] for row in rows("lookalikes.csv", beside=__file__)}


def script_of_lookalike(letter: str) -> str | None:
    """Return the script of a letter that looks like a Latin one, None of any other."""
    return _scripts().get(fold(letter))


@cache
def _scripts() -> dict[str, str]:
    return {fold(row["letter"]): row["script"] for row in rows("lookalikes.csv", beside=__file__)}
