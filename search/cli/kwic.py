"""The command `onrecord kwic`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.kwic_table import COLUMNS, table_of
from onrecord.search.cli.options import Function, filter_options, read_limit, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.summary import what_is_hidden
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.index import open_index

if TYPE_CHECKING:
    from onrecord.search.research.concordances.concordance import Concordance

__all__ = ["kwic"]

_COUNT = click.IntRange(min=0)
# The table of a file or a pipe, which have no width; and the narrowest.
_PLAIN_WIDTH = 160
_NARROWEST = 40
_SORTED = {
    "right": "by the words behind",
    "left": "by the words before",
    "node": "by the words found",
    "newest": "newest first",
    "oldest": "oldest first",
    "speaker": "by speaker",
    "address": "by address",
}


def _read_width(value: str) -> int | None:
    """Read a number of cells, or ``auto``, which becomes None."""
    if value == "auto":
        return None
    if not value.isdecimal() or not _NARROWEST <= int(value[:9]) <= 10_000:
        raise click.BadParameter(
            f'"{printable(value)}" is not a width; write a number from {_NARROWEST} to 10000, or auto.'
        )
    return int(value)


def _read_columns(value: str) -> tuple[str, ...]:
    """Read names of columns with commas between."""
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    for name in names:
        if name not in COLUMNS:
            raise click.BadParameter(f'"{printable(name)}" is no column; write {", ".join(COLUMNS)}.')
    return names


def _page_options(function: Function) -> Function:
    """Add the options that say which lines are shown, and how."""
    options = [
        click.option("--window", type=_COUNT, default=8, metavar="N", help="How many words on each side."),
        click.option(
            "--unit",
            type=click.Choice(["words", "sentence", "paragraph"]),
            default="words",
            help="Words, the sentence (a guess), or the paragraph.",
        ),
        click.option(
            "--sort",
            type=click.Choice(list(_SORTED)),
            default="right",
            help="By the words behind, before, found; by date, speaker, address.",
        ),
        click.option("--node", metavar="WORDS", help="Of a query of several words, those to list."),
        click.option("--sample", type=_COUNT, metavar="N", help="So many lines, drawn by chance."),
        click.option(
            "--seed", type=int, default=0, metavar="S", help="Of a sample: another seed draws other lines."
        ),
        click.option(
            "--limit", type=read_limit, default="50", metavar="N|all", help="How many lines to print."
        ),
        click.option("--offset", type=_COUNT, default=0, metavar="N", help="How many lines to pass over."),
        click.option(
            "--columns",
            type=_read_columns,
            default="speaker,date,address",
            metavar="NAMES",
            help=f"What to print beside the words: {', '.join(COLUMNS)}.",
        ),
        click.option("--width", type=_read_width, default="auto", metavar="auto|N", help="Cells of a line."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@filter_options()
@_page_options
@shared_options()
def kwic(
    query: tuple[str, ...],
    folder: Path | str,
    *,
    columns: tuple[str, ...],
    width: int | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """List every place where words stand, a line each, between the words around it.

        onrecord kwic '"cluster munitions"' --sort right --limit 20

    Each stretch that a search would mark is a line: a phrase is one, of several
    words each has its own. The context ends where the paragraph does. A sample
    depends on the addresses and the seed alone, so that it is the same in every
    index of the same texts. Addresses are short; onrecord show opens them. With
    --json, each line is one object on one line.
    """
    with open_index(folder) as index:
        found = index.kwic(" ".join(query), **asked)
    for line in _what_was_found(found):
        click.echo(printable(line), err=True)
    if as_json:
        write_lines(json_line(line.as_dict()) + b"\n" for line in found.stream())
        return
    screen = Screen.of(sys.stdout)
    table = table_of(found.stream(), screen, width=width or screen.width or _PLAIN_WIDTH, columns=columns)
    for row in table:
        click.echo(row)


def _what_was_found(found: Concordance) -> Iterator[str]:
    """Say how many lines there are, which are shown, and how the query was understood."""
    order = found.order
    last = found.sampled if order.stop is None else min(found.sampled, order.stop)
    drawn = f"{found.sampled:,} drawn by seed {order.seed} of " if found.sampled < found.total else ""
    total = f"{drawn}{counted(found.total, 'line')} in {counted(found.paragraphs, 'paragraph')}"
    total += f", {counted(found.statements, 'statement')}"
    if last > order.offset:
        total += f" (showing {order.offset + 1:,}-{last:,}, {_SORTED[order.sort.value]})"
    elif found.sampled and order.limit != 0:
        total += f" (none after the first {order.offset:,})"
    yield f"{total} for {found.understood}"
    yield from what_is_hidden(found.results)
