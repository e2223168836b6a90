"""The lock of an index: one writer at a time, and a dead one holds nothing.

It is the system's lock on an open file, which ends with the process, through portalocker: on Linux and macOS
``flock``, on Windows a locked range of bytes. The file itself means nothing and stays. All versions of
On Record take the same lock.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from onrecord.indexer.opening import NOT_FOLLOWED

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
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | NOT_FOLLOWED, 0o666)
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
        """Let another writer in, at once: Windows takes its time over a lock on a file that is closed."""
        from portalocker.exceptions import LockException
        from portalocker.portalocker import unlock

        with suppress(LockException):
            unlock(self._descriptor)
        os.close(self._descriptor)


def _locked(descriptor: int) -> bool:
    """Try to lock an open file; False where another has (`OSError` where the disk knows no locks)."""
    # Loaded by writers alone: a search reads the store too, and locks nothing.
    from portalocker.constants import LockFlags
    from portalocker.exceptions import AlreadyLocked, LockException
    from portalocker.portalocker import lock

    try:
        lock(descriptor, LockFlags.EXCLUSIVE | LockFlags.NON_BLOCKING)
    except AlreadyLocked:
        return False
    except LockException as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from None
        raise
    return True
