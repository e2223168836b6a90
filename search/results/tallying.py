"""The one routine that counts paragraphs by keys: facets, counts, rates and comparisons rest on it.

It counts by *pieces*: the paragraphs of one statement that have the same values of the keys of paragraphs.
A piece lies in one cell, whatever the keys; so cells are sums over pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.search.collection import Collection, Ints
from onrecord.search.results.keys import KeyColumns
from onrecord.search.results.tally import Key, Numbers, Sums, Tally

__all__ = ["Frame", "Pieces", "Pile"]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """How many paragraphs, words and occurrences lie in each piece; occurrences may not be known."""

    paragraphs: Numbers
    words: Numbers
    occurrences: Numbers | None = None


class Pile:
    """Parts the paragraphs of a collection into pieces by some keys of theirs."""

    def __init__(self, collection: Collection, columns: KeyColumns, by: Sequence[Key]) -> None:
        self._collection = collection
        self._inner = [columns.of(key) for key in by if key.is_of_paragraphs]
        self.width = int(np.prod([len(column.values) for column in self._inner], dtype=int))

    def pieces(self, paragraphs: Ints, occurrences: Numbers | None = None) -> Pieces:
        """Count some rising paragraphs by pieces, and how often something stands in each of them."""
        of, size = self._pieces_of(paragraphs), self._collection.statements * self.width
        return Pieces(
            paragraphs=np.bincount(of, minlength=size),
            words=_sums(of, self._collection.lengths.take(paragraphs), size),
            occurrences=None if occurrences is None else _sums(of, occurrences, size),
        )

    def sizes(self, paragraphs: Ints) -> Numbers:
        """Count some rising paragraphs by pieces, and nothing else of them."""
        size = self._collection.statements * self.width
        return np.bincount(self._pieces_of(paragraphs), minlength=size)

    def _pieces_of(self, paragraphs: Ints) -> Numbers:
        of = self._collection.statement_of.take(paragraphs).astype(np.int64)
        for column in self._inner:
            of *= len(column.values)
            of += column.of.take(paragraphs)
        return of


class Frame:
    """The cells of some keys among which all that may match lies, and what there is in each.

    What matches is then put into them as often as it is asked for.
    """

    def __init__(self, collection: Collection, columns: KeyColumns, by: Sequence[Key], among: Ints) -> None:
        self._by = tuple(by)
        self._columns = tuple(map(columns.of, by))
        self._pile = Pile(collection, columns, by)
        pieces = self._pile.pieces(among)
        self._used = np.flatnonzero(pieces.paragraphs)
        self._owners, inner = np.divmod(self._used, self._pile.width)
        self._who = columns.identities.take(self._owners)
        numbers = self._numbers(inner)
        codes = np.zeros(len(self._used), np.int64)
        for column, own in zip(self._columns, numbers, strict=True):
            codes *= len(column.values)
            codes += own
        different, first, self._cell_of = np.unique(codes, return_index=True, return_inverse=True)
        self._size = len(different)
        self._cells = np.array([own[first] for own in numbers], np.int64).reshape(len(numbers), len(first)).T
        self._among = self._sums(pieces)
        self._whole_among = self._whole(pieces)

    def tally(self, paragraphs: Ints, occurrences: Numbers | None) -> Tally:
        """Count what matches, all of it among what this is made of, and how often it stands in each of it."""
        found = self._pile.pieces(paragraphs, occurrences)
        times = None if found.occurrences is None else found.occurrences.take(self._used)
        return Tally(
            by=self._by,
            values=tuple(column.values for column in self._columns),
            cells=self._cells,
            found=self._sums(found),
            among=self._among,
            occurrences=None if times is None else _sums(self._cell_of, times, self._size),
            whole_found=self._whole(found),
            whole_among=self._whole_among,
            whole_occurrences=None if times is None else times.sum(keepdims=True),
        )

    def _numbers(self, inner: Numbers) -> list[Numbers]:
        """Return, key after key, the number of each piece's value."""
        numbers: list[Numbers] = []
        stride = self._pile.width
        for key, column in zip(self._by, self._columns, strict=True):
            if key.is_of_paragraphs:
                stride //= len(column.values)
                numbers.append(inner // stride % len(column.values))
            else:
                numbers.append(column.of.take(self._owners))
        return numbers

    def _sums(self, pieces: Pieces) -> Sums:
        paragraphs = pieces.paragraphs.take(self._used)
        held = np.flatnonzero(paragraphs)
        named = held[self._who.take(held) >= 0]
        return Sums(
            paragraphs=_sums(self._cell_of, paragraphs, self._size),
            # The pieces of a statement differ in a key, so that none of its cells has two of them.
            statements=np.bincount(self._cell_of.take(held), minlength=self._size),
            speakers=self._different(self._cell_of.take(named), self._who.take(named)),
            words=_sums(self._cell_of, pieces.words.take(self._used), self._size),
        )

    def _whole(self, pieces: Pieces) -> Sums:
        paragraphs = pieces.paragraphs.take(self._used)
        held = paragraphs > 0
        who = self._who[held]
        return Sums(
            paragraphs=paragraphs.sum(keepdims=True),
            statements=_how_many(self._owners[held]),
            speakers=_how_many(who[who >= 0]),
            words=pieces.words.take(self._used).sum(keepdims=True),
        )

    def _different(self, cell_of: Numbers, who: Numbers) -> Numbers:
        """Count the different speakers in each cell."""
        bound = int(self._who.max(initial=0)) + 1
        pairs = np.unique(cell_of * bound + who)
        return np.bincount(pairs // bound, minlength=self._size)


def _sums(of: Numbers, weights: Numbers | Ints, size: int) -> Numbers:
    """Add up weights by number: exactly, for they are below 2 ** 53."""
    return np.bincount(of, weights, size).astype(np.int64)


def _how_many(numbers: Numbers) -> Numbers:
    """Count different numbers that are from 0 up."""
    return np.array([np.count_nonzero(np.bincount(numbers))], np.int64)
