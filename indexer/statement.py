"""What a reader understood: a statement, its paragraphs, and the words behind each fact.

These are values: frozen, typed, compared by content. They hold nothing of the
file they came from or the index they go to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import Any, Generic, TypeVar

from onrecord.indexer.confidence import Confidence
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.roles import Role, SpeakerRole

__all__ = [
    "Confidence",
    "Finding",
    "Metadata",
    "Paragraph",
    "Party",
    "Role",
    "RunnerUp",
    "Source",
    "Speaker",
    "SpeakerRole",
    "Statement",
]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A value that was weighed and not taken, as it is shown, with the kind of evidence and the words."""

    value: str
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value]):
    """A value with the words it was read from.

    ``kind`` names the kind of evidence (`indexer.reading.kinds`); of what the reader of a format found it is
    empty. ``runner_up`` is what else it might have been, ``line`` the line of what declares it. None of these
    is compared: what was understood is the value, its words and how sure it is.

    >>> Finding("Geneva", evidence="(20 September 2021, Geneva)")
    Finding(value='Geneva', evidence='(20 September 2021, Geneva)', confidence=<Confidence.HIGH: 'high'>)
    """

    value: Value
    evidence: str
    confidence: Confidence = Confidence.HIGH
    kind: str = field(default="", compare=False, repr=False)
    runner_up: RunnerUp | None = field(default=None, compare=False, repr=False)
    line: int | None = field(default=None, compare=False, repr=False)

    @property
    def is_guess(self) -> bool:
        """Whether the reader was not sure."""
        return self.confidence is Confidence.LOW

    def as_runner_up(self) -> RunnerUp:
        """Return it as a value that was not taken."""
        return RunnerUp(str(self.value), self.kind, self.evidence)


@dataclass(frozen=True, slots=True)
class Party:
    """A state or a group that speaks through another or for another: its name, its code in the register."""

    name: str
    code: str | None = None

    def __str__(self) -> str:
        return self.name


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
    """Where, who and when; a field that the text does not state stays None.

    ``nearest`` has, of facts that stay None, what came nearest and was not believed.
    """

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
    #: By what a text was read off pictures of its pages, so that any word of it may be wrong.
    recognised: Finding[str] | None = None
    #: The group or state for which the statement is given by someone else: the European Union.
    on_behalf_of: Finding[Party] | None = None
    #: Of a statement of a group, the state that gave it.
    delivered_by: Finding[Party] | None = None
    nearest: Mapping[str, RunnerUp] = field(default_factory=dict, compare=False, repr=False)

    def over(self, other: Metadata) -> Metadata:
        """Lay these values over ``other``: what is None here is taken from there.

        What is not taken from there, and is another value, is the runner-up of what stands here.
        """
        merged = {name: _laid_over(getattr(self, name), getattr(other, name)) for name in _FACTS}
        nearest = {**other.nearest, **self.nearest}
        return Metadata(
            **merged, nearest={name: one for name, one in nearest.items() if not merged.get(name)}
        )

    def without(self, *names: str) -> Metadata:
        """Make facts unknown, and keep what they were as what came nearest."""
        known = {
            name: found.as_runner_up() for name in names if isinstance(found := getattr(self, name), Finding)
        }
        return replace(self, **dict.fromkeys(names), nearest={**self.nearest, **known})


_FACTS = tuple(fact.name for fact in fields(Metadata) if fact.name != "nearest")


def _laid_over(first: Any, second: Any) -> Any:
    """Return the first of two values that is one; of two findings the first, with the other behind it."""
    if not first or not isinstance(first, Finding) or first.runner_up or not isinstance(second, Finding):
        return first or second
    return first if first.value == second.value else replace(first, runner_up=second.as_runner_up())


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
