"""A revision of an index: one pass over the texts, and what it does to the index.

The readers are loaded with this room, so the doors in `indexer.build` load it only
when there is something to read: a search needs none of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.catalogue import Catalogue, CataloguedSource, Entry
from indexer.errors import SourceError
from indexer.reading import read_statements
from indexer.report import Report, Skipped, Tally
from indexer.sources import content_hash, find_sources, find_strays
from indexer.statement import Statement
from indexer.store import StoreWriter

__all__ = ["Revision", "is_within", "key_of"]


@dataclass(slots=True)
class Revision:
    """One pass over the texts: the sources as they will be, and what was done so far."""

    writer: StoreWriter
    sources: dict[str, CataloguedSource]
    added: Tally = field(default_factory=Tally)
    changed: Tally = field(default_factory=Tally)
    removed: Tally = field(default_factory=Tally)
    unchanged: Tally = field(default_factory=Tally)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[SourceError] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    taken: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.taken = Catalogue(sources=self.sources).slugs()

    def look(self, roots: Iterable[Path]) -> list[tuple[Path, str]]:
        """List the files to read, each once, with its place below its root."""
        found: dict[str, tuple[Path, str]] = {}
        for root in roots:
            for path in find_sources(root):
                place = path.relative_to(root).as_posix() if root.is_dir() else path.name
                found.setdefault(key_of(path), (path, place))
            self.skipped += [Skipped(_shown(path), "hidden, or no file") for path in find_strays(root)]
        return list(found.values())

    def take(self, path: Path, place: str) -> None:
        """Add, replace, leave or skip one file; a file that cannot be read leaves the index as it was."""
        key = key_of(path)
        self.seen.add(key)
        known = self.sources.get(key)
        try:
            digest = content_hash(path)
            if known is not None and known.source.content_hash == digest:
                self.unchanged += _tally(known.entries)
                return
            if known is not None:
                place = known.place
            statements = read_statements(path, place=place, content_hash=digest, shown=_shown(path))
        except SourceError as error:
            self.failed.append(error)
            return
        if statements is None:
            self.skipped.append(Skipped(_shown(path), "no reader takes this kind of file"))
        elif not statements:
            self.skipped.append(Skipped(_shown(path), "there are no paragraphs in it"))
        else:
            self._put(key, place, statements)
            return
        if known is not None:
            self.drop(key)

    def drop(self, key: str) -> None:
        """Take a file out of the index."""
        self.removed += self._forget(key)

    def drop_vanished(self, roots: Iterable[Path]) -> None:
        """Drop what was indexed from these folders and is there no longer."""
        within = [key_of(root) for root in roots]
        for key in [key for key in self.sources if key not in self.seen]:
            if any(is_within(key, root) for root in within):
                self.drop(key)

    def finish(self, roots: tuple[str, ...]) -> Report:
        """Commit, if anything was done, and report."""
        before = self.writer.previous
        done = self.writer.fresh or (self.added, self.changed, self.removed) != (Tally(), Tally(), Tally())
        after = self.writer.commit(roots=roots, sources=self.sources) if done else before
        return Report(
            added=self.added,
            changed=self.changed,
            removed=self.removed,
            unchanged=self.unchanged,
            skipped=tuple(self.skipped),
            failed=tuple(self.failed),
            generation=after.generation,
            written=done,
        )

    def _put(self, key: str, place: str, statements: list[Statement]) -> None:
        replaced = key in self.sources
        if replaced:
            self._forget(key)
        entries = []
        for statement in statements:
            statement = self._unique(statement, key)
            self.taken[statement.slug] = key
            self.writer.add(statement)
            entries.append(Entry.of(statement))
        self.sources[key] = CataloguedSource(statements[0].source, place, tuple(entries))
        if replaced:
            self.changed += _tally(entries)
        else:
            self.added += _tally(entries)

    def _forget(self, key: str) -> Tally:
        entries = self.sources.pop(key).entries
        for entry in entries:
            del self.taken[entry.slug]
            self.writer.remove(entry.slug)
        return _tally(entries)

    def _unique(self, statement: Statement, key: str) -> Statement:
        """Give a slug of its own to a file that lies at the same place of another indexed folder."""
        slug, attempt = statement.slug, statement.source.content_hash
        while slug in self.taken:
            slug = f"{statement.slug}-{attempt[:8]}"
            attempt = attempt[1:] + attempt[:1]
        return replace(statement, slug=slug)


def _tally(entries: Iterable[Entry]) -> Tally:
    counts = [entry.paragraphs for entry in entries]
    return Tally(len(counts), sum(counts))


def key_of(path: Path | str) -> str:
    """Return what identifies a file in the catalogue: its absolute path."""
    return os.path.abspath(path)  # noqa: PTH100  (Path.resolve would follow the links in a folder of links)


def is_within(key: str, root: str) -> bool:
    """Tell whether a file lies at or below a path, both as `key_of` gives them."""
    return key == root or key.startswith(root.rstrip(os.sep) + os.sep)


def _shown(path: Path) -> str:
    """Return a path that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
