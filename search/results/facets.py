"""Counts of hits by their names: of each key the values, most paragraphs first.

Each count carries the field that finds exactly what was counted.
"""

from __future__ import annotations

import numpy as np

from onrecord.search.collection import Collection, Ints
from onrecord.search.results.counts import Count, Facets
from onrecord.search.results.keys import KeyColumns
from onrecord.search.results.tally import DATE_NOT_CERTAIN, Key, Numbers
from onrecord.search.results.tallying import Pile

__all__ = ["FacetCounter"]


class FacetCounter:
    """Counts by the names of a collection."""

    def __init__(self, collection: Collection, columns: KeyColumns) -> None:
        self._collection = collection
        self._columns = columns

    def count(self, paragraphs: Ints) -> Facets:
        """Count some paragraphs of the collection."""
        pieces = Pile(self._collection, self._columns, ()).sizes(paragraphs)
        by_language = Pile(self._collection, self._columns, (Key.LANGUAGE,)).sizes(paragraphs)
        return Facets(
            speakers=self._counted(Key.SPEAKER, pieces),
            forums=self._counted(Key.FORUM, pieces),
            years=self._counted(Key.YEAR, pieces),
            delegations=self._counted(Key.DELEGATION, pieces),
            languages=self._counted(Key.LANGUAGE, by_language),
            persons=self._counted(Key.PERSON, pieces),
        )

    def _counted(self, key: Key, pieces: Numbers) -> tuple[Count, ...]:
        """Count the statements and the paragraphs of each value that is known."""
        values = self._columns.of(key).values
        of = np.arange(len(pieces)) % len(values) if key.is_of_paragraphs else self._columns.of(key).of
        statements = np.bincount(of[pieces > 0], minlength=len(values)).tolist()
        paragraphs = np.bincount(of, pieces, len(values)).astype(int).tolist()
        counts = [
            Count(value.name, held, count, value.query or "")
            for value, held, count in zip(values, statements, paragraphs, strict=True)
            if count and value.name is not None and value.name != DATE_NOT_CERTAIN
        ]
        return tuple(sorted(counts, key=lambda count: (-count.paragraphs, count.name, count.statements)))
