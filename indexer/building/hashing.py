"""Many files hashed at once: while one is waited for, others are read, and the answers are taken in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.reading.hashes import content_hash

__all__ = ["hash_together"]

# Files that a thread is given at a time: to hand over one takes as long as to hash a small one.
_RUN = 64
# Threads that wait for a disk take no processor.
_THREADS = min(8, 2 * (os.cpu_count() or 1))


def hash_together(paths: Sequence[Path]) -> Iterator[str | SourceError]:
    """Yield the hash of each file, or why it cannot be read, in order."""
    if len(paths) <= _RUN:
        yield from _hashed(paths)
        return
    runs = [paths[start : start + _RUN] for start in range(0, len(paths), _RUN)]
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="hash")
    try:
        for hashed in pool.map(_hashed, runs):
            yield from hashed
    finally:
        pool.shutdown(cancel_futures=True)


def _hashed(paths: Sequence[Path]) -> list[str | SourceError]:
    return [_hash(path) for path in paths]


def _hash(path: Path) -> str | SourceError:
    try:
        return content_hash(path)
    except SourceError as error:
        return error
