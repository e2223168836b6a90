"""CSV and TSV.

The standard library reads them. Which sign parts the cells is told by trying: the one that gives every
row as many cells as the first. `csv.Sniffer` is not asked: it looks for signs that recur at all, and in
speeches a comma does, and its patterns take the time of the square of a long cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from onrecord.indexer.formats.tables.rows import Row, Table
from onrecord.indexer.limits import STATEMENT_SIZE, check_time

__all__ = ["read_delimited"]

_SIGNS = ",;\t|"
# Rows that are tried.
_TRIED = 40
# What the name of a column has at most, in characters.
_LONGEST_NAME = 80
# One row in ten may have a cell too many or too few: somebody forgot to quote.
_ALIKE = 0.9
# A backslash before a quotation mark that closes no cell.
_ESCAPED = re.compile(r'\\"(?![,;\t|"\r\n]|\Z)')
_MOST_COLUMNS = 1000


def read_delimited(text: str, *, whole: bool = True) -> Table | None:
    """Read a table; None where no sign parts its rows alike. Of a beginning the last row may be cut off."""
    form = _form_of(text, whole=whole)
    if form is None:
        return None
    rows = _rows(text, form)
    first = next(rows)[1]
    if _are_names(first):
        names = _apart([name.strip().lstrip("\ufeff") for name in first])
        return Table(names, _named(rows, names))
    names = tuple(map(str, range(1, len(first) + 1)))
    return Table(names, _named(_rows(text, form), names))


def _form_of(text: str, *, whole: bool) -> dict[str, Any] | None:
    """Tell how a table is written: the sign between its cells, and how quotation marks stand in them."""
    best: tuple[float, int, dict[str, Any]] | None = None
    for sign in _SIGNS:
        if sign not in text.partition("\n")[0]:
            continue
        escaped = len(_ESCAPED.findall(text)) > text.count('""')
        form: dict[str, Any] = {"delimiter": sign}
        if escaped:
            form |= {"escapechar": "\\", "doublequote": False}
        widths = [len(cells) for _, cells in islice(_rows(text, form), _TRIED)]
        width, *others = widths or [0]
        if others and not whole and len(widths) < _TRIED:
            others[-1] = width if others[-1] <= width else others[-1]
        alike = others.count(width) / len(others) if others else 0.0
        if 1 < width <= _MOST_COLUMNS and alike >= _ALIKE and (best is None or (alike, width) > best[:2]):
            best = alike, width, form
    return best[2] if best else None


def _rows(text: str, form: dict[str, Any]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows that are not blank, each with the line on which it begins."""
    # The limit of the library is one for the whole process, and smaller than a long speech.
    csv.field_size_limit(max(csv.field_size_limit(), STATEMENT_SIZE.most))
    reader = csv.reader(io.StringIO(text, newline=""), **form)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                check_time()
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise STATEMENT_SIZE.error(line=line) from error


def _named(rows: Iterator[tuple[int, list[str]]], names: tuple[str, ...]) -> Iterator[Row]:
    for line, cells in rows:
        yield Row(line, dict(zip(names, cells, strict=False)))


def _are_names(cells: list[str]) -> bool:
    """Tell whether the first row names the columns: short, each another, and no figures."""
    named = [cell.strip() for cell in cells if cell.strip()]
    short = all(len(name) <= _LONGEST_NAME and not name.replace(".", "").isdecimal() for name in named)
    return bool(named) and short and len(set(named)) == len(named) and len(named) * 2 >= len(cells)


def _apart(names: list[str]) -> tuple[str, ...]:
    """Give each column a name of its own: one without a name gets its number."""
    seen: Counter[str] = Counter()
    apart = []
    for number, name in enumerate(names, 1):
        seen[name] += 1
        apart.append(name if name and seen[name] == 1 else f"{name or 'column'} {number}")
    return tuple(apart)
