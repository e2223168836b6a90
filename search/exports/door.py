"""An export as people ask for it: names of forms, columns and files, and the record beside the file."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from whoosh.query import Query

from onrecord.indexer.errors import ExportError
from onrecord.search.backend import Backend
from onrecord.search.exports.columns import read_columns
from onrecord.search.exports.export import Moved
from onrecord.search.exports.export import export as write
from onrecord.search.exports.formats import read_format
from onrecord.search.exports.found import Plan
from onrecord.search.exports.run_record import RunRecord, read_record, record_beside
from onrecord.search.exports.whole_file import replaced
from onrecord.search.request import Request, checked_number

__all__ = ["export"]


def export(
    backend: Backend,
    request: Request,
    to: Path | str | BinaryIO,
    *,
    form: str | None,
    columns: str | Iterable[str] | None,
    sample: int | None,
    seed: int,
    raw: bool,
    record: bool | Path | str,
    moved: Moved | None,
) -> RunRecord:
    """Write what a question finds, and its record (`Index.export`)."""
    target = Path(to) if isinstance(to, str) else to
    plan = Plan(
        request,
        form=read_format(form, path=target if isinstance(target, Path) else None),
        columns=read_columns(columns, context=request.context),
        raw=raw,
        sample=None if sample is None else checked_number("sample", sample),
        seed=seed,
    )
    kept = _record_file(record, target)
    if kept is None:
        run = write(backend, plan, target, moved)
        if isinstance(target, Path):
            _forget_record(record_beside(target))
        return run
    if isinstance(request.text, Query):
        request.as_dict()  # which says that a tree cannot be kept
    with ExitStack() as stack:
        part = stack.enter_context(replaced(kept))  # refused before all the rest is written
        run = write(backend, plan, target, moved)
        part.write_bytes(run.dump())
    return run


def _record_file(record: bool | Path | str, target: Path | BinaryIO) -> Path | None:
    """Return where the record is kept; of a stream only where that is said."""
    if isinstance(record, bool):
        return record_beside(target) if record and isinstance(target, Path) else None
    file = Path(record)
    if isinstance(target, Path) and file.absolute() == target.absolute():
        raise ExportError(f"{file}: this is the file of the export; give its record another name.", path=file)
    return file


def _forget_record(file: Path) -> None:
    """Take away the record of the file that was replaced: it tells of other bytes."""
    try:
        read_record(file)
    except (ExportError, OSError):
        return
    file.unlink()
