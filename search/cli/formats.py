"""Tables on the command line: aligned on a terminal, or in a form that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from onrecord.indexer.address import short_address
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
    """Yield the lines of a table, numbers to the right.

    Where it is wider than the screen addresses become short, then heads of numbers take two lines, then names
    are cut.
    """
    rows = [[shown(value) for value in row] for row in table.rows]
    heads = [[column.name.replace("_", " ")] for column in table.columns]
    if _too_wide(_widths(heads, rows), screen):
        rows = [[*_with_short_addresses(row, table)] for row in rows]
    if _too_wide(_widths(heads, rows), screen):
        heads = [
            head[0].split(" ", 1) if column.number else head
            for head, column in zip(heads, table.columns, strict=True)
        ]
    widths = _widths(heads, rows)
    if screen.width is not None:
        _narrow(widths, table, screen.width)
    above = max(map(len, heads), default=1)
    head_lines = zip(*([*[""] * (above - len(head)), *head] for head in heads), strict=True)
    for line in head_lines:
        yield screen.bold(_laid(line, widths, table, screen))
    for row in rows:
        yield _laid(row, widths, table, screen)


def _laid(row: Sequence[str], widths: Sequence[int], table: Table, screen: Screen) -> str:
    laid = [
        screen.padded(text, width, right=column.number)
        for text, width, column in zip(row, widths, table.columns, strict=True)
    ]
    return _GAP.join(laid).rstrip()


def _widths(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[int]:
    columns = zip(heads, *rows, strict=True)
    return [max(map(cells, [*head, *values])) for head, *values in columns]


def _too_wide(widths: Sequence[int], screen: Screen) -> bool:
    return screen.width is not None and sum(widths) + len(_GAP) * (len(widths) - 1) > screen.width


def _with_short_addresses(row: Sequence[str], table: Table) -> Iterator[str]:
    """Yield the values of a row; the letters of an address say the same as the whole of it."""
    for value, column in zip(row, table.columns, strict=True):
        slug, mark, number = value.partition("#")
        yield f"{short_address(slug)}{mark}{number}" if column.name == "address" else value


def _narrow(widths: list[int], table: Table, width: int) -> None:
    """Take from the widest columns of names what goes beyond a width."""
    names = [at for at, column in enumerate(table.columns) if not column.number]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and names:
        widest = max(names, key=widths.__getitem__)
        if widths[widest] <= _SHORTEST:
            return
        widths[widest] -= 1
