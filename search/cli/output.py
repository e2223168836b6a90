"""Where a command writes a file: under a name, or to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["STDOUT", "output"]

#: What to write for stdout in the place of a file.
STDOUT = "-"


@contextmanager
def output(name: str) -> Iterator[Path | BinaryIO]:
    """Give the file of a name, or stdout for a minus."""
    if name != STDOUT:
        yield Path(name)
        return
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
