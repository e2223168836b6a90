"""The command `onrecord count`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.errors import QueryError
from onrecord.indexer.numbers import counted
from onrecord.search.cli.bars import bar_lines
from onrecord.search.cli.formats import format_option, write_table
from onrecord.search.cli.options import filter_options, shared_options
from onrecord.search.cli.query_command import OptionalFile, QueryCommand
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import printable
from onrecord.search.cli.topics_file import read_and_tell
from onrecord.search.index import open_index
from onrecord.search.research.counts.counting import Questions
from onrecord.search.research.counts.counts import Counts
from onrecord.search.research.topics import Topic
from onrecord.search.research.units import Per, Unit

__all__ = ["count"]

# What people do not read of a table.
_HIDDEN = ("words", "of_speakers", "query")


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option(
    "--by",
    default="year",
    metavar="KEYS",
    help="What to break down by, commas between: year, month, decade, speaker, delegation, person, forum,"
    " place, language, role, speaker-role, topic.",
)
@click.option(
    "--of",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.PARAGRAPHS.value,
    help="What rates, bars and order are of; all of them are counted.",
)
@click.option(
    "--per",
    type=click.Choice([per.value for per in Per]),
    help="Show rates: how many in so much.",
)
@click.option("--query", "named", multiple=True, metavar="NAME=QUERY", help="A question by a name.")
@click.option("--topics", metavar="FILE", help="Questions by name in a file of YAML; or lancet, disarmament.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Print only the first rows.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(["name", "count", "rate"]),
    default="name",
    help="Which rows come first.",
)
@click.option("--found-only", is_flag=True, help="Leave out rows in which nothing was found.")
@format_option()
@click.option(
    "--plot",
    cls=OptionalFile,
    ending=".svg",
    metavar="[FILE.svg]",
    help="Draw bars instead of a table, or into a file.",
)
@filter_options()
@shared_options()
def count(
    query: tuple[str, ...],
    folder: Path | str,
    *,
    named: tuple[str, ...],
    topics: str | None,
    by: str,
    of: str,
    per: str | None,
    top: int | None,
    order: str,
    found_only: bool,
    form: str,
    plot: str | None,
    as_json: bool,
    **filters: Any,
) -> None:
    """Count occurrences, paragraphs, statements and speakers, and what there was to count.

        onrecord count nuclear --by year --since 2010 --plot

    Each row has its numbers beside those of all that passes the filters (of
    paragraphs, of statements, of words), also where nothing was found. What has no
    certain date is in a row of its own. With --json, each row is one object on one
    line, with the query that finds what it counts.
    """
    with open_index(folder) as index:
        counts = index.count(
            _questions(query, named, topics), by=by, of=of, per=per, fill=not found_only, **filters
        )
    counts = counts.sorted_by(order, top=top)
    for line in _said(counts):
        click.echo(printable(line), err=True)
    if plot and plot != OptionalFile.NONE:
        Path(plot).write_text(counts.svg(), "utf-8")
    elif plot:
        for line in bar_lines(counts.bars(), Screen.of(sys.stdout)):
            click.echo(line)
    if plot != OptionalFile.NONE or as_json:
        form = "jsonl" if as_json else form
        write_table(counts.table(named=form in ("table", "md")), form, hidden=_HIDDEN)


def _questions(query: tuple[str, ...], named: tuple[str, ...], topics: str | None) -> Questions:
    """Return the one question, or all that have a name."""
    several: dict[str, Any] = dict(read_and_tell(topics)) if topics else {}
    for one in named:
        name, equals, text = one.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise QueryError(f'"{one}" has no name and question; write --query NAME=QUERY.', query=one)
        several[name.strip()] = Topic(text)
    if query and several:
        raise click.UsageError("A question by itself goes without --query and --topics; give it a name.")
    if not query and not several:
        raise click.UsageError("There is nothing to count; write a query, --query NAME=QUERY or --topics.")
    return several or " ".join(query)


def _said(counts: Counts) -> list[str]:
    """Say what was counted in all, how it was understood, and what has to be known of the numbers."""
    lines = [*counts.summary]
    if len(counts.rows) < len(counts.all_rows):
        lines.append(f"{len(counts.rows):,} of {counted(len(counts.all_rows), 'row')} shown.")
    return [*lines, *counts.notes]
