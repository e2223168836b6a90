"""The lock of an index: one writer at a time, and a dead one holds nothing.

It is the kernel's lock on an open file (``flock``), which ends with the process; the
file itself means nothing and stays.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

__all__ = ["Lock"]

# Seconds between two tries.
_DELAY = 0.05


class Lock:
    """A lock that is held from `take` to `release`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, *, wait: float) -> Lock | None:
        """Take the lock; None where another holds it for more than ``wait`` seconds (`OSError`)."""
        # A link in its place is not followed, and nothing is written: the folder may be a stranger's.
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o666)
        until = time.monotonic() + wait
        try:
            while not _locked(descriptor):
                if time.monotonic() >= until:
                    os.close(descriptor)
                    return None
                time.sleep(_DELAY)
        except BaseException:
            os.close(descriptor)
            raise
        return cls(descriptor)

    def release(self) -> None:
        """Let another writer in."""
        os.close(self._descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
