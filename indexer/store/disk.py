"""What is asked of the disk: bounded reading, writing that lasts, and its refusals in a sentence."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.indexer.errors import StoreError
from onrecord.indexer.opening import OPENED

__all__ = [
    "disk_errors_as_store_errors",
    "put_in_place",
    "read_bounded",
    "sync_folder",
    "write_aside",
    "write_new",
]

# How often a name is given to a file while another one of that name is open, and seconds between two tries.
_TRIES, _DELAY = 100, 0.02
# What Windows says of a file that is open elsewhere: access denied, shared, locked.
_IN_USE = (5, 32, 33)
# What to do about it, by what the system says.
_ADVICE = {
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there",
    errno.EFBIG: "allow larger files",
    errno.EACCES: "see that you may write there",
    errno.EPERM: "see that you may write there",
    errno.EROFS: "see that you may write there",
}


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a file that is a plain one and no larger than ``limit`` bytes (`ValueError`, `OSError`).

    A link is not followed and a pipe not waited for: what lies in a folder may be a stranger's.
    """
    descriptor = os.open(path, OPENED)
    with open(descriptor, "rb") as file:  # noqa: PTH123  (a descriptor, not a path)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("it is no plain file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it is larger than {limit:,} bytes")
    return data


def write_aside(path: Path, data: bytes) -> Path:
    """Write what is to replace a file beside it, see it reach the disk, and return it."""
    aside = path.with_name(path.name + ".new")
    aside.unlink(missing_ok=True)
    write_new(aside, data)
    return aside


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and see it reach the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(aside: Path, path: Path) -> None:
    """Give a file that was written beside another one its name (`OSError`).

    On Windows a file that someone has open keeps its name; readers have these open for a moment, and that
    is waited for.
    """
    for remaining in reversed(range(_TRIES)):
        try:
            aside.replace(path)
        except PermissionError as error:
            if not remaining or getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(_DELAY)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system lets a program ask for that (Windows sees to it)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_errors_as_store_errors(folder: Path) -> Iterator[None]:
    """Turn what the system refuses while an index is written into a `StoreError` that says what to do."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        advice = _ADVICE.get(error.errno or 0, "look after the disk")
        raise StoreError(
            f"{folder}: the index could not be written ({reason}) and is as whole as before; "
            f"{advice} and run the command again.",
            path=folder,
        ) from error
