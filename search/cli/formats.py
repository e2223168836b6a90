"""Tables on the command line: aligned on a terminal, or in a form that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from onrecord.search.cli.options import Function
from onrecord.search.cli.screen import Screen, cells
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.research.tables import Table, Value, shown

__all__ = ["format_option", "write_table"]

_GAP = "  "
_SHORTEST = 8  # cells that a column of names is left


def format_option() -> Callable[[Function], Function]:
    """Add the option that says in which form a table is written."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "tsv", "jsonl", "md"]),
        default="table",
        help="How to write the table; all but the first have the query of each row.",
    )


def write_table(table: Table, form: str, *, hidden: Sequence[str] = ()) -> None:
    """Write a table to stdout; ``hidden`` columns are left out of what people read."""
    if form == "jsonl":
        write_lines(json_line(row) + b"\n" for row in table.as_dicts())
        return
    safe = Table(table.columns, tuple(tuple(map(_printable, row)) for row in table.rows))
    if form == "table":
        for line in aligned(safe.without(*hidden), Screen.of(sys.stdout)):
            click.echo(line)
        return
    written = {"csv": safe.csv, "tsv": safe.tsv, "md": safe.markdown}[form]()
    click.echo(written.encode(), nl=False)  # UTF-8 in every locale


def _printable(value: Value) -> Value:
    return printable(value) if isinstance(value, str) else value


def aligned(table: Table, screen: Screen) -> Iterator[str]:
    """Yield the lines of a table, numbers to the right; names are cut where it is wider than the screen."""
    rows = [[shown(value) for value in row] for row in table.rows]
    heads = [column.name.replace("_", " ") for column in table.columns]
    widths = [max(map(cells, column)) for column in zip(heads, *rows, strict=True)]
    if screen.width is not None:
        _narrow(widths, table, screen.width)
    for number, row in enumerate([heads, *rows]):
        laid = [
            screen.padded(text, width, right=column.number)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        ]
        line = _GAP.join(laid).rstrip()
        yield screen.bold(line) if not number else line


def _narrow(widths: list[int], table: Table, width: int) -> None:
    """Take from the widest columns of names what goes beyond a width."""
    names = [at for at, column in enumerate(table.columns) if not column.number]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and names:
        widest = max(names, key=widths.__getitem__)
        if widths[widest] <= _SHORTEST:
            return
        widths[widest] -= 1
