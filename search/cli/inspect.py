"""The command `onrecord inspect`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.indexer.errors import NeedsLocalIndex, StoreError
from onrecord.indexer.reading.inspection import inspect as read
from onrecord.search.cli.options import shared_options
from onrecord.search.cli.render import columns_block, statement_block
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line, printable

__all__ = ["inspect"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ocr", is_flag=True, help="Read PDF pages that are pictures by text recognition.")
@shared_options()
def inspect(file: Path, folder: Path | str, *, ocr: bool, as_json: bool) -> None:
    """Show what is understood of a file, and from which words.

        onrecord inspect statements/panama.md

    Of each value the kind of its evidence is said, the line, and the runner-up, where there was one; of what
    is not known, what came nearest. Nothing is indexed; the address is that which the index has for the file,
    if it holds it. What is wrong is put right in onrecord-overrides.yaml, under
    the path of the file or the hash that is shown. With --json, one object is printed: the first statement of
    the file, and where it holds several, all of them as "statements". Of a table, what its columns are
    taken to hold comes first, as a sidecar (NAME.yaml) says it to keep or change it; in JSON it is "table".
    """
    try:
        if not isinstance(folder, Path):
            raise NeedsLocalIndex("name the address of a file")
        inspections = read(file, index=folder, ocr=ocr)
    except StoreError as error:
        click.echo(f"onrecord: {printable(str(error))}", err=True)
        inspections = read(file, ocr=ocr)
    columns = inspections[0].columns
    if as_json:
        statements = [inspection.as_dict() for inspection in inspections]
        more: dict[str, object] = {"statements": statements} if len(statements) > 1 else {}
        if columns is not None:
            more |= {"table": columns.as_dict()}
        click.echo(json_line(statements[0] | more))
    else:
        page = Screen.of(sys.stdout)
        if columns is not None:
            click.echo(columns_block(columns, page, sidecar=file.with_suffix(".yaml").name))
        for inspection in inspections:
            click.echo(statement_block(inspection, page))
