"""All segments as one collection: every paragraph has one number, whatever segment it lies in.

A question is then put once, to the collection, and not once to every segment: of the time that a
small answer takes nearly all is the calling of some twenty array functions, and they
would be called for every segment.

The numbers of a segment begin at its base. That of a large one is a multiple of 65,536,
the reach of a container of a Roaring bitmap, so that its bitmaps are moved there by
copying containers (1 microsecond for 60,000 paragraphs); what lies between two
segments is no paragraph and in no list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.indexer.segments.bm25 import idf, norms
from onrecord.indexer.segments.columns.lists import as_bitmap
from onrecord.indexer.segments.layout import NO_DAY
from onrecord.indexer.segments.segment import Segment

__all__ = ["FORMALITY_WEIGHT", "Collection", "Floats", "Ints"]

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

Value = TypeVar("Value", bound=np.generic)

#: A greeting or a closing is found like any other paragraph, but its score is cut so far that it stands
#: below a paragraph of substance that says the same. BM25 scores one occurrence
#: 2.2 / (1 + 1.2 * (0.25 + 0.75 * l)), l the length over the average: 1.7 in the shortest greeting, 0.21 in a
#: paragraph ten times the average. A tenth puts any greeting below all but the longest paragraphs.
FORMALITY_WEIGHT = 0.1

# What a container of a Roaring bitmap reaches, and the paragraphs above which a segment begins at a multiple.
_REACH = 1 << 16
_LARGE = _REACH // 8


class Collection:
    """The paragraphs and statements of some segments, numbered through; deleted ones keep their numbers.

    ``hidden`` says which statements of a segment count as deleted, because they stand behind their copies
    (`search.duplicates.copies`); they are asked for when they are first needed.
    ``bases`` are the first paragraphs of the segments, ``size`` is above every paragraph's number.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        *,
        hidden: Callable[[Segment], frozenset[int]] = lambda _: frozenset(),
    ) -> None:
        self._hidden = hidden
        self.segments = tuple(segments)
        self.bases: list[int] = []
        self.size = 0
        for segment in self.segments:
            if len(segment) >= _LARGE:
                self.size += -self.size % _REACH
            self.bases.append(self.size)
            self.size += len(segment)
        self.paragraphs = sum(map(len, self.segments))
        tokens = sum(segment.paragraphs.tokens for segment in self.segments)
        self.average_length = tokens / self.paragraphs if tokens else 1.0

    def parts(self) -> Iterator[tuple[int, Segment]]:
        """Yield each segment with its base."""
        return zip(self.bases, self.segments, strict=True)

    def split(self, paragraphs: Ints) -> Iterator[tuple[int, Segment, Ints]]:
        """Yield each segment with its base and its own of some rising paragraphs, numbered as it does."""
        ends = [*paragraphs.searchsorted(self._inner_bases).tolist(), len(paragraphs)]
        begin = 0
        for (base, segment), end in zip(self.parts(), ends, strict=True):
            yield base, segment, paragraphs[begin:end] - np.uint32(base)
            begin = end

    @cached_property
    def _inner_bases(self) -> Ints:
        return np.array(self.bases[1:], np.uint32)

    def locate(self, paragraph: int) -> tuple[Segment, int]:
        """Return the segment that a paragraph lies in, and its number there."""
        at = bisect_right(self.bases, paragraph) - 1
        return self.segments[at], paragraph - self.bases[at]

    def slug_of(self, paragraph: int) -> bytes:
        """Return the slug of a paragraph's statement."""
        segment, number = self.locate(paragraph)
        return segment.statements.slug(segment.statement_of(number))

    def idf(self, holders: int) -> float:
        """Return the weight of a term's rarity (`indexer.segments.bm25.idf`).

        Deleted paragraphs count until their segment is merged, as in Whoosh.
        """
        return idf(self.paragraphs, holders) if self.paragraphs else 0.0

    @cached_property
    def norms(self) -> Floats:
        """Of each paragraph, what BM25 adds to a frequency below the line: K1 * (1 - B + B * l / average)."""
        return self._spread(lambda segment: norms(segment.paragraphs.lengths, self.average_length))

    @cached_property
    def statement_norms(self) -> Floats:
        """Of each statement, what BM25 adds to a frequency below the line, with their average length."""
        lengths = np.concatenate([np.zeros(0, np.int64), *(one.statements.lengths for one in self.segments)])
        return norms(lengths.astype(np.uint32), float(lengths.mean()) if lengths.any() else 1.0)

    @cached_property
    def formal(self) -> npt.NDArray[np.bool_]:
        """Marks the paragraphs that are greetings or closings."""
        return self._spread(lambda segment: segment.paragraphs.formal)

    @cached_property
    def lengths(self) -> Ints:
        """How many words each paragraph has."""
        return self._spread(lambda segment: segment.paragraphs.lengths)

    @cached_property
    def statement_of(self) -> Ints:
        """The statement of each paragraph, numbered through all segments."""
        first = iter(self.first_statements)
        return self._spread(lambda segment: segment.paragraphs.statement_of + np.uint32(next(first)))

    @cached_property
    def statements(self) -> int:
        """How many statements there are, deleted ones included."""
        return sum(len(segment.statements) for segment in self.segments)

    @cached_property
    def first_statements(self) -> list[int]:
        """The number of each segment's first statement."""
        counts = [len(segment.statements) for segment in self.segments]
        return [sum(counts[:at]) for at in range(len(counts))]

    @cached_property
    def days(self) -> npt.NDArray[np.float64]:
        """The first day of each statement, infinity where it has no date."""
        every = [segment.statements.first_days for segment in self.segments]
        days = np.concatenate([np.zeros(0), *every])
        days[days == NO_DAY] = np.inf
        return days

    @cached_property
    def order(self) -> npt.NDArray[np.int64]:
        """The place of each statement in the order of all slugs."""
        slugs: list[bytes] = []
        for segment in self.segments:
            sorted_slugs = list(segment.statements.slugs)
            slugs += [sorted_slugs[rank] for rank in segment.statements.slug_ranks.tolist()]
        order = np.empty(len(slugs), np.int64)
        order[sorted(range(len(slugs)), key=slugs.__getitem__)] = np.arange(len(slugs))
        return order

    def in_language(self, code: str | None) -> BitMap:
        """Return the paragraphs in a language, by its ISO code, or with None those in none that is known."""
        found = self._languages.get(code)
        if found is None:
            found = BitMap()
            for base, segment in self.parts():
                number = -1 if code is None else segment.paragraphs.language_codes.find(code.encode())
                if number is not None:
                    paragraphs = np.flatnonzero(segment.paragraphs.languages == number + 1).astype(np.uint32)
                    found |= as_bitmap(paragraphs + np.uint32(base))
            self._languages[code] = found
        return found

    @cached_property
    def _languages(self) -> dict[str | None, BitMap]:
        """The paragraphs of each language that was asked for."""
        return {}

    @cached_property
    def live(self) -> BitMap:
        """All paragraphs that count."""
        live = BitMap()
        for base, segment in self.parts():
            live.add_range(base, base + len(segment))
        return live - self.deleted

    @cached_property
    def deleted(self) -> BitMap:
        """The paragraphs of statements that are deleted, or stand behind their copies."""
        deleted = BitMap()
        for base, segment in self.parts():
            deleted |= segment.statements.deleted_paragraphs.shift(base)
            for statement in self._hidden(segment):
                paragraphs = segment.statements.paragraphs(statement)
                deleted.add_range(base + paragraphs.start, base + paragraphs.stop)
        return deleted

    @cached_property
    def counting(self) -> npt.NDArray[np.bool_]:
        """Marks the statements that are not deleted and stand behind no copy."""
        counting = [np.zeros(0, bool)]
        for segment in self.segments:
            some = segment.statements.live.copy()
            some[list(self._hidden(segment))] = False
            counting.append(some)
        return np.concatenate(counting)

    def number(self, segment: Segment, statement: int) -> int:
        """Return the number of a segment's statement."""
        return self.first_statements[self.segments.index(segment)] + statement

    def slug_of_statement(self, statement: int) -> str:
        """Return the slug of a statement."""
        at = bisect_right(self.first_statements, statement) - 1
        segment = self.segments[at]
        return segment.statements.slug(statement - self.first_statements[at]).decode()

    def _spread(self, column: Callable[[Segment], npt.NDArray[Value]]) -> npt.NDArray[Value]:
        """Put a column of each segment's paragraphs where their numbers are."""
        columns = [column(segment) for segment in self.segments]
        if len(columns) == 1:
            return columns[0]
        whole = np.zeros(self.size, np.result_type(*columns) if columns else np.uint32)
        for base, one in zip(self.bases, columns, strict=True):
            whole[base : base + len(one)] = one
        return whole
