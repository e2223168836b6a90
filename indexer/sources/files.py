"""Files and folders: what is a source, what it holds, what it hashes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from indexer.errors import SourceError
from indexer.layout import Draft
from indexer.sources.archives import Stamp, exists, parts_of, sources_in, stamp_of, strays_in
from indexer.sources.contents import read_bytes
from indexer.sources.declared import is_sidecar, read_sidecar, sidecar_of
from indexer.sources.registry import reader_for

__all__ = ["content_hash", "find_sources", "find_strays", "format_of", "read_source"]


def read_source(path: Path) -> Iterator[Draft] | None:
    """Read the statements in a file, picking the reader by its content and name.

    None when no reader takes the file; nothing comes when it holds no words. What
    a sidecar declares is laid over what the file does. A `SourceError` names the
    file and the line that cannot be read.
    """
    data = read_bytes(path)
    reader = reader_for(path, data)
    return None if reader is None else _drafts(path, reader.read(path, data))


def _drafts(path: Path, drafts: Iterable[Draft]) -> Iterator[Draft]:
    sidecar = sidecar_of(path)
    declared = read_sidecar(sidecar) if sidecar else None
    for draft in drafts:
        if draft.blocks or draft.paragraphs:
            yield replace(draft, declared=declared.over(draft.declared)) if declared else draft


def format_of(path: Path) -> str | None:
    """Name the reader that takes a file, as in `indexer.sources.registry`; None when none does."""
    reader = reader_for(path, read_bytes(path))
    return reader.name if reader else None


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes and of those that are read with it, hexadecimal.

    That is its sidecar, and for a part of a corpus the lists of people that it shares.
    """
    data = read_bytes(path)
    digest = sha256(data)
    sidecar = sidecar_of(path)
    if sidecar is not None:
        digest.update(read_bytes(sidecar))
    reader = reader_for(path, data)
    for other in reader.beside(path) if reader else ():
        digest.update(_digest_of(other, stamp_of(other)))
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _digest_of(path: Path, stamp: Stamp) -> bytes:
    """Hash a file that many share; ``stamp`` tells it from what it was before."""
    return sha256(read_bytes(path)).digest()


def find_sources(path: Path) -> Iterator[Path]:
    """Yield a file itself, or every file below a folder in sorted order; of an archive its members.

    Hidden files and folders, sidecars and links that lead nowhere are not among
    them; a folder that links lead back to is entered once. Whether a reader takes
    a file is known when it is read. Raises `SourceError` when nothing is there.
    """
    for found, stray in _walk(path):
        if not stray:
            yield from (source for source in sources_in(found) if not is_sidecar(source))


def find_strays(path: Path) -> Iterator[Path]:
    """Yield what `find_sources` passes over below a folder, to be counted as skipped.

    That is hidden files (``.DS_Store``, ``._X.txt``), hidden folders (one path for
    all they hold), links that lead nowhere, pipes and devices; sidecars are read
    with their source and are not strays.
    """
    for found, stray in _walk(path):
        yield from [found] if stray else strays_in(found)


def _walk(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield each file with True where it is a stray."""
    if path.is_dir():
        yield from _walk_folder(path, entered=set())
    elif path.exists() or (parts_of(path) and exists(path)):
        yield path, False
    else:
        raise SourceError(path, "there is no such file or folder; check the path.")


def _walk_folder(folder: Path, *, entered: set[Path]) -> Iterator[tuple[Path, bool]]:
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    for entry in _entries(folder):
        if entry.name.startswith("."):
            yield entry, True
        elif entry.is_dir():
            yield from _walk_folder(entry, entered=entered)
        else:
            yield entry, not entry.is_file()


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise SourceError(folder, f"cannot be opened ({error.strerror}); check its permissions.") from error
