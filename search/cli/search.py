"""The command `onrecord search`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.search.cli.options import filter_options, read_limit, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.render import hit_block
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.summary import forms_that_were_found, what_is_hidden, what_was_found
from onrecord.search.cli.terminal import printable, write_lines
from onrecord.search.index import open_index
from onrecord.search.request import Request

__all__ = ["search"]

_COUNT = click.IntRange(min=0)


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@filter_options()
@click.option("--any", "match", flag_value="any", help="Any of the words, and not all; best first.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "statement", "newest", "oldest", "address"]),
    default="relevance",
    help="Which come first; with statement, all that a statement says counts too.",
)
@click.option(
    "--limit",
    type=read_limit,
    default="10",
    metavar="N|all",
    help="How many hits to print; 0 counts the forms of each word.",
)
@click.option("--offset", type=_COUNT, default=0, metavar="N", help="How many hits to pass over.")
@click.option("--context", type=_COUNT, default=0, metavar="N", help="How many neighbours on each side.")
@click.option("--full", is_flag=True, help="Print whole paragraphs, and not what is around the words found.")
@click.option("--short", is_flag=True, help="Print addresses without their readable part.")
@shared_options()
def search(
    query: tuple[str, ...], folder: Path | str, *, full: bool, short: bool, as_json: bool, **asked: Any
) -> None:
    """Find the paragraphs that hold all the words, best first.

        onrecord search '"unexploded ordnance" OR mines -naval' --speaker Japan

    A phrase stands in double quotation marks, and these in single ones, so that
    the shell leaves them alone. OR, parentheses, prefix*, speaker:japan and
    date:2019..2021 are understood; a minus leaves a word out. After -- nothing is
    an option. With --json, each hit is one object on one line.
    """
    with open_index(folder) as index:
        results = index.ask(Request.of(" ".join(query), **asked))
    click.echo(printable(what_was_found(results)), err=True)
    for line in what_is_hidden(results):
        click.echo(printable(line), err=True)
    if results.limit == 0:  # who asks for no hits counts
        for line in forms_that_were_found(results):
            click.echo(printable(line), err=True)
    if as_json:
        from onrecord.search.cli.hit_lines import HitLines  # nothing that people who read need
        from onrecord.search.results.two_processes import lines_of

        write_lines(lines_of(results, HitLines(short=short).line))
        return
    page = Screen.of(sys.stdout)
    for hit in results.stream():
        click.echo(hit_block(hit, page, full=full, short=short))
