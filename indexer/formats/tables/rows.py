"""Tables as rows, whatever file they lie in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Row", "Table"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by the names of their columns, and the line on which it begins, or its number."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, and its rows, which are read as they are asked for."""

    names: tuple[str, ...]
    rows: Iterator[Row]
