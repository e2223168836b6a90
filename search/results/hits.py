"""What a search returns: values that outlive the index they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from onrecord.indexer.fingerprint import fingerprint
from onrecord.indexer.paths import path_of

__all__ = ["Answer", "Count", "Facets", "Folded", "Hit", "Passage", "Results", "Status"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One paragraph, with what a citation needs.

    ``number`` is the paragraph's place in its statement, counted from 1, and ``printed_number`` the number
    printed before it. ``highlights`` are offsets of the matched words in ``text``, ``snippet`` a cut of the
    text with them between ``**``. ``date`` is as precise as the source (``2021``, ``2021-09``,
    ``2021-09-20``); what the source does not say is None. ``hash`` is the SHA-256 of the text.
    ``speaker_role`` is "chair", "delegation", "member", "observer" or "guest", ``original_language`` the
    language spoken where the text is a translation. ``statement_id`` and ``paragraph_id`` are the source's
    own identifiers, ``page`` is the page or column of the source, ``document_symbol`` the symbol under
    which its record was published. ``before`` and ``after`` are the neighbours that were asked for.
    ``source`` is the path of the file below the folder ``root`` that was indexed, and ``path`` opens it;
    ``sources`` are all files that hold the statement, ``source`` first, each below its own root. ``also_as``
    are the addresses of statements that are nearly the same, where the search was folded or one is shown.
    """

    address: str
    statement: str
    number: int
    text: str
    snippet: str
    forum: str | None
    speaker: str | None
    date: str | None
    place: str | None
    language: str | None
    title: str | None
    source: str
    score: float
    printed_number: str | None = None
    printed_speaker: str | None = None
    speaker_role: str | None = None
    original_language: str | None = None
    statement_id: str | None = None
    paragraph_id: str | None = None
    page: str | None = None
    document_symbol: str | None = None
    role: str = "body"
    hash: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    before: tuple[Hit, ...] = ()
    after: tuple[Hit, ...] = ()
    sources: tuple[str, ...] = ()
    also_as: tuple[str, ...] = ()
    root: str | None = None

    @property
    def path(self) -> Path:
        """Where the file lies, whatever bytes its name is made of; in an archive ``b.zip!/letters/a.txt``."""
        return path_of(self.source) if self.root is None else path_of(self.root) / path_of(self.source)

    @property
    def short_address(self) -> str:
        """The address without its readable part."""
        from onrecord.indexer.address import short_address  # most searches print the long one

        return short_address(self.statement, self.number)

    @property
    def fingerprint(self) -> str:
        """Five letters made of the words of the text."""
        return fingerprint(self.text)

    @property
    def lasting_address(self) -> str:
        """The address with the fingerprint of the words: it leads to them wherever they move."""
        return f"{self.address}~{self.fingerprint}"

    def as_dict(self) -> dict[str, Any]:
        """Return the hit as plain data, ready for JSON, in the order of the fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Folded:
    """How many statements were left out for others nearly the same, and how many of their paragraphs."""

    statements: int
    paragraphs: int


class Answer(Protocol):
    """What an engine found, counted and not read yet; it may be asked after the index was closed."""

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""

    @property
    def folded(self) -> Folded | None:
        """What was left out, where folding was asked for."""

    def statements(self) -> int:
        """Count the statements in which a paragraph matched."""

    def hits(self) -> tuple[Hit, ...]:
        """Read the hits of the page."""

    def facets(self) -> Facets:
        """Count all that matched by speaker, forum and year."""


@dataclass(frozen=True)
class Results:
    """One page of hits, and exact totals of all there are.

    `total` counts paragraphs, `statements` the statements they stand in; both are
    the same on every page and in every order. ``understood`` says in words what was
    searched for; `folded` what was left out of all this, where folding was asked for.
    Texts are read when the hits are first looked at; they, `statements` and
    `facets` may be asked for after the index was closed.
    """

    answer: Answer = field(repr=False, compare=False)
    understood: str
    limit: int | None
    offset: int

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""
        return self.answer.total

    @property
    def folded(self) -> Folded | None:
        """What was left out for statements nearly the same, where folding was asked for."""
        return self.answer.folded

    @cached_property
    def statements(self) -> int:
        """The number of statements in which a paragraph matched."""
        return self.answer.statements()

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of this page, best first."""
        return self.answer.hits()

    def facets(self) -> Facets:
        """Count all matching paragraphs, not only this page's, by speaker, forum and year."""
        return self.answer.facets()

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs of one statement in their order: a whole statement, or a paragraph with its neighbours.

    ``address`` is that of today. ``note`` says in a sentence what became of the words where they moved, are
    no longer there, or may have been others; ``words_found`` is False where the address asked for words by
    their fingerprint and they are no longer there.
    """

    address: str
    hits: tuple[Hit, ...]
    note: str | None = None
    words_found: bool = True

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements and paragraphs bear a name."""

    name: str
    statements: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many statements and paragraphs among the hits bear each name; most paragraphs first.

    A statement whose date may lie in two years is in none of ``years``.
    """

    speakers: tuple[Count, ...]
    forums: tuple[Count, ...]
    years: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What is in an index.

    ``generation`` counts its commits, ``size`` is in bytes on disk, ``sources``
    counts files. ``roots`` are the paths that were indexed, ``absent`` those of them that are not there or
    were empty when they were last looked through, ``removed`` what was taken out and stays out, ``failed``
    the files that could not be read then. Dates are the first and the last that any statement is certain to
    lie between, ISO 8601. Counts are in falling order of paragraphs.
    """

    path: str
    generation: int
    size: int
    sources: int
    statements: int
    paragraphs: int
    first_date: str | None
    last_date: str | None
    languages: tuple[Count, ...]
    speakers: tuple[Count, ...]
    forums: tuple[Count, ...]
    roots: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the status as plain data, ready for JSON."""
        return asdict(self)
