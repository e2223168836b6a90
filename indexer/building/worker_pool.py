"""A pool of workers: each takes a share of the files and writes segments of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.indexer.building.task import Outcome, Task
from onrecord.indexer.errors import SourceError, StoreError
from onrecord.indexer.programs import Stopped, answers_of
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
    asked: list[dict[str, Any]] = [
        {"folder": str(folder), "most_words": most_words, "tasks": [task.as_dict() for task in share]}
        for share in _shares(tasks, sizes, count)
        if share
    ]
    try:
        with closing(answers_of("onrecord.indexer.building.worker", asked)) as answers:
            for answer in answers:
                if "refused" in answer:
                    raise StoreError(answer["refused"], path=folder)
                yield Path(answer["segment"]) if "segment" in answer else Outcome.from_dict(answer["file"])
    except Stopped as stopped:
        raise StoreError(
            f"a process that read texts stopped with code {stopped.code}; the index is as it was, try again.",
            path=folder,
        ) from stopped


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
