"""A table of values, and the forms in which it is written: CSV, TSV, Markdown, HTML, data frames.

A value is a text, a number or None, which is an empty cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.indexer.errors import QueryError

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Column", "Table", "Value", "shown"]

Value = str | int | float | None
# How a spreadsheet tells a formula; such a text gets an apostrophe before it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether it holds numbers."""

    name: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
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
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.names)
        body = "".join(
            "<tr>"
            + "".join(
                f"<td{_align(column)}>{escape(shown(value))}</td>"
                for column, value in zip(self.columns, row, strict=True)
            )
            + "</tr>"
            for row in self.rows
        )
        titled = f"<caption>{escape(caption)}</caption>" if caption else ""
        return f"<table>{titled}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a data frame of pandas (`QueryError` where it is not installed)."""
        frame: pandas.DataFrame = _maker("pandas")(self._columns())
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a data frame of Polars (`QueryError` where it is not installed)."""
        frame: polars.DataFrame = _maker("polars")(self._columns())
        return frame

    def _columns(self) -> dict[str, list[Value]]:
        return {name: [row[at] for row in self.rows] for at, name in enumerate(self.names)}


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


def _align(column: Column) -> str:
    return ' style="text-align: right"' if column.number else ""


def _maker(package: str) -> Callable[[dict[str, list[Value]]], Any]:
    try:
        maker: Callable[[dict[str, list[Value]]], Any] = import_module(package).DataFrame
    except ImportError as error:
        raise QueryError(
            f"{package} is not installed; pip install {package}, or take as_dicts().", query=package
        ) from error
    return maker
