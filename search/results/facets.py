"""Counts of hits by speaker, forum and year, from the columns of statements.

The names of all segments are numbered once, so that a count is a few sums over
statements and nothing is looked up by name.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection, Ints
from onrecord.search.results.hits import Count, Facets

__all__ = ["FacetCounter"]

Numbers = npt.NDArray[np.int64]
_UNNAMED = ""


class FacetCounter:
    """Counts by the names of a collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._columns = [_Column(collection.segments, name) for name in ("speaker", "forum", "year")]

    def count(self, paragraphs: Ints) -> Facets:
        """Count some paragraphs of the collection."""
        owners = self._collection.statement_of.take(paragraphs)
        of_statement = np.bincount(owners, minlength=self._collection.statements)
        return Facets(*(column.count(of_statement) for column in self._columns))


class _Column:
    """One name a statement, numbered alike in all segments; 0 is none."""

    def __init__(self, segments: Sequence[Segment], name: str) -> None:
        numbers: dict[str, int] = {_UNNAMED: 0}
        parts = [np.zeros(0, np.int64)]
        for segment in segments:
            names, of = _names(segment, name)
            shared = np.array([numbers.setdefault(one, len(numbers)) for one in names], np.int64)
            parts.append(shared[of])
        self._of: Numbers = np.concatenate(parts)
        self._names = list(numbers)

    def count(self, of_statement: Numbers) -> tuple[Count, ...]:
        """Count statements and paragraphs, given how many paragraphs of each statement are hits."""
        statements = np.bincount(self._of[of_statement > 0], minlength=len(self._names))
        paragraphs = np.bincount(self._of, of_statement, len(self._names))
        named = [
            (-int(count), self._names[number], int(statements[number]))
            for number, count in enumerate(paragraphs.tolist())
            if count and number
        ]
        return tuple(Count(name, held, -count) for count, name, held in sorted(named))


def _names(segment: Segment, name: str) -> tuple[list[str], npt.NDArray[np.integer]]:
    """Return the names in a column of a segment, and the place of each statement's name among them."""
    if name == "year":
        years, of = np.unique(segment.statements.years, return_inverse=True)
        return [str(year) if year else _UNNAMED for year in years.tolist()], of
    column = segment.statements.column(name)
    return [_UNNAMED, *(value[0] for value in column.values)], column.of
