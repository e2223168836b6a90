"""The catalogue: which files are in the index, and which statements each of them gave.

It lies beside the words of every generation, so that an update can tell what has
changed and ``status`` can count without opening a posting list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from indexer.statement import Source, Statement

__all__ = ["Catalogue", "CataloguedSource", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement: its slug, how many paragraphs it has, and its facts as they are shown."""

    slug: str
    paragraphs: int
    speaker: str | None = None
    forum: str | None = None
    date: str | None = None
    language: str | None = None
    title: str | None = None

    @classmethod
    def of(cls, statement: Statement) -> Entry:
        """Make the entry of a statement."""
        known = statement.metadata
        return cls(
            slug=statement.slug,
            paragraphs=len(statement.paragraphs),
            speaker=known.speaker.value.name if known.speaker else None,
            forum=known.forum.value if known.forum else None,
            date=str(known.date.value) if known.date else None,
            language=known.language.value if known.language else None,
            title=known.title,
        )


@dataclass(frozen=True, slots=True)
class CataloguedSource:
    """One indexed file: ``place`` is its path below the folder it was indexed with."""

    source: Source
    place: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indexed files by absolute path, and the paths that ``onrecord index`` was given."""

    generation: int = 0
    roots: tuple[str, ...] = ()
    sources: dict[str, CataloguedSource] = field(default_factory=dict)

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return sum(len(record.entries) for record in self.sources.values())

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return sum(entry.paragraphs for entry in self.entries())

    def entries(self) -> Iterator[Entry]:
        """Yield every statement's entry, by file."""
        for record in self.sources.values():
            yield from record.entries

    def slugs(self) -> dict[str, str]:
        """Map every slug to the absolute path of its file."""
        return {entry.slug: key for key, record in self.sources.items() for entry in record.entries}

    def dump(self) -> str:
        """Write the catalogue as JSON, files in the order of their paths."""
        return json.dumps(
            {
                "generation": self.generation,
                "roots": self.roots,
                "sources": {key: asdict(self.sources[key]) for key in sorted(self.sources)},
            }
        )

    @classmethod
    def load(cls, text: str) -> Catalogue:
        """Read what `dump` wrote; anything else is a ValueError, KeyError or TypeError."""
        data = json.loads(text)
        return cls(
            generation=int(data["generation"]),
            roots=tuple(data["roots"]),
            sources={
                key: CataloguedSource(
                    source=Source(**record["source"]),
                    place=record["place"],
                    entries=tuple(Entry(**entry) for entry in record["entries"]),
                )
                for key, record in data["sources"].items()
            },
        )
