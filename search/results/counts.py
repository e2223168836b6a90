"""What was counted: matches by their names, what was left out, what is in an index."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "Count",
    "Facets",
    "Folded",
    "Hint",
    "Instead",
    "Missing",
    "Status",
    "Unknown",
    "Variant",
    "WordCount",
]


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements and paragraphs bear a name.

    ``query`` is the field that finds exactly these, written beside the question that was counted.
    """

    name: str
    statements: int
    paragraphs: int
    query: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the name and the numbers as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many statements and paragraphs among the hits bear each name; most paragraphs first.

    ``speakers`` are counted by the name that each had then, ``delegations`` under all names that one had, by
    the one it has now; ``persons`` are those who spoke, where the text names them. A statement
    whose date may lie in two years is in none of ``years``.
    """

    speakers: tuple[Count, ...]
    forums: tuple[Count, ...]
    years: tuple[Count, ...]
    delegations: tuple[Count, ...] = ()
    languages: tuple[Count, ...] = ()
    persons: tuple[Count, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Status:
    """What is in an index.

    ``generation`` counts its commits, ``size`` is in bytes on disk, ``sources``
    counts files. ``roots`` are the paths that were indexed, ``absent`` those of them that are not there or
    were empty when they were last looked through, ``removed`` what was taken out and stays out, ``failed``
    the files that could not be read then. Dates are the first and the last that any statement is certain to
    lie between, ISO 8601. Languages are those of paragraphs. Counts are in falling order of paragraphs.
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
    delegations: tuple[Count, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the status as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Folded:
    """How many statements were left out for others nearly the same, and how many of their paragraphs."""

    statements: int
    paragraphs: int

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a filter leaves out because it cannot be told: paragraphs that match all the rest of the question.

    ``filter`` is what they lack: "speaker", "person", "post", "behalf", "delivered", "forum", "place",
    "title", "language" or "date" (none, or one not precise enough to tell). ``query`` finds them, written
    beside the rest in the place of the filter.
    """

    filter: str
    statements: int
    paragraphs: int
    query: str

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a question without which it would find something, where all of it finds nothing.

    ``part`` is the part in words, or several that only together leave nothing, ``paragraphs`` how many match
    it by itself (of several the rarest), ``rest`` how many match all the other parts, ``near`` what is in the
    index and like it.
    """

    part: str
    paragraphs: int
    rest: int
    near: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word of a question, and how many paragraphs hold it by itself."""

    word: str
    paragraphs: int

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Instead:
    """What other readings of a question would find, where no paragraph has all of its words.

    ``words`` are counted each by itself, ``any`` is how many paragraphs have any of them, and ``paragraphs``
    how many have all but those in ``without``, the fewest words of content that stand in the way. All is
    within the fields of the question.
    """

    words: tuple[WordCount, ...]
    without: tuple[str, ...]
    paragraphs: int
    any: int

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Hint:
    """A word of a question that is also a value of a field, "speaker" or "date"; ``query`` asks for it."""

    word: str
    field: str
    query: str

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Variant:
    """A form or spelling of a word of a question, and how many of the paragraphs found hold it."""

    word: str  #: as it was asked for
    form: str  #: folded, an acronym in capitals
    paragraphs: int

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)
