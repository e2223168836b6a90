"""Collocates: the words that stand near what was asked for more often than elsewhere.

The words of the corpus are parted in two: those up to so many words from a place (``near_words`` of them),
and all others (``other_words``); the words of the places themselves are left out. A word that stands ``near``
times on the one side and ``elsewhere`` times on the other has

ll         the log-likelihood ratio of the table of both, of four cells (Dunning 1993), and ``p``: how likely
           so much or more is by chance, for one word and not for the best of thousands
log_ratio  the effect: the binary logarithm of its share near over its share elsewhere (Hardie 2014), so that
           3 is eight times as common; nothing elsewhere counts as a half
mi         pointwise mutual information: the binary logarithm of what stands near over what would by chance
dice       twice what stands near, over the words near and all of its occurrences

The measures are those of NLTK's ``BigramAssocMeasures``, asked of near, (near_words, near + elsewhere) and
all words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import erfc, log1p, log2, sqrt
from typing import Any, overload

from onrecord.indexer.numbers import counted as how_many
from onrecord.search.frames.frame import Frame, fields_of
from onrecord.search.frames.tabular import Tabular
from onrecord.search.request import checked_number, chosen
from onrecord.search.research.tables import Column, Table
from onrecord.search.results.hits import Results
from onrecord.search.results.neighbours import Neighbour, Neighbours

__all__ = ["Collocate", "CollocateMeasure", "Collocates", "collocates_of"]


class CollocateMeasure(Enum):
    """What collocates are sorted by."""

    LL = "ll"
    LOG_RATIO = "log-ratio"
    MI = "mi"
    DICE = "dice"


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word as it is written, folded: its frequencies, the sizes of both sides, its measures."""

    word: str
    near: int
    elsewhere: int
    near_words: int
    other_words: int
    ll: float
    p: float
    log_ratio: float
    mi: float
    dice: float

    def by(self, measure: CollocateMeasure) -> float:
        """Return one of the measures."""
        value: float = getattr(self, measure.value.replace("-", "_"))
        return value

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON, in the order of the fields."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Collocates(Sequence[Collocate], Tabular):
    """The strongest collocates, as a sequence, and what they were counted in.

    ``total`` is how many words stand near at least ``minimum`` times and more often than elsewhere;
    ``places`` is how often what was asked for stands anywhere, in ``paragraphs`` and ``statements``.
    """

    rows: tuple[Collocate, ...]
    total: int
    places: int
    paragraphs: int
    statements: int
    near_words: int
    other_words: int
    understood: str
    window: int
    minimum: int
    measure: CollocateMeasure
    results: Results

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return {
            "understood": self.understood,
            "total": self.total,
            "places": self.places,
            "paragraphs": self.paragraphs,
            "statements": self.statements,
            "near_words": self.near_words,
            "other_words": self.other_words,
            "window": self.window,
            "minimum": self.minimum,
            "measure": self.measure.value,
            "rows": [row.as_dict() for row in self.rows],
        }

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the words as plain data, ready for JSON."""
        return [row.as_dict() for row in self.rows]

    def _frame(self) -> Frame:
        return Frame.of(self.rows, fields_of(Collocate))

    def _repr_html_(self) -> str:
        """Show the first words in a notebook."""
        columns = [Column(name, number=name != "word", fraction=name in _MEASURES) for name in _SHOWN]
        rows = tuple(tuple(getattr(row, name) for name in _SHOWN) for row in self.rows)
        said = (
            f"{how_many(self.total, 'word')} near {how_many(self.places, 'place')} in"
            f" {how_many(self.paragraphs, 'paragraph')}, {how_many(self.statements, 'statement')}"
            f" for {self.understood}"
        )
        return Table(tuple(columns), rows).in_a_notebook(caption=said)

    @overload
    def __getitem__(self, at: int) -> Collocate: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Collocate, ...]: ...

    def __getitem__(self, at: int | slice) -> Collocate | tuple[Collocate, ...]:
        return self.rows[at]

    def __len__(self) -> int:
        return len(self.rows)


_MEASURES = ("ll", "log_ratio", "mi", "dice")
_SHOWN = ("word", "near", "elsewhere", *_MEASURES)


def collocates_of(
    results: Results,
    count: Callable[[int], Neighbours],
    *,
    window: int,
    minimum: int,
    measure: CollocateMeasure | str,
    limit: int | None,
) -> Collocates:
    """Weigh the words near what a search marks (`QueryError`); ``count`` counts those so many words away."""
    by = chosen(CollocateMeasure, measure, otherwise="no measure")
    window, minimum = checked_number("window", window), max(1, checked_number("minimum", minimum))
    limit = None if limit is None else checked_number("limit", limit)
    counted = count(window)
    rows = [
        weighed(one, near_words=counted.near, other_words=counted.elsewhere)
        for one in counted.words
        if one.near >= minimum and one.near * counted.elsewhere > one.elsewhere * counted.near
    ]
    rows.sort(key=lambda row: (-row.by(by), row.word))
    return Collocates(
        rows=tuple(rows[:limit]),
        total=len(rows),
        places=counted.places,
        paragraphs=results.total,
        statements=results.statements,
        near_words=counted.near,
        other_words=counted.elsewhere,
        understood=results.understood,
        window=window,
        minimum=minimum,
        measure=by,
        results=results,
    )


def weighed(one: Neighbour, *, near_words: int, other_words: int) -> Collocate:
    """Measure how much a word is drawn to a place; it stands near at least once."""
    near, elsewhere, words = one.near, one.elsewhere, near_words + other_words
    rows = ((near, near_words), (elsewhere, other_words))
    total = near + elsewhere
    ll = 2 * sum(
        _told_by(held, size * margin, words)
        for has, size in rows
        for held, margin in ((has, total), (size - has, words - total))
    )
    ll = max(ll, 0.0)
    share_elsewhere = (elsewhere or 0.5) / other_words if other_words else 1.0
    return Collocate(
        word=one.word,
        near=near,
        elsewhere=elsewhere,
        near_words=near_words,
        other_words=other_words,
        ll=ll,
        p=erfc(sqrt(ll / 2)),
        log_ratio=log2(near / near_words / share_elsewhere),
        mi=log2(near * words / (near_words * total)),
        dice=2 * near / (near_words + total),
    )


def _told_by(held: int, expected: int, words: int) -> float:
    """Return what a cell adds to the likelihood; ``expected`` is what chance would give it, times ``words``.

    ``held * log(held * words / expected)`` of four cells adds up to little, the terms being large. So what a
    cell holds more than chance would is taken from each, which is nothing in all.
    """
    if not expected:
        return 0.0
    more = held * words - expected
    return (held * log1p(more / expected) if held else 0.0) - more / words
