"""JSON: an array of objects, alone or in an object around it; one object; JSON lines, an object a line.

What the object around an array says before it holds for every row of it. Objects are read one by one, so
that of a large file only the text is held and not all that it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.tables.rows import Row, Table
from onrecord.indexer.limits import NESTING, STATEMENT_SIZE, check_time

__all__ = ["cells_of", "read_lines", "read_objects"]

_SPACE = re.compile(r"[ \t\r\n]*")
_SEPARATOR = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_DECODER = json.JSONDecoder()
# Objects whose keys make the names of columns: keys may be left out where there is no value.
_TRIED = 40
_MOST_NAMES = 1000
_DEEPEST = 3


def read_objects(text: str, path: Path, *, whole: bool = True) -> Table | None:
    """Read the objects of a file; None where there are none. Of a beginning the last one may be cut off."""
    found = _array_in(text)
    if found is None:
        return None
    at, around = found
    rows = _objects(text, at, path, whole=whole) if at is not None else iter([Row(1, {})])
    return _table(Row(row.line, {**around, **row.cells}) for row in rows)


def read_lines(text: str, path: Path, *, whole: bool = True) -> Table | None:
    """Read an object a line; None where there is none. Of a beginning the last one may be cut off."""
    return _table(_lines(text, path, whole=whole))


def cells_of(found: Mapping[str, Any], above: str = "", depth: int = 0) -> dict[str, str]:
    r"""Write the values of an object as cells; what stands in an object of it has both names.

    >>> cells_of({"speaker": {"name": "Vega"}, "text": ["One.", "Two."]})
    {'speaker.name': 'Vega', 'text': 'One.\n\nTwo.'}
    """
    cells: dict[str, str] = {}
    for key, value in found.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            if depth < _DEEPEST:
                cells |= cells_of(value, f"{name}.", depth + 1)
        elif (cell := _cell(value)) is not None:
            cells[name] = cell
    return cells


def _table(rows: Iterator[Row]) -> Table | None:
    first = list(islice(rows, _TRIED))
    names = dict.fromkeys(name for row in first for name in row.cells)
    if not names or len(names) > _MOST_NAMES:
        return None
    return Table(tuple(names), chain(first, rows))


def _array_in(text: str) -> tuple[int | None, dict[str, str]] | None:
    """Find where the first object of an array begins, and what the object around the array says before it.

    Without an array of objects the object around is all there is; None where there is no object.
    """
    at = _next(text, text.startswith("\ufeff"))
    if text[at : at + 1] == "[":
        first = _first_object(text, at)
        return None if first is None else (first, {})
    if text[at : at + 1] != "{":
        return None
    around: dict[str, Any] = {}
    at = _next(text, at + 1)
    try:
        while text[at : at + 1] == '"':
            key, at = _DECODER.raw_decode(text, at)
            at = _next(text, at)
            if text[at : at + 1] != ":":
                return None
            at = _next(text, at + 1)
            first = _first_object(text, at) if text[at : at + 1] == "[" else None
            if first is not None:
                return first, cells_of(around)
            around[key], at = _DECODER.raw_decode(text, at)
            at = _separated(text, at)
            check_time()
    except RecursionError as error:
        raise NESTING.error() from error
    except ValueError:
        return None
    return (None, cells_of(around)) if text[at : at + 1] == "}" else None


def _first_object(text: str, array: int) -> int | None:
    at = _next(text, array + 1)
    return at if text[at : at + 1] == "{" else None


def _objects(text: str, at: int, path: Path, *, whole: bool) -> Iterator[Row]:
    line, counted = 1, 0
    while text[at : at + 1] == "{":
        check_time()
        line, counted = line + text.count("\n", counted, at), at
        try:
            found, at = _DECODER.raw_decode(text, at)
        except RecursionError as error:
            raise NESTING.error(line=line) from error
        except ValueError as error:
            if whole:
                raise _broken(path, line) from error
            return
        STATEMENT_SIZE.check(at - counted, line=line)
        yield Row(line, cells_of(found))
        at = _separated(text, at)
    if whole and text[at : at + 1] != "]":
        raise _broken(path, line)


def _lines(text: str, path: Path, *, whole: bool) -> Iterator[Row]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        check_time()
        if not line.strip():
            continue
        STATEMENT_SIZE.check(len(line), line=number)
        try:
            found = json.loads(line)
        except RecursionError as error:
            raise NESTING.error(line=number) from error
        except ValueError as error:
            if not whole and number == len(lines):
                return
            raise _broken(path, number) from error
        if not isinstance(found, dict):
            raise _broken(path, number)
        yield Row(number, cells_of(found))


def _broken(path: Path, line: int) -> SourceError:
    return SourceError(path, "this is no object in JSON; correct it, or get the file again.", line=line)


def _next(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _separated(text: str, at: int) -> int:
    found = _SEPARATOR.match(text, at)
    return found.end() if found else at


def _cell(value: Any) -> str | None:
    """Write a value as a cell: a list of texts is paragraphs, another list is nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(value) if value and all(isinstance(one, str) for one in value) else None
    if value is None or isinstance(value, bool):
        return ""
    return str(value)
