"""Where a command writes a file: under a name, or to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.search.cli.terminal import printable

__all__ = ["STDOUT", "output"]

#: What to write for stdout in the place of a file.
STDOUT = "-"
# A tab on a terminal, where cells are parted by it.
_WIDE = "    "


@contextmanager
def output(name: str) -> Iterator[Path | BinaryIO]:
    """Give the file of a name, or stdout for a minus."""
    if name != STDOUT:
        yield Path(name)
        return
    sys.stdout.flush()
    yield cast(BinaryIO, _Terminal(sys.stdout.buffer)) if sys.stdout.isatty() else sys.stdout.buffer
    sys.stdout.buffer.flush()


class _Terminal:
    """A terminal, which is given no control characters; what is written at once ends with a line."""

    def __init__(self, stdout: BinaryIO) -> None:
        self._stdout = stdout

    def write(self, some: bytes | bytearray) -> int:
        """Write lines."""
        lines = bytes(some).decode(errors="replace").split("\n")
        self._stdout.write("\n".join(printable(line.replace("\t", _WIDE)) for line in lines).encode())
        return len(some)

    def flush(self) -> None:
        """Show what was written."""
        self._stdout.flush()
