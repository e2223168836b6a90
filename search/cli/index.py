"""The command `onrecord index`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from onrecord.indexer.building.build import SAMPLE
from onrecord.search.cli.options import NEEDS_EYES, shared_options
from onrecord.search.cli.progress import progress_bar
from onrecord.search.cli.report_file import atomic_file, report_in_form_of
from onrecord.search.cli.run_summary import (
    failures,
    what_stays_out,
    what_was_done,
    what_was_found_elsewhere,
    what_was_loaded,
    what_was_not_understood,
)
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.cluster.doors import build, update
from onrecord.search.cluster.doors import remove as take_out

__all__ = ["index"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Build a fresh index and put it in the place of the old one.")
@click.option("--remove", is_flag=True, help="Take the PATHs out and keep them out; the files stay.")
@click.option("--check", is_flag=True, help="Open and compare every file, also those that look unchanged.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=60.0,
    metavar="SECONDS",
    help="How long to wait while another onrecord index is writing.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    default=1024,
    metavar="MB",
    help="How much memory all processes may take together.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Write what is not sure and a sample of what is: as a table (.csv, .md), else as JSON; - is stdout.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=SAMPLE,
    metavar="N",
    help="How many sure values the report draws for a person to check.",
)
@click.option("--seed", type=int, default=0, metavar="S", help="Another number draws another sample.")
@click.option(
    "--addresses",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take over addresses that onrecord addresses printed.",
)
@click.option("--ocr", is_flag=True, help="Read PDF pages that are pictures by text recognition.")
@click.option(
    "--staging",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of the index that a cluster is loaded from.  [default: .onrecord-NAME]",
)
@click.option(
    "--loaders",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many processes load a cluster.  [default: one for two processors, 4 at most]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only what failed or is gone, each of it once.")
@shared_options()
@click.pass_context
def index(
    ctx: click.Context,
    paths: tuple[Path, ...],
    folder: Path | str,
    *,
    rebuild: bool,
    remove: bool,
    check: bool,
    wait: float,
    memory: int,
    report_file: Path | None,
    sample: int,
    seed: int,
    addresses: Path | None,
    ocr: bool,
    staging: Path | None,
    loaders: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Create or update the index from files and folders.

        onrecord index statements/

    New files are added, changed ones replaced, vanished ones dropped. Without a
    PATH, those indexed before are looked through again. A file that cannot be
    read, and a folder that is gone or suddenly empty, are reported and keep what
    the index has of them; the others are indexed all the same, and the exit code is 3.
    A folder that has moved is known again when its new place is named.
    Corrections are taken from onrecord-overrides.yaml beside the texts or above them.
    An index of a cluster is made in a folder first (--staging) and loaded from there.
    """
    _refuse_what_goes_apart(ctx)
    if remove:
        report = take_out(paths, into=folder, staging=staging, loaders=loaders, wait=wait)
    else:
        with progress_bar(wanted=not quiet) as progress:
            run = build if rebuild else partial(update, check=check)
            with atomic_file(report_file) as out:
                report = run(
                    paths,
                    into=folder,
                    staging=staging,
                    loaders=loaders,
                    progress=progress,
                    wait=wait,
                    memory=memory,
                    doubts=report_file is not None,
                    sample=sample,
                    seed=seed,
                    addresses=addresses,
                    ocr=ocr,
                )
                if out is not None and report_file is not None:
                    out.write(report_in_form_of(report_file, report))
    for line in failures(report, again=not quiet):
        click.echo(printable(line), err=True)
    if not quiet:
        click.echo(printable(what_was_done(report)), err=True)
        for line in (
            *what_was_loaded(report),
            *what_was_found_elsewhere(report),
            *(what_stays_out(paths) if remove else ()),
            *what_was_not_understood(report, listed=report_file is not None),
        ):
            click.echo(printable(line), err=True)
    if as_json:
        click.echo(json_line(report.as_dict()))
    ctx.exit(NEEDS_EYES if report.needs_eyes else 0)


def _refuse_what_goes_apart(ctx: click.Context) -> None:
    """Refuse options that go without each other."""
    given = ctx.params
    if given["remove"] and (given["rebuild"] or given["report_file"] or not given["paths"]):
        raise click.UsageError("--remove needs a PATH, and goes without --rebuild and --report.")
    for name in ("check", "addresses", "ocr"):
        if given["remove"] and given[name]:
            raise click.UsageError(f"--remove goes without --{name}.")
    for name in ("staging", "loaders"):
        if given[name] is not None and isinstance(given["folder"], Path):
            raise click.UsageError(f"--{name} goes with the address of an index in a cluster.")
    drawn = (ctx.get_parameter_source(name) for name in ("sample", "seed"))
    if given["report_file"] is None and ParameterSource.COMMANDLINE in drawn:
        raise click.UsageError("--sample and --seed go with --report FILE.")
