"""The index on disk: the one room that knows its files, the commit and the lock.

::

    .onrecord/
        CURRENT                       the generation that counts (`indexer.store.generation`)
        PREVIOUS                      the generation before, for `indexer.doctor.repair` to go back to
        UNREAD                        what could not be read (`indexer.store.unread`)
        SEEN                          what was seen of the texts (`indexer.store.seen`)
        LOCK                          held by the one writer
        segment-0123456789abcdef.seg  a segment (`indexer.segments`), never changed once written
        addresses-0123456789abcdef.json  former addresses (`indexer.store.former_addresses`), likewise

A reader takes a `Snapshot`: it keeps the segments it has mapped, whatever is written
meanwhile. A writer holds the lock and writes segments beside those that count; the
commit replaces CURRENT by one rename. A writer that dies leaves the old index, and
files that the next writer sweeps away.

The segments of the generation before are kept until the next commit, so that damage to
what an update wrote costs that update only. They share most of their files with
those that count. A rebuild shares none, and keeps none: it would double the disk to guard
what was read from the texts a moment ago and can be read again.

What was asked for (the paths that were indexed, and what was taken out) is no part of what can be
gone back from: PREVIOUS has it as CURRENT has it, so that damage to one loses none of it.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.indexer.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, StoreError
from onrecord.indexer.paths import is_there
from onrecord.indexer.store.disk import (
    disk_errors_as_store_errors,
    put_in_place,
    read_bounded,
    sync_folder,
    write_aside,
    write_new,
)
from onrecord.indexer.store.generation import (
    LARGEST_GENERATION_FILE,
    AnotherVersion,
    Generation,
    SegmentEntry,
    new_segment_name,
)
from onrecord.indexer.store.lock import Lock
from onrecord.indexer.store.merge_policy import segments_to_merge

if TYPE_CHECKING:
    from onrecord.indexer.segments.segment import Segment
    from onrecord.indexer.store.former_addresses import FormerAddresses
    from onrecord.indexer.store.seen import Seen
    from onrecord.indexer.store.unread import Unread

__all__ = ["CURRENT", "LOCK", "PREVIOUS", "Carried", "Snapshot", "Store", "StoreWriter"]

CURRENT = "CURRENT"
PREVIOUS = "PREVIOUS"
LOCK = "LOCK"
# What the system says of a generation file that is not there.
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
# What writers leave when they die: segments of no generation, and generation files not put in place.
_LEFTOVER = re.compile(
    r"segment-[0-9a-f]{16}\.seg|addresses-[0-9a-f]{16}\.json|(?:CURRENT|PREVIOUS|UNREAD|SEEN)\.new", re.ASCII
)
# A commit may delete segments between reading CURRENT and mapping them; each try reads CURRENT again.
_OPEN_TRIES = 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One generation, open for reading."""

    path: Path
    generation: Generation
    segments: tuple[Segment, ...]

    @property
    def size(self) -> int:
        """Bytes of the segments, which stay as long as they are mapped, and of the former addresses."""
        size = sum(segment.container.size for segment in self.segments)
        if self.generation.addresses is not None:
            with suppress(OSError):  # a commit since may have left them behind
                size += (self.path / self.generation.addresses).stat().st_size
        return size


