"""Spreadsheets (XLSX) as rows of texts: what stands in the cells, and nothing of how it looks.

Read from their XML with what reads Word documents: a package that is unpacked within bounds, and elements
one by one, so that a sheet that unpacks to gigabytes is refused. A library for spreadsheets would add
formulas, styles and charts, of which a list of names has none, and would be one more thing to install.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from onrecord.indexer.formats.debates.xml_stream import events, forget, text_without
from onrecord.indexer.sources.zip_member import is_zip, open_package, part_of, unpack

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["SheetRow", "sheets"]

_SHEET = re.compile(r"xl/worksheets/[^/]*?(?P<number>\d*)\.xml")
_PLACE = re.compile(r"(?P<column>[A-Z]{1,3})\d*")
# How a reading is written above a Chinese or Japanese word: no part of it.
_PHONETIC = frozenset({"rPh"})
# More columns than any sheet has.
_MOST_COLUMNS = 16_384


class SheetRow(NamedTuple):
    """A row with its number, as the program that wrote it counts, and its cells by their columns from 0."""

    number: int
    cells: dict[int, str]


def sheets(path: Path, data: bytes) -> Iterator[list[SheetRow]]:
    """Yield the rows of each sheet that have anything in them; what is no spreadsheet is a `SourceError`."""
    package = open_package(path, data) if is_zip(data) else None
    if package is None:
        return
    names = sorted(filter(_SHEET.fullmatch, package.namelist()), key=_in_order)
    shared = _shared_texts(package, path) if names else []
    for name in names:
        yield list(_rows(unpack(package, package.getinfo(name), path=path), shared, path=path))


def _in_order(name: str) -> tuple[int, str]:
    match = _SHEET.fullmatch(name)
    return (int(match["number"] or 0) if match else 0), name


def _shared_texts(package: ZipFile, path: Path) -> list[str]:
    """Return the texts that cells name by their number."""
    data = part_of(package, "xl/sharedStrings.xml", path=path)
    texts = []
    for _, element in events(data or b"<sst/>", path=path, ends=("si",)):
        texts.append(text_without(element, unspoken=_PHONETIC))
        forget(element)
    return texts


def _rows(data: bytes, shared: list[str], *, path: Path) -> Iterator[SheetRow]:
    for counted, (_, row) in enumerate(events(data, path=path, ends=("row",)), start=1):
        cells = dict(_cells(row, shared))
        number = row.get("r") or ""
        if cells:
            yield SheetRow(int(number) if number.isdecimal() else counted, cells)
        forget(row)


def _cells(row: _Element, shared: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the column and the text of each cell that has one."""
    column = -1
    for cell in row.iterchildren("{*}c"):
        place = _PLACE.fullmatch(cell.get("r") or "")
        column = _number_of(place["column"]) if place else column + 1
        if 0 <= column < _MOST_COLUMNS and (text := _text_of(cell, shared)):
            yield column, text


def _number_of(letters: str) -> int:
    """Count the columns before one: A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text_of(cell: _Element, shared: list[str]) -> str:
    """Return what a cell holds as text; of a formula its value, of an error nothing."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(text_without(one, unspoken=_PHONETIC) for one in cell.iterchildren("{*}is"))
    value = next((text_without(one, unspoken=_PHONETIC) for one in cell.iterchildren("{*}v")), "")
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
    return "" if kind == "e" else value
