"""What is in an index, listed: its statements, its files and the paths that were indexed.

Statements are in the order of their addresses, files and paths in that of their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.indexer.paths import around, display_path, parted, path_of
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.sources.files import is_present
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.duplicates.copies import Copies

__all__ = ["ListedFile", "ListedRoot", "ListedStatement", "list_files", "list_roots", "list_statements"]

#: Marks the statements of a segment that are wanted.
Wanted = Callable[[Segment], npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class ListedStatement:
    """A statement: its address, what is known of it, and the number of its paragraphs."""

    statement: str
    speaker: str | None
    forum: str | None
    date: str | None
    place: str | None
    language: str | None
    title: str | None
    source: str
    root: str | None
    paragraphs: int

    def as_dict(self) -> dict[str, Any]:
        """Return the statement as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the index; ``error`` says why it could not be read when it was last looked at."""

    path: str
    source: str
    root: str | None
    statements: int
    paragraphs: int
    error: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the file as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ListedRoot:
    """A path that was indexed, or taken out.

    ``state`` is "there", "missing" (gone, or empty when it was last looked at) or "taken out".
    """

    path: str
    state: str
    files: int
    statements: int

    def as_dict(self) -> dict[str, Any]:
        """Return the path as plain data, ready for JSON."""
        return asdict(self)


def list_statements(snapshot: Snapshot, wanted: Wanted | None = None) -> Iterator[ListedStatement]:
    """Yield every statement, copies once, or those that are ``wanted``, in the order of their addresses."""
    copies = Copies(snapshot.segments)
    listed = []
    for segment in snapshot.segments:
        mask = segment.statements.live if wanted is None else segment.statements.live & wanted(segment)
        hidden = copies.hidden(segment)
        for number in np.flatnonzero(mask).tolist():
            if number not in hidden:
                listed.append((segment.statements.slug(number), segment, number))
    for _, segment, number in sorted(listed, key=lambda one: one[0]):
        yield _statement(segment, number)


def _statement(segment: Segment, number: int) -> ListedStatement:
    record = segment.statements.record(number)
    root, source = segment.source_of(number)
    return ListedStatement(
        statement=record.slug,
        speaker=record.speaker,
        forum=record.forum,
        date=record.date,
        place=record.place,
        language=record.language,
        title=record.title,
        source=source,
        root=root,
        paragraphs=len(segment.statements.paragraphs(number)),
    )


def list_files(snapshot: Snapshot) -> Iterator[ListedFile]:
    """Yield every file of the index, and those that could not be read."""
    catalogue = Catalogue(snapshot.segments)
    unread = {entry.key: entry for entry in Store(snapshot.path).unread() if not entry.is_root}
    roots = frozenset(snapshot.generation.roots)
    for key in sorted({*catalogue.paths(), *unread}):
        known, failed = catalogue.source(key), unread.get(key)
        root, source = parted(key, roots) or (None, key)
        yield ListedFile(
            path=display_path(path_of(key)),
            source=source,
            root=root,
            statements=known.tally.statements if known else 0,
            paragraphs=known.tally.paragraphs if known else 0,
            error=failed.reason if failed else None,
        )


def list_roots(snapshot: Snapshot) -> Iterator[ListedRoot]:
    """Yield the paths that were indexed and those that were taken out below them."""
    generation = snapshot.generation
    catalogue = Catalogue(snapshot.segments)
    empty = {entry.key for entry in Store(snapshot.path).unread() if entry.is_root}
    files: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    for key in catalogue.paths():
        source = catalogue.source(key)
        root = next((folder for folder in around(key) if folder in generation.roots), "")
        files[root] += 1
        statements[root] += source.tally.statements if source else 0
    for root in sorted({*generation.roots, *generation.removed}):
        state = "there" if root not in empty and is_present(path_of(root)) else "missing"
        if root in generation.removed:
            state = "taken out"
        yield ListedRoot(display_path(path_of(root)), state, files[root], statements[root])