class Store:
    """The folder of an index, wherever the program goes meanwhile. Making one touches nothing."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).absolute()

    def open(self, *, after: Snapshot | None = None) -> Snapshot:
        """Open the current generation (`IndexMissing`, `IndexDamaged`).

        What has not changed since the snapshot ``after`` is taken from there.
        """
        for remaining in reversed(range(_OPEN_TRIES)):
            generation = self.generation()
            known = _reusable(after, generation)
            try:
                segments = tuple(
                    known[entry] if entry in known else self.segment(entry, roots=generation.roots)
                    for entry in generation.segments
                )
                return Snapshot(self.path, generation, segments)
            except IndexDamaged:
                if not remaining or self.generation() == generation:
                    raise
        raise AssertionError("unreachable")

    def generation(self) -> Generation:
        """Read the current generation (`IndexMissing`, `IndexDamaged`)."""
        try:
            return self.read_generation(CURRENT)
        except IndexMissing as error:
            # A commit never takes CURRENT away: where the one before stands, this one was lost.
            if is_there(self.path / PREVIOUS):
                raise self._damaged(self.path / CURRENT, "the table of contents is missing") from error
            raise

    def read_generation(self, name: str) -> Generation:
        """Read a generation file, CURRENT or PREVIOUS (`IndexMissing`, `IndexDamaged`)."""
        path = self.path / name
        try:
            return Generation.load(read_bounded(path, LARGEST_GENERATION_FILE))
        except PermissionError as error:
            raise StoreError(
                f"{path}: you may not read this index; check its permissions.", path=path
            ) from error
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in _NOT_THERE:
                raise IndexMissing(
                    f"{self.path}: there is no index here; make one with onrecord index PATH.", path=self.path
                ) from error
            if isinstance(error, AnotherVersion):
                raise IndexOutdated(
                    path, newer=error.newer, roots=error.roots, removed=error.removed
                ) from error
            raise self._damaged(path, "the table of contents is damaged") from error

    def asked_for(self) -> Generation:
        """Return what the index was given and what was taken out of it, as far as it can be read.

        The generation is that of the first table that can be read, and one without segments where
        another version wrote it, or where there is none.
        """
        for name in (CURRENT, PREVIOUS):
            try:
                return self.read_generation(name)
            except IndexOutdated as error:
                return Generation(0, error.roots, (), error.removed)
            except StoreError:
                continue
        return Generation()

    def segment(self, entry: SegmentEntry, *, roots: Iterable[str] = ()) -> Segment:
        """Open a segment (`IndexDamaged` where it is not the one that was committed)."""
        from onrecord.indexer.segments.segment import Segment  # not for an update that changes nothing

        segment = Segment(self.path / entry.name, frozenset(entry.deleted), roots=roots)
        if (len(segment.statements), len(segment)) != (entry.statements, entry.paragraphs):
            raise self._damaged(self.path / entry.name, "this segment is not the one that was committed")
        return segment

    def unread(self) -> tuple[Unread, ...]:
        """Return what could not be read of the texts when they were last looked through."""
        from onrecord.indexer.store.unread import LARGEST_UNREAD_FILE, UNREAD, load_unread  # for no search

        try:
            return load_unread(read_bounded(self.path / UNREAD, LARGEST_UNREAD_FILE))
        except (OSError, ValueError):
            return ()

    def note_unread(self, entries: Iterable[Unread]) -> None:
        """Note what could not be read; the caller holds the lock.

        What the disk refuses of it is told again by the next run, and changes nothing.
        """
        from onrecord.indexer.store.unread import UNREAD, dump_unread  # likewise

        path = self.path / UNREAD
        listed = list(entries)
        with suppress(OSError):
            if listed:
                put_in_place(write_aside(path, dump_unread(listed)), path)
            else:
                path.unlink(missing_ok=True)

    def state(self, generation: Generation) -> str:
        """Return what changes when a generation does, or a file of it: another machine's is another."""
        digest = blake2b(generation.dump(), digest_size=16)
        for name in sorted(generation.files):
            try:
                known = (self.path / name).stat()
            except OSError:
                return ""
            digest.update(
                b"%d %d %d %d " % (known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino)
            )
        return digest.hexdigest()

    def seen(self, state: str) -> Seen:
        """Return what was seen of the texts by the run that left the index in a state; nothing of another."""
        from onrecord.indexer.store.seen import LARGEST_SEEN_FILE, SEEN, Seen, load_seen  # for no search

        if not state:
            return Seen()
        try:
            return load_seen(read_bounded(self.path / SEEN, LARGEST_SEEN_FILE), state=state)
        except (OSError, ValueError):
            return Seen()

    def note_seen(self, seen: Seen) -> None:
        """Note what was seen; the caller holds the lock.

        It is not waited for until it has reached the disk. What the disk refuses of it costs the next run
        the time to open all files, and changes nothing.
        """
        from onrecord.indexer.store.seen import SEEN, dump_seen  # likewise

        aside = self.path / f"{SEEN}.new"
        with suppress(OSError):
            aside.unlink(missing_ok=True)
            with aside.open("xb") as file:
                file.writelines(dump_seen(seen))
            put_in_place(aside, self.path / SEEN)

    def former_addresses(self, generation: Generation) -> FormerAddresses:
        """Read the former addresses of a generation (`IndexDamaged`).

        Of a generation that commits have left behind since it was opened, those of the newest are read:
        they hold the same and more.
        """
        try:
            return self.read_former_addresses(generation)
        except IndexDamaged as error:
            if isinstance(error.__cause__, FileNotFoundError) and (newest := self.generation()) != generation:
                return self.former_addresses(newest).as_of(generation.number)
            raise

    def read_former_addresses(self, generation: Generation) -> FormerAddresses:
        """Read the file of former addresses that a generation names (`IndexDamaged`)."""
        from onrecord.indexer.store.former_addresses import (  # a search asks for none
            LARGEST_ADDRESSES_FILE,
            FormerAddresses,
        )

        if generation.addresses is None:
            return FormerAddresses()
        path = self.path / generation.addresses
        try:
            return FormerAddresses.load(read_bounded(path, LARGEST_ADDRESSES_FILE))
        except (OSError, ValueError) as error:
            raise self._damaged(path, "the former addresses are damaged") from error

    def leftovers(self) -> Iterator[Path]:
        """Yield the files of no generation, left by writers that died (`IndexDamaged`)."""
        kept = set(self.current_or_none().files)
        with suppress(StoreError):
            kept |= self.read_generation(PREVIOUS).files
        for file in sorted(self.path.iterdir()):
            if _LEFTOVER.fullmatch(file.name) and file.name not in kept:
                yield file

    def writer(self, *, fresh: bool = False, wait: float = 60.0) -> StoreWriter:
        """Take the lock and return a writer.

        ``fresh`` begins with nothing; what stands is left readable until the commit.
        Another writer is waited for, at most ``wait`` seconds (`IndexLocked`).
        """
        lock = self._lock(wait)
        try:
            return StoreWriter(self, lock, fresh=fresh)
        except BaseException:
            lock.release()
            raise

    @contextmanager
    def locked(self, *, wait: float) -> Iterator[None]:
        """Keep writers out for a while, waiting for one that writes (`IndexLocked`)."""
        lock = self._lock(wait)
        try:
            yield
        finally:
            lock.release()

    def put(self, generation: Generation, *, keep: Generation | None) -> None:
        """Make a generation the current one and keep another, or none, to go back to.

        What was asked for is in both. The caller holds the lock.
        """
        before = keep or Generation()
        kept_too = replace(before, roots=generation.roots, removed=generation.removed, links=generation.links)
        data = generation.dump()
        if len(data) > LARGEST_GENERATION_FILE:
            raise StoreError(
                f"{self.path}: the table of contents has grown too large; "
                "make the index anew with onrecord index --rebuild.",
                path=self.path,
            )
        with disk_errors_as_store_errors(self.path):
            aside = write_aside(self.path / CURRENT, data)
            kept = write_aside(self.path / PREVIOUS, kept_too.dump())
            # All that takes room is done, and the names of the segments last before a generation names them.
            sync_folder(self.path)
            put_in_place(aside, self.path / CURRENT)
            put_in_place(kept, self.path / PREVIOUS)
            sync_folder(self.path)

    def sweep(self) -> tuple[Path, ...]:
        """Delete the leftovers and return them; the caller holds the lock.

        One that cannot be deleted stays for the next writer: it is in nobody's way. On Windows that is each
        that a reader has mapped.
        """
        swept = []
        with suppress(IndexDamaged, OSError):
            for file in self.leftovers():
                with suppress(OSError):
                    file.unlink()
                    swept.append(file)
        return tuple(swept)

    def _lock(self, wait: float) -> Lock:
        try:
            with disk_errors_as_store_errors(self.path):
                self.path.mkdir(parents=True, exist_ok=True)
                lock = Lock.take(self.path / LOCK, wait=wait)
        except StoreError as error:
            if isinstance(error.__cause__, FileExistsError | NotADirectoryError):
                raise IndexMissing(
                    f"{self.path}: this is a file; name a folder for the index with --index DIR.",
                    path=self.path,
                ) from error
            raise
        if lock is None:
            raise IndexLocked(
                f"{self.path}: another onrecord index has been writing here for {wait:g} seconds; "
                "try again when it has finished.",
                path=self.path,
            )
        return lock

    def current_or_none(self) -> Generation:
        """Return the current generation, and one without segments where there is none (`IndexDamaged`)."""
        try:
            return self.generation()
        except IndexMissing:
            return Generation()

    @staticmethod
    def _damaged(path: Path, what: str) -> IndexDamaged:
        return IndexDamaged(f"{path}: {what}; mend the index with onrecord doctor --repair.", path=path)


