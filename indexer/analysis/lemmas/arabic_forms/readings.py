"""The readings of an Arabic word: its forms in the lexicon, with what stands before and behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import Place, Proclitic, cuts, takes

__all__ = ["Meanings", "Reading", "kinds", "readings"]

#: What a form may be: each time a lemma and a place.
Meanings = tuple[tuple[str, Place], ...]
_Spellings = Callable[[str, str], Iterator[tuple[str, str]]]
# Letters that are typed for others, at the beginning and at the end.
_HASTE = {"ا": "أإآ"}
_HASTE_AT_THE_END = {"ه": "ة"}
# The same, in words that nobody knows as they are written: "on" and "Ali" differ in their last letter.
_SLIPS = {"إ": "ا", "أ": "ا", "ا": "أإ"}
_SLIPS_AT_THE_END = {"ى": "ي", "ي": "ى", "آ": "ا", "ه": "ة"}


class Reading(NamedTuple):
    """One way to understand a word."""

    lemma: str
    place: Place
    before: Proclitic
    behind: str
    haste: str
    """Which letter was typed for another, "" where none was."""


def readings(word: str, meanings: Callable[[str], Meanings]) -> list[Reading]:
    """Return the ways to understand a word, given what a form may be."""
    return list(_readings(word, meanings, _spellings)) or list(_readings(word, meanings, _slips))


def _readings(word: str, meanings: Callable[[str], Meanings], spellings: _Spellings) -> Iterator[Reading]:
    for before, base, behind in cuts(word):
        for form, haste in spellings(base, behind):
            for lemma, place in meanings(form):
                if takes(place, before, behind):
                    yield Reading(lemma, place, before, behind, haste)


def _spellings(base: str, behind: str) -> Iterator[tuple[str, str]]:
    """Yield a base as it is written, and as it may have been meant, with the letter that was typed."""
    yield base, ""
    if len(base) > 1:
        yield from _changed(base, behind, _HASTE, _HASTE_AT_THE_END)


def _slips(base: str, behind: str) -> Iterator[tuple[str, str]]:
    """Yield what a base may have been meant for that is nothing as it is written."""
    if len(base) < 3:
        return
    yield from _changed(base, behind, _SLIPS, _SLIPS_AT_THE_END)
    for first in _SLIPS.get(base[0], ""):
        yield from _changed(first + base[1:], behind, {}, _SLIPS_AT_THE_END)
    for place, letter in enumerate(base[1:], 1):
        if letter == "ا":
            yield f"{base[:place]}أ{base[place + 1 :]}", letter


def _changed(
    base: str, behind: str, firsts: Mapping[str, str], lasts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for letter in firsts.get(base[0], ""):
        yield letter + base[1:], base[0]
    if not behind:
        for letter in lasts.get(base[-1], ""):
            yield base[:-1] + letter, base[-1]


def kinds(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return what a reading's likelihood depends on beside its lemma, each with what it is a share of."""
    place = reading.place
    kind = f"verb {place.name.split()[0]}" if place.kind == "verb" else place.kind
    return (
        (place.kind, place.name),
        (f"before {kind}", reading.before.written),
        (f"behind {kind}", reading.behind),
        ("haste", reading.haste),
    )
