"""The data tables that lie beside these modules, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

__all__ = ["LEXICON_LANGUAGES", "listed", "read_table", "rows"]

#: The languages that the lexicon has names in, a column each.
LEXICON_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def rows(name: str, *, beside: str = __file__) -> Iterator[dict[str, str]]:
    """Read the rows of a table, a dictionary each, by the names in its first line."""
    yield from csv.DictReader(read_table(name, beside=beside).splitlines())


def read_table(name: str, *, beside: str = __file__) -> str:
    """Return a table as text; ``beside`` is the module it lies beside."""
    return Path(beside).with_name(name).read_text(encoding="utf-8")


def listed(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values.

    >>> listed("Genève|Ginebra"), listed("")
    (('Genève', 'Ginebra'), ())
    """
    return tuple(cell.split("|")) if cell else ()
