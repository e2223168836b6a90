"""The bytes of a file, or of a member of an archive, and no more of them than a limit allows."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import FILE_SIZE, TextLimit
from onrecord.indexer.opening import WAITED_FOR_BY_NOBODY
from onrecord.indexer.paths import member_parts
from onrecord.indexer.sources.archives import open_member, size_of

__all__ = ["chunks_of", "read_beginning", "read_bytes"]

# What readers look at to know a file as theirs: a page or a record may begin with a long document type.
_BEGINNING = 1 << 16
# A chunk is made room for before it is read: a larger one takes a small file three times as long.
_CHUNK = 1 << 16


def read_bytes(path: Path, *, limit: TextLimit = FILE_SIZE, begun: bytes = b"") -> bytes:
    """Read a file whole; one that cannot be read, or is larger than the limit, is a `SourceError`.

    ``begun`` is what `read_beginning` gave of it, which is all of most files.
    """
    if 0 < len(begun) < min(_BEGINNING, limit.most):
        return begun
    if _size(path) > limit.most:
        raise limit.error(path)
    data = b"".join(chunks_of(path, most=limit.most + 1))  # a file may grow, or not tell its size
    if len(data) > limit.most:
        raise limit.error(path)
    return data


def read_beginning(path: Path) -> bytes:
    """Read as much of a file as it takes to know its format."""
    return b"".join(chunks_of(path, most=_BEGINNING))


def chunks_of(path: Path, *, most: int) -> Iterator[bytes]:
    """Yield the bytes of a file, up to ``most`` of them."""
    with _opened(path) as file:
        while most > 0 and (chunk := file.read(min(_CHUNK, most))):
            most -= len(chunk)
            yield chunk


def _size(path: Path) -> int:
    """Return how large a file says it is; what is wrong with one that says nothing is told on opening it."""
    if member_parts(path):
        return size_of(path)
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file; to open anything else may wait for ever, and to read it may never end."""
    if member_parts(path):
        with open_member(path) as member:
            yield member
        return
    try:
        with open(os.open(path, os.O_RDONLY | WAITED_FOR_BY_NOBODY), "rb", buffering=0) as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise SourceError(path, "is no regular file; name a file that holds a text.")
            yield file
    except OSError as error:
        raise SourceError(
            path, f"cannot be read ({error.strerror}); check the path and its permissions."
        ) from error
