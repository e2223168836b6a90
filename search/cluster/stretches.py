"""The stretches that a question marks in a cluster: the paragraphs it found are read, and put in order here.

To know where a question stands, and what beside it, the texts have to be read. Of more paragraphs than can
be read while someone waits a concordance needs an index in a folder, whose arrays tell it without texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Any, NamedTuple

from whoosh.query import Query

from onrecord.indexer.analysis.words import fold, words
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cluster.facts import ClusterFactsReader
from onrecord.search.cluster.opened import Json, OpenedGeneration
from onrecord.search.cluster.text_groups import ParagraphGroups
from onrecord.search.results.paragraph_words import Span, WordsAsked, places_of_words
from onrecord.search.results.snippet import highlights
from onrecord.search.results.stretches import REACH, LineSort, Stretch, StretchOrder, draw_of

__all__ = [
    "MOST_HELD",
    "MOST_READ",
    "ClusterStretches",
    "Marker",
    "marked_paragraphs",
    "marker",
    "words_of_spans",
]

#: Finds what a question marks in the document of a paragraph.
Marker = Callable[[Json], tuple[Span, ...]]

#: Paragraphs that are read one after the other at most, and those that are held to be put in order: a minute
#: and ten seconds, on a machine that others use too.
MOST_READ = 200_000
MOST_HELD = 50_000
# What marking a paragraph needs of it.
_FIELDS = ("statement", "number", "text", "language", "groups")


class _Paragraph(NamedTuple):
    """A paragraph that was read."""

    statement: str
    number: int
    text: str
    language: str | None


class _Row(NamedTuple):
    """A stretch: its paragraph, where it stands there, and which of the paragraph's it is."""

    paragraph: _Paragraph
    span: Span
    occurrence: int


def marker(tree: Query) -> Marker:
    """Return what marks a tree in the document of a paragraph, which knows the groups of its words."""

    def mark(found: Json) -> tuple[Span, ...]:
        asked = WordsAsked(tree, ParagraphGroups(found["text"], found.get("groups", "")))
        return highlights(found["text"], language=found.get("language"), asked=asked)

    return mark


def marked_paragraphs(
    opened: OpenedGeneration, clause: Json, mark: Marker, *, columns: Sequence[str] = ()
) -> Iterator[tuple[Json, tuple[Span, ...]]]:
    """Yield the paragraphs that a clause finds, in the order of their addresses, each with what is marked.

    Of ``columns`` a document has the values too.
    """
    for found in opened.documents(clause, fields=_FIELDS, sort=["order", "number"], columns=columns):
        yield found, mark(found)


def words_of_spans(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the first word of each stretch of a text, and the one behind its last."""
    starts = [start for start, _ in places_of_words(text)]
    return [(bisect_left(starts, first), bisect_left(starts, last)) for first, last in spans]


class ClusterStretches:
    """The stretches of paragraphs that match (a `search.results.stretches.Stretches`)."""

    def __init__(
        self,
        opened: OpenedGeneration,
        facts: ClusterFactsReader,
        clause: Json,
        mark: Marker,
        order: StretchOrder,
    ) -> None:
        there_are = opened.count(clause)
        if there_are > MOST_HELD:
            raise NeedsLocalIndex(
                f"a concordance of {there_are:,} paragraphs, of which at most {MOST_HELD:,} are read"
            )
        self._facts = facts
        self._order = order
        rows = [
            _Row(paragraph, span, occurrence)
            for found, spans in marked_paragraphs(opened, clause, mark)
            for paragraph in [_paragraph(found)]
            for occurrence, span in enumerate(spans, 1)
        ]
        self.total = len(rows)
        self._rows = rows if order.sample is None or order.sample >= len(rows) else self._drawn(rows)

    @property
    def sampled(self) -> int:
        """How many there are in the sample, all where none was asked for."""
        return len(self._rows)

    def read(self) -> Iterator[Stretch]:
        """Yield the stretches of the page in their order."""
        page = sorted(self._rows, key=self._key)[self._order.offset : self._order.stop]
        facts = self._facts.of(row.paragraph.statement for row in page)
        for (statement, number, text, language), (start, end), occurrence in page:
            record = facts[statement].record
            yield Stretch(
                address=f"{statement}#{number}",
                occurrence=occurrence,
                text=text,
                start=start,
                end=end,
                speaker=record.speaker,
                forum=record.forum,
                date=record.date,
                place=record.place,
                language=language,
                title=record.title,
            )

    def _drawn(self, rows: list[_Row]) -> list[_Row]:
        """Draw rows by their lots, and leave them in their order."""
        order = self._order
        assert order.sample is not None
        lots = (
            (draw_of(order.seed, f"{row.paragraph.statement}#{row.paragraph.number}", row.occurrence), at)
            for at, row in enumerate(rows)
        )
        return [rows[at] for at in sorted(at for _, at in nsmallest(order.sample, lots))]

    def _key(self, row: _Row) -> tuple[Any, ...]:
        """Return what a row is sorted by; equal ones stay in the order of addresses."""
        sort = self._order.sort
        if sort is LineSort.ADDRESS:
            return ()
        if sort in (LineSort.NEWEST, LineSort.OLDEST):
            day = self._days[row.paragraph.statement]
            return day is None, 0 if day is None else -day if sort is LineSort.NEWEST else day
        if sort is LineSort.SPEAKER:
            speaker = self._speakers[row.paragraph.statement]
            return speaker is None, speaker or ""
        return self._by_words(row)

    def _by_words(self, row: _Row) -> tuple[Any, ...]:
        text = row.paragraph.text
        own = self._words.get(text)
        if own is None:
            own = self._words[text] = words(text)
        first, last = words_of_spans(text, [row.span])[0]
        behind = own[last : last + REACH]
        match self._order.sort:
            case LineSort.LEFT:
                return tuple(own[max(0, first - REACH) : first][::-1])
            case LineSort.NODE:
                return own[first : min(last, first + REACH)], behind
        return tuple(behind)

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def _days(self) -> dict[str, int | None]:
        """The first day that the date of each statement can mean."""
        return {
            slug: PartialDate.parse(facts.record.date).first.toordinal() if facts.record.date else None
            for slug, facts in self._known.items()
        }

    @cached_property
    def _speakers(self) -> dict[str, str | None]:
        return {
            slug: None if facts.record.speaker is None else fold(facts.record.speaker)
            for slug, facts in self._known.items()
        }

    @cached_property
    def _known(self) -> dict[str, Any]:
        return self._facts.of(row.paragraph.statement for row in self._rows)


def _paragraph(found: Json) -> _Paragraph:
    return _Paragraph(found["statement"], found["number"], found["text"], found.get("language"))
