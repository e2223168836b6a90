"""Many files into segments: read, number and write, in this process or in several.

A harvest changes nothing that counts: it writes segment files and says what became
of each file. As a program (``python -m indexer.building.worker``) it takes its tasks as one
line of JSON on stdin and answers with a line of JSON a file, one a segment, and one
with the sentence where the disk refuses a segment.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.indexer.errors import SourceError, StoreError
from onrecord.indexer.reading.doubts import doubts_of
from onrecord.indexer.reading.statements import read_statements
from onrecord.indexer.report import Tally
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.sources import content_hash, unmatched_statements
from onrecord.indexer.store.disk import refusals_told
from onrecord.indexer.store.generation import new_segment_name
from onrecord.indexer.store.merge_policy import LARGEST_SEGMENT

__all__ = ["Outcome", "Task", "harvest"]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: ``key`` is its absolute path, ``shown`` the path as the user knows it.

    ``place`` is its path below the indexed folder, ``content_hash`` empty where nobody has
    looked yet, ``apart`` what tells it from another file at the same place of another folder.
    """

    key: str
    path: str
    shown: str
    place: str
    content_hash: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: statements and paragraphs, or why there are none.

    ``skipped`` says why it is no statement, ``failed`` why it could not be read,
    ``line`` where, and ``limit`` which limit it goes beyond. ``doubts`` is what was not
    understood, a statement each (`indexer.reading.doubts`), ``unmatched`` the corrections of statements that
    are not in the file.
    """

    key: str
    statements: int = 0
    paragraphs: int = 0
    skipped: str | None = None
    failed: str | None = None
    failed_in: str | None = None
    line: int | None = None
    limit: str | None = None
    doubts: tuple[dict[str, Any], ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """What was put into a segment."""
        return Tally(self.statements, self.paragraphs)


def harvest(tasks: Iterable[Task], folder: Path, *, most_words: int) -> Iterator[Outcome | Path]:
    """Read files and yield what became of each, and each segment as it is written.

    A segment is written when it holds ``most_words``, or `LARGEST_SEGMENT` paragraphs.
    """
    writer = SegmentWriter()
    for task in tasks:
        yield _take(task, writer)
        if writer.tokens >= most_words or len(writer) >= LARGEST_SEGMENT:
            yield _written(writer, folder)
            writer = SegmentWriter()
    if len(writer):
        yield _written(writer, folder)


def _written(writer: SegmentWriter, folder: Path) -> Path:
    path = folder / new_segment_name()
    with refusals_told(folder):
        writer.write(path)
    return path


def _take(task: Task, writer: SegmentWriter) -> Outcome:
    try:
        digest = task.content_hash or content_hash(Path(task.path))
        statements = read_statements(
            Path(task.path),
            place=task.place,
            content_hash=digest,
            shown=task.shown,
            apart=task.apart,
        )
    except SourceError as error:
        return Outcome(
            task.key, failed=error.reason, failed_in=error.source, line=error.line, limit=error.limit
        )
    if statements is None:
        return Outcome(task.key, skipped="no reader takes this kind of file")
    if not statements:
        return Outcome(task.key, skipped="there are no paragraphs in it")
    writer.begin_source(task.key, SourceRecord(task.place, task.apart, digest))
    for statement in statements:
        writer.add(statement)
    return Outcome(
        task.key,
        len(statements),
        sum(len(statement.paragraphs) for statement in statements),
        doubts=tuple(filter(None, map(doubts_of, statements))),
        unmatched=tuple(unmatched_statements(Path(task.path), [one.source_id for one in statements])),
    )


def main() -> None:
    """Harvest what stdin asks for (see the module's first lines)."""
    # Nothing here refers to itself, and to look for what does takes a tenth of the time.
    gc.disable()
    asked = json.loads(sys.stdin.readline())
    tasks = [Task(**task) for task in asked["tasks"]]
    try:
        for done in harvest(tasks, Path(asked["folder"]), most_words=asked["most_words"]):
            _answer({"segment": str(done)} if isinstance(done, Path) else {"file": asdict(done)})
    except StoreError as error:
        _answer({"refused": str(error)})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
