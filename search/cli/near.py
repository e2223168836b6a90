"""The command `onrecord near`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.options import filter_options, read_limit, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.screen import cells
from onrecord.search.cli.summary import what_is_hidden
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.index import open_index

if TYPE_CHECKING:
    from onrecord.search.research.comparisons.collocates import Collocates

__all__ = ["near"]

_COUNT = click.IntRange(min=0)


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@filter_options()
@click.option("--window", type=_COUNT, default=5, metavar="N", help="How many words on each side are near.")
@click.option("--min", "minimum", type=_COUNT, default=5, metavar="N", help="Leave out words below.")
@click.option(
    "--measure",
    type=click.Choice(["ll", "log-ratio", "mi", "dice"]),
    default="ll",
    help="Which come first: surest, strongest by share, by chance, by overlap.",
)
@click.option("--limit", type=read_limit, default="30", metavar="N|all", help="How many words to print.")
@shared_options()
def near(query: tuple[str, ...], folder: Path | str, *, as_json: bool, **asked: Any) -> None:
    """List the words that stand near others more often than elsewhere.

        onrecord near nuclear --window 5 --min 5

    Near is in the same paragraph; elsewhere is every other word of the paragraphs
    that the options let pass. Both frequencies are shown, the log-likelihood (ll:
    how sure, 15.1 is one in 10,000 by chance) and the log ratio (how much: 3 is
    eight times as common near). Words are as they are written. With --json, each
    word is one object on one line.
    """
    with open_index(folder) as index:
        found = index.near(" ".join(query), **asked)
    click.echo(printable(_what_was_found(found)), err=True)
    for line in what_is_hidden(found.results):
        click.echo(printable(line), err=True)
    if as_json:
        write_lines(json_line(row.as_dict()) + b"\n" for row in found)
        return
    for row in _table(found):
        click.echo(row)


def _what_was_found(found: Collocates) -> str:
    """Say how many words are told of how many, and what stands on both sides."""
    words = f"{counted(found.total, 'word')} near {counted(found.places, 'place')}"
    where = f"in {counted(found.paragraphs, 'paragraph')}, {counted(found.statements, 'statement')}"
    shown = f"showing {len(found):,}, by {found.measure.value}"
    sides = f"{counted(found.near_words, 'word')} near, {found.other_words:,} elsewhere"
    return f"{words} {where} ({shown}; {sides}) for {found.understood}"


def _table(found: Collocates) -> Iterator[str]:
    """Yield a heading and the rows, words padded to the widest."""
    if not found:
        return
    rows = [(printable(row.word), row) for row in found]
    width = max(len("word"), *(cells(word) for word, _ in rows))
    yield (
        f"{'word':<{width}}  {'near':>9}  {'elsewhere':>11}  {'ll':>11}"
        f"  {'log ratio':>9}  {'mi':>6}  {'dice':>7}"
    )
    for word, row in rows:
        yield (
            f"{word}{' ' * (width - cells(word))}  {row.near:>9,}  {row.elsewhere:>11,}  {row.ll:>11,.1f}"
            f"  {row.log_ratio:>9.2f}  {row.mi:>6.2f}  {row.dice:>7.4f}"
        )
