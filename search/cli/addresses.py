"""The command `onrecord addresses`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.search.cli.options import shared_options
from onrecord.search.cli.terminal import json_line
from onrecord.search.index import open_index

__all__ = ["addresses"]


@click.command()
@shared_options()
def addresses(folder: Path | str, *, as_json: bool) -> None:
    """Print every address that the index ever gave, with what became of it.

        onrecord addresses > addresses.jsonl

    Each is one object on one line: the address, where it leads now (null where its
    statement was taken out), the file it came from, and a hash of the words. A new
    index takes them over with onrecord index PATH --addresses FILE.
    """
    with open_index(folder) as index:
        for address in index.addresses():
            click.echo(json_line(address.as_dict()))
