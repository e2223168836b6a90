"""The command `onrecord status`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.search.cli.options import shared_options
from onrecord.search.cli.render import status_block
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line
from onrecord.search.index import open_index

__all__ = ["status"]


@click.command()
@shared_options()
def status(folder: Path | str, *, as_json: bool) -> None:
    """Count what is in the index.

        onrecord status

    Statements, paragraphs, dates and languages; the speakers and forums with the
    most paragraphs; with --json, all of them in one object.
    """
    with open_index(folder) as index:
        counted = index.status()
    click.echo(json_line(counted.as_dict()) if as_json else status_block(counted, Screen.of(sys.stdout)))
