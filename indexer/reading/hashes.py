"""The hash of all that the statements of a file are read from: what tells whether it has changed."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.limits import FILE_SIZE
from onrecord.indexer.sources.archives import Stamp, stamp_of
from onrecord.indexer.sources.beside import corpus_lists, sidecar_of, speakers_list_of, speech_name
from onrecord.indexer.sources.contents import chunks_of, read_bytes
from onrecord.indexer.sources.overrides import override_for

__all__ = ["content_hash"]


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes and of those that are read with it, hexadecimal.

    That is its sidecar, for a part of a corpus the lists of people that it shares, and what an overrides
    file or a list of speakers says of it. Of what lies beyond `FILE_SIZE` nothing is read.
    """
    digest = sha256()
    for read in filter(None, (path, sidecar_of(path))):
        for chunk in chunks_of(read, most=FILE_SIZE.most):
            digest.update(chunk)
    for shared in _read_beside(path):
        digest.update(_digest_of(shared, stamp_of(shared)))
    for row in _listed(path):
        digest.update(row)
    override = override_for(path)
    if override is not None:
        digest.update(override.stamp())
    return digest.hexdigest()


def _listed(path: Path) -> list[bytes]:
    """Return what a list of speakers says of a speech; it is loaded where there is one."""
    if speech_name(path.name) is None or speakers_list_of(path) is None:
        return []
    from onrecord.indexer.formats.speakers_list import speakers_of

    return [row.stamp() for row in speakers_of(path)]


@lru_cache(maxsize=64)
def _digest_of(path: Path, stamp: Stamp) -> bytes:
    """Hash a file that many share; ``stamp`` tells it from what it was before."""
    return sha256(read_bytes(path)).digest()


def _read_beside(path: Path) -> list[Path]:
    """List the files that a reader reads together with one; readers are loaded where there may be any."""
    if not corpus_lists(path.name):
        return []
    from onrecord.indexer.formats.registry import read_beside

    return read_beside(path)
