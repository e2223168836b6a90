"""Files and folders: which of them are sources."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_there, member_parts
from onrecord.indexer.sources.archives import exists, sources_in, strays_in
from onrecord.indexer.sources.declared import sidecars_among
from onrecord.indexer.sources.overrides import NAME as OVERRIDES

__all__ = ["Found", "Stray", "find_closed", "find_sources", "find_strays", "is_present", "look_through"]

# What an index has in its folder; nobody keeps texts under these two names.
_OF_AN_INDEX = frozenset({"CURRENT", "LOCK"})


class Stray(Enum):
    """Why something below a folder is no source."""

    HIDDEN = "hidden"
    NO_FILE = "no plain file"  #: a pipe, a device, a link that leads nowhere
    INDEX = "an index"  #: the folder of an index of ours, which holds no texts


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
    for found, kind, linked in _walk(path, index=index):
        if isinstance(kind, SourceError):
            yield Found(found, error=kind)
        elif isinstance(kind, Stray):
            yield Found(found, stray=kind)
        elif kind is _Kind.SOURCE:
            for source in _without_sidecars(list(sources_in(found))):
                yield Found(source, linked=linked)
            for stray in strays_in(found):
                yield Found(stray, stray=Stray.HIDDEN)


def find_sources(path: Path) -> Iterator[Path]:
    """Yield the sources among what `look_through` finds."""
    return (found.path for found in look_through(path) if found.is_source)


def find_strays(path: Path) -> Iterator[Path]:
    """Yield what `look_through` passes over; a hidden folder is one path for all it holds."""
    return (found.path for found in look_through(path) if found.stray)


def find_closed(path: Path) -> Iterator[SourceError]:
    """Yield an error for each folder that cannot be opened: nobody knows what is in it."""
    return (found.error for found in look_through(path) if found.error)


def _without_sidecars(sources: list[Path]) -> Iterator[Path]:
    """Yield the members of an archive that are no sidecar of another in their folder."""
    if len(sources) < 2:
        yield from sources
        return
    names: dict[Path, list[str]] = {}
    for source in sources:
        names.setdefault(source.parent, []).append(source.name)
    sidecars = {folder: sidecars_among(beside) for folder, beside in names.items()}
    yield from (source for source in sources if source.name not in sidecars[source.parent])


class _Kind(Enum):
    FOLDER = auto()
    SOURCE = auto()
    SIDECAR = auto()


_Listed = tuple[Path, _Kind | Stray | SourceError, bool]


def _walk(path: Path, *, index: Path | None) -> Iterator[_Listed]:
    """Yield each file, and each folder that is not entered, with True where a link led there.

    Folders wait in a list, since they may be deeper than functions may call each other; those that links
    lead to wait for all others, so that what has a place of its own is found there.
    """
    if member_parts(path) and exists(path):
        yield path, _Kind.SOURCE, False
        return
    if not is_there(path):
        raise SourceError(path, "there is no such file or folder; check the path.")
    entered: set[tuple[int, int]] = set()
    ours = _identity(index) if index and is_there(index) else None
    waiting: list[_Listed] = [(path, _Kind.FOLDER if path.is_dir() else _kind_of_file(path), False)]
    behind_links: list[_Listed] = []
    while waiting or behind_links:
        found, kind, linked = waiting.pop() if waiting else behind_links.pop()
        if kind is not _Kind.FOLDER:
            yield found, kind, linked
            continue
        try:
            known = _identity(found)
            entries = [] if known in entered else _entries(found, linked=linked)
        except OSError as error:
            closed = SourceError(found, f"cannot be opened ({error.strerror}); check its permissions.")
            yield found, closed, linked
            continue
        entered.add(known)
        if known == ours or {entry.name for entry, _, _ in entries} >= _OF_AN_INDEX:
            yield found, Stray.INDEX, linked
            continue
        for entry in reversed(entries):
            apart = entry[1] is _Kind.FOLDER and entry[2] and not linked
            (behind_links if apart else waiting).append(entry)


def _identity(path: Path) -> tuple[int, int]:
    known = path.stat()
    return known.st_dev, known.st_ino


def _kind_of_file(path: Path) -> _Kind:
    beside = sidecars_among(other.name for other in path.parent.iterdir())
    return _Kind.SIDECAR if path.name in beside or path.name == OVERRIDES else _Kind.SOURCE


def _entries(folder: Path, *, linked: bool) -> list[_Listed]:
    """List a folder in order; what lies in a folder that was reached through a link was so too."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    sidecars = sidecars_among(entry.name for entry in entries)
    return [
        (folder / entry.name, _kind_of(entry, sidecars), linked or entry.is_symlink()) for entry in entries
    ]


def _kind_of(entry: os.DirEntry[str], sidecars: Container[str]) -> _Kind | Stray:
    if entry.name.startswith("."):
        return Stray.HIDDEN
    try:
        if entry.is_dir():
            return _Kind.FOLDER
        if not entry.is_file():
            return Stray.NO_FILE
    except OSError:  # a link that leads to itself
        return Stray.NO_FILE
    return _Kind.SIDECAR if entry.name in sidecars or entry.name == OVERRIDES else _Kind.SOURCE
