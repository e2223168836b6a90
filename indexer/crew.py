"""Several processes at one harvest: each takes a share of the files and writes segments of its own.

Processes are started as programs and spoken to in JSON, so that a program that
embeds us needs no guard around its own start, and nothing is pickled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from indexer.errors import StoreError
from indexer.harvest import FULL, Outcome, Task, harvest

__all__ = ["harvest_together"]

# Bytes of text that are worth a second process: starting one takes as long as reading 2 MB.
_WORTH_A_PROCESS = 4 << 20
# Bytes in a paragraph, at the least; to name enough files for the segments of a share.
_SHORTEST_PARAGRAPH = 100


def harvest_together(
    tasks: Sequence[Task], new_segment: Callable[[], Path], *, processes: int | None = None
) -> Iterator[Outcome | Path]:
    """Harvest in as many processes as there are processors and work for them.

    Outcomes come in no order. A process that dies is a `StoreError`.
    """
    sizes = [_size(task) for task in tasks]
    worthwhile = min(os.cpu_count() or 1, sum(sizes) // _WORTH_A_PROCESS)
    count = worthwhile if processes is None else processes
    if count < 2:
        yield from harvest(tasks, new_segment)
        return
    answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    crew = [
        _start(share, size, new_segment, answers) for share, size in _shares(tasks, sizes, count) if share
    ]
    try:
        for _ in crew:
            while (answer := answers.get()) is not None:
                yield Path(answer["segment"]) if "segment" in answer else Outcome(**answer["file"])
        for process in crew:
            if process.wait():
                raise StoreError(
                    f"a process that read texts stopped with code {process.returncode}; "
                    "the index is as it was, try again.",
                    path=new_segment().parent,
                )
    finally:
        for process in crew:
            process.kill()
            process.wait()


def _start(
    tasks: Sequence[Task], size: int, new_segment: Callable[[], Path], answers: SimpleQueue[Any]
) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "indexer.harvest"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    segments = size // (FULL * _SHORTEST_PARAGRAPH) + 2
    asked = {
        "tasks": [asdict(task) for task in tasks],
        "segments": [str(new_segment()) for _ in range(segments)],
    }

    def listen() -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin as questions, process.stdout as lines:
            questions.write(json.dumps(asked) + "\n")
            questions.flush()
            for line in lines:
                answers.put(json.loads(line))
        answers.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return process


def _shares(tasks: Sequence[Task], sizes: Sequence[int], count: int) -> Iterator[tuple[list[Task], int]]:
    """Cut the tasks into runs of about the same number of bytes."""
    whole = sum(sizes) or 1
    shares: list[tuple[list[Task], int]] = [([], 0) for _ in range(count)]
    done = 0
    for task, size in zip(tasks, sizes, strict=True):
        at = min(done * count // whole, count - 1)
        shares[at][0].append(task)
        shares[at] = (shares[at][0], shares[at][1] + size)
        done += size
    yield from shares


def _size(task: Task) -> int:
    try:
        return Path(task.path).stat().st_size
    except OSError:
        return 0
