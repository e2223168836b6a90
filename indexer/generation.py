"""The table of contents of an index: which segments count, and which of their statements no longer do.

It is JSON, read by code that accepts only what it knows, so that a table from a
stranger names files of its own folder and nothing else.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Generation", "SegmentEntry", "new_segment_name"]

FORMAT_VERSION = 2
_NAME = re.compile(r"segment-[0-9a-f]{16}\.seg")


def new_segment_name() -> str:
    """Name the file of a segment as no other is named."""
    return f"segment-{secrets.token_hex(8)}.seg"


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: its file, how much it holds, and the statements in it that are deleted."""

    name: str
    statements: int
    paragraphs: int
    deleted: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        whole = all(isinstance(number, int) for number in (self.statements, self.paragraphs, *self.deleted))
        if not (isinstance(self.name, str) and _NAME.fullmatch(self.name) and whole):
            raise ValueError(f"no segment is called {self.name!r}")
        if any(not 0 <= number < self.statements for number in self.deleted):
            raise ValueError(f"{self.name} has no such statements to delete")


@dataclass(frozen=True, slots=True)
class Generation:
    """One commit: its number, the paths that ``onrecord index`` was given, its segments."""

    number: int = 0
    roots: tuple[str, ...] = ()
    segments: tuple[SegmentEntry, ...] = ()

    def dump(self) -> str:
        """Write the table as JSON."""
        return json.dumps({"version": FORMAT_VERSION, **asdict(self)})

    @classmethod
    def load(cls, text: str) -> Generation:
        """Read what `dump` wrote; anything else is a ValueError, KeyError or TypeError."""
        data: dict[str, Any] = json.loads(text)
        if data["version"] != FORMAT_VERSION:
            raise ValueError("another version")
        segments = tuple(
            SegmentEntry(entry["name"], entry["statements"], entry["paragraphs"], tuple(entry["deleted"]))
            for entry in data["segments"]
        )
        if len({entry.name for entry in segments}) < len(segments):
            raise ValueError("a segment is named twice")
        return cls(int(data["number"]), tuple(map(str, data["roots"])), segments)
