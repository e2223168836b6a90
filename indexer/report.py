"""What a run of the indexer did, file by file and in sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from onrecord.indexer.errors import SourceError
from onrecord.indexer.numbers import counted

__all__ = ["Doubt", "Guess", "Progress", "Report", "Skipped", "Tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of statements and of the paragraphs in them."""

    statements: int = 0
    paragraphs: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.statements + other.statements, self.paragraphs + other.paragraphs)

    def __str__(self) -> str:
        return f"{counted(self.statements, 'statement')} ({counted(self.paragraphs, 'paragraph')})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files done of files to do, and the file in hand."""

    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that is not sure, and the words it was read from."""

    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was not understood of a statement.

    ``missing`` names the facts that are not known, ``doubtful`` has those that are guesses, by name.
    ``unresolved`` is a speaker of whom no delegation and no person is known.
    """

    path: str
    address: str
    source_id: str | None
    missing: tuple[str, ...]
    doubtful: Mapping[str, Guess]
    unresolved: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the doubt as plain data, ready for JSON."""
        return asdict(self) | {"missing": list(self.missing)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave."""
        doubtful = {name: Guess(**guess) for name, guess in data["doubtful"].items()}
        return cls(**{**data, "missing": tuple(data["missing"]), "doubtful": doubtful})


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    ``skipped`` are files that are no statements, ``failed`` files that could not
    be read; of a file that failed, what the index held before is kept.
    ``generation`` counts the commits of the index; ``written`` is False where
    there was nothing to do. Of the statements that were read in this run ``missing`` counts
    those without a speaker, forum, date, place or language; ``doubts``, where it was asked for,
    has a `Doubt` for each of which something is missing or unsure.
    ``unmatched`` are corrections that fit no file or statement.
    """

    added: Tally = Tally()
    changed: Tally = Tally()
    removed: Tally = Tally()
    unchanged: Tally = Tally()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[SourceError, ...] = field(default=(), compare=False)
    generation: int = 0
    written: bool = False
    missing: Mapping[str, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=(), repr=False)
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, ready for JSON."""
        tallies = {
            name: {"statements": tally.statements, "paragraphs": tally.paragraphs}
            for name in ("added", "changed", "removed", "unchanged")
            for tally in (getattr(self, name),)
        }
        return tallies | {
            "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in self.skipped],
            "failed": [
                {"path": error.source, "line": error.line, "reason": error.reason, "limit": error.limit}
                for error in self.failed
            ],
            "missing": dict(self.missing),
            "unmatched": list(self.unmatched),
            "generation": self.generation,
            "written": self.written,
            "seconds": round(self.seconds, 3),
        }
