"""Processes of their own: for each measurement that memory, caches or imports could colour."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import once

__all__ = ["Peak", "drop_pages", "environment", "onrecord", "time_command", "watch_memory", "work"]

_ROOT = Path(__file__).parent.parent
# Set on some machines to make NumPy start faster; a user has neither.
_NOT_A_USERS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
# Reading a process of 1 GB takes some 10 ms, so a tenth of a second costs a tenth of one core.
_SAMPLE_SECONDS = 0.1


@dataclass(slots=True)
class Peak:
    """The most memory, in bytes, that this process's children held together; pages they share count once."""

    bytes: int = 0


def work(task: str, **arguments: Any) -> Any:
    """Do a task of `benchmarks.worker` in a process of its own, and return what it returned."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.worker"],
        input=json.dumps({"task": task, **arguments}, default=str),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=environment(),
    )
    return json.loads(done.stdout)


def time_command(command: Sequence[str], *, runs: int, cold: Path | None = None) -> list[float]:
    """Time a command from start to exit, in seconds; it may exit with 1, as grep without a match does.

    Before each run the pages of the files below ``cold`` are dropped from memory.
    """

    def run() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")

    times = []
    for _ in range(runs):
        if cold is not None:
            drop_pages(cold)
        times.append(once(run))
    return times


def drop_pages(folder: Path) -> None:
    """Ask the system to forget the pages of all files below a folder, as if they had long not been read."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def onrecord(*arguments: str) -> list[str]:
    """Return the command line of ``onrecord`` as it is installed beside this Python, else as a module."""
    installed = Path(sys.executable).with_name("onrecord")
    if installed.exists():
        return [str(installed), *arguments]
    return [sys.executable, "-m", "onrecord", *arguments]


def environment() -> dict[str, str]:
    """Return the environment as a user would have it, with this checkout first on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_A_USERS}
    path = os.pathsep.join(filter(None, (str(_ROOT), kept.get("PYTHONPATH"))))
    return kept | {"PYTHONPATH": path}


@contextmanager
def watch_memory() -> Iterator[Peak]:
    """Sample the memory of all processes below this one while the block runs; 0 where there is no /proc."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(_SAMPLE_SECONDS):
            peak.bytes = max(peak.bytes, sum(map(_held, _below(os.getpid()))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _below(process: int) -> Iterator[int]:
    """Yield the children of a process, and theirs; one that ends meanwhile is passed over."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                yield child
                yield from _below(child)


def _held(process: int) -> int:
    """Return the proportional set size of a process in bytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
