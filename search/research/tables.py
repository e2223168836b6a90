"""A table of values, and the forms in which it is written: CSV, TSV, Markdown, HTML, data frames.

A value is a text, a number or None, which is an empty cell.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import Any

from onrecord.search.frames.frame import Frame, Kind
from onrecord.search.frames.notebook import SHOWN, html_table
from onrecord.search.frames.tabular import Tabular

__all__ = ["Column", "Table", "Value", "shown"]

Value = str | int | float | None
# How a spreadsheet tells a formula; such a text gets an apostrophe before it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether it holds numbers; whole ones, unless it is a ``fraction``."""

    name: str
    number: bool = False
    fraction: bool = False

    @property
    def kind(self) -> Kind:
        """What it holds."""
        if not self.number:
            return Kind.TEXT
        return Kind.FRACTION if self.fraction else Kind.WHOLE


@dataclass(frozen=True, slots=True)
class Table(Tabular):
    """Columns, and rows with a value for each."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def without(self, *names: str) -> Table:
        """Return the table without some columns."""
        kept = [at for at, column in enumerate(self.columns) if column.name not in names]
        return Table(
            tuple(self.columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in self.rows)
        )

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return each row as plain data."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    def csv(self) -> str:
        r"""Write the table as CSV (RFC 4180), safe for spreadsheets.

        >>> Table((Column("name"), Column("n", number=True)), (("=1+1", 3), ('a,"b', None))).csv()
        'name,n\r\n\'=1+1,3\r\n"a,""b",\r\n'
        """
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow(self.names)
        writer.writerows([_guarded(value) for value in row] for row in self.rows)
        return written.getvalue()

    def tsv(self) -> str:
        r"""Write the table as values between tabs, a row a line; tabs and line ends become spaces.

        >>> Table((Column("name"),), (("a\tb",),)).tsv()
        'name\na b\n'
        """
        lines = (map(_plain, row) for row in (self.names, *self.rows))
        return "".join("\t".join(" ".join(value.split()) for value in line) + "\n" for line in lines)

    def markdown(self) -> str:
        r"""Write the table as Markdown, numbers to the right.

        >>> print(Table((Column("name"), Column("n", number=True)), (("a|b", 1200),)).markdown(), end="")
        | name | n |
        | --- | ---: |
        | a\|b | 1,200 |
        """
        rules = ("---:" if column.number else "---" for column in self.columns)
        lines = [self.names, tuple(rules), *(tuple(map(shown, row)) for row in self.rows)]
        return "".join(f"| {' | '.join(_in_markdown(value) for value in line)} |\n" for line in lines)

    def html(self, *, caption: str = "") -> str:
        """Write the table as HTML, with headings that a screen reader reads."""
        right = [column.name for column in self.columns if column.number]
        return html_table(
            self.names, (tuple(map(shown, row)) for row in self.rows), caption=caption, right=right
        )

    def in_a_notebook(self, *, caption: str) -> str:
        """Write the first rows as HTML, and say in the caption how many there are more."""
        if (hidden := len(self.rows) - SHOWN) > 0:
            caption += f" ({hidden:,} more rows)"
        return Table(self.columns, tuple(islice(self.rows, SHOWN))).html(caption=caption)

    def frame(self) -> Frame:
        """Return the columns, each by itself."""
        of_each = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        return Frame(
            {
                column.name: (column.kind, list(values))
                for column, values in zip(self.columns, of_each, strict=True)
            }
        )

    def _frame(self) -> Frame:
        return self.frame()


def shown(value: Value) -> str:
    """Write a value for people: thousands apart, rates with three figures.

    >>> shown(1200), shown(0.012345), shown(21.06), shown(None)
    ('1,200', '0.0123', '21.1', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}".removesuffix(".")
    return f"{value:,}" if isinstance(value, int) else value


def _guarded(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


def _in_markdown(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
