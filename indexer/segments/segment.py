"""A segment, open for reading: its words, paragraphs, statements and sources as mapped arrays.

Opening maps the file and reads its directory, its dictionaries, and how long its paragraphs are;
another array is touched when it is first asked for. Small ones are then compared with
their checksums whole, large ones where they are read. ``forward``, a byte for every
position, is read at scattered places: a few take their pages, many (a quarter as many as it has
pages) take all of it, 5 milliseconds once for 18 MB. To ask for each place whether its page was
read would cost each phrase as much as reading the place.

What is costly to decode is kept by `search`, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from onrecord.indexer.paths import parted
from onrecord.indexer.segments.columns.source_table import SourceTable
from onrecord.indexer.segments.container import Container
from onrecord.indexer.segments.paragraph_table import ParagraphTable
from onrecord.indexer.segments.statement_table import StatementTable
from onrecord.indexer.segments.validation import check_paragraphs, check_shape
from onrecord.indexer.segments.word_table import WordTable

__all__ = ["Segment"]


class Segment:
    """One segment as four tables; ``deleted`` are the numbers of statements that no longer count.

    ``roots`` are the keys of what was indexed: paths of files are shown as they lie below these.
    """

    def __init__(
        self, path: Path, deleted: frozenset[int] = frozenset(), *, roots: Iterable[str] = ()
    ) -> None:
        self.roots = frozenset(roots)
        container = self.container = Container(path)
        check_shape(container)
        self.paragraphs = ParagraphTable(container)
        self.statements = StatementTable(
            container, deleted=deleted, paragraph_lengths=self.paragraphs.lengths
        )
        check_paragraphs(
            container,
            self.paragraphs.lengths,
            first_paragraphs=self.statements.first_paragraphs,
            statement_of=self.paragraphs.statement_of,
        )
        if deleted and not 0 <= min(deleted) <= max(deleted) < len(self.statements):
            raise container.damaged("statement")
        self.words = WordTable(container, paragraphs=self.paragraphs)

    def __len__(self) -> int:
        """Return the number of paragraphs, deleted ones included."""
        return len(self.paragraphs)

    @cached_property
    def sources(self) -> SourceTable:
        """The sources of the statements."""
        return SourceTable(self.container, live_statements=self.statements.live)

    def statement_of(self, paragraph: int) -> int:
        """Return the statement in which a paragraph stands."""
        return int(self.paragraphs.statement_of[paragraph])

    def number(self, paragraph: int) -> int:
        """Return a paragraph's number in its statement, counted from 1."""
        return paragraph - int(self.statements.first_paragraphs[self.statement_of(paragraph)]) + 1

    def source_of(self, statement: int) -> tuple[str | None, str]:
        """Return the folder that was indexed and the path below it of the file of a statement.

        The folder is None where it is not known, and the path is then as it was typed.
        """
        number = int(self.sources.of_statements[statement])
        if number and self.roots:
            found = parted(self.sources.keys[number - 1].decode(), self.roots)
            if found is not None:
                return found
        return None, self.statements.record(statement).source

    def slugs_of_sources(self) -> Iterator[tuple[str, str]]:
        """Yield the slug of each statement that came from a source, with the key of the source."""
        keys = list(self.sources.keys)
        for statement, source in enumerate(self.sources.of_statements.tolist()):
            if source:
                yield self.statements.slug(statement).decode(), keys[source - 1].decode()
