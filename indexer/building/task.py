"""What a worker is given and what it answers, as values: a file to read, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from onrecord.indexer.paths import SourceFile
from onrecord.indexer.report import Tally

__all__ = ["NO_PARAGRAPHS", "Outcome", "Task"]

#: Why a file that a reader takes is no statement.
NO_PARAGRAPHS = "there are no paragraphs in it"


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; ``content_hash`` is empty where nobody has looked into it yet.

    With ``ocr`` pages that are pictures are read by text recognition.
    """

    file: SourceFile
    content_hash: str
    ocr: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the task as plain data, ready for JSON."""
        return _fields_of(self) | {"file": _fields_of(self.file) | {"path": str(self.file.path)}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave."""
        file = SourceFile(**{**data["file"], "path": Path(data["file"]["path"])})
        return cls(file, data["content_hash"], data["ocr"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: statements and paragraphs, or why there are none.

    ``skipped`` says why it is no statement, ``failed`` why it could not be read,
    ``line`` where, and ``limit`` which limit it goes beyond. ``missing`` counts the statements without
    a fact, by its name, ``unmatched`` has the corrections of statements that are not in the file.
    """

    key: str
    statements: int = 0
    paragraphs: int = 0
    skipped: str | None = None
    failed: str | None = None
    failed_in: str | None = None
    line: int | None = None
    limit: str | None = None
    missing: dict[str, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """What was put into a segment."""
        return Tally(self.statements, self.paragraphs)

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as plain data, ready for JSON."""
        return _fields_of(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave."""
        return cls(**{**data, "unmatched": tuple(data["unmatched"])})


def _fields_of(value: Task | Outcome | SourceFile) -> dict[str, Any]:
    """Return the fields as they are: to copy each, as `asdict` does, takes 90 microseconds a task."""
    return {one.name: getattr(value, one.name) for one in fields(value)}
