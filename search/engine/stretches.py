"""The stretches that a question marks in the paragraphs it found: counted, drawn, put in order, read.

Of few paragraphs (`MANY`) the texts are read, and their words compared as texts. Of more the positions and
forms of the segments are (`search.engine.stretch_places`, `search.engine.stretch_order`). Both give the same
stretches in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from heapq import nsmallest
from typing import Any

import numpy as np
from whoosh.query import Query

from onrecord.indexer.analysis.words import words_with_offsets
from onrecord.search.collection import Ints
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.stretch_order import (
    Rows,
    by_address,
    columns_of,
    day_ranks,
    in_order,
    speaker_ranks,
)
from onrecord.search.engine.stretch_places import (
    ParagraphText,
    Places,
    places_in_segments,
    places_in_texts,
    texts_of,
)
from onrecord.search.results.paragraph_words import places_of_words
from onrecord.search.results.stretches import REACH, LineSort, Stretch, StretchOrder, draw_of

__all__ = ["MANY", "LocalStretches", "places_of"]

#: Paragraphs from which on stretches are looked up and compared by the arrays of the segments. To read so
#: many texts takes a fifth of a second.
MANY = 2000

# Stretches that are read at once: at first, and at most. Their texts are held.
_FEW, _GROWTH, _MOST = 64, 8, 1 << 14


def places_of(engine: Engine, tree: Query, paragraphs: Ints) -> Places:
    """Find the stretches of a tree in paragraphs that match it, whichever way is faster."""
    if len(paragraphs) < MANY:
        return places_in_texts(engine.collection, tree, paragraphs)
    return places_in_segments(engine.terms, tree, paragraphs)


class LocalStretches:
    """The stretches of a tree in paragraphs that match it (a `search.results.stretches.Stretches`)."""

    def __init__(self, engine: Engine, tree: Query, paragraphs: Ints, order: StretchOrder) -> None:
        self._engine, self._collection = engine, engine.collection
        self._order = order
        places = places_of(engine, tree, paragraphs)
        self.total = len(places.paragraphs)
        # The rows of the order are of these: by address, so that what is equal is in its right place.
        self._places = by_address(self._collection, places)
        if order.sample is not None and order.sample < self.total:
            drawn = self._drawn(order.sample, order.seed)
            self._places, self._occurrences = self._places.take(drawn), self._places.occurrences().take(drawn)
        else:
            self._occurrences = self._places.occurrences()

    @property
    def sampled(self) -> int:
        """How many there are in the sample, all where none was asked for."""
        return len(self._occurrences)

    def read(self) -> Iterator[Stretch]:
        """Read the stretches of the page in their order."""
        size = _FEW
        for run in self._page():
            begin = 0
            while begin < len(run):
                yield from self._read_together(run[begin : begin + size])
                begin += size
                size = min(size * _GROWTH, _MOST)

    def _drawn(self, sample: int, seed: int) -> Rows:
        """Draw rows by their lots, and return them rising."""
        occurrences = self._places.occurrences().tolist()
        lots = (
            (draw_of(seed, self._address(paragraph), occurrence), row)
            for row, (paragraph, occurrence) in enumerate(
                zip(self._places.paragraphs.tolist(), occurrences, strict=True)
            )
        )
        return np.array(sorted(row for _, row in nsmallest(sample, lots)), np.intp)

    def _address(self, paragraph: int) -> str:
        segment, number = self._collection.locate(paragraph)
        slug = segment.statements.slug(segment.statement_of(number)).decode()
        return f"{slug}#{segment.number(number)}"

    def _page(self) -> Iterator[Rows]:
        """Return the rows of the page, in runs."""
        count, order = self.sampled, self._order
        stop = count if order.stop is None else min(order.stop, count)
        paragraphs = np.unique(self._places.paragraphs)
        if len(paragraphs) < MANY:
            rows = self._sorted_by_texts(paragraphs)[order.offset : stop]
            return iter([rows] if len(rows) else [])
        columns = columns_of(order.sort, self._places, self._collection, lambda: self._engine.form_ranks)
        return in_order(count, columns, order.offset, stop)

    def _sorted_by_texts(self, paragraphs: Ints) -> Rows:
        """Sort all rows by what stands in their texts."""
        keys = _TextKeys(self._order.sort, self._places, self._engine, paragraphs)
        return np.array(sorted(range(self.sampled), key=keys.of), np.intp)

    def _read_together(self, rows: Rows) -> Iterator[Stretch]:
        wanted = np.unique(self._places.paragraphs.take(rows))
        read = {one.number: one for one in texts_of(self._collection, wanted)}
        places = self._places.take(rows)
        for paragraph, first, last, occurrence in zip(
            *(column.tolist() for column in places), self._occurrences.take(rows).tolist(), strict=True
        ):
            words = places_of_words(read[paragraph].text)
            if not first < last <= len(words):
                raise read[paragraph].segment.container.damaged("positions")
            yield self._stretch(read[paragraph], occurrence, words[first][0], words[last - 1][1])

    def _stretch(self, read: ParagraphText, occurrence: int, start: int, end: int) -> Stretch:
        segment = read.segment
        facts = self._engine.facts.of(segment, segment.statement_of(read.paragraph))
        record = facts.record
        return Stretch(
            address=f"{record.slug}#{read.paragraph - facts.first_paragraph + 1}",
            occurrence=occurrence,
            text=read.text,
            start=start,
            end=end,
            speaker=record.speaker,
            forum=record.forum,
            date=record.date,
            place=record.place,
            language=segment.paragraphs.language(read.paragraph),
            title=record.title,
        )


class _TextKeys:
    """What rows are sorted by, from their texts: equal to what the arrays of the segments say."""

    def __init__(self, sort: LineSort, places: Places, engine: Engine, paragraphs: Ints) -> None:
        self._sort, self._engine = sort, engine
        self._rows = [column.tolist() for column in places]
        self._paragraphs = paragraphs

    def of(self, row: int) -> tuple[Any, ...]:
        """Return the key of a row; equal ones stay in the order of addresses."""
        paragraph, first, last = (column[row] for column in self._rows)
        match self._sort:
            case LineSort.RIGHT:
                return tuple(self._words[paragraph][last : last + REACH])
            case LineSort.LEFT:
                return tuple(self._words[paragraph][max(0, first - REACH) : first][::-1])
            case LineSort.NODE:
                words = self._words[paragraph]
                return words[first : min(last, first + REACH)], words[last : last + REACH]
            case LineSort.ADDRESS:
                return ()
            case _:
                return (self._ranks[self._engine.collection.statement_of[paragraph]],)

    @cached_property
    def _words(self) -> dict[int, list[str]]:
        return {
            read.number: [word.text for word in words_with_offsets(read.text)]
            for read in texts_of(self._engine.collection, self._paragraphs)
        }

    @cached_property
    def _ranks(self) -> list[int]:
        collection = self._engine.collection
        if self._sort is LineSort.SPEAKER:
            return list(speaker_ranks(collection).tolist())
        return list(day_ranks(collection, newest=self._sort is LineSort.NEWEST).tolist())
