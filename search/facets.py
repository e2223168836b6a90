"""Counts of hits by speaker, forum and year, from the columns of statements.

The names of all segments are numbered once, so that a count is a few sums over
statements and nothing is looked up by name.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.codec.segment import Segment
from search.hits import Count, Facets

__all__ = ["FacetCounter"]

Ints = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
_UNNAMED = ""


class FacetCounter:
    """Counts by the names of some segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._columns = [_Column(segments, name) for name in ("speaker", "forum", "year")]

    def count(self, found: Sequence[tuple[int, Ints]]) -> Facets:
        """Count paragraphs, given by the place of their segment."""
        hits = [
            (place, np.bincount(self._segments[place].statement_of[paragraphs], minlength=1))
            for place, paragraphs in found
        ]
        return Facets(*(column.count(hits) for column in self._columns))


class _Column:
    """One name a statement, numbered alike in all segments; 0 is none."""

    def __init__(self, segments: Sequence[Segment], name: str) -> None:
        numbers: dict[str, int] = {_UNNAMED: 0}
        self._of: list[Numbers] = []
        for segment in segments:
            names, of = _names(segment, name)
            shared = np.array([numbers.setdefault(one, len(numbers)) for one in names], np.int64)
            self._of.append(shared[of])
        self._names = list(numbers)

    def count(self, hits: Sequence[tuple[int, Numbers]]) -> tuple[Count, ...]:
        """Count statements and paragraphs, given how many paragraphs of each statement are hits."""
        statements = np.zeros(len(self._names), np.int64)
        paragraphs = np.zeros(len(self._names))
        for place, counts in hits:
            of = self._of[place][: len(counts)]
            statements += np.bincount(of[counts > 0], minlength=len(self._names))
            paragraphs += np.bincount(of, counts, len(self._names))
        named = [
            (-int(count), self._names[number], int(statements[number]))
            for number, count in enumerate(paragraphs.tolist())
            if count and number
        ]
        return tuple(Count(name, held, -count) for count, name, held in sorted(named))


def _names(segment: Segment, name: str) -> tuple[list[str], npt.NDArray[np.integer]]:
    """Return the names in a column of a segment, and the place of each statement's name among them."""
    if name == "year":
        years, of = np.unique(segment.years, return_inverse=True)
        return [str(year) if year else _UNNAMED for year in years.tolist()], of
    column = segment.column(name)
    return [_UNNAMED, *(value[0] for value in column.values)], column.of
