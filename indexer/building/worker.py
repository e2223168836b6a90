"""A worker: reads files one after the other into segments, and says what became of each.

A worker changes nothing that counts. As a program (``python -m onrecord.indexer.building.worker``) it takes
its tasks as one line of JSON on stdin and answers with a line of JSON a file, one a segment, and one with
the sentence where the disk refuses a segment.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from onrecord.indexer.building.task import NO_PARAGRAPHS, Outcome, Task
from onrecord.indexer.errors import NoSpeeches, SourceError, StoreError
from onrecord.indexer.formats.not_read import why_not_read
from onrecord.indexer.programs import answering
from onrecord.indexer.reading.doubts import missing_in
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.reading.statements import read_statements
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.sources.beside import looking_once
from onrecord.indexer.sources.contents import read_beginning
from onrecord.indexer.sources.overrides import unmatched_statements
from onrecord.indexer.store.disk import disk_errors_as_store_errors
from onrecord.indexer.store.generation import new_segment_name
from onrecord.indexer.store.merge_policy import LARGEST_SEGMENT

__all__ = ["read_into_segments"]

# Seconds: to wake the process that listens for every file takes it as long as hashing one takes us.
_ANSWERS_EVERY = 0.1


def read_into_segments(tasks: Iterable[Task], folder: Path, *, most_words: int) -> Iterator[Outcome | Path]:
    """Read files and yield what became of each, and the path of each segment as it is written.

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
    with disk_errors_as_store_errors(folder):
        writer.write(path)
    return path


def _take(task: Task, writer: SegmentWriter) -> Outcome:
    file = task.file
    try:
        digest = task.content_hash or content_hash(file.path)
        statements = read_statements(file, content_hash=digest, ocr=task.ocr)
        if statements is None:
            return Outcome(file.key, skipped=why_not_read(file.path, read_beginning(file.path)))
    except NoSpeeches as error:
        return Outcome(file.key, skipped=error.skipped)
    except SourceError as error:
        return Outcome(
            file.key, failed=error.reason, failed_in=error.source, line=error.line, limit=error.limit
        )
    if not statements:
        return Outcome(file.key, skipped=NO_PARAGRAPHS)
    writer.begin_source(file.key, SourceRecord(file.relative_path, file.disambiguator, digest))
    for statement in statements:
        writer.add(statement)
    return Outcome(
        file.key,
        len(statements),
        sum(len(statement.paragraphs) for statement in statements),
        missing=dict(Counter(fact for one in statements for fact in missing_in(one.metadata))),
        unmatched=tuple(unmatched_statements(file.path, [one.source_id for one in statements])),
    )


def main() -> None:
    """Do what stdin asks for (see the module's first lines)."""
    # Nothing here refers to itself, and to look for what does takes a tenth of the time.
    gc.disable()
    asked = json.loads(sys.stdin.readline())
    tasks = [Task.from_dict(task) for task in asked["tasks"]]
    due = 0.0
    try:
        with looking_once():
            for done in read_into_segments(tasks, Path(asked["folder"]), most_words=asked["most_words"]):
                _answer({"segment": str(done)} if isinstance(done, Path) else {"file": done.as_dict()})
                if (now := monotonic()) >= due:
                    sys.stdout.flush()
                    due = now + _ANSWERS_EVERY
    except StoreError as error:
        _answer({"refused": str(error)})
    sys.stdout.flush()


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    answering(main)
