"""The program in a process of its own, as a shell would start it, and on a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "onrecord", *map(str, args)]


def environment(**variables: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "ONRECORD_INDEX")}
    return {**clean, "PYTHONPATH": str(PROJECT), "TERM": "xterm", "COLUMNS": "60", **variables}


def on_a_terminal(*args: object, **variables: str) -> str:
    """Return what the program writes to a terminal of 60 columns."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*args), env=environment(**variables), stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the program at the other end has gone
        return b""
