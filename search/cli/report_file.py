"""The report of what was not understood, and a sample of what was, as a file for a program or a person.

As JSON an object: ``version`` of this form (1), what `onrecord index --json` prints, ``unsure`` (of each
fact the kinds of evidence by which values are not sure, with their numbers), ``sample``
(`indexer.report.Sampled`), and ``statements``, a line for each statement of which something is missing or
unsure (`indexer.report.Doubt`). As a table (CSV, Markdown) a row for each value that is not sure, fact by
fact and kind by kind, then one for each value of the sample, with room for a tick and for what is right.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import IO, NamedTuple

from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.numbers import counted
from onrecord.indexer.reading.kinds import kind_in_words
from onrecord.indexer.report import Report
from onrecord.indexer.store.disk import put_in_place
from onrecord.search.cli.terminal import json_line, printable

__all__ = ["atomic_file", "report_in_form_of"]

_VERSION = 1
_MARKDOWN = (".md", ".markdown")
# What a program of tables would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t")
_UNSURE, _SAMPLE = "unsure", "sample"


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
        put_in_place(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def report_in_form_of(path: Path, report: Report) -> bytes:
    """Write a report as the ending of its file says: CSV, Markdown, else JSON."""
    ending = path.suffix.lower()
    if ending == ".csv":
        return _as_csv(report)
    return _as_markdown(report) if ending in _MARKDOWN else _as_json(report)


def _as_json(report: Report) -> bytes:
    """Write a report as an object, a statement a line."""
    unsure = {
        fact: [
            {"kind": kind, "what": kind_in_words(fact, kind), "statements": number}
            for kind, number in kinds.items()
        ]
        for fact, kinds in report.unsure.items()
    }
    sample = [{**one.as_dict(), "what": kind_in_words(one.fact, one.kind)} for one in report.sample]
    head = {"version": _VERSION, **report.as_dict(), "unsure": unsure, "sample": sample}
    statements = b",\n".join(json_line(doubt.as_dict()) for doubt in report.doubts)
    return json.dumps(head, ensure_ascii=True)[:-1].encode() + b', "statements": [\n' + statements + b"\n]}\n"


class _Row(NamedTuple):
    """A value to be looked at; the last two cells are for whoever does."""

    listed: str  #: "unsure" or "sample"
    fact: str
    kind: str
    what: str
    of: int
    address: str
    source_id: str
    value: str
    evidence: str
    path: str
    right: str = ""
    should_be: str = ""


_COLUMNS = ("list", *(name.replace("_", " ") for name in _Row._fields[1:]))


def _rows(report: Report) -> list[_Row]:
    """List what is not sure, fact by fact and kind by kind, then the sample."""
    unsure = [
        _Row(
            *(_UNSURE, fact, guess.kind, kind_in_words(fact, guess.kind), report.unsure[fact][guess.kind]),
            *(doubt.address, doubt.source_id or "", guess.value, guess.evidence, doubt.path),
        )
        for doubt in report.doubts
        for fact, guess in doubt.doubtful.items()
    ]
    order = {fact: at for at, fact in enumerate(report.unsure)}
    unsure.sort(key=lambda row: (order[row.fact], -row.of, row.kind))
    return unsure + [
        _Row(
            *(_SAMPLE, one.fact, one.kind, kind_in_words(one.fact, one.kind), one.of),
            *(one.address, one.source_id or "", one.value, one.evidence, one.path),
        )
        for one in report.sample
    ]


def _as_csv(report: Report) -> bytes:
    """Write a table for a program of tables, in UTF-8 with the mark by which such programs know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows([_no_formula(printable(str(cell))) for cell in row] for row in _rows(report))
    return out.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    """Put an apostrophe before what would be worked out as a formula: texts are strangers'."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _as_markdown(report: Report) -> bytes:
    """Write tables for people, one a kind of evidence."""
    lines = ["# To check"]
    if report.missing:
        lines += [
            "",
            "Not known: "
            + ", ".join(
                f"{fact} of {counted(number, 'statement')}" for fact, number in report.missing.items()
            )
            + ".",
        ]
    rows = _rows(report)
    for listed, heading in ((_UNSURE, "What is not sure"), (_SAMPLE, "A sample of what is sure")):
        some = [row for row in rows if row.listed == listed]
        lines += ["", f"## {heading}", "", f"{counted(len(some), 'value')}."]
        for fact, kind in dict.fromkeys(map(attrgetter("fact", "kind"), some)):
            lines += _table([row for row in some if (row.fact, row.kind) == (fact, kind)])
    return ("\n".join(lines) + "\n").encode()


def _table(rows: list[_Row]) -> Iterator[str]:
    """Yield the heading and the table of one kind of evidence."""
    first = rows[0]
    yield from ("", f"### {first.fact}: {first.what} ({len(rows):,} of {first.of:,})", "")
    yield "| right? | value | read from | address | file |"
    yield "|---|---|---|---|---|"
    for row in rows:
        cells = (row.value, row.evidence, row.address, row.path)
        yield f"| ☐ | {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Write a text into one cell, its marks as signs."""
    return re.sub(r"([\\|`*_<\[\]])", r"\\\1", " ".join(printable(text).split()))
