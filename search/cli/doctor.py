"""The command `onrecord doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.indexer.doctor.examine import examine
from onrecord.indexer.doctor.findings import Remedy, Repair
from onrecord.indexer.doctor.repair import repair as mend
from onrecord.search.cli.options import NEEDS_EYES, shared_options
from onrecord.search.cli.progress import progress_bar
from onrecord.search.cli.run_summary import failures
from onrecord.search.cli.terminal import json_line, printable

__all__ = ["doctor"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--repair", is_flag=True, help="Make the index whole again.")
@shared_options(local="examine its files")
@click.pass_context
def doctor(ctx: click.Context, paths: tuple[Path, ...], folder: Path, *, repair: bool, as_json: bool) -> None:
    """Say what is wrong with the index, and mend it.

        onrecord doctor --repair

    Every byte is read; each finding is one line. Exit code 1: the index is damaged;
    3: it was mended, and something was lost or could not be read.
    With --repair it is kept if it is whole, else taken back to the generation before,
    else built from the texts that it remembers and those below the PATHs.
    """
    if paths and not repair:
        raise click.UsageError("a PATH goes with --repair.")
    if not repair:
        found = examine(folder)
        if as_json:
            click.echo(json_line(found.as_dict()))
        else:
            for fault in found.faults:
                click.echo(printable(str(fault)))
            click.echo(
                f"generation {found.generation:,}: {'whole' if found.healthy else 'damaged'}", err=True
            )
        ctx.exit(0 if found.healthy else 1)
    with progress_bar(wanted=True) as progress:
        repaired = mend(folder, paths, progress=progress)
    for line in failures(repaired.report) if repaired.report else ():
        click.echo(printable(line), err=True)
    if as_json:
        click.echo(json_line(repaired.as_dict()))
    else:
        for line in _what_was_mended(repaired):
            click.echo(printable(line))
    ctx.exit(NEEDS_EYES if repaired.needs_eyes else 0)


def _what_was_mended(repair: Repair) -> Iterator[str]:
    """Yield a line for each thing that a repair found, did and could not save."""
    for fault in repair.before.faults:
        yield f"found: {fault}"
    for file in repair.swept:
        yield f"swept: {file}"
    for file in repair.lost:
        yield f"lost: {file}: its statements are no longer in the index"
    yield {
        Remedy.KEPT: f"the index is whole: generation {repair.generation:,}",
        Remedy.WENT_BACK: f"went back to the generation before, now generation {repair.generation:,}; "
        "onrecord index brings it up to date",
        Remedy.REBUILT: f"built from the texts: generation {repair.generation:,}",
    }[repair.remedy]
