"""Write all that a question finds into a file: `Index.export`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from whoosh.query import Query

from onrecord.indexer.report import Progress
from onrecord.search.backend import Backend
from onrecord.search.exports.columns import marks
from onrecord.search.exports.formats import Format
from onrecord.search.exports.found import Found, Plan
from onrecord.search.exports.run_record import RunRecord
from onrecord.search.exports.text_lines import TextLines, layout_of
from onrecord.search.exports.versions import versions_of
from onrecord.search.exports.whole_file import Written, replaced, written_in
from onrecord.search.results.hits import Hit, Results
from onrecord.search.results.share import WHOLE
from onrecord.search.results.two_processes import lines_of

__all__ = ["Moved", "export"]

#: What is told how far an export is.
Moved = Callable[[Progress], None]
#: What writes the hits into a file, and returns what could not be written as it is, a sentence each.
Writer = Callable[[Path, Found, Iterable[Hit]], tuple[str, ...]]

# Rows after which it is told how far an export is, and bytes that are written at once.
_STEP = 1 << 9
_GATHERED = 1 << 18
_WRITERS = {
    Format.SQLITE: "database",
    Format.XLSX: "workbook",
    Format.DOCX: "word_document",
    Format.PARQUET: "parquet",
}


def export(backend: Backend, plan: Plan, to: Path | BinaryIO, moved: Moved | None = None) -> RunRecord:
    """Write all that a question finds, and say how that came about; ``to`` is a file or a stream.

    A file is there whole or not at all. Raises `ExportError` for what its form cannot hold.
    """
    found = _find(backend, plan)
    if not isinstance(to, Path):
        written, notes = _into_stream(found, to, moved)
    elif to.exists() and not to.is_file():  # a pipe or a device
        with to.open("wb") as stream:
            written, notes = _into_stream(found, stream, moved)
    else:
        with replaced(to) as part:
            written, notes = _into_file(found, part, moved)
    return RunRecord(
        request=None if isinstance(plan.request.text, Query) else plan.request.as_dict(),
        understood=found.results.understood,
        form=plan.form.value,
        columns=tuple(column.name for column in plan.columns),
        raw=plan.raw,
        sample=plan.sample,
        seed=plan.seed,
        paragraphs=found.results.total,
        statements=found.statements,
        rows=found.rows,
        notes=notes,
        fingerprint=backend.fingerprint(),
        versions=versions_of(backend, plan.form),
        sha256=written.sha256,
        size=written.size,
    )


def _find(backend: Backend, plan: Plan) -> Found:
    request = plan.request
    question, within, understood = request.read(backend)
    answer = backend.answer(question, within=within, request=request)
    total, statements = answer.total, answer.statements()
    if not marks(plan.columns):
        answer = answer.unmarked()
    rows = max(0, total - request.offset)
    limit = request.limit
    for most in (request.limit, plan.sample):
        rows = rows if most is None else min(rows, most)
    if plan.sample is not None:
        answer, limit = answer.sample(plan.sample, seed=plan.seed), rows
    results = Results(answer=answer, understood=understood, limit=limit, offset=request.offset)
    return Found(plan, results, rows, statements)


def _into_stream(found: Found, stream: BinaryIO, moved: Moved | None) -> tuple[Written, tuple[str, ...]]:
    if found.plan.form.is_text:
        return _write_text(found, stream, moved), ()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export")
        written, notes = _into_file(found, file, moved)
        with file.open("rb") as copied:
            shutil.copyfileobj(copied, stream)
    return written, notes


def _into_file(found: Found, path: Path, moved: Moved | None) -> tuple[Written, tuple[str, ...]]:
    if found.plan.form.is_text:
        with path.open("wb") as out:
            return _write_text(found, out, moved), ()
    write: Writer = import_module(f"onrecord.search.exports.{_WRITERS[found.plan.form]}").write
    notes = write(path, found, _told(found.results.stream(), found, moved))
    return written_in(path), notes


def _write_text(found: Found, out: BinaryIO, moved: Moved | None) -> Written:
    plan = found.plan
    layout = layout_of(plan.form, plan.columns, raw=plan.raw, title=found.title)
    written = Written()
    gathered = bytearray(layout.head.encode())
    for some in _rows(found, TextLines(plan.columns, layout), moved):
        gathered += some
        if len(gathered) >= _GATHERED:
            _put(gathered, out, written)
            gathered = bytearray()
    gathered += layout.tail.encode()
    _put(gathered, out, written)
    out.flush()
    return written


def _put(some: bytearray, out: BinaryIO, written: Written) -> None:
    written.add(some)
    out.write(some)


def _rows(found: Found, lines: TextLines, moved: Moved | None) -> Iterator[bytes]:
    """Yield the rows, those that a second process writes in runs, and tell how many there were."""
    own = 0

    def line(hit: Hit) -> bytes:
        nonlocal own
        own += 1
        return lines.line(hit)

    done = before = 0
    for number, some in enumerate(lines_of(found.results, line)):
        done += 1 if own > before else WHOLE.run
        before = own
        if not number % _STEP:
            _tell(moved, done, found)
        yield some


def _told(hits: Iterable[Hit], found: Found, moved: Moved | None) -> Iterator[Hit]:
    """Hand on hits, and tell now and then how many went by."""
    for number, hit in enumerate(hits):
        if not number % _STEP:
            _tell(moved, number, found)
        yield hit


def _tell(moved: Moved | None, done: int, found: Found) -> None:
    if moved is not None:
        moved(Progress(min(done, found.rows), found.rows, found.plan.form.value))
