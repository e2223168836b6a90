"""The readings of an Arabic word: its forms in the lexicon, with what stands before and behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.arabic_clitics import Place, Proclitic, cuts, takes

__all__ = ["Meanings", "Reading", "kinds", "readings"]

#: What a form may be: each time a lemma and a place.
Meanings = tuple[tuple[str, Place], ...]
# Letters that are typed for others, at the beginning and at the end.
_HASTE = {"ا": "أإآ"}
_HASTE_AT_THE_END = {"ه": "ة", "ى": "ي", "ي": "ى"}
# "On" and "Ali" differ in nothing else: these are taken for each other in words that nobody knows.
_LAST_RESORT = "يى"


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
    found = list(_readings(word, meanings))
    as_written = [reading for reading in found if reading.haste not in ("ى", "ي")]
    return as_written or found


def _readings(word: str, meanings: Callable[[str], Meanings]) -> Iterator[Reading]:
    for before, base, behind in cuts(word):
        for form, haste in _spellings(base, behind):
            for lemma, place in meanings(form):
                if takes(place, before, behind):
                    yield Reading(lemma, place, before, behind, haste)


def _spellings(base: str, behind: str) -> Iterator[tuple[str, str]]:
    """Yield a base as it is written, and as it may have been meant."""
    yield base, ""
    if len(base) > 1:
        for letter in _HASTE.get(base[0], ""):
            yield letter + base[1:], base[0]
        if not behind:
            for letter in _HASTE_AT_THE_END.get(base[-1], ""):
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
