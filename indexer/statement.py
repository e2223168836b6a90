"""What a reader understood: a statement, its paragraphs, and the words behind each fact.

These are values: frozen, typed, compared by content. They hold nothing of the
file they came from or the index they go to.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from hashlib import sha256
from typing import Generic, TypeVar

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.roles import Role, SpeakerRole

__all__ = [
    "Confidence",
    "Finding",
    "Metadata",
    "Paragraph",
    "Role",
    "Source",
    "Speaker",
    "SpeakerRole",
    "Statement",
]

Value = TypeVar("Value")


class Confidence(Enum):
    """How sure a reader is of a value."""

    CERTAIN = "certain"  #: declared: front matter, a sidecar file, a file name that follows a scheme
    HIGH = "high"  #: stated in so many words, by the heading or by the speech of itself
    LOW = "low"  #: a guess: from layout, from habit, or from what a greeting implies


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value]):
    """A value with the words it was read from.

    >>> Finding("Geneva", evidence="(20 September 2021, Geneva)")
    Finding(value='Geneva', evidence='(20 September 2021, Geneva)', confidence=<Confidence.HIGH: 'high'>)
    """

    value: Value
    evidence: str
    confidence: Confidence = Confidence.HIGH

    @property
    def is_guess(self) -> bool:
        """Whether the reader was not sure."""
        return self.confidence is Confidence.LOW


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: the printed form, and what it was resolved to.

    ``printed`` is how the text names the speaker, ``delegation`` the short name
    of a country or organisation, ``code`` its code in the register (ISO 3166-1 alpha-3
    for a country), ``person`` and ``post`` a named person where the text names one.
    """

    printed: str
    delegation: str | None = None
    code: str | None = None
    person: str | None = None
    post: str | None = None

    @property
    def name(self) -> str:
        """The name to show and to group by.

        >>> Speaker("Government of Japan", delegation="Japan").name
        'Japan'
        """
        return self.delegation or self.person or self.printed

    def __str__(self) -> str:
        """Give the name, with the printed form beside it where that says more."""
        return self.name if self.printed == self.name else f"{self.name} ({self.printed})"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where, who and when; a field that the text does not state stays None."""

    title: str | None = None
    speaker: Finding[Speaker] | None = None
    forum: Finding[str] | None = None
    date: Finding[PartialDate] | None = None
    place: Finding[str] | None = None
    language: Finding[str] | None = None  #: ISO 639-1, lower case
    speaker_role: Finding[SpeakerRole] | None = None
    #: Of a translation, the language that was spoken: ISO 639-1, or "und" where that is not said.
    original_language: Finding[str] | None = None
    #: Of a record, the symbol under which it was published: A/72/PV.3.
    document_symbol: Finding[str] | None = None
    #: The encoding that the file was read in, where it says nothing of it and that was guessed.
    encoding: Finding[str] | None = None

    def over(self, other: Metadata) -> Metadata:
        """Lay these values over ``other``: what is None here is taken from there."""
        merged = {fact.name: getattr(self, fact.name) or getattr(other, fact.name) for fact in fields(self)}
        return Metadata(**merged)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it can be quoted.

    ``number`` is its place in the statement, counted from 1; ``printed`` the
    number printed before it ("29."), as printed; ``line`` the line in the source
    where it begins, counted from 1. ``source_id`` is the identifier that the source
    gives it, ``page`` the page or column on which it begins, as the source counts.
    ``language`` is its language (ISO 639-1) where that is another than its statement's.
    """

    number: int
    text: str
    role: Role = Role.BODY
    printed: str | None = None
    line: int | None = None
    source_id: str | None = None
    page: str | None = None
    language: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal: equal words, equal hash."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """The file a statement came from: its path as it was given, its reader, its content."""

    path: str
    format: str
    content_hash: str  #: SHA-256 of the file's bytes (and of its sidecar's), hexadecimal


@dataclass(frozen=True, slots=True)
class Statement:
    """One speaker, once, in one forum: metadata and the paragraphs that were said.

    ``slug`` is the readable, unique part of every address in it, ``source_id`` the
    identifier that the source gives to the speech.
    """

    slug: str
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]
    source: Source
    source_id: str | None = None

    def language_of(self, paragraph: Paragraph) -> str | None:
        """Return the language of a paragraph: its own, or the statement's."""
        known = self.metadata.language
        return paragraph.language or (known.value if known else None)

    def address(self, paragraph: Paragraph) -> str:
        """Return the address that a citation of this paragraph uses: ``slug#number``."""
        return f"{self.slug}#{paragraph.number}"
