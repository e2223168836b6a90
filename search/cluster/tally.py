"""A question counted by keys in a cluster: every cell exactly, whatever number there is of them.

Paragraphs and words are counted on paragraphs, statements and who spoke on the statements that have one of
these (`has_child`): the counts of different values that a cluster offers (`cardinality`) are estimates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.search.cluster.keys import ClusterKeys, columns_of, having, raw_value, source_of, value_in
from onrecord.search.cluster.opened import Json, OpenedGeneration, statements_with
from onrecord.search.results.tally import Key, Numbers, Sums, Tally

__all__ = ["Cell", "ClusterCounter"]

#: What a cell has of each key, as the index has it.
Cell = tuple[str | int | None, ...]

_WHO: Json = {"who": {"terms": {"field": "who", "missing_bucket": True}}}
_WORDS: Json = {"words": {"sum": {"field": "length"}}}
# The one cell of a count by nothing.
_ALL: Json = {"all": {"terms": {"field": "part"}}}


@dataclass(slots=True)
class _Counted:
    """What there is in a cell."""

    paragraphs: int = 0
    words: int = 0
    statements: int = 0
    who: set[str] = field(default_factory=set)


class ClusterCounter:
    """Counts paragraphs of a generation by some keys."""

    def __init__(self, opened: OpenedGeneration, keys: ClusterKeys, by: Sequence[Key]) -> None:
        self._opened = opened
        self._by = tuple(by)
        self._values = [keys.values(key) for key in by]
        self._places = [{raw: at for at, raw in enumerate(values)} for values in self._values]

    def tally(self, found: Json, among: Json, occurrences: Mapping[Cell, int] | None) -> Tally:
        """Count what two clauses find, the first of them among the second, and how often something stands."""
        there, all_there = self._count(among)
        held, all_held = self._count(found)
        cells = sorted(there, key=self._place)
        rows = [self._place(cell) for cell in cells]
        return Tally(
            by=self._by,
            values=tuple(tuple(values.values()) for values in self._values),
            cells=np.array(rows, np.int64).reshape(len(rows), len(self._by)),
            found=_sums(held.get(cell, _Counted()) for cell in cells),
            among=_sums(there[cell] for cell in cells),
            occurrences=None if occurrences is None else _numbers(occurrences.get(cell, 0) for cell in cells),
            whole_found=_sums([all_held]),
            whole_among=_sums([all_there]),
            whole_occurrences=None if occurrences is None else _numbers([sum(occurrences.values())]),
        )

    @property
    def sources(self) -> list[Json]:
        """The keys as a composite aggregation of paragraphs has them."""
        return [source_of(key) for key in self._by] or [_ALL]

    def cell_of(self, values: Mapping[str, Any]) -> Cell:
        """Return the cell whose keys have some values in an answer."""
        return tuple(raw_value(key, values[key.value]) for key in self._by)

    @property
    def columns(self) -> list[str]:
        """The columns of a paragraph that say in which cell it is."""
        return sorted({column for key in self._by for column in columns_of(key)})

    def cell_in(self, document: Json) -> Cell:
        """Return the cell of a paragraph that has its columns."""
        return tuple(value_in(key, document) for key in self._by)

    def _place(self, cell: Cell) -> tuple[int, ...]:
        return tuple(places[value] for places, value in zip(self._places, cell, strict=True))

    def _count(self, clause: Json) -> tuple[dict[Cell, _Counted], _Counted]:
        """Count what a clause finds: by cells, and all of it."""
        counted: defaultdict[Cell, _Counted] = defaultdict(_Counted)
        for found in self._opened.cells(clause, self.sources, sums=_WORDS):
            cell = counted[self.cell_of(found["key"])]
            cell.paragraphs, cell.words = found["doc_count"], int(found["words"]["value"])
        inner = [at for at, key in enumerate(self._by) if key.is_of_paragraphs]
        for part in dict.fromkeys(tuple(cell[at] for at in inner) for cell in counted):
            self._count_statements(clause, dict(zip(inner, part, strict=True)), counted)
        whole = _together(counted.values())
        if inner:  # a statement may stand in two cells
            whole.statements = sum(
                found["doc_count"] for found in self._opened.cells(statements_with(clause), [_WHO])
            )
        return dict(counted), whole

    def _count_statements(
        self, clause: Json, part: Mapping[int, str | int | None], counted: Mapping[Cell, _Counted]
    ) -> None:
        """Count the statements of the cells that have some values of the keys of paragraphs."""
        narrow = [having(self._by[at], value) for at, value in part.items()]
        within = {"bool": {"filter": [clause, *narrow]}} if narrow else clause
        sources = [source_of(key) for key in self._by if not key.is_of_paragraphs]
        inner = {self._by[at].value: value for at, value in part.items()}
        for found in self._opened.cells(statements_with(within), [*sources, _WHO]):
            cell = counted[self.cell_of(found["key"] | inner)]
            cell.statements += found["doc_count"]
            if found["key"]["who"] is not None:
                cell.who.add(found["key"]["who"])


def _together(cells: Iterable[_Counted]) -> _Counted:
    """Add up cells."""
    whole = _Counted()
    for one in cells:
        whole.paragraphs += one.paragraphs
        whole.words += one.words
        whole.statements += one.statements
        whole.who |= one.who
    return whole


def _sums(cells: Iterable[_Counted]) -> Sums:
    listed = list(cells)
    return Sums(
        paragraphs=_numbers(one.paragraphs for one in listed),
        statements=_numbers(one.statements for one in listed),
        speakers=_numbers(len(one.who) for one in listed),
        words=_numbers(one.words for one in listed),
    )


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)
