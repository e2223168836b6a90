"""A segment, open for reading: its words, paragraphs and statements as mapped arrays.

Opening maps the file and reads its directory, its dictionaries, and how long its paragraphs are;
another array is touched when it is first asked for. Small ones are then compared with
their checksums whole, large ones where they are read. ``forward``, a byte for every
position, is read at scattered places: a few take their pages, many (a quarter as many as it has
pages) take all of it, 5 milliseconds once for 18 MB. To ask for each place whether its page was
read would cost each phrase as much as reading the place.

What is costly to decode is kept by `search`, not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.indexer.segments.columns.blocks import BlockReader
from onrecord.indexer.segments.columns.frequencies import Frequencies, FrequencyReader
from onrecord.indexer.segments.columns.lists import ListReader
from onrecord.indexer.segments.columns.names import NameColumn
from onrecord.indexer.segments.columns.source_table import SourceTable
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Container, Paged
from onrecord.indexer.segments.layout import (
    COLUMNS,
    LONGEST_PLAIN_DOCUMENTS,
    LONGEST_PLAIN_POSITIONS,
    NO_DAY,
    ROLES,
    SLOT,
    paragraph_starts,
)
from onrecord.indexer.segments.validation import (
    below,
    check_counts,
    check_paragraphs,
    check_shape,
    is_shown,
    read_facts,
)
from onrecord.indexer.segments.writing.sketcher import (
    DIGEST_SIZE,
    Sketches,
    is_sketched,
    sketch_rows,
    words_in,
)
from onrecord.indexer.statement import Role

__all__ = ["Segment"]

Ints = npt.NDArray[np.uint32]
_SHIFT = SLOT.bit_length() - 1


class Segment:
    """The paragraphs of one segment, numbered from 0.

    ``deleted`` are the numbers of statements that no longer count, ``deleted_sources`` the
    keys of sources without a statement that no longer count.
    """

    def __init__(
        self,
        path: Path,
        deleted: frozenset[int] = frozenset(),
        deleted_sources: frozenset[str] = frozenset(),
    ) -> None:
        container = self.container = Container(path)
        check_shape(container)
        self.deleted = deleted
        self.deleted_sources = deleted_sources
        self.lengths: Ints = container["lengths"]
        self.first_paragraphs: Ints = container["statement.paragraphs"]
        self.statement_of: Ints = container["statement"]
        check_paragraphs(
            container, self.lengths, first_paragraphs=self.first_paragraphs, statement_of=self.statement_of
        )
        if self.deleted and not 0 <= min(self.deleted) <= max(self.deleted) < len(self.first_paragraphs) - 1:
            raise container.damaged("statement")
        self.forms = TermList(container, "forms")
        self.groups = TermList(container, "groups")
        self.form_frequency: Ints = container["forms.frequency"]
        self.form_paragraphs: Ints = container["forms.paragraphs"]
        self.group_paragraphs: Ints = container["groups.paragraphs"]
        check_counts(container, words=self.tokens)
        self.positions = ListReader.of(
            container,
            "positions",
            lengths=self.form_frequency,
            longest_plain=LONGEST_PLAIN_POSITIONS,
            bound=len(self.forward),
        )
        self.documents = ListReader.of(
            container,
            "documents",
            lengths=self.group_paragraphs,
            longest_plain=LONGEST_PLAIN_DOCUMENTS,
            bound=len(self),
        )

    @property
    def forward(self) -> Paged:
        """Of each position, which of the commonest forms stands there (`forward_codes`)."""
        return self.container.paged("forward")

    def __len__(self) -> int:
        """Return the number of paragraphs, deleted ones included."""
        return len(self.lengths)

    @cached_property
    def tokens(self) -> int:
        """The number of words in all paragraphs."""
        return int(self.lengths.sum(dtype=np.int64))

    @cached_property
    def forward_codes(self) -> dict[int, int]:
        """The number that the forward array has for each of the commonest forms."""
        forms = below(self.container, "forward.forms", len(self.forms))
        return {form: code for code, form in enumerate(forms.tolist(), 1)}

    @cached_property
    def average_length(self) -> float:
        """The number of words in a paragraph, on average."""
        return self.tokens / len(self) if self.tokens else 1.0

    @cached_property
    def slug_ranks(self) -> Ints:
        """The place of each statement's slug in `slugs`."""
        return below(self.container, "statement.rank", len(self.slugs))

    @cached_property
    def slug_statements(self) -> Ints:
        """The statement of each of the `slugs`."""
        return below(self.container, "statement.order", len(self.first_paragraphs) - 1)

    @cached_property
    def slots(self) -> Ints:
        """The paragraph of each slot of positions."""
        return below(self.container, "slots", len(self))

    @cached_property
    def _group_peaks(self) -> npt.NDArray[np.float32]:
        peaks = self.container["groups.peak"]
        if not ((peaks >= 0) & (peaks <= 1)).all():  # no number at all is neither
            raise self.container.damaged("groups.peak")
        return peaks

    def group_peak(self, group: int) -> float:
        """Return the most that ``tf / (tf + norm)`` is, by `average_length` (`indexer.segments.bm25`)."""
        return float(self._group_peaks[group])

    @cached_property
    def _frequencies(self) -> FrequencyReader:
        return FrequencyReader.of(self.container, "frequencies", counts=self.group_paragraphs, size=len(self))

    def frequencies(self, group: int) -> Frequencies:
        """Return how often a group stands in each of its paragraphs."""
        if self._frequencies.has_row(group):
            return self._frequencies.row(group).take(self.documents.array(group))
        return self._frequencies.listed(group)

    def has_frequency_row(self, group: int) -> bool:
        """Tell whether `frequencies_at` needs no search."""
        return self._frequencies.has_row(group)

    def frequencies_at(self, group: int, paragraphs: Ints) -> Frequencies:
        """Return how often a group that has a row stands in some rising paragraphs."""
        return self._frequencies.at_paragraphs(group, paragraphs)

    def frequency_row(self, group: int) -> Frequencies:
        """Return how often a group stands in each paragraph of the segment."""
        if self._frequencies.has_row(group):
            return self._frequencies.row(group)
        listed = self._frequencies.listed(group)
        row = np.zeros(len(self), listed.dtype)
        row[self.documents.array(group)] = listed
        return row

    def all_frequencies(self) -> Ints:
        """Return the frequencies of all groups, one after the other."""
        return np.concatenate(
            [np.zeros(0, np.uint32), *(self.frequencies(group) for group in range(len(self.groups)))],
            dtype=np.uint32,
        )

    @cached_property
    def starts(self) -> Ints:
        """The first position of each paragraph."""
        return paragraph_starts(self.lengths)[:-1].astype(np.uint32)

    def paragraphs_of(self, positions: Ints) -> Ints:
        """Return the paragraph in which each position lies."""
        paragraphs: Ints = self.slots.take(positions >> np.uint32(_SHIFT))
        return paragraphs

    @cached_property
    def deleted_paragraphs(self) -> BitMap:
        """The paragraphs of deleted statements."""
        deleted = BitMap()
        for statement in self.deleted:
            deleted.add_range(
                int(self.first_paragraphs[statement]), int(self.first_paragraphs[statement + 1])
            )
        return deleted

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        """The year of each statement, 0 where it is not known for certain."""
        first, last = (_years(self.container[f"statement.{end}"]) for end in ("first", "last"))
        return np.where(first == last, first, 0)

    @cached_property
    def formal(self) -> npt.NDArray[np.bool_]:
        """Marks the paragraphs that are greetings or closings."""
        return np.not_equal(self.roles, ROLES.index(Role.BODY))

    @cached_property
    def roles(self) -> npt.NDArray[np.uint8]:
        """The role of each paragraph, as its place in `ROLES`."""
        return below(self.container, "roles", len(ROLES))

    @cached_property
    def printed(self) -> npt.NDArray[np.unsignedinteger]:
        """The number of what is printed before each paragraph, counted from 1; 0 for nothing."""
        return below(self.container, "printed", len(self.printed_numbers) + 1)

    @cached_property
    def languages(self) -> npt.NDArray[np.unsignedinteger]:
        """The number of each paragraph's language, counted from 1; 0 where it is not known."""
        return below(self.container, "languages", len(self.language_codes) + 1)

    @cached_property
    def texts(self) -> BlockReader:
        """The paragraphs' texts."""
        return BlockReader(self.container, "text")

    @cached_property
    def records(self) -> BlockReader:
        """The statements' facts, as JSON."""
        return BlockReader(self.container, "records")

    @cached_property
    def printed_numbers(self) -> TermList:
        """The different numbers that are printed before paragraphs, sorted."""
        return TermList(self.container, "printed.values")

    @cached_property
    def language_codes(self) -> TermList:
        """The different languages of paragraphs, sorted."""
        return TermList(self.container, "languages.values")

    def role(self, paragraph: int) -> str:
        """Return what a paragraph does in its statement."""
        return ROLES[int(self.roles[paragraph])].value

    def printed_number(self, paragraph: int) -> str | None:
        """Return the number printed before a paragraph."""
        value = int(self.printed[paragraph])
        return self.printed_numbers[value - 1].decode() if value else None

    def language(self, paragraph: int) -> str | None:
        """Return the language of a paragraph."""
        value = int(self.languages[paragraph])
        return self.language_codes[value - 1].decode() if value else None

    def record(self, statement: int) -> dict[str, Any]:
        """Return the facts of a statement as they are shown."""
        facts = read_facts(self.container, "records", self.records[statement])
        if not is_shown(facts):
            raise self.container.damaged("records")
        return facts

    def text(self, paragraph: int) -> str:
        """Return a paragraph as it is quoted."""
        try:
            return self.texts[paragraph].decode()
        except UnicodeDecodeError as error:
            raise self.container.damaged("text") from error

    def number(self, paragraph: int) -> int:
        """Return a paragraph's number in its statement."""
        return paragraph - int(self.first_paragraphs[int(self.statement_of[paragraph])]) + 1

    @cached_property
    def slugs(self) -> TermList:
        """The slugs, sorted; ``slug_statements`` has the statement of each."""
        return TermList(self.container, "slugs")

    def statement_named(self, slug: str) -> int | None:
        """Return the statement with a slug, None where there is none or it is deleted."""
        found = self.slugs.find(slug.encode())
        if found is None:
            return None
        statement = int(self.slug_statements[found])
        return None if statement in self.deleted else statement

    def column(self, name: str) -> NameColumn:
        """Return a column of names."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, NameColumn]:
        return {name: NameColumn(self.container, name) for name in COLUMNS}

    @cached_property
    def sources(self) -> SourceTable:
        """The sources of the statements."""
        return SourceTable(self.container, live_statements=self.live_statements, deleted=self.deleted_sources)

    def slugs_of_sources(self) -> Iterator[tuple[str, str]]:
        """Yield the slug of each statement that came from a source, with the key of the source."""
        slugs, keys = list(self.slugs), list(self.sources.keys)
        for rank, source in zip(self.slug_ranks.tolist(), self.sources.of_statements.tolist(), strict=True):
            if source:
                yield slugs[rank].decode(), keys[source - 1].decode()

    @cached_property
    def digests(self) -> npt.NDArray[np.uint8]:
        """What each statement has in common with its copies, a row of bytes (`digest` of the sketcher)."""
        return self.container["statement.digest"].reshape(-1, DIGEST_SIZE)

    @cached_property
    def words(self) -> npt.NDArray[np.int64]:
        """How many words each statement has."""
        return words_in(self.lengths, self.first_paragraphs)

    @cached_property
    def sketched(self) -> npt.NDArray[np.intp]:
        """The statements that have a sketch."""
        return np.flatnonzero(is_sketched(self.words))

    @cached_property
    def sketches(self) -> Sketches:
        """Their sketches, a row each."""
        rows = sketch_rows(self.container["sketches"])
        if len(rows) != len(self.sketched):
            raise self.container.damaged("sketches")
        return rows

    @cached_property
    def live_statements(self) -> npt.NDArray[np.bool_]:
        """Marks the statements that are not deleted."""
        live = np.ones(len(self.first_paragraphs) - 1, bool)
        live[list(self.deleted)] = False
        return live


def _years(days: Ints) -> npt.NDArray[np.int64]:
    """Return the years of day ordinals, 0 of `NO_DAY`."""
    since_1970 = days.astype(np.int64) - date(1970, 1, 1).toordinal()
    years = since_1970.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days == NO_DAY, 0, years)