@dataclass(slots=True)
class Carried:
    """Segments with what a rebuild takes from the index that stood, to be added.

    ``lost`` are sources whose statements were lost to damage, and ``whole`` is False where there may be
    others of which not even the name could be read.
    """

    whole: bool
    paths: list[Path] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class StoreWriter:
    """Adds segments and deletes statements; a context manager that discards what was not committed.

    ``before`` is the generation that stands: for a fresh index all of it that can be read.
    """

    def __init__(self, store: Store, lock: Lock, *, fresh: bool) -> None:
        self._store = store
        self._lock = lock
        #: Whether what stands can be read in part only, or not at all.
        self.salvaged = False
        self._previous = self._standing() if fresh else None
        self.before = self._previous.generation if self._previous else store.current_or_none()
        self.fresh = fresh or self.before.number == 0
        self._entries = [] if fresh else list(self.before.segments)
        store.sweep()

    @property
    def previous(self) -> Snapshot:
        """What stands, opened when it is first asked for (`IndexDamaged`)."""
        if self._previous is None:
            self._previous = (
                self._store.open() if self.before.number else Snapshot(self.folder, self.before, ())
            )
        return self._previous

    @property
    def folder(self) -> Path:
        """The folder in which segments are written, under names of `new_segment_name`."""
        return self._store.path

    def add(self, path: Path, *, without: Container[str] = ()) -> None:
        """Add a segment that was written in the folder, leaving out some sources."""
        from onrecord.indexer.segments.segment import Segment

        segment = Segment(path)
        deleted = [
            statement
            for key in segment.sources.live_keys()
            if key in without
            for statement in segment.sources.statements(key)
        ]
        entry = _entry(path, segment, deleted=deleted)
        self._entries.append(entry)

    def delete(self, segment: int, statements: Iterable[int]) -> None:
        """Delete statements of a segment of the previous generation, by its place there."""
        name = self.before.segments[segment].name
        for at, entry in enumerate(self._entries):
            if entry.name == name:
                deleted = tuple(sorted({*entry.deleted, *statements}))
                self._entries[at] = replace(entry, deleted=deleted)

    def carry(self, wanted: Callable[[str], bool]) -> Carried:
        """Write anew what the standing index has of some sources, for the one that is built in its place."""
        carried = Carried(whole=not self.salvaged)
        for segment in self.previous.segments:
            keys: list[str] = []
            try:
                keys += filter(wanted, segment.sources.live_keys())
                written = self._written_anew(segment, keys)
                carried.paths += [written] if written else []
            except IndexDamaged:
                carried.whole = False
                carried.lost += keys
        return carried

    def _written_anew(self, segment: Segment, keys: Iterable[str]) -> Path | None:
        from onrecord.indexer.segments.segment import Segment
        from onrecord.indexer.segments.writing.merge import merge_segments  # as in `_merge`

        statements = {number for key in keys for number in segment.sources.statements(key)}
        if not statements:
            return None
        others = frozenset(range(len(segment.statements))) - statements
        path = self.folder / new_segment_name()
        with disk_errors_as_store_errors(self.folder):
            merge_segments([Segment(segment.container.path, others)], path)
        return path

    @property
    def number(self) -> int:
        """The number of the generation that a commit makes."""
        return self.before.number + 1

    def former_addresses(self) -> FormerAddresses:
        """Read the former addresses that stand; a rebuild goes on without those that are damaged."""
        from onrecord.indexer.store.former_addresses import FormerAddresses

        try:
            return self._store.former_addresses(self.before)
        except IndexDamaged:
            if not self.fresh:
                raise
            return FormerAddresses()

    def given_up(self) -> list[tuple[Segment, list[int]]]:
        """Return the statements of the previous generation that were deleted, by segment."""
        left = {entry.name: set(entry.deleted) for entry in self._entries}
        found = []
        for entry, segment in zip(self.before.segments, self.previous.segments, strict=False):
            kept = left.get(entry.name)
            gone = set(range(entry.statements)) if kept is None else kept
            found.append((segment, sorted(gone - set(entry.deleted))))
        return [(segment, statements) for segment, statements in found if statements]

    def standing(self, *, written: bool) -> list[Segment]:
        """Open the segments as they are to be committed: those written since, or those that stood before."""
        generation = self.before
        before = {entry.name for entry in generation.segments}
        opened = dict(zip(generation.segments, self.previous.segments, strict=False))
        return [
            opened.get(entry) or self._store.segment(entry)
            for entry in self._entries
            if (entry.name not in before) == written
        ]

    def commit(
        self,
        roots: tuple[str, ...],
        *,
        removed: tuple[str, ...] = (),
        links: bool = False,
        former: FormerAddresses | None = None,
    ) -> Generation:
        """Make all of it the next generation; `Generation` says what the rest is.

        ``former`` are its former addresses where they have changed.
        """
        self._entries = [entry for entry in self._entries if len(entry.deleted) < entry.statements]
        self._merge()
        before = self.before
        addresses = before.addresses if former is None else self._write_former(former)
        generation = Generation(self.number, roots, tuple(self._entries), removed, links, addresses)
        self._store.put(generation, keep=None if self.fresh else before)
        self._store.sweep()
        return generation

    def close(self) -> None:
        """Discard what was not committed and release the lock."""
        try:
            self._store.sweep()
        finally:
            self._lock.release()

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _standing(self) -> Snapshot:
        """Open what stands for a rebuild, which goes on over what is damaged, from what can still be read."""
        path = self._store.path
        try:
            return self._store.open()
        except IndexMissing:
            return Snapshot(path, Generation(), ())
        except IndexDamaged:
            self.salvaged = True
        generation = self._store.asked_for()
        opened = {}
        for entry in generation.segments:
            with suppress(IndexDamaged):
                opened[entry] = self._store.segment(entry)
        return Snapshot(path, replace(generation, segments=tuple(opened)), tuple(opened.values()))

    def _write_former(self, former: FormerAddresses) -> str | None:
        """Write former addresses to a file of their own, and see it reach the disk; no file of none."""
        from onrecord.indexer.store.former_addresses import LARGEST_ADDRESSES_FILE, new_addresses_name

        if not former:
            return None
        data = former.dump()
        if len(data) > LARGEST_ADDRESSES_FILE:
            raise StoreError(
                f"{self.folder}: there are too many former addresses to remember; "
                "make a new index in another folder with onrecord index PATH --index DIR.",
                path=self.folder,
            )
        path = self.folder / new_addresses_name()
        with disk_errors_as_store_errors(self.folder):
            write_new(path, data)
        return path.name

    def _merge(self) -> None:
        """Put segments of one size together until no size has too many."""
        # Loaded when it is needed: a search opens a store too, and merges nothing.
        from onrecord.indexer.segments.segment import Segment
        from onrecord.indexer.segments.writing.merge import merge_segments

        while chosen := segments_to_merge(self._entries):
            path = self.folder / new_segment_name()
            with disk_errors_as_store_errors(self.folder):
                merge_segments([self._store.segment(entry) for entry in chosen], path)
            at = self._entries.index(chosen[0])
            self._entries = [entry for entry in self._entries if entry not in chosen]
            self._entries.insert(at, _entry(path, Segment(path)))


def _reusable(after: Snapshot | None, generation: Generation) -> dict[SegmentEntry, Segment]:
    """Return the segments of a snapshot that show their files below the same roots."""
    if after is None or after.generation.roots != generation.roots:
        return {}
    return dict(zip(after.generation.segments, after.segments, strict=True))


def _entry(path: Path, segment: Segment, *, deleted: Iterable[int] = ()) -> SegmentEntry:
    statements = len(segment.statements)
    return SegmentEntry(path.name, statements, len(segment), tuple(sorted(deleted)))
