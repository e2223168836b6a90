"""The statements of a segment: their paragraphs, names, days and records, and which of them still count."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.indexer.segments.columns.blocks import BlockReader
from onrecord.indexer.segments.columns.names import NameColumn
from onrecord.indexer.segments.columns.sketches import Sketches, is_sketched, sketch_rows, words_in
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Container
from onrecord.indexer.segments.layout import COLUMNS, DIGEST_SIZE, NO_DAY, Ints
from onrecord.indexer.segments.records import StatementRecord
from onrecord.indexer.segments.validation import checked_below

__all__ = ["StatementTable"]


class StatementTable:
    """The statements of one segment, numbered from 0.

    ``deleted`` are the numbers of those that no longer count. A *slug* is the part of an address that
    names a statement.
    """

    def __init__(self, container: Container, *, deleted: frozenset[int], paragraph_lengths: Ints) -> None:
        self._container = container
        self._paragraph_lengths = paragraph_lengths
        self._columns: dict[str, NameColumn] = {}
        self.deleted = deleted
        #: Of each statement its first paragraph, and the end of the last one's.
        self.first_paragraphs: Ints = container["statement.paragraphs"]

    def __len__(self) -> int:
        """Return the number of statements, deleted ones included."""
        return len(self.first_paragraphs) - 1

    def paragraphs(self, statement: int) -> range:
        """Return the paragraphs of a statement."""
        first, end = self.first_paragraphs[statement : statement + 2].tolist()
        return range(first, end)

    def paragraphs_of(self, statements: Ints | npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return the paragraphs of rising statements, in one array."""
        begins = self.first_paragraphs[statements].astype(np.intp)
        counts = self.first_paragraphs[statements + 1] - begins
        before = np.cumsum(counts) - counts
        return np.repeat(begins - before, counts) + np.arange(int(counts.sum()))

    @cached_property
    def live(self) -> npt.NDArray[np.bool_]:
        """Marks the statements that are not deleted."""
        live = np.ones(len(self), bool)
        live[list(self.deleted)] = False
        return live

    @cached_property
    def deleted_paragraphs(self) -> BitMap:
        """The paragraphs of deleted statements."""
        deleted = BitMap()
        for statement in self.deleted:
            paragraphs = self.paragraphs(statement)
            deleted.add_range(paragraphs.start, paragraphs.stop)
        return deleted

    @cached_property
    def slugs(self) -> TermList:
        """The slugs, sorted; `slug_statements` has the statement of each."""
        return TermList(self._container, "slugs")

    @cached_property
    def slug_ranks(self) -> Ints:
        """The place of each statement's slug in `slugs`."""
        return checked_below(self._container, "statement.rank", len(self.slugs))

    @cached_property
    def slug_statements(self) -> Ints:
        """The statement of each of the `slugs`."""
        return checked_below(self._container, "statement.order", len(self))

    def slug(self, statement: int) -> bytes:
        """Return the slug of a statement, in UTF-8."""
        return self.slugs[int(self.slug_ranks[statement])]

    def named(self, slug: str) -> int | None:
        """Return the statement with a slug, None where there is none or it is deleted."""
        found = self.slugs.find(slug.encode())
        if found is None:
            return None
        statement = int(self.slug_statements[found])
        return None if statement in self.deleted else statement

    @cached_property
    def first_days(self) -> Ints:
        """The first day that each statement's date can mean, as an ordinal; `NO_DAY` where none is known."""
        return self._container["statement.first"]

    @cached_property
    def last_days(self) -> Ints:
        """The last day that each statement's date can mean, likewise."""
        return self._container["statement.last"]

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        """The year of each statement, 0 where it is not known for certain."""
        first, last = _years(self.first_days), _years(self.last_days)
        return np.where(first == last, first, 0)

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many words each statement has."""
        return words_in(self._paragraph_lengths, self.first_paragraphs)

    @cached_property
    def records(self) -> BlockReader:
        """What is shown of each statement, as `StatementRecord` stores it."""
        return BlockReader(self._container, "records")

    def record(self, statement: int) -> StatementRecord:
        """Return what is shown of a statement (`IndexDamaged`)."""
        try:
            record = StatementRecord.load(self.records[statement])
        except (ValueError, RecursionError) as error:
            raise self._container.damaged("records") from error
        if {len(record.pages), len(record.paragraph_ids)} - {0, len(self.paragraphs(statement))}:
            raise self._container.damaged("records")
        return record

    def column(self, name: str) -> NameColumn:
        """Return a column of names, one of `COLUMNS`; it is opened when it is first asked for."""
        column = self._columns.get(name)
        if column is None:
            if name not in COLUMNS:
                raise KeyError(name)
            column = self._columns.setdefault(name, NameColumn(self._container, name))
        return column

    @cached_property
    def digests(self) -> npt.NDArray[np.uint8]:
        """What each statement has in common with its copies, a row of bytes (`digest` of the sketcher)."""
        return self._container["statement.digest"].reshape(-1, DIGEST_SIZE)

    @cached_property
    def sketched(self) -> npt.NDArray[np.intp]:
        """The statements that have a sketch."""
        return np.flatnonzero(is_sketched(self.lengths))

    @cached_property
    def sketches(self) -> Sketches:
        """Their sketches, a row each."""
        rows = sketch_rows(self._container["sketches"])
        if len(rows) != len(self.sketched):
            raise self._container.damaged("sketches")
        return rows


def _years(days: Ints) -> npt.NDArray[np.int64]:
    """Return the years of day ordinals, 0 of `NO_DAY`."""
    since_1970 = days.astype(np.int64) - date(1970, 1, 1).toordinal()
    years = since_1970.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days == NO_DAY, 0, years)
