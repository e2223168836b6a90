"""The data tables that lie beside these modules, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

__all__ = ["listed", "rows"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read the rows of a table, a dictionary each, by the names in its first line."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def listed(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values.

    >>> listed("Genève|Ginebra"), listed("")
    (('Genève', 'Ginebra'), ())
    """
    return tuple(cell.split("|")) if cell else ()
