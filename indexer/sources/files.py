"""Files and folders: which of them are sources."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_there, member_parts
from onrecord.indexer.sources.archives import exists, sources_in, strays_in
from onrecord.indexer.sources.beside import HOLD_BELOW, OVERRIDES, SPEAKERS, sidecars_among

__all__ = [
    "Found",
    "Kind",
    "Listing",
    "Stamps",
    "Stray",
    "find_closed",
    "find_sources",
    "find_strays",
    "is_link",
    "is_present",
    "listings",
    "look_through",
    "members_of",
    "stamps_of",
]

# What an index has in its folder; nobody keeps texts under these two names.
_OF_AN_INDEX = frozenset({"CURRENT", "LOCK"})


class Stray(Enum):
    """Why something below a folder is no source."""

    HIDDEN = "hidden"
    NO_FILE = "no plain file"  #: a pipe, a device, a link that leads nowhere
    INDEX = "an index"  #: the folder of an index of ours, which holds no texts


class Kind:
    """What an entry of a folder is: a letter each, so that those of a folder are one text.

    An archive is a source that may hold others. What a link leads to has the large letter.
    """

    SOURCE, ARCHIVE, SIDECAR, OVERRIDES = b"fzso"
    FOLDER, HIDDEN, NO_FILE = b"dhn"
    TEXTS = frozenset(b"fF")
    ARCHIVES = frozenset(b"zZ")
    SOURCES = TEXTS | ARCHIVES
    READ = frozenset(b"fzsoFZSO")  #: what has stamps


#: What tells a file from what it was before: its size, when it was written and changed, which file it is.
Stamps = struct.Struct("<qqqQQ")
_NO_STAMPS = bytes(Stamps.size)


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder, as it was listed: ``kinds`` has a byte for each of its ``names``, ``stamps`` those of each.

    The names are sorted, so that the same folder gives the same listing. ``began`` is when it was listed, in
    nanoseconds: files were stamped since. What has no stamps is zeros. ``linked`` says that a link in a
    folder led to it.
    """

    path: Path
    linked: bool
    began: int
    names: list[str]
    kinds: bytes
    stamps: bytes

    def found(self, number: int) -> Iterator[Found]:
        """Yield what an entry is: a source, a stray, or the members of an archive; nothing for others."""
        kind = self.kinds[number]
        linked = self.linked or is_link(kind)
        path = self.path / self.names[number]
        if kind in Kind.SOURCES:
            yield from members_of(path, linked=linked)
        elif kind == Kind.HIDDEN:
            yield Found(path, stray=Stray.HIDDEN)
        elif kind | _SMALL == Kind.NO_FILE:
            yield Found(path, stray=Stray.NO_FILE)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that lies below a path: a source, a stray, or a folder that cannot be opened.

    ``linked`` says that a link in a folder led to it.
    """

    path: Path
    stray: Stray | None = None
    error: SourceError | None = None
    linked: bool = False

    @property
    def is_source(self) -> bool:
        """Whether it is a file to read."""
        return self.stray is None and self.error is None


def is_link(kind: int) -> bool:
    """Tell whether an entry of a kind is a link."""
    return kind < _FIRST_SMALL


def is_present(path: Path) -> bool:
    """Tell whether there is such a file or folder, or such a member of an archive."""
    if is_there(path):
        return True
    with suppress(SourceError):
        return member_parts(path) is not None and exists(path)
    return False


def look_through(path: Path, *, index: Path | None = None) -> Iterator[Found]:
    """Yield a file itself, or everything below a folder in sorted order; of an archive its members.

    Hidden files and folders, links that lead nowhere and indexes are strays; ``index`` is the folder of an
    index that may not have any files yet. Sidecars and overrides are no sources of their own and are left
    out; a folder that links lead back to is entered once. Whether a reader takes a file
    is known when it is read. Raises `SourceError` when nothing is there.
    """
    every: list[tuple[bool, Found]] = []
    for one in listings(path, index=index):
        if isinstance(one, Found):
            every.append((one.linked, one))
        else:
            every += ((one.linked, found) for number in range(len(one.names)) for found in one.found(number))
    return (found for _, found in sorted(every, key=lambda one: (one[0], one[1].path.parts)))


def find_sources(path: Path) -> Iterator[Path]:
    """Yield the sources among what `look_through` finds."""
    return (found.path for found in look_through(path) if found.is_source)


def find_strays(path: Path) -> Iterator[Path]:
    """Yield what `look_through` passes over; a hidden folder is one path for all it holds."""
    return (found.path for found in look_through(path) if found.stray)


def find_closed(path: Path) -> Iterator[SourceError]:
    """Yield an error for each folder that cannot be opened: nobody knows what is in it."""
    return (found.error for found in look_through(path) if found.error)


def members_of(path: Path, *, linked: bool) -> Iterator[Found]:
    """Yield a file itself, or the members of an archive that are sources or strays."""
    for source in _without_sidecars(list(sources_in(path))):
        yield Found(source, linked=linked)
    for stray in strays_in(path):
        yield Found(stray, stray=Stray.HIDDEN)


def _without_sidecars(sources: list[Path]) -> Iterator[Path]:
    """Yield the members of an archive that are no sidecar of another, and no list of speakers."""
    sources = [source for source in sources if source.name != SPEAKERS]
    if len(sources) < 2:
        yield from sources
        return
    names: dict[Path, list[str]] = {}
    for source in sources:
        names.setdefault(source.parent, []).append(source.name)
    sidecars = {folder: sidecars_among(beside) for folder, beside in names.items()}
    yield from (source for source in sources if source.name not in sidecars[source.parent])


def listings(path: Path, *, index: Path | None = None) -> Iterator[Listing | Found]:
    """Yield each folder at or below a path, the outer one first; and what else there is to say of one.

    That is a folder that is not entered, and the path itself where it is a file (`look_through`).
    Folders wait in a list, since they may be deeper than functions may call each other; those that links
    lead to wait for all others, so that what has a place of its own is found there.
    """
    if member_parts(path) and exists(path):
        yield from members_of(path, linked=False)
    elif not is_there(path):
        raise SourceError(path, "there is no such file or folder; check the path.")
    elif path.is_dir():
        yield from _folders(path, ours=_identity(index) if index and is_there(index) else None)
    elif not _is_beside_others(path):
        yield from members_of(path, linked=False)


def _folders(path: Path, *, ours: tuple[int, int] | None) -> Iterator[Listing | Found]:
    entered: set[tuple[int, int]] = set()
    waiting = [(path, False)]
    behind_links: list[tuple[Path, bool]] = []
    while waiting or behind_links:
        folder, linked = waiting.pop() if waiting else behind_links.pop()
        try:
            known = _identity(folder)
            if known in entered:
                continue
            listing = _listed(folder, linked=linked)
        except OSError as error:
            closed = SourceError(folder, f"cannot be opened ({error.strerror}); check its permissions.")
            yield Found(folder, error=closed, linked=linked)
            continue
        entered.add(known)
        if known == ours or _OF_AN_INDEX.issubset(listing.names):
            yield Found(folder, stray=Stray.INDEX, linked=linked)
            continue
        yield listing
        for name, kind in zip(reversed(listing.names), reversed(listing.kinds), strict=True):
            if kind | _SMALL == Kind.FOLDER:
                apart = is_link(kind) and not linked
                (behind_links if apart else waiting).append((folder / name, linked or apart))


def stamps_of(path: Path | str) -> bytes:
    """Return the stamps of a file, wherever a link leads; zeros where they are beyond what we can store."""
    return _stamps(os.stat(path))  # noqa: PTH116  (asked for every file, and faster)


def _stamps(known: os.stat_result) -> bytes:
    try:
        return Stamps.pack(known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino, known.st_dev)
    except struct.error:
        return _NO_STAMPS


def _identity(path: Path) -> tuple[int, int]:
    known = path.stat()
    return known.st_dev, known.st_ino


def _is_beside_others(path: Path) -> bool:
    """Tell whether a file is read with others, and is no source itself."""
    return path.name in HOLD_BELOW or path.name in sidecars_among(
        other.name for other in path.parent.iterdir()
    )


def _listed(folder: Path, *, linked: bool) -> Listing:
    began = time.time_ns()
    with os.scandir(folder) as entries:
        listed = sorted((entry.name, *_kind_and_stamps(entry)) for entry in entries)
    names = [name for name, _, _ in listed]
    kinds = bytearray(kind for _, kind, _ in listed)
    beside = sidecars_among(names) | ({*HOLD_BELOW} & {*names})
    if beside:
        for number, name in enumerate(names):
            if kinds[number] in Kind.SOURCES and name in beside:
                small = Kind.OVERRIDES if name == OVERRIDES else Kind.SIDECAR
                kinds[number] = small ^ (kinds[number] & _SMALL ^ _SMALL)
    return Listing(folder, linked, began, names, bytes(kinds), b"".join(stamps for _, _, stamps in listed))


def _kind_and_stamps(entry: os.DirEntry[str]) -> tuple[int, bytes]:
    """Return what an entry is, and its stamps; nothing of it is kept, which takes ten times the room."""
    name = entry.name
    if name.startswith("."):
        return Kind.HIDDEN, _NO_STAMPS
    link = _SMALL if entry.is_symlink() else 0
    try:
        if entry.is_dir():
            return Kind.FOLDER ^ link, _NO_STAMPS
        if not entry.is_file():
            return Kind.NO_FILE ^ link, _NO_STAMPS
        kind = Kind.ARCHIVE if name.lower().endswith(".zip") else Kind.SOURCE
        return kind ^ link, _stamps(entry.stat())
    except OSError:  # a link that leads to itself, or a file that has gone meanwhile
        return Kind.NO_FILE ^ link, _NO_STAMPS


# The bit that tells a small letter from a large one.
_SMALL = 0x20
_FIRST_SMALL = ord("a")
