"""Files and folders: which of them are sources."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from enum import Enum, auto
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_there, member_parts
from onrecord.indexer.sources.archives import exists, sources_in, strays_in
from onrecord.indexer.sources.declared import sidecars_among
from onrecord.indexer.sources.overrides import NAME as OVERRIDES

__all__ = ["find_closed", "find_sources", "find_strays"]


def find_sources(path: Path) -> Iterator[Path]:
    """Yield a file itself, or every file below a folder in sorted order; of an archive its members.

    Hidden files and folders, sidecars, overrides and links that lead nowhere are not among
    them; a folder that links lead back to is entered once. Whether a reader takes
    a file is known when it is read. Raises `SourceError` when nothing is there.
    """
    for found, kind in _walk(path):
        if kind is _Kind.SOURCE:
            yield from _without_sidecars(list(sources_in(found)))


def find_strays(path: Path) -> Iterator[Path]:
    """Yield what `find_sources` passes over below a folder, to be counted as skipped.

    That is hidden files (``.DS_Store``, ``._X.txt``), hidden folders (one path for
    all they hold), links that lead nowhere, pipes and devices; sidecars are read
    with their source and are not strays.
    """
    for found, kind in _walk(path):
        if kind is _Kind.STRAY:
            yield found
        elif kind is _Kind.SOURCE:
            yield from strays_in(found)


def find_closed(path: Path) -> Iterator[SourceError]:
    """Yield an error for each folder that cannot be opened: nobody knows what is in it."""
    return (kind for _, kind in _walk(path) if isinstance(kind, SourceError))


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
    STRAY = auto()


def _walk(path: Path) -> Iterator[tuple[Path, _Kind | SourceError]]:
    """Yield each file, and each folder that cannot be entered.

    Folders wait in a list, since they may be deeper than functions may call each other.
    """
    if member_parts(path) and exists(path):
        yield path, _Kind.SOURCE
        return
    if not is_there(path):
        raise SourceError(path, "there is no such file or folder; check the path.")
    entered: set[tuple[int, int]] = set()
    waiting = [(path, _Kind.FOLDER if path.is_dir() else _kind_of_file(path))]
    while waiting:
        found, kind = waiting.pop()
        if kind is not _Kind.FOLDER:
            yield found, kind
            continue
        try:
            waiting += reversed(_entries(found, entered=entered))
        except OSError as error:
            yield found, SourceError(found, f"cannot be opened ({error.strerror}); check its permissions.")


def _kind_of_file(path: Path) -> _Kind:
    beside = sidecars_among(other.name for other in path.parent.iterdir())
    return _Kind.SIDECAR if path.name in beside or path.name == OVERRIDES else _Kind.SOURCE


def _entries(folder: Path, *, entered: set[tuple[int, int]]) -> list[tuple[Path, _Kind]]:
    """List a folder in order; nothing where it has been entered before, through a link."""
    known = folder.stat()
    if (known.st_dev, known.st_ino) in entered:
        return []
    entered.add((known.st_dev, known.st_ino))
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    sidecars = sidecars_among(entry.name for entry in entries)
    return [(folder / entry.name, _kind_of(entry, sidecars)) for entry in entries]


def _kind_of(entry: os.DirEntry[str], sidecars: Container[str]) -> _Kind:
    if entry.name.startswith("."):
        return _Kind.STRAY
    try:
        if entry.is_dir():
            return _Kind.FOLDER
        if not entry.is_file():
            return _Kind.STRAY
    except OSError:  # a link that leads to itself
        return _Kind.STRAY
    return _Kind.SIDECAR if entry.name in sidecars or entry.name == OVERRIDES else _Kind.SOURCE
