"""The command `onrecord show`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.search.cli.options import shared_options
from onrecord.search.cli.render import passage_block
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line
from onrecord.search.index import open_index

__all__ = ["show"]


@click.command()
@click.argument("address")
@click.option(
    "--context", type=click.IntRange(min=0), default=2, metavar="N", help="How many neighbours on each side."
)
@shared_options()
def show(address: str, folder: Path, *, context: int, as_json: bool) -> None:
    """Show one paragraph between its neighbours, or a whole statement.

        onrecord show panama-1973#4

    The ADDRESS is STATEMENT#NUMBER, as search prints it, or STATEMENT for the
    whole of it. With --json, each paragraph is one object on one line.
    """
    with open_index(folder) as index:
        passage = index.show(address, context=context)
    if as_json:
        for hit in passage:
            click.echo(json_line(hit.as_dict()))
    else:
        click.echo(passage_block(passage, Screen.of(sys.stdout)))
