"""The command `onrecord export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.options import NEEDS_EYES, filter_options, read_limit, shared_options
from onrecord.search.cli.output import STDOUT, output
from onrecord.search.cli.progress import progress_bar
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.terminal import printable
from onrecord.search.exports.formats import Format, read_format
from onrecord.search.exports.run_record import RunRecord
from onrecord.search.index import open_index

__all__ = ["export"]


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@click.option("-o", "--output", "to", required=True, metavar="FILE", help="Where to write; - is stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="How to write; without it the ending of the file says so.",
)
@click.option("--columns", metavar="NAMES", help="What to write of each hit, commas between; or all.")
@click.option("--context", type=click.IntRange(min=0), default=0, metavar="N", help="How many neighbours.")
@click.option(
    "--sort",
    type=click.Choice(["address", "newest", "oldest", "relevance"]),
    default="address",
    help="Which come first.",
)
@click.option("--limit", type=read_limit, default="all", metavar="N|all", help="How many hits to write.")
@click.option("--sample", type=click.IntRange(min=0), metavar="N", help="Only so many, drawn by the seed.")
@click.option("--seed", type=int, default=0, metavar="S", help="Another seed draws another sample.")
@click.option(
    "--record", type=click.Path(path_type=Path), metavar="FILE", help="Where to keep the run record."
)
@click.option("--no-record", is_flag=True, help="Keep no run record.")
@click.option("--raw", is_flag=True, help="Leave what a spreadsheet takes for formulas as it is (csv).")
@filter_options()
@shared_options()
def export(
    query: tuple[str, ...],
    folder: Path | str,
    *,
    to: str,
    form: str | None,
    record: Path | None,
    no_record: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """Write all hits into a file, with a record of how it came about.

        onrecord export '"unexploded ordnance"' --speaker Japan -o ordnance.csv

    The ending says the form: csv, tsv, jsonl, md, html, sqlite, xlsx, docx or
    parquet. Beside the file stands FILE.record.json, from which onrecord replay
    writes the same bytes again. With --json, that record is printed.
    """
    if to == STDOUT and sys.stdout.isatty() and not read_format(form, path=None).is_text:
        raise click.UsageError(f"{form} is nothing for a terminal; write it into a file.")
    with open_index(folder) as index, output(to) as target, progress_bar(threaded=False) as move:
        if as_json and not isinstance(target, Path):
            raise click.UsageError("The record and the hits cannot both go to stdout; take --record FILE.")
        run = index.export(
            " ".join(query),
            target,
            form=form,
            record=record or not no_record,
            progress=move,
            **asked,
        )
    click.echo(printable(_said(run, to)), err=True)
    for note in run.notes:
        click.echo(printable(note), err=True)
    if as_json:
        click.echo(run.dump(), nl=False)
    if run.notes:
        click.get_current_context().exit(NEEDS_EYES)


def _said(run: RunRecord, to: str) -> str:
    of = f" of {run.paragraphs:,}" if run.rows < run.paragraphs else ""
    found = f"{run.rows:,}{of} paragraphs" if of else counted(run.rows, "paragraph")
    return f"{found} in {counted(run.statements, 'statement')} for {run.understood}"
