"""A pool of workers: each takes a share of the files and writes segments of its own.

Processes are started as programs and spoken to in JSON, so that a program that
embeds us needs no guard around its own start, and nothing is pickled.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from onrecord.indexer.building.task import Outcome, Task
from onrecord.indexer.errors import SourceError, StoreError
from onrecord.indexer.sources.archives import size_of

__all__ = ["read_together"]

# Bytes of text that are worth a second process: starting one takes as long as reading 2 MB.
_WORTH_A_PROCESS = 4 << 20
# What a process takes before it has read anything, and for each word of the segment that it gathers, sorts
# and writes: a process that wrote 15 million words took 510 MB.
_PROCESS_SIZE = 80 << 20
_WORD_SIZE = 27
# The least that a segment holds, however little memory is allowed: smaller ones cost more than they save.
_FEWEST_WORDS = 100_000


def read_together(tasks: Sequence[Task], folder: Path, *, memory: int) -> Iterator[Outcome | Path]:
    """Read files in as many processes as there are processors and work for them.

    Segments are as large as ``memory`` (MiB, for all processes together) lets them
    be: a question costs some 0.05 ms a segment, however little it finds. Outcomes
    come in no order. A process that dies is a `StoreError`.
    """
    sizes = [_size(task) for task in tasks]
    count = max(1, min(os.cpu_count() or 1, sum(sizes) // _WORTH_A_PROCESS))
    most_words = max(_FEWEST_WORDS, ((memory << 20) // count - _PROCESS_SIZE) // _WORD_SIZE)
    if count == 1:
        # Half a second of computing to load, which processes of their own do for themselves.
        from onrecord.indexer.building.worker import read_into_segments

        yield from read_into_segments(tasks, folder, most_words=most_words)
        return
    answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    workers = [_start(share, folder, most_words, answers) for share in _shares(tasks, sizes, count) if share]
    try:
        for _ in workers:
            while (answer := answers.get()) is not None:
                if "refused" in answer:
                    raise StoreError(answer["refused"], path=folder)
                yield Path(answer["segment"]) if "segment" in answer else Outcome.from_dict(answer["file"])
        for process in workers:
            if process.wait():
                raise StoreError(
                    f"a process that read texts stopped with code {process.returncode}; "
                    "the index is as it was, try again.",
                    path=folder,
                )
    finally:
        for process in workers:
            process.kill()
            process.wait()


def _start(
    tasks: Sequence[Task], folder: Path, most_words: int, answers: SimpleQueue[Any]
) -> subprocess.Popen[str]:
    with _deaf_to_the_keyboard():
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord.indexer.building.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            # Windows alone has the flag, and only there it is needed.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    asked = {
        "folder": str(folder),
        "most_words": most_words,
        "tasks": [task.as_dict() for task in tasks],
    }

    def listen() -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        # A process that dies breaks off in the middle; its exit code says so.
        with suppress(OSError, ValueError), process.stdin as questions, process.stdout as lines:
            questions.write(json.dumps(asked) + "\n")
            questions.flush()
            for line in lines:
                answers.put(json.loads(line))
        answers.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return process


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: whoever started them is told, and stops them.

    So for the signal that asks for the end, where we have our own answer to it. A signal that is blocked
    stays so in a program that is started meanwhile, from its first instruction. Windows knows no such thing:
    there a process of a group of its own is not reached.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    asks = signal.getsignal(signal.SIGTERM) not in (signal.SIG_DFL, signal.SIG_IGN, None)
    deaf = {signal.SIGINT, signal.SIGTERM} if asks else {signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, deaf)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _shares(tasks: Sequence[Task], sizes: Sequence[int], count: int) -> list[list[Task]]:
    """Cut the tasks into runs of about the same number of bytes."""
    whole = sum(sizes) or 1
    shares: list[list[Task]] = [[] for _ in range(count)]
    done = 0
    for task, size in zip(tasks, sizes, strict=True):
        shares[min(done * count // whole, count - 1)].append(task)
        done += size
    return shares


def _size(task: Task) -> int:
    try:
        return size_of(task.file.path)
    except (OSError, SourceError):
        return 0
