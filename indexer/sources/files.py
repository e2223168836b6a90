"""Files and folders: what is a source, what it holds, what it hashes to."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.registry import Reader, read_beside, reader_for
from onrecord.indexer.limits import FILE_SIZE, reading
from onrecord.indexer.sources.archives import Stamp, exists, parts_of, sources_in, stamp_of, strays_in
from onrecord.indexer.sources.contents import chunks_of, read_beginning, read_bytes
from onrecord.indexer.sources.declared import read_sidecar, sidecar_of, sidecars_among
from onrecord.indexer.sources.overrides import NAME as OVERRIDES
from onrecord.indexer.sources.overrides import override_for
from onrecord.indexer.store.disk import is_there

__all__ = ["content_hash", "find_closed", "find_sources", "find_strays", "read_source"]


def read_source(path: Path) -> tuple[str, Iterator[Draft]] | None:
    """Return a file's format (a reader of `indexer.formats.registry`) and the statements in it.

    The reader is picked by content and name; None when none takes the file. No statement comes when
    it holds no words. What a sidecar declares is laid over what the file does. A `SourceError` names
    the file and the line that cannot be read, or the limit that it goes beyond.
    """
    reader = reader_for(path, read_beginning(path))
    return None if reader is None else (reader.name, _drafts(path, reader))


def _drafts(path: Path, reader: Reader) -> Iterator[Draft]:
    with reading(path):
        sidecar = sidecar_of(path)
        declared = read_sidecar(sidecar) if sidecar else None
        drafts = iter(reader.read(path, read_bytes(path, limit=reader.size)))
    while True:
        with reading(path):  # never across a yield: whoever takes the drafts may stop, or read another file
            draft = next(drafts, None)
        if draft is None:
            return
        if draft.blocks or draft.paragraphs:
            yield replace(draft, declared=declared.over(draft.declared)) if declared else draft


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes and of those that are read with it, hexadecimal.

    That is its sidecar, for a part of a corpus the lists of people that it shares, and what an overrides
    file says of it. Of what lies beyond `FILE_SIZE` nothing is read.
    """
    digest = sha256()
    for read in filter(None, (path, sidecar_of(path))):
        for chunk in chunks_of(read, most=FILE_SIZE.most):
            digest.update(chunk)
    for shared in read_beside(path):
        digest.update(_digest_of(shared, stamp_of(shared)))
    override = override_for(path)
    if override is not None:
        digest.update(override.stamp())
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _digest_of(path: Path, stamp: Stamp) -> bytes:
    """Hash a file that many share; ``stamp`` tells it from what it was before."""
    return sha256(read_bytes(path)).digest()


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
    if parts_of(path) and exists(path):
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
