"""The index on disk: the one room that knows its files, the commit and the lock.

::

    .onrecord/
        CURRENT                       the table of contents (`indexer.generation`)
        LOCK                          held by the one writer
        segment-0123456789abcdef.seg  a segment (`indexer.codec`), never changed once written

A reader takes a `Snapshot`: it keeps the segments it has mapped, whatever is written
meanwhile. A writer holds the lock and writes segments beside those that count; the
commit replaces CURRENT by one rename. A writer that dies leaves the old index, and
files that the next writer sweeps away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from whoosh.util.filelock import FileLock, try_for

from indexer.codec.segment import Segment
from indexer.errors import IndexDamaged, IndexLocked, IndexMissing
from indexer.generation import Generation, SegmentEntry, new_segment_name
from indexer.tiers import segments_to_merge

__all__ = ["Snapshot", "Store", "StoreWriter"]

_SEGMENT = re.compile(r"segment-[0-9a-f]{16}\.seg")
# A commit may delete segments between reading CURRENT and mapping them; each try reads CURRENT again.
_OPEN_TRIES = 5
# Seconds between two tries to take the lock.
_LOCK_DELAY = 0.05


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One generation, open for reading."""

    path: Path
    generation: Generation
    segments: tuple[Segment, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum((self.path / entry.name).stat().st_size for entry in self.generation.segments)


class Store:
    """The folder of an index. Making one touches nothing."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def open(self) -> Snapshot:
        """Open the current generation (`IndexMissing`, `IndexDamaged`)."""
        for remaining in reversed(range(_OPEN_TRIES)):
            generation = self.generation()
            try:
                segments = tuple(self._segment(entry) for entry in generation.segments)
                return Snapshot(self.path, generation, segments)
            except IndexDamaged:
                if not remaining or self.generation() == generation:
                    raise
        raise AssertionError("unreachable")

    def generation(self) -> Generation:
        """Read the table of contents (`IndexMissing`, `IndexDamaged`)."""
        try:
            return Generation.load((self.path / "CURRENT").read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"{self.path}: there is no index here; make one with onrecord index PATH.", path=self.path
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"{self.path}: the table of contents cannot be read, or another version of On Record "
                "wrote it; make the index anew with onrecord index --rebuild.",
                path=self.path,
            ) from error

    def writer(self, *, fresh: bool = False, wait: float = 60.0) -> StoreWriter:
        """Take the lock and return a writer.

        ``fresh`` begins with nothing; what stands is left readable until the commit.
        Another writer is waited for, at most ``wait`` seconds (`IndexLocked`).
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise IndexMissing(
                f"{self.path}: this is a file; name a folder for the index with --index DIR.", path=self.path
            ) from error
        lock = FileLock(str(self.path / "LOCK"))
        if not try_for(lock.acquire, timeout=wait, delay=_LOCK_DELAY):
            raise IndexLocked(
                f"{self.path}: another onrecord index has been writing here for {wait:g} seconds; "
                "try again when it has finished.",
                path=self.path,
            )
        try:
            return StoreWriter(self, lock, fresh=fresh)
        except BaseException:
            lock.release()
            raise

    def _segment(self, entry: SegmentEntry) -> Segment:
        segment = Segment(self.path / entry.name, frozenset(entry.deleted))
        if len(segment) != entry.paragraphs:
            raise IndexDamaged(
                f"{self.path / entry.name}: this segment is not the one that was committed; "
                "make the index anew with onrecord index --rebuild.",
                path=self.path,
            )
        return segment


class StoreWriter:
    """Adds segments and deletes statements; a context manager that discards what was not committed."""

    def __init__(self, store: Store, lock: FileLock, *, fresh: bool) -> None:
        self._store = store
        self._lock = lock
        self.previous = self._standing(fresh=fresh)
        self.fresh = fresh or self.previous.generation.number == 0
        self._entries = [] if fresh else list(self.previous.generation.segments)
        self._sweep()

    @property
    def folder(self) -> Path:
        """The folder in which segments are written, under names of `new_segment_name`."""
        return self._store.path

    def add(self, path: Path, *, without: Container[str] = ()) -> None:
        """Add a segment that was written in the folder, leaving out some sources."""
        segment = Segment(path)
        deleted = [
            statement
            for key in segment.source_keys()
            if key in without
            for statement in segment.source_statements(key)
        ]
        entry = _entry(path, segment, deleted=deleted)
        self._entries.append(entry)

    def delete(self, segment: int, statements: Iterable[int]) -> None:
        """Delete statements of a segment of the previous generation, by its place there."""
        name = self.previous.generation.segments[segment].name
        for at, entry in enumerate(self._entries):
            if entry.name == name:
                deleted = tuple(sorted({*entry.deleted, *statements}))
                self._entries[at] = replace(entry, deleted=deleted)

    def commit(self, roots: tuple[str, ...]) -> Generation:
        """Make all of it the next generation."""
        self._entries = [entry for entry in self._entries if len(entry.deleted) < entry.statements]
        self._merge()
        generation = Generation(self.previous.generation.number + 1, roots, tuple(self._entries))
        _write_durably(self._store.path / "CURRENT", generation.dump())
        self._sweep()
        return generation

    def close(self) -> None:
        """Discard what was not committed and release the lock."""
        try:
            self._sweep()
        finally:
            self._lock.release()

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _standing(self, *, fresh: bool) -> Snapshot:
        """Open what stands; a rebuild goes on over what is damaged."""
        try:
            return self._store.open()
        except IndexMissing:
            return Snapshot(self._store.path, Generation(), ())
        except IndexDamaged:
            if fresh:
                return Snapshot(self._store.path, Generation(), ())
            raise

    def _merge(self) -> None:
        """Put segments of one size together until no size has too many."""
        # Loaded when it is needed: a search opens a store too, and merges nothing.
        from indexer.codec.merge import merge_segments

        while chosen := segments_to_merge(self._entries):
            path = self.folder / new_segment_name()
            merge_segments([self._store._segment(entry) for entry in chosen], path)
            at = self._entries.index(chosen[0])
            self._entries = [entry for entry in self._entries if entry not in chosen]
            self._entries.insert(at, _entry(path, Segment(path)))

    def _sweep(self) -> None:
        """Delete the segments that the table of contents does not name; none where it cannot be read."""
        try:
            kept = {entry.name for entry in self._store.generation().segments}
        except IndexMissing:
            kept = set()
        except IndexDamaged:
            return
        for file in self._store.path.iterdir():
            if _SEGMENT.fullmatch(file.name) and file.name not in kept:
                file.unlink(missing_ok=True)


def _entry(path: Path, segment: Segment, *, deleted: Iterable[int] = ()) -> SegmentEntry:
    statements = len(segment.first_paragraphs) - 1
    return SegmentEntry(path.name, statements, len(segment), tuple(sorted(deleted)))


def _write_durably(path: Path, text: str) -> None:
    """Replace a file by one rename, after its bytes have reached the disk, and make the rename last."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
