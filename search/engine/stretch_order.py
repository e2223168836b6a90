"""Stretches in order: by the words around them, by day, by speaker, by address.

Rows of stretches come in order of address, and every sort is stable: what is equal stays so. A page needs
no more than the rows that begin as those on it do. The first words of all are counted, and only the rows
whose first words reach the page are compared in full: of "the", which stands 2.6 million times in the
general debate, a page takes 280 MB in a process that takes 90 before, and all lines in turn no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection, Ints
from onrecord.search.engine.stretch_places import Places
from onrecord.search.results.stretches import REACH, LineSort

__all__ = ["FormRanks", "Rows", "by_address", "columns_of", "in_order"]

Rows = npt.NDArray[np.intp]
#: From rows to what they are sorted by, a number from 0 up.
Column = Callable[[Rows], Ints]

# Rows that are compared in full at once; those of one first word are not parted.
_AT_ONCE = 1 << 18


def by_address(collection: Collection, places: Places) -> Places:
    """Put stretches in order of address and place."""
    ranks = collection.order.take(collection.statement_of.take(places.paragraphs))
    kind = np.min_scalar_type(collection.statements)  # numbers of 16 bits are sorted in one pass
    return places.take(np.argsort(ranks.astype(kind), kind="stable"))


def in_order(count: int, columns: Sequence[Column], start: int, stop: int) -> Iterator[Rows]:
    """Yield the rows at some places of the order by columns, in runs."""
    stop = min(stop, count)
    if start >= stop:
        return
    if not columns:
        yield np.arange(start, stop)
        return
    keys = columns[0](np.arange(count))
    ends = np.cumsum(np.bincount(keys))
    first = int(ends.searchsorted(start, "right"))
    while start < stop:
        begin = int(ends[first - 1]) if first else 0
        last = max(first, int(ends.searchsorted(min(stop, begin + _AT_ONCE), "left")))
        last = min(last, len(ends) - 1)
        rows = np.flatnonzero((keys >= first) & (keys <= last))
        rest = [column(rows) for column in columns[1:]]
        rows = rows[np.lexsort([*rest[::-1], keys.take(rows)])]
        reached = begin + len(rows)
        yield rows[start - begin : stop - begin]
        start, first = min(reached, stop), last + 1


class FormRanks:
    """The place of each form in the order of all forms of all segments, from 1; 0 is where no word stands."""

    def __init__(self, collection: Collection) -> None:
        lists = [list(segment.words.forms) for segment in collection.segments]
        if len(lists) == 1:
            self._count = len(lists[0])
            self._ranks = {collection.segments[0]: np.arange(1, self._count + 1, dtype=np.uint32)}
            return
        # Sorted lists one behind the other are merged in one pass.
        union = list(dict.fromkeys(sorted(chain.from_iterable(lists))))
        self._count = len(union)
        number = dict(zip(union, range(1, len(union) + 1), strict=True))
        self._ranks = {
            segment: np.fromiter(map(number.__getitem__, forms), np.uint32, len(forms))
            for segment, forms in zip(collection.segments, lists, strict=True)
        }

    def of(self, segment: Segment) -> Ints:
        """Return the rank of each form of a segment; they rise, as forms do."""
        return self._ranks[segment]

    def name(self, rank: int) -> str:
        """Return the form that has a rank (`IndexError`)."""
        for segment, ranks in self._ranks.items():
            at = int(ranks.searchsorted(rank))
            if at < len(ranks) and ranks[at] == rank:
                return segment.words.forms[at].decode()
        raise IndexError(rank)

    def __len__(self) -> int:
        return self._count


def columns_of(
    sort: LineSort, places: Places, collection: Collection, ranks: Callable[[], FormRanks]
) -> list[Column]:
    """Return what rows of stretches are sorted by, the most important first."""
    match sort:
        case LineSort.RIGHT:
            return _words(_Around(places, collection, ranks()).behind)
        case LineSort.LEFT:
            return _words(_Around(places, collection, ranks()).before)
        case LineSort.NODE:
            around = _Around(places, collection, ranks())
            return [*_words(around.inside), *_words(around.behind)]
        case LineSort.NEWEST | LineSort.OLDEST:
            return [_of_statements(places, collection, day_ranks(collection, newest=sort is LineSort.NEWEST))]
        case LineSort.SPEAKER:
            return [_of_statements(places, collection, speaker_ranks(collection))]
        case LineSort.ADDRESS:
            return []


def day_ranks(collection: Collection, *, newest: bool) -> Ints:
    """Return the place of each statement in the order of days; those without a date share the last."""
    days = collection.days
    keys = np.where(np.isinf(days), days, -days) if newest else days
    return np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.uint32)


def speaker_ranks(collection: Collection) -> Ints:
    """Return the place of each statement in the order of speakers; those without one share the last."""
    names = [name for segment in collection.segments for name in _speakers(segment)]
    place = {name: at for at, name in enumerate(sorted({name for name in names if name is not None}))}
    return np.array([len(place) if name is None else place[name] for name in names], np.uint32)


def _speakers(segment: Segment) -> Iterator[str | None]:
    column = segment.statements.column("speaker")
    names = [None, *(fold(value[0]) for value in column.values)]
    return (names[number] for number in column.of.tolist())


def _of_statements(places: Places, collection: Collection, ranks: Ints) -> Column:
    return lambda rows: ranks.take(collection.statement_of.take(places.paragraphs.take(rows)))


def _words(column: Callable[[Rows, int], Ints]) -> list[Column]:
    return [lambda rows, step=step: column(rows, step) for step in range(REACH)]  # type: ignore[misc]


class _Around:
    """The ranks of the words around stretches, so many steps away; 0 beyond the paragraph."""

    def __init__(self, places: Places, collection: Collection, ranks: FormRanks) -> None:
        self._places, self._collection, self._ranks = places, collection, ranks

    def behind(self, rows: Rows, step: int) -> Ints:
        """Return what stands behind them."""
        return self._at(rows, self._places.last.take(rows) + np.uint32(step))

    def before(self, rows: Rows, step: int) -> Ints:
        """Return what stands before them, counted from them; before the first word is far behind the last."""
        return self._at(rows, self._places.first.take(rows) - np.uint32(step + 1))

    def inside(self, rows: Rows, step: int) -> Ints:
        """Return what stands in them, from the first word on."""
        words = self._places.first.take(rows) + np.uint32(step)
        found = self._at(rows, words)
        found[words >= self._places.last.take(rows)] = 0
        return found

    def _at(self, rows: Rows, words: Ints) -> Ints:
        paragraphs = self._places.paragraphs.take(rows)
        found = np.zeros(len(rows), np.uint32)
        for base, segment in self._collection.parts():
            at = np.flatnonzero((paragraphs >= base) & (paragraphs < base + len(segment)))
            own, place = paragraphs[at] - np.uint32(base), words[at]
            inside = place < segment.paragraphs.lengths.take(own)
            at, own, place = at[inside], own[inside], place[inside]
            if len(at):
                positions = segment.paragraphs.starts.take(own) + place
                found[at] = self._ranks.of(segment).take(segment.words.forms_at(positions))
        return found
