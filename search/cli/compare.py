"""The command `onrecord compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.formats import format_option, write_table
from onrecord.search.cli.options import filter_options, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.terminal import printable
from onrecord.search.index import open_index
from onrecord.search.research.comparisons.comparison import Comparison, Side
from onrecord.search.research.comparisons.keyness import Measure

__all__ = ["compare"]


@click.command(cls=QueryCommand)
@click.argument("a")
@click.argument("b")
@click.argument("query", nargs=-1)
@click.option("--words", type=click.IntRange(min=0), default=30, metavar="N", help="How many words a side.")
@click.option(
    "--min",
    "minimum",
    type=click.IntRange(min=1),
    default=5,
    metavar="N",
    help="How often a word stands at least.",
)
@click.option(
    "--measure",
    type=click.Choice([one.value for one in Measure]),
    default=Measure.LOG_LIKELIHOOD.value,
    help="By what words are put in order.",
)
@format_option()
@filter_options()
@shared_options()
def compare(
    a: str,
    b: str,
    query: tuple[str, ...],
    folder: Path | str,
    *,
    words: int,
    minimum: int,
    measure: str,
    form: str,
    as_json: bool,
    **filters: Any,
) -> None:
    """Compare two sides: how often something stands on each, or which words mark them.

        onrecord compare speaker:japan -speaker:japan '"human security"'

    A side is all that a query finds. With a query behind them there are rates, their
    ratio and its interval of 95 %; without one, the words that mark each side.
    """
    with open_index(folder) as index:
        result = index.compare(
            *(a, b, " ".join(query) or None), words=words, minimum=minimum, measure=measure, **filters
        )
    for line in _said(result):
        click.echo(printable(line), err=True)
    write_table(result.table(), "jsonl" if as_json else form)


def _said(result: Comparison) -> list[str]:
    of_both = [f"{name}: {_size(side)}" for name, side in (("a", result.a), ("b", result.b))]
    return [*of_both, *([result.understood] if result.understood else []), *result.notes]


def _size(side: Side) -> str:
    paragraphs, statements = counted(side.paragraphs, "paragraph"), counted(side.statements, "statement")
    return f"{counted(side.words, 'word')} in {paragraphs} in {statements} for {side.understood}"
