"""The command `onrecord show`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.search.cli.options import shared_options
from onrecord.search.cli.pager import paged
from onrecord.search.cli.render import passage_block
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.index import open_index

__all__ = ["show"]

# Done, and something in it needs a look: the words that were cited are not what stands there.
OTHER_WORDS = 3


@click.command()
@click.argument("address")
@click.option(
    "--context", type=click.IntRange(min=0), default=2, metavar="N", help="How many neighbours on each side."
)
@click.option("--short", is_flag=True, help="Print addresses without their readable part.")
@click.option("--no-pager", is_flag=True, help="Print at once what is longer than the terminal.")
@shared_options()
@click.pass_context
def show(
    ctx: click.Context,
    address: str,
    folder: Path | str,
    *,
    context: int,
    short: bool,
    no_pager: bool,
    as_json: bool,
) -> None:
    """Show one paragraph between its neighbours, or a whole statement.

        onrecord show panama-1973#4

    The ADDRESS is STATEMENT#NUMBER, as search prints it, or STATEMENT for the whole
    of it; the letters at its end are enough. With ~ and the fingerprint of its words
    behind it, the words are found where they have moved to; the exit code is 3 where
    they are no longer there. What is longer than the terminal is shown by $PAGER, else
    less. With --json, each paragraph is one object on one line.
    """
    with open_index(folder) as index:
        passage = index.show(address, context=context)
    if passage.note:
        click.echo(printable(passage.note), err=True)
    if as_json:
        for hit in passage:
            printed = {"address": hit.short_address} if short else {}
            lasting = {"lasting_address": hit.lasting_address, "note": passage.note}
            click.echo(json_line(hit.as_dict() | printed | lasting))
    else:
        paged(passage_block(passage, Screen.of(sys.stdout), short=short), pager=not no_pager)
    if not passage.words_found:
        ctx.exit(OTHER_WORDS)
