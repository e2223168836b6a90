"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.errors import ExportError
from onrecord.indexer.store.disk import put_in_place

__all__ = ["Written", "replaced", "written_in"]

_AT_ONCE = 1 << 20


class Written:
    """How much was written, and its SHA-256."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = sha256()

    def add(self, some: bytes | bytearray) -> None:
        """Count what was written next."""
        self.size += len(some)
        self._hash.update(some)

    @property
    def sha256(self) -> str:
        """The hash of all of it, in hexadecimal."""
        return self._hash.hexdigest()


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a name to write under; put what was written in the place of a file when all went well.

    Whoever looks meanwhile, or after a crash, finds the old file or the new one under the name. Where what
    was written is taken away again, the old one stays.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {target.parent}; make it first.", path=path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        if not part.exists():
            return
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.chmod(_mode_of(target))
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)


def written_in(path: Path) -> Written:
    """Return how much is in a file."""
    written = Written()
    with path.open("rb") as file:
        while some := file.read(_AT_ONCE):
            written.add(some)
    return written


def _mode_of(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new one."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
