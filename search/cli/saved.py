"""The commands `onrecord saved add`, `list`, `show` and `remove`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from onrecord.search.alerts.delivery import forget
from onrecord.search.alerts.saved_file import FILE_NAME, SavedSearches
from onrecord.search.alerts.saved_searches import Saved
from onrecord.search.alerts.topic_searches import searches_of_topics
from onrecord.search.cli.options import NEEDS_EYES, filter_options, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.summary import what_is_hidden, what_was_found
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.cli.topics_file import tell_which
from onrecord.search.exports.whole_file import replaced
from onrecord.search.index import open_index
from onrecord.search.results.hits import Results

__all__ = ["saved"]


@click.group(invoke_without_command=True)
@shared_options()
@click.pass_context
def saved(ctx: click.Context, folder: Path | str, *, as_json: bool) -> None:
    """Keep questions by name, for onrecord alerts: add, list, show, remove.

        onrecord saved add mines 'landmines OR APMBC' --since -30d

    They stand in the file onrecord-saved.yaml, beside the folder of the index, and may
    be edited there. Without a command they are listed. An entry of the file that
    cannot be read is named and passed over, and the exit code is 3.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx, folder, as_json=as_json)
        return
    for option, name in (("folder", "-i"), ("as_json", "--json")):
        if ctx.get_parameter_source(option) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"Write {name} behind the command: onrecord saved list {name} …")


@saved.command(cls=QueryCommand)
@click.argument("name", required=False)
@click.argument("query", nargs=-1)
@click.option(
    "--topics", metavar="FILE", help="Save each topic of a file of YAML; or of lancet, disarmament."
)
@click.option("--any", "any_word", is_flag=True, help="Any of the words, not all.")
@filter_options()
@shared_options()
def add(
    name: str | None,
    query: tuple[str, ...],
    folder: Path | str,
    *,
    topics: str | None,
    any_word: bool,
    as_json: bool,
    **filters: Any,
) -> None:
    """Save a question under a name, or each topic of a file.

        onrecord saved add mines 'landmines OR APMBC' --since -30d

    --since and --until take a date, today, or so many days, weeks, months or
    years before it (-30d, -2w, -6m, -1y), which stays relative. A topic is named
    FILE.TOPIC (lancet.health), as onrecord alerts --topics names it.
    """
    match = "any" if any_word else None
    if topics is not None:
        if name is not None:
            raise click.UsageError("Write a name and a query, or name a file with --topics, and not both.")
        tell_which(topics)
        searches = searches_of_topics(topics, **filters, match=match)
    elif name is None or not query:
        missing = "NAME" if name is None else "QUERY..."
        raise click.UsageError(f"Missing argument '{missing}'.")
    else:
        searches = (Saved.of(name, " ".join(query), **filters, match=match),)
    found = [_ask(folder, one) for one in searches]
    file = SavedSearches.beside(folder)
    text = file.with_more(*searches)
    with replaced(file.path) as part:
        part.write_text(text, "utf-8")
    for one, results in zip(searches, found, strict=True):
        if as_json:
            click.echo(json_line(one.as_dict()))
        _say(f"{one.name} is saved in {FILE_NAME}: ", results)


@saved.command("list")
@shared_options()
@click.pass_context
def list_(ctx: click.Context, folder: Path | str, *, as_json: bool) -> None:
    """List the saved searches, as onrecord saved does.

    onrecord saved list --json
    """
    _list(ctx, folder, as_json=as_json)


@saved.command()
@click.argument("name")
@shared_options()
def show(name: str, folder: Path | str, *, as_json: bool) -> None:
    """Show a saved search as it is written, and how it is understood today.

    onrecord saved show mines
    """
    one = SavedSearches.beside(folder).named(name)
    results = _ask(folder, one)
    click.echo(json_line(one.as_dict()) if as_json else printable_lines(one.written()))
    _say("", results)


@saved.command()
@click.argument("name")
@shared_options()
def remove(name: str, folder: Path | str, *, as_json: bool) -> None:
    """Remove a saved search, and forget what was delivered of it.

    onrecord saved remove mines
    """
    file = SavedSearches.beside(folder)
    one = file.named(name)
    text = file.without(name)
    forget(folder, name)
    with replaced(file.path) as part:
        part.write_text(text, "utf-8")
    if as_json:
        click.echo(json_line(one.as_dict()))
    click.echo(f"{name} is removed from {FILE_NAME}.", err=True)


def printable_lines(text: str) -> str:
    """Return a text without control characters, line by line."""
    return "\n".join(map(printable, text.split("\n")))


def _ask(folder: Path | str, one: Saved) -> Results:
    """Ask a saved search, and read none of it."""
    with open_index(folder) as index:
        return index.ask(one.request(date.today())._replace(limit=0))


def _say(lead: str, results: Results) -> None:
    """Say how a question is understood, what it finds, and what its filters cannot tell."""
    for line in (f"{lead}{what_was_found(results)}", *what_is_hidden(results)):
        click.echo(printable(line), err=True)


def _list(ctx: click.Context, folder: Path | str, *, as_json: bool) -> None:
    file = SavedSearches.beside(folder)
    screen = Screen.of(sys.stdout)
    width = max((len(one.name) for one in file.searches), default=0)
    for one in file.searches:
        if as_json:
            click.echo(json_line(one.as_dict()))
        else:
            click.echo(screen.filled(_line(one), lead=f"{one.name:{width}}  "))
    number = len(file.searches)
    click.echo("1 saved search" if number == 1 else f"{number:,} saved searches", err=True)
    for fault in file.left_out:
        click.echo(printable(fault), err=True)
    if file.left_out:
        ctx.exit(NEEDS_EYES)


def _line(one: Saved) -> str:
    parts = one.as_dict()
    filters = [
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in parts.items()
        if name not in ("name", "query", "grammar")
    ]
    return printable("; ".join([one.query, *filters]))
