"""Who presides: the words for it in many languages, as the records of parliaments print them.

``offices.csv`` holds them by kind and language, as regular expressions without regard for case and accents:

title      "Mr", "la señora": stands before an office
rank       "Deputy", "förste vice": stands before it and is part of it
office     "Speaker", "talmannen", "議長": presides where nothing else is named
after      "pro tempore", "en funciones": stands behind it
of         "of the", "de la": leads to the chamber
chamber    "National Assembly", "Bundestages": what someone presides over
word       "officer", "ceann": names who presides in a label of a record, beside other words, and not alone
named      an office that presides where a name follows too: "Vizepräsidentin Petra Vogt"
sitting    "session", "whole house": what someone presides over and no house is called
record     "Hansard", "debates": may stand behind the name of a house
elsewhere  "government", "republic": who presides there has no chair here
member     "Senator", "Mr": stands before the name of someone who is in the house
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.indexer.analysis.words import fold

__all__ = ["house_in", "is_chair", "is_chair_word", "is_member"]

# In brackets behind an office stands who holds it; behind a name, the office: "Mr. X (The Chair)".
_BRACKETED = re.compile(r"(?P<outside>[^()（）]+)[(（](?P<inside>[^()（）]*)[)）]?")
# Pieces of an expression that are words, and not its own signs.
_PIECE = re.compile(r"[^|()?*+\[\]{}.:,\\ ]{2,}|(?<![\w])\w(?![\w\]])")
# A name has a few words; what is longer tells something.
_MOST_OF_A_NAME = 6
_LONGEST = 200
_LONGEST_WORD = 80
_MOST_OF_A_HOUSE = 16


def is_chair(name: str) -> bool:
    """Recognise a name that is the office of presiding, alone or with who holds it.

    >>> is_chair("Madam Deputy Speaker"), is_chair("The President of Panama"), is_chair("Mr. Chairman")
    (True, False, True)
    >>> is_chair("El señor VICEPRESIDENTE (Vega)"), is_chair("El señor VICEPRESIDENTE DEL GOBIERNO (Vega)")
    (True, False)
    """
    printed = name[:_LONGEST].strip().rstrip(" :.–—")
    bracketed = _BRACKETED.fullmatch(printed)
    if bracketed is None:
        return _presides(printed)
    return _presides(bracketed["outside"]) or _is_office(fold(bracketed["inside"]))


def is_chair_word(word: str) -> bool:
    """Recognise a word by which a label of a record names who presides, with a rank before it or without.

    >>> is_chair_word("Vice-President"), is_chair_word("Officer"), is_chair_word("Minister")
    (True, True, False)
    """
    return len(word) <= _LONGEST_WORD and _is_chair_word(word)


@lru_cache(maxsize=65536)
def _is_chair_word(word: str) -> bool:
    folded = fold(word)
    return _is_office(folded) or _of_a_label().fullmatch(folded) is not None


def is_member(name: str) -> bool:
    """Recognise a name with a title that members bear; what else someone is stands before or behind it.

    >>> is_member("Senator J. L. VEGA"), is_member("The MINISTER OF TRADE"), is_member("Petra Vogt")
    (True, False, False)
    """
    return _member().match(fold(name[:_LONGEST])) is not None and "," not in name


def house_in(title: str) -> str | None:
    """Return the house that a title ends with, as it is printed; None where it ends with none.

    >>> house_in("PROCEEDINGS OF THE NATIONAL ASSEMBLY"), house_in("House of Keys Debate"), house_in("Hans")
    ('NATIONAL ASSEMBLY', 'House of Keys', None)
    """
    words = title.split()[-_MOST_OF_A_HOUSE:]
    while len(words) > 1 and _record().fullmatch(fold(words[-1])):
        words.pop()
    ends = (" ".join(words[at:]).strip(" .,:;-–") for at in range(len(words)))
    return next((end for end in ends if _house().fullmatch(fold(end))), None)


def _presides(printed: str) -> bool:
    words = fold(printed)
    return _is_office(words) or _is_named(printed, words)


def _is_office(words: str) -> bool:
    return _office().fullmatch(words) is not None


def _is_named(printed: str, words: str) -> bool:
    """Tell whether an office is followed by a name: not by what it is an office of."""
    named = _named().match(words)
    if named is None or _elsewhere().search(words):
        return False
    name = words[named.end() :].split()
    spelled = printed.split()[-1]
    return len(name) <= _MOST_OF_A_NAME and not spelled[:1].islower()


@cache
def _office() -> re.Pattern[str]:
    over = rf"(?: (?:{_words('of')}))? (?:{_words('chamber', 'sitting')})"
    return re.compile(
        rf"{_before()}(?:{_words('office', 'named')})(?: (?:{_words('after', 'rank')})(?= |$))*+(?:{over})?"
        rf"(?: (?:{_words('after')})(?= |$))*+"
    )


@cache
def _of_a_label() -> re.Pattern[str]:
    return re.compile(_words("word"))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"{_before()}(?:{_words('named')}) (?!(?:{_words('of')}|for|on|and|i|und|a)\b)")


@cache
def _house() -> re.Pattern[str]:
    return re.compile(_words("chamber"))


@cache
def _record() -> re.Pattern[str]:
    return re.compile(_words("record"))


@cache
def _member() -> re.Pattern[str]:
    articles = "the|an?|le|la|el|o|der|die|den"
    return re.compile(rf"(?:(?:{articles}) )?(?:{_words('member')}) ")


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('elsewhere')})\b")


@cache
def _before() -> str:
    """Write what may stand before an office, as much of it as there is.

    A word may be a title in several languages: a loop that gives words back would try each as each.
    """
    titles = rf"(?:(?:{_words('title')}) )*+"
    return rf"(?:(?:(?:{_words('title', 'rank')}) )*+|{titles}|)"


def _words(*kinds: str) -> str:
    """Join the expressions of some kinds."""
    return "|".join(dict.fromkeys(cell for kind, cell in _table() if kind in kinds))


@cache
def _table() -> tuple[tuple[str, str], ...]:
    """Read the rows, a kind and an expression each, folded as a text is."""
    table = files(__package__).joinpath("offices.csv").read_text("utf-8")
    return tuple(
        (row["kind"], _PIECE.sub(_folded, row["words"])) for row in csv.DictReader(table.splitlines())
    )


def _folded(piece: re.Match[str]) -> str:
    return fold(piece[0])
