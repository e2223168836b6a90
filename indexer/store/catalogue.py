"""The catalogue: which files are in the index, and which statements each of them gave.

It is read from the segments, a file or a statement at a time, so that an update of
one file asks about one file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.indexer.paths import SourceFile, is_within
from onrecord.indexer.report import Tally

if TYPE_CHECKING:  # what stands is opened when it is first asked for
    from onrecord.indexer.segments.records import SourceRecord, StatementRecord
    from onrecord.indexer.segments.segment import Segment

__all__ = ["Catalogue", "CataloguedSource", "CataloguedStatement"]


@dataclass(frozen=True, slots=True)
class CataloguedStatement:
    """One statement: what is shown of it, how many paragraphs it has, and where it stands."""

    record: StatementRecord
    paragraphs: int
    segment: Segment = field(repr=False)
    number: int  #: in its segment

    @property
    def key(self) -> str | None:
        """The absolute path of its file, None where it came from none."""
        source = int(self.segment.sources.of_statements[self.number])
        return self.segment.sources.keys[source - 1].decode() if source else None

    @property
    def source(self) -> tuple[str | None, str]:
        """The folder that was indexed, where it is known, and the path of the file below it."""
        return self.segment.source_of(self.number)


@dataclass(frozen=True, slots=True)
class CataloguedSource:
    """One indexed file: where its statements are, and what it held.

    ``record`` says where it lay and what it held when it was read.
    """

    segment: int  #: the place of its segment in the generation
    statements: range  #: their numbers in that segment
    record: SourceRecord
    tally: Tally

    def named(self, file: SourceFile) -> SourceFile:
        """Return a file under the names by which its addresses were made."""
        return replace(file, relative_path=self.record.relative_path, disambiguator=self.record.disambiguator)


class Catalogue:
    """What the segments of one generation hold; they may be given by a function that opens them."""

    def __init__(self, segments: Sequence[Segment] | Callable[[], Sequence[Segment]]) -> None:
        self._given = segments

    @cached_property
    def _segments(self) -> Sequence[Segment]:
        return self._given() if callable(self._given) else self._given

    def source(self, key: str) -> CataloguedSource | None:
        """Return an indexed file by its absolute path, None where it is not in the index."""
        for number, segment in enumerate(self._segments):
            record = segment.sources.find(key)
            if record is not None:
                return _catalogued(number, segment, record, segment.sources.statements(key))
        return None

    def shown(self, source: CataloguedSource) -> str:
        """Return the path of a file as the user knew it when it was read."""
        return self._segments[source.segment].statements.record(source.statements.start).source

    def paths(self, within: str = "") -> Iterator[str]:
        """Yield the absolute path of every indexed file, or of those at or below a path."""
        for segment in self._segments:
            for key in segment.sources.live_keys(within):
                if not within or is_within(key, within):
                    yield key

    def key_of(self, statement: tuple[int, int]) -> str:
        """Return the absolute path of a statement's file, "" where it has none."""
        segment, number = self._segments[statement[0]], statement[1]
        source = int(segment.sources.of_statements[number])
        return segment.sources.keys[source - 1].decode() if source else ""

    def statement_named(self, slug: str) -> tuple[int, int] | None:
        """Return the statement with a slug, as its segment's place and its number there."""
        for number, segment in enumerate(self._segments):
            statement = segment.statements.named(slug)
            if statement is not None:
                return number, statement
        return None

    def entries(
        self, *, without: Callable[[Segment], Collection[int]] = lambda _: ()
    ) -> Iterator[CataloguedStatement]:
        """Yield every statement's entry, in the order in which they were indexed.

        ``without`` says which statements of a segment to leave out.
        """
        for segment in self._segments:
            counts = (
                segment.statements.first_paragraphs[1:] - segment.statements.first_paragraphs[:-1]
            ).tolist()
            left_out = segment.statements.deleted.union(without(segment))
            for statement, count in enumerate(counts):
                if statement not in left_out:
                    record = segment.statements.record(statement)
                    yield CataloguedStatement(record, count, segment, statement)


def _catalogued(number: int, segment: Segment, record: SourceRecord, statements: range) -> CataloguedSource:
    first_paragraphs = segment.statements.first_paragraphs
    paragraphs = int(first_paragraphs[statements.stop]) - int(first_paragraphs[statements.start])
    return CataloguedSource(number, statements, record, Tally(len(statements), paragraphs))
