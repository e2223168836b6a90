"""The report of what was not understood, as a file of JSON.

An object: ``version`` of this form (1), what `onrecord index --json` prints, and ``statements``, a line
for each statement of which something is missing or unsure (`indexer.report.Doubt`). Only statements
that were read in this run are in it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.report import Report
from onrecord.search.cli.terminal import json_line

__all__ = ["atomic_file", "report_lines"]

_VERSION = 1


@contextmanager
def atomic_file(path: Path | None) -> Iterator[IO[bytes] | None]:
    """Open a file that is there whole in the end or not at all; ``-`` is stdout, None no file.

    A file that cannot be written is told at once (`OnRecordError`), not after the work.
    """
    if path is None or str(path) == "-":
        yield None if path is None else sys.stdout.buffer
        return
    aside = path.with_name(f"{path.name}.new")
    try:
        file = aside.open("wb")
    except OSError as error:
        raise OnRecordError(f"{path}: cannot be written ({error.strerror}); name another file.") from error
    try:
        with file:
            yield file
        os.replace(aside, path)  # noqa: PTH105  (the rename is the point)
    finally:
        aside.unlink(missing_ok=True)


def report_lines(report: Report) -> bytes:
    """Write a report, a statement a line."""
    head = {"version": _VERSION, **report.as_dict()}
    statements = b",\n".join(json_line(doubt.as_dict()) for doubt in report.doubts)
    return json.dumps(head, ensure_ascii=True)[:-1].encode() + b', "statements": [\n' + statements + b"\n]}\n"
