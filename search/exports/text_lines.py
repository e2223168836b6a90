"""Hits as lines of text: CSV, TSV, JSON lines, Markdown, HTML.

Of a hit's columns half are those of its statement: they are written once for all its hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from onrecord.search.exports.columns import Cell, Column, plain_cell
from onrecord.search.exports.formats import Format
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import json_escaped, json_line, printable

__all__ = ["Layout", "TextLines", "layout_of"]

# Statements whose columns are kept written, some 500 bytes each.
_KEPT = 1 << 13
# How a spreadsheet tells a formula (OWASP, CSV injection), some of them behind blanks, or in full width.
_FORMULA = re.compile("[ \u00a0\u3000\ufeff\n]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_QUOTED = re.compile('[",\r\n]')
# What parts cells or lines, for whatever program reads them.
_PARTS_CELLS = re.compile("\r\n|[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_MARKS_OF_MARKDOWN = re.compile(r"([\\|`*_<>\[\]~&])")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table of hits is laid out as text."""

    cell: Callable[[Column, Cell], str]
    before: str  #: a row
    between: str  #: cells
    after: str  #: a row
    head: str
    tail: str = ""


class TextLines:
    """Writes the hits of one answer, whose statements each have one name."""

    def __init__(self, columns: Sequence[Column], layout: Layout) -> None:
        self._columns = tuple(columns)
        self._own = [(at, column) for at, column in enumerate(columns) if not column.of_statement]
        self._layout = layout
        self._templates: dict[str, list[str]] = {}

    def line(self, hit: Hit) -> bytes:
        """Write a hit as one row, its end included."""
        layout = self._layout
        cells = self._template(hit).copy()
        for at, column in self._own:
            cells[at] = layout.cell(column, column.value(hit))
        return f"{layout.before}{layout.between.join(cells)}{layout.after}".encode()

    def _template(self, hit: Hit) -> list[str]:
        template = self._templates.get(hit.statement)
        if template is None:
            if len(self._templates) >= _KEPT:
                self._templates.clear()
            template = self._templates[hit.statement] = [
                self._layout.cell(column, column.value(hit)) if column.of_statement else ""
                for column in self._columns
            ]
        return template


def layout_of(form: Format, columns: Sequence[Column], *, raw: bool, title: str) -> Layout:
    """Return how some columns are laid out; ``raw`` leaves formulas of a CSV as they are."""
    names = [column.name for column in columns]
    match form:
        case Format.JSONL:
            return Layout(_as_json, "{", ", ", "}\n", "")
        case Format.TSV:
            return Layout(_in_tsv, "", "\t", "\n", "\t".join(names) + "\n")
        case Format.MD:
            rule = " | ".join("---" for _ in names)
            return Layout(_in_markdown, "| ", " | ", " |\n", f"| {' | '.join(names)} |\n| {rule} |\n")
        case Format.HTML:
            return Layout(_in_html, "<tr>", "", "</tr>\n", _html_head(names, title), "</tbody></table>\n")
        case _:
            alone = len(columns) == 1
            return Layout(_csv_cell(raw=raw, alone=alone), "", ",", "\r\n", ",".join(names) + "\r\n")


def _csv_cell(*, raw: bool, alone: bool) -> Callable[[Column, Cell], str]:
    def cell(_: Column, value: Cell) -> str:
        value = plain_cell(value)
        if value is None or value == "":
            return '""' if alone else ""  # a line with nothing in it is no row
        if not isinstance(value, str):
            return str(value)
        if not raw and _FORMULA.match(value):
            value = f"'{value}"
        if _QUOTED.search(value):
            return '"' + value.replace('"', '""') + '"'
        return value

    return cell


def _as_json(column: Column, value: Cell) -> str:
    if value is None or isinstance(value, str):
        return f'"{column.name}": {json_escaped(value)}'
    return f'"{column.name}": {json_line(value).decode()}'


def _in_tsv(_: Column, value: Cell) -> str:
    value = plain_cell(value)
    return "" if value is None else _PARTS_CELLS.sub(" ", str(value))


def _in_markdown(_: Column, value: Cell) -> str:
    value = plain_cell(value)
    text = "" if value is None else printable(str(value))
    return _MARKS_OF_MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _in_html(column: Column, value: Cell) -> str:
    value = plain_cell(value)
    lines = "" if value is None else "<br>".join(escape(printable(line)) for line in str(value).split("\n"))
    return f'<td dir="auto" class="{column.name}">{lines}</td>'


def _html_head(names: Sequence[str], title: str) -> str:
    heads = "".join(f'<th scope="col">{name.replace("_", " ")}</th>' for name in names)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(printable(title))}</title>\n'
        "<style>body{font-family:sans-serif}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.3em .5em;text-align:start;vertical-align:top}"
        ".text{min-width:30em}</style>\n"
        f"<table><caption>{escape(printable(title))}</caption><thead><tr>{heads}</tr></thead><tbody>\n"
    )
