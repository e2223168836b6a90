"""The bytes of a file, or of a member of an archive."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import SourceError
from indexer.sources.archives import parts_of, read_member

__all__ = ["read_bytes"]


def read_bytes(path: Path) -> bytes:
    """Read a file whole; one that cannot be read is a `SourceError`."""
    if parts_of(path) is not None:
        return read_member(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            path, f"cannot be read ({error.strerror}); check the path and its permissions."
        ) from error
