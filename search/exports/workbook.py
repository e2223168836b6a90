"""Hits as a workbook of a spreadsheet (XLSX), by XlsxWriter.

Texts are texts, whatever they begin with: nothing in them is worked out or becomes a link. What a cell cannot
hold is cut where it ends, and told, in the cell and to whoever exports.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from onrecord.indexer.errors import ExportError, NotInstalled
from onrecord.search.exports.columns import Cell, plain_cell
from onrecord.search.exports.found import Found
from onrecord.search.results.hits import Hit

__all__ = ["write"]

# What a sheet and a cell of it hold (Microsoft, "Excel specifications and limits"); a sign beyond the first
# plane of Unicode counts twice.
_ROWS = 1_048_576
_LONGEST = 32_767
# Room for what a cut cell says.
_SAID = 60
_WIDTHS = {"text": 80, "before": 60, "after": 60, "snippet": 60, "address": 40, "title": 30, "forum": 30}
_WIDTH = 14
# Not the time of today: the same hits are the same bytes.
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# What no XML may hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(path: Path, found: Found, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Write hits into a workbook of one sheet; say which cells were cut (`ExportError`, `NotInstalled`)."""
    if found.rows >= _ROWS:
        raise ExportError(
            f"A sheet holds {_ROWS - 1:,} rows below its heading, and there are {found.rows:,};"
            " export csv or sqlite, or narrow the question."
        )
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise NotInstalled(
            "XLSX is written by XlsxWriter, which is not installed; pip install 'onrecord[spreadsheets]'."
        ) from error

    columns = found.plan.columns
    notes: list[str] = []
    with Workbook(str(path), {"constant_memory": True, "in_memory": False}) as workbook:
        workbook.set_properties({"created": _MADE, "title": _legal(found.title)[:_SAID]})
        sheet = workbook.add_worksheet("paragraphs")
        wrapped, bold = (
            workbook.add_format({"text_wrap": True, "valign": "top"}),
            workbook.add_format({"bold": 1}),
        )
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(column.name, _WIDTH), wrapped)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.name, bold)
        for row, hit in enumerate(hits, 1):
            for at, column in enumerate(columns):
                value = _fitted(column.value(hit), f"{hit.address}, {column.name}", notes)
                if isinstance(value, str):
                    sheet.write_string(row, at, value)
                elif value is not None:
                    sheet.write_number(row, at, value)
    return tuple(notes)


def _fitted(value: Cell, where: str, notes: list[str]) -> str | int | float | None:
    """Return a value as a cell holds it, and note where that is less."""
    value = plain_cell(value)
    if not isinstance(value, str):
        return value
    value = _legal(value)
    length = _units(value)
    if length <= _LONGEST:
        return value
    kept = value.encode("utf-16-le")[: 2 * (_LONGEST - _SAID)].decode("utf-16-le", "ignore")
    notes.append(
        f"{where}: a cell holds {_LONGEST:,} characters, and this has {length:,};"
        f" it is cut after {len(kept):,}, and whole in csv."
    )
    return f"{kept} [cut: {len(value) - len(kept):,} more characters]"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _units(text: str) -> int:
    return len(text) if text.isascii() or len(text) <= _LONGEST // 2 else len(text.encode("utf-16-le")) // 2
