"""A file as drafts of statements, and the hash of all that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.registry import Reader, read_beside, reader_for
from onrecord.indexer.limits import FILE_SIZE, reading
from onrecord.indexer.sources.archives import Stamp, stamp_of
from onrecord.indexer.sources.contents import chunks_of, read_beginning, read_bytes
from onrecord.indexer.sources.declared import read_sidecar, sidecar_of
from onrecord.indexer.sources.overrides import override_for

__all__ = ["content_hash", "read_source"]


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
