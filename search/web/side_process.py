"""A process beside the server that answers what is dear, so that the cheap questions wait for none of it.

Threads share one interpreter, and an array that is sorted for a second keeps it for that second. The process
is started with the first dear request, answers one at a time, is ended where one takes too long, and ends
with the server. Requests and replies are pickled: both ends are ours.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING, Any

from onrecord.indexer.errors import RequestError

if TYPE_CHECKING:
    from onrecord.search.web.resource import Asked, Replied
    from onrecord.search.web.view import Site

__all__ = ["SideProcess", "can_start", "main"]

_LENGTH = struct.Struct("<Q")
_CODE = "from onrecord.search.web.side_process import main; main()"
# How much less urgent its work is to the system than that of the server.
_NICE = 5


def can_start() -> bool:
    """Tell whether the program that runs is one that runs Python code when it is started again."""
    return Path(sys.executable or "").name.lower().startswith(("python", "pypy"))


class SideProcess:
    """The process, as the server asks it from its threads; it answers what a site serves from a folder."""

    def __init__(self, site: Site, folder: str, *, seconds: float) -> None:
        self._settings = site, folder
        self._seconds = seconds
        self._owner = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._last_rites: Callable[[], object] = lambda: None
        self._asking = Lock()

    def ask(self, resource: str, ending: str, asked: Asked) -> Replied:
        """Have a request answered; `RequestError` where it takes too long or the process ends of it."""
        with self._asking:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            clock = Timer(self._seconds, process.kill)
            clock.start()
            try:
                _send(process.stdin, (resource, ending, asked))
                replied: Replied = _receive(process.stdout)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._end()
                raise RequestError(
                    f"This takes longer than {self._seconds:.0f} seconds; ask for less.",
                    status=503,
                    kind="busy",
                    retry=None,
                ) from error
            finally:
                clock.cancel()
        return replied

    def close(self) -> None:
        """End the process; another is started where it is asked again."""
        with self._asking:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, which belongs to the one that started it and not to what was forked off."""
        process = self._process
        if process is None or process.poll() is not None or self._owner != os.getpid():
            self._end()
            self._owner = os.getpid()
            process = self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._last_rites = weakref.finalize(self, _stop, process, self._owner)
            assert process.stdin is not None
            _send(process.stdin, (sys.path, self._settings))
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._last_rites()
            self._process = None


def _stop(process: subprocess.Popen[bytes], owner: int) -> None:
    """End a process, if it is ours to end: one that was forked off has a copy of its number."""
    if os.getpid() != owner:
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        with suppress(OSError):  # of what was not sent
            pipe.close()
    process.wait()


def _send(stream: IO[bytes], value: object) -> None:
    written = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(written)))
    stream.write(written)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(stream.read(*_LENGTH.unpack(head)))  # our own process wrote it


def main() -> None:
    """Answer requests from the standard input until it is closed."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not come between the replies
    if hasattr(os, "nice"):
        os.nice(_NICE)
    sys.path[:], settings = _receive(requests)
    from onrecord.search.web.answering import answers_of  # it imports this module

    answer = answers_of(*settings)
    while True:
        try:
            resource, ending, asked = _receive(requests)
        except EOFError:
            return
        _send(replies, answer(resource, ending, asked))
