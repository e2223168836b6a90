"""What other search engines would understand, each with the sentence that says what to write here."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.search.language.quotation_marks import QUOTES

__all__ = ["sentence_for"]

_LITERALLY = "or put ordinary text in quotation marks"

# Sentence, paragraph or a number of words: NEAR/5, w/5, pre/3, /s, /p, NEAR5, NEAR:5, +s.
_NEARNESS = re.compile(
    r"(?:(?:near|onear|w|n|nw|onw|pre|adj|within|same)?/|(?:near|adj|around)[:~]?(?=\d)|\+(?=[sp]\Z|para\Z|sent\Z))"
    r"(?P<within>\d{1,4}|s|p|sent|sentence|para|paragraph)",
    re.IGNORECASE,
)
_NEAR_CALLED = frozenset(("NEAR", "ONEAR", "AROUND", "WITHIN", "ADJ"))
_WEIGHT = re.compile(r"(?P<what>.*?)(?P<weight>\^[0-9]+(?:\.[0-9]+)?)\W*", re.DOTALL)
_SPAN = re.compile(r"[\[{]\s*(?P<first>[^\[\]{}\s]+)\s+TO\s+(?P<last>[^\[\]{}\s]+)\s*[\]}]")
_BAR = re.compile(r"\|\|?|.*\w\|+.*|\|+\w.*", re.DOTALL)
_AMPERSANDS = re.compile(r"&&|.*\w&&.*|&&\w.*", re.DOTALL)
_COMPARED = re.compile(r"(?P<name>[A-Za-z]+)(?:==?|:=|!=|[<>]=?)(?P<value>.*)", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}|\*")


def sentence_for(text: str, *, typed: str, start: int, fields: dict[str, str]) -> str | None:
    """Return what to say of a word that another engine would read otherwise; None where there is nothing.

    ``text`` stands in ``typed`` at ``start``; ``fields`` are those of our language, each with an example.
    """
    before, behind = typed[start - 1 : start], typed[start + len(text) : start + len(text) + 1]
    return next(filter(None, (asked(text, before, behind) for asked in _SIGNS)), None) or (
        _span(text, typed[start:]) or _comparison(text, fields)
    )


def _nearness(text: str, before: str, behind: str) -> str | None:
    found = _NEARNESS.fullmatch(text)
    called = behind == "(" and text.upper() in _NEAR_CALLED
    if not found and not called:
        return None
    within = found["within"].lower() if found else "5"
    if within.startswith("p"):
        return f"Words side by side are looked for in one paragraph already; leave {text} out, {_LITERALLY}."
    number = within if within.isdigit() else "20"
    return f'Words near each other are written "mines victims"~{int(number)}; write them so, {_LITERALLY}.'


def _weight(text: str, before: str, behind: str) -> str | None:
    found = _WEIGHT.fullmatch(text)
    if not found or found["what"].isdigit() or not (found["what"] or before in {")", *QUOTES}):
        return None
    return f"No word weighs more than its rarity; take {found['weight']} out, {_LITERALLY}."


def _bar(text: str, before: str, behind: str) -> str | None:
    if not _BAR.fullmatch(text):
        return None
    return f"Alternatives have OR between them; write mines OR bombs in place of |, {_LITERALLY}."


def _ampersands(text: str, before: str, behind: str) -> str | None:
    if not _AMPERSANDS.fullmatch(text):
        return None
    return f"Words side by side must all occur; write a space or AND in place of &&, {_LITERALLY}."


def _exclamation(text: str, before: str, behind: str) -> str | None:
    if not _stands_before(text, "!", behind):
        return None
    return f"A word is left out by a minus; write -word in place of !word, {_LITERALLY}."


def _plus(text: str, before: str, behind: str) -> str | None:
    if not _stands_before(text, "+", behind):
        return None
    return f"Words side by side must all occur; take the + out, {_LITERALLY}."


def _star(text: str, before: str, behind: str) -> str | None:
    if before not in QUOTES or not before or text.strip("*"):
        return None
    return 'A * belongs to a word; write it inside the quotation marks, as in "cluster munition*".'


def _stands_before(text: str, sign: str, behind: str) -> bool:
    """Tell whether a sign stands directly before a word, a phrase or a group."""
    rest = text[1:]
    return text.startswith(sign) and (rest[:1].isalnum() or (not rest and behind in {"(", *QUOTES}))


_SIGNS: tuple[Callable[[str, str, str], str | None], ...] = (
    _nearness,
    _weight,
    _bar,
    _ampersands,
    _exclamation,
    _plus,
    _star,
)


def _span(text: str, rest: str) -> str | None:
    """Answer [a TO b] and {a TO b}, with a field before it or without."""
    place = next((place for place, sign in enumerate(text) if sign in "[{"), None)
    found = None if place is None else _SPAN.match(rest, place)
    if not found:
        return None
    ends = ["" if end == "*" else end for end in (found["first"], found["last"])]
    dates = any(ends) and all(map(_DAY.fullmatch, (found["first"], found["last"])))
    example = f"date:{'..'.join(ends)}" if dates else "date:2019..2021"
    return f"From one day to another is written {example}; write it so, {_LITERALLY}."


def _comparison(text: str, fields: dict[str, str]) -> str | None:
    """Answer title=… and date>2010."""
    found = _COMPARED.fullmatch(text)
    if not found or (name := found["name"].lower()) not in fields:
        return None
    return f"A field has a colon behind its name; write it as in {fields[name]}, {_LITERALLY}."
