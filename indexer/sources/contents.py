"""The bytes of a file."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import SourceError

__all__ = ["Stamp", "exists", "read_bytes", "stamp_of"]

#: What tells a file from what it was before: when it was written, and its size.
Stamp = tuple[int, int]


def read_bytes(path: Path) -> bytes:
    """Read a file whole; one that cannot be read is a `SourceError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            path, f"cannot be read ({error.strerror}); check the path and its permissions."
        ) from error


def exists(path: Path) -> bool:
    """Tell whether there is such a file."""
    return path.is_file()


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file does."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size
