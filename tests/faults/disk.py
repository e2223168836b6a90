"""A disk that fails, or a process that dies, at the n-th thing that is asked of the disk.

What is counted: files made, every write, flush, fsync, rename, unlink and mkdir. A write that
is struck has put half of its bytes into the file.
"""

from __future__ import annotations

import io
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from onrecord import StoreError

__all__ = ["Disk", "calls_of", "dies_while", "fails", "is_killed"]

CALLS = ("fsync", "replace", "unlink", "mkdir")


@dataclass(slots=True)
class Disk:
    """Counts the calls and strikes where ``strikes`` says so of a call's number and name."""

    strikes: Callable[[int, str], bool]
    strike: Callable[[], object]
    calls: list[str] = field(default_factory=list)

    def asked(self, name: str, half: Callable[[], object] = lambda: None) -> None:
        """Count a call before it is done; do half of it where it is struck."""
        self.calls.append(name)
        if self.strikes(len(self.calls), name):
            half()
            self.strike()


class _File:
    """A file whose writes are counted."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self._disk = disk

    def write(self, data: Any) -> int:
        def half() -> None:
            self._file.write(bytes(data)[: len(bytes(data)) // 2])
            self._file.flush()

        self._disk.asked("write", half)
        return int(self._file.write(data))

    def flush(self) -> None:
        self._disk.asked("flush")
        self._file.flush()

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def _in_place(disk: Disk) -> Iterator[None]:
    """Stand between the program and its disk."""
    patch = pytest.MonkeyPatch()

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **options: Any) -> Any:
            disk.asked(name)
            return call(*args, **options)

        return ask

    opened = io.open

    def open_file(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return opened(file, mode, *args, **options)
        disk.asked("open")
        return _File(opened(file, mode, *args, **options), disk)

    with patch.context() as context:
        for name in CALLS:
            context.setattr(os, name, counted(name, getattr(os, name)))
        context.setattr(io, "open", open_file)
        yield


def calls_of(operation: Callable[[], object]) -> list[str]:
    """Run an operation on a sound disk and name what it asks of it."""
    disk = Disk(lambda number, name: False, lambda: None)
    with _in_place(disk):
        operation()
    return disk.calls


def fails(
    operation: Callable[[], object], number: int, *, errno: int, names: frozenset[str], for_good: bool
) -> StoreError | None:
    """Run an operation while the disk refuses some calls: the n-th, or ``for_good`` all from there on.

    Return the error of ours that says so; None where it succeeded all the same.
    """

    def strikes(at: int, name: str) -> bool:
        return name in names and (at >= number if for_good else at == number)

    def refuse() -> None:
        raise OSError(errno, os.strerror(errno))

    with _in_place(Disk(strikes, refuse)):
        try:
            operation()
        except StoreError as error:
            return error
    return None


def is_killed(operation: Callable[[], object], number: int) -> bool:
    """Run an operation in a process that dies at its n-th call; tell whether it came to that."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def struck() -> None:
        with _in_place(Disk(lambda at, _: at == number, die)):
            operation()

    return os.WIFSIGNALED(os.waitpid(_forked(struck), 0)[1])


def dies_while(operation: Callable[[], object], kill: Callable[[int], object]) -> bool:
    """Run an operation in a process of its own, and let ``kill`` do with it what it likes."""
    process = _forked(operation)
    kill(process)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def _forked(operation: Callable[[], object]) -> int:
    with warnings.catch_warnings():
        # Newer Pythons warn of threads, which NumPy's library may have; the child uses none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        return process
    code = 1
    try:
        operation()
        code = 0
    finally:
        os._exit(code)
