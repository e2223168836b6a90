"""From what an engine counted to cells: the rows of a count, each with its rate and its query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple, cast

from onrecord.search.research.units import Per, Unit
from onrecord.search.results.tally import DATE_NOT_CERTAIN, Key, KeyValue, Numbers, Sums, Tally

__all__ = ["TOPIC", "Asked", "Cell", "Placed", "cells_of", "narrowed", "total_of"]

#: The key whose values are the names of questions, where several are counted.
TOPIC = "topic"
# A question mark behind a word without wildcards, which ends a question and asks for nothing.
_ASKS = re.compile(r"(?:^|(?<=\s))([^\s*?]+)\?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What was counted where the keys have these values, and what there was.

    ``keys`` are in the order of `Counts.by`; None is not known. ``occurrences`` is None where a question has
    no places of its own (`Counts.notes`). The numbers ``of_…`` count everything that passes the filters,
    ``words`` and ``of_words`` the words of the paragraphs found and of all. A speaker is a delegation,
    whatever its name, or a person. ``rate`` is what was asked for, None where nothing was or there is nothing
    to divide by. ``query`` finds these paragraphs and no others, asked with the filters, the mode and the
    folding of the count; it is None where the query language has no words for the cell.
    """

    keys: tuple[str | None, ...]
    occurrences: int | None
    paragraphs: int
    statements: int
    speakers: int
    words: int
    of_paragraphs: int
    of_statements: int
    of_speakers: int
    of_words: int
    rate: float | None
    query: str | None

    def count(self, unit: Unit) -> int | None:
        """Return how many there are of a unit."""
        number: int | None = getattr(self, unit.value)
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One question that was counted: its name among several, how it was understood, and what came of it.

    ``text`` is how it is typed beside a field, None of a query tree.
    """

    name: str | None
    text: str | None
    understood: str
    tally: Tally


class Placed(NamedTuple):
    """A cell, and its place in the order of the values of each key."""

    place: tuple[float, ...]
    cell: Cell


def cells_of(asked: Asked, *, of: Unit, per: Per | None, fill: bool) -> Iterator[Placed]:
    """Yield the cells of a question, in the order of the keys.

    With ``fill`` also those in which nothing was found, and years or decades between others of which there
    is no statement, where they are the only key.
    """
    tally = asked.tally
    gaps = fill and tally.by in ((Key.YEAR,), (Key.DECADE,))
    before: KeyValue | None = None
    rows = _columns(tally.found, tally.among, tally.occurrences)
    nowhere = None if tally.occurrences is None else 0
    for place, (times, numbers) in zip(tally.cells.tolist(), rows, strict=True):
        values = [of_key[number] for of_key, number in zip(tally.values, place, strict=True)]
        missing = list(_between(before, values[0])) if gaps else []
        for number, value in enumerate(missing, 1):
            between = place[0] - 1 + number / (len(missing) + 1)
            yield Placed((between,), _cell([value], nowhere, _NOTHING, asked, of=of, per=per))
        before = values[0] if gaps else None
        if fill or numbers[_FOUND]:
            yield Placed(tuple(place), _cell(values, times, numbers, asked, of=of, per=per))


def total_of(asked: Asked, *, of: Unit, per: Per | None) -> Cell:
    """Return everything in one cell."""
    tally = asked.tally
    rows = _columns(tally.whole_found, tally.whole_among, tally.whole_occurrences)
    times, numbers = next(rows)
    return _cell([], times, numbers, asked, of=of, per=per)


# What was found and what there is: paragraphs, statements, speakers and words of each.
_Numbers = tuple[int, int, int, int, int, int, int, int]
_FOUND = 0
_NOTHING: _Numbers = (0, 0, 0, 0, 0, 0, 0, 0)


def _columns(found: Sums, among: Sums, occurrences: Numbers | None) -> Iterator[tuple[int | None, _Numbers]]:
    """Yield the occurrences of each cell, and its other numbers."""
    times = repeat(None) if occurrences is None else occurrences.tolist()
    sums = (
        array.tolist()
        for side in (found, among)
        for array in (side.paragraphs, side.statements, side.speakers, side.words)
    )
    return zip(times, cast(Iterator[_Numbers], zip(*sums, strict=True)), strict=False)


def _cell(
    values: Sequence[KeyValue],
    times: int | None,
    numbers: _Numbers,
    asked: Asked,
    *,
    of: Unit,
    per: Per | None,
) -> Cell:
    keys = tuple(value.name for value in values)
    rate = None if per is None else _rate(times, numbers, of, per)
    return Cell(keys, times, *numbers, rate, _query(asked.text, values))


def _rate(times: int | None, numbers: _Numbers, of: Unit, per: Per) -> float | None:
    """Divide what was counted by what there is."""
    paragraphs, statements, speakers, _, of_paragraphs, of_statements, of_speakers, of_words = numbers
    count = {
        Unit.OCCURRENCES: times,
        Unit.PARAGRAPHS: paragraphs,
        Unit.STATEMENTS: statements,
        Unit.SPEAKERS: speakers,
    }[of]
    there_is = {
        Per.STATEMENT: of_statements,
        Per.HUNDRED_STATEMENTS: of_statements,
        Per.PARAGRAPH: of_paragraphs,
        Per.THOUSAND_WORDS: of_words,
        Per.SPEAKER: of_speakers,
    }[per]
    return None if count is None or not there_is else count * per.size / there_is


def _query(text: str | None, values: Sequence[KeyValue]) -> str | None:
    """Write the question with the fields of a cell; these stand first, for a sign may end a question."""
    if text is None or any(value.query is None for value in values):
        return None
    return narrowed(text, [value.query for value in values if value.query])


def narrowed(text: str, fields: Sequence[str]) -> str:
    """Write a question, as it is typed beside a field, with some fields."""
    if fields and ":" in text:
        bare = _ASKS.sub(r"\1", text)
        text = f"({bare})"
    return " ".join([*fields, text])


def _between(before: KeyValue | None, after: KeyValue) -> Iterator[KeyValue]:
    """Yield the years or decades between two others."""
    if before is None or before.name is None or after.name in (None, DATE_NOT_CERTAIN):
        return
    assert after.name is not None
    decades = after.name.endswith("s")
    step = 10 if decades else 1
    for year in range(int(before.name.rstrip("s")) + step, int(after.name.rstrip("s")), step):
        if decades:
            yield KeyValue(f"{year:04}s", f"date:{year:04}..{year + 9:04}")
        else:
            yield KeyValue(f"{year:04}", f"date:{year:04}")
