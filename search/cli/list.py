"""The command `onrecord list`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
from whoosh.query import Query

from onrecord.indexer.numbers import counted
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.cli.options import shared_options
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line
from onrecord.search.engine.filters import passing
from onrecord.search.language import read_filters
from onrecord.search.results.listing import (
    ListedFile,
    ListedRoot,
    ListedStatement,
    list_files,
    list_roots,
    list_statements,
)

__all__ = ["list"]

Listed = ListedStatement | ListedFile | ListedRoot


@click.command("list")
@click.option("--files", "what", flag_value="files", help="List the files.")
@click.option("--roots", "what", flag_value="roots", help="List the paths that were indexed or taken out.")
@click.option("--speaker", multiple=True, metavar="NAME", help="Only statements of this speaker.")
@click.option("--person", multiple=True, metavar="NAME", help="Only statements by this person.")
@click.option("--forum", multiple=True, metavar="NAME", help="Only statements in this forum.")
@shared_options(local="list its statements, files and roots")
def list(  # noqa: A001  (a command is its function)
    folder: Path,
    *,
    what: str | None,
    speaker: tuple[str, ...],
    person: tuple[str, ...],
    forum: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the statements of the index, its files, or the paths that were indexed.

        onrecord list --speaker japan

    Statements come in the order of their addresses, files and paths in that of their
    names; a speaker and a forum are found under any of their names, and a person by
    words of the name, as in a search.
    With --json, each is one object on one line.
    """
    if what and person:
        raise click.UsageError(f"--person chooses statements, and goes without --{what}.")
    if what and (speaker or forum):
        raise click.UsageError(f"--speaker and --forum choose statements, and go without --{what}.")
    screen = Screen.of(sys.stdout)
    number = 0
    tree, _ = read_filters(speaker=speaker, person=person, forum=forum)
    for one in _listed(Store(folder).open(), what, tree):
        number += 1
        click.echo(json_line(one.as_dict()) if as_json else screen.filled(_line(one)))
    click.echo(counted(number, (what or "statements").removesuffix("s")), err=True)


def _listed(snapshot: Snapshot, what: str | None, tree: Query | None) -> Iterator[Listed]:
    if what == "files":
        return list_files(snapshot)
    if what == "roots":
        return list_roots(snapshot)
    return list_statements(snapshot, None if tree is None else partial(passing, tree))


def _line(one: Listed) -> str:
    match one:
        case ListedStatement():
            facts = (one.speaker, one.forum, one.date, one.source, counted(one.paragraphs, "paragraph"))
            return "  ".join([one.statement, *filter(None, facts)])
        case ListedFile():
            state = f"not read: {one.error}" if one.error else ""
            return "  ".join(filter(None, [one.path, counted(one.statements, "statement"), state]))
        case ListedRoot():
            held = f"{counted(one.files, 'file')}, {counted(one.statements, 'statement')}"
            return "  ".join([one.path, one.state, *([held] if one.state != "taken out" else [])])
