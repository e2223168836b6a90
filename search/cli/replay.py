"""The command `onrecord replay`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.search.cli.options import NEEDS_EYES, shared_options
from onrecord.search.cli.output import output
from onrecord.search.cli.progress import progress_bar
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.index import open_index

__all__ = ["replay"]


@click.command()
@click.argument("record", type=click.Path(path_type=Path), metavar="FILE.record.json")
@click.option("-o", "--output", "to", metavar="FILE", help="Where to write; without it nothing is written.")
@shared_options()
def replay(record: Path, folder: Path | str, *, to: str | None, as_json: bool) -> None:
    """Write an export again from its record: the same bytes, or none.

        onrecord replay ordnance.csv.record.json -o again.csv

    Where other bytes come out, nothing is written, the exit code is 3, and a line
    each says which of the index, the lexicon and the program is another than it was.
    """
    with open_index(folder) as index, progress_bar(threaded=False) as move:
        if to is None:
            again = index.replay(record, progress=move)
        else:
            with output(to) as target:
                again = index.replay(record, target, progress=move)
    outcome = "The same bytes come out" if again.same else "Other bytes come out, and none was written"
    click.echo(f"{outcome} ({again.record.rows:,} rows, SHA-256 {again.record.sha256}).", err=True)
    for one in again.differs:
        click.echo(printable(one), err=True)
    if as_json:
        click.echo(
            json_line({"same": again.same, "differs": again.differs, "record": again.record.as_dict()})
        )
    if not again.same:
        click.get_current_context().exit(NEEDS_EYES)
