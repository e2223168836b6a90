"""The hits of a long page as lines that two processes write, in order.

To mark, cut and write a hit is all Python, of which one process uses one core. Beyond some
thousand hits a second process is forked off, which reads every second run of hits and passes its lines on
through a pipe. "the" on the General Debate, 331,244 hits: 1.8 times as many a second, and each process
holds half of what one alone would.

The first lines are written, and the page put in order, before the process is made: whoever reads the pipe
waits for neither. Where the second one ends too early, for whatever reason, the first writes the
rest alone, and meets the same error where it stands, if there was one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from signal import SIGTERM
from threading import active_count
from typing import BinaryIO, Never

from onrecord.search.results.hits import Hit, Results
from onrecord.search.results.share import Share

__all__ = ["lines_of"]

# Hits below which one process is done before a second would help.
_MANY = 1 << 13
_FIRST, _SECOND = Share(0, of=2), Share(1, of=2)
# Bytes that a run takes in front of it, and what the pipe may hold: some runs of 200 to 300 KB.
_LENGTH = 8
_PIPE = 1 << 20


def lines_of(results: Results, line: Callable[[Hit], bytes]) -> Iterator[bytes]:
    """Yield the hits of a page as ``line`` writes them, one line or several at once."""
    shown = results.total - results.offset
    if results.limit is not None:
        shown = min(shown, results.limit)
    if shown < _MANY or not _can_share():
        return map(line, results.stream())
    return _in_turns(results, line)


def _can_share() -> bool:
    """Tell whether there is a second core, and a process can be forked off safely.

    Beside other threads it cannot: a lock that one of them holds would stay locked in the second process.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and active_count() == 1


def _in_turns(results: Results, line: Callable[[Hit], bytes]) -> Iterator[bytes]:
    own = map(line, results.stream(_FIRST))
    yield from islice(own, _FIRST.run)
    for run in _of_second(results, line):
        yield run
        yield from islice(own, _FIRST.run)


def _of_second(results: Results, line: Callable[[Hit], bytes]) -> Iterator[bytes]:
    """Yield the runs of the second process, and where it ended too early the rest of them."""
    from fcntl import F_SETPIPE_SZ, fcntl  # which only some systems have

    readable, writable = os.pipe()
    process = os.fork()
    if not process:
        os.close(readable)
        _write_and_exit(writable, _runs(results, line))
    os.close(writable)
    received = 0
    try:
        with os.fdopen(readable, "rb") as pipe:
            fcntl(pipe, F_SETPIPE_SZ, _PIPE)
            for run in _received(pipe):
                received += 1
                yield run
        done = os.waitpid(process, 0)[1] == 0
        process = 0
    finally:
        if process:  # nobody reads on
            os.kill(process, SIGTERM)
            os.waitpid(process, 0)
    if not done:
        yield from islice(_runs(results, line), received, None)


def _runs(results: Results, line: Callable[[Hit], bytes]) -> Iterator[bytes]:
    """Yield the lines of each run of the second share."""
    lines = map(line, results.stream(_SECOND))
    while run := b"".join(islice(lines, _SECOND.run)):
        yield run


def _write_and_exit(writable: int, runs: Iterable[bytes]) -> Never:
    """Write runs, each behind its length; end without a word, and as failed unless all were written."""
    status = 1
    try:
        with os.fdopen(writable, "wb") as pipe:
            for run in runs:
                pipe.write(len(run).to_bytes(_LENGTH))
                pipe.write(run)
        status = 0
    finally:
        os._exit(status)


def _received(pipe: BinaryIO) -> Iterator[bytes]:
    """Yield the runs that come whole."""
    while len(length := pipe.read(_LENGTH)) == _LENGTH:
        run = pipe.read(size := int.from_bytes(length))
        if len(run) < size:
            return
        yield run
