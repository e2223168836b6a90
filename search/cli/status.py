"""The command `onrecord status`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search import open_index
from search.cli.options import shared_options
from search.cli.page import Page
from search.cli.render import status_block
from search.cli.terminal import json_line

__all__ = ["status"]


@click.command()
@shared_options()
def status(folder: Path, *, as_json: bool) -> None:
    """Count what is in the index.

        onrecord status

    Statements, paragraphs, dates and languages; the speakers and forums with the
    most paragraphs; with --json, all of them in one object.
    """
    with open_index(folder) as index:
        counted = index.status()
    click.echo(json_line(counted.as_dict()) if as_json else status_block(counted, Page.of(sys.stdout)))
