"""The command `onrecord silence`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.formats import format_option, write_table
from onrecord.search.cli.options import filter_options, shared_options
from onrecord.search.cli.query_command import QueryCommand
from onrecord.search.cli.terminal import printable
from onrecord.search.cli.topics_file import read_and_tell
from onrecord.search.index import open_index
from onrecord.search.research.silence import Among, Silence, read_among
from onrecord.search.research.silences import Silences

__all__ = ["looked_at", "silence"]

_KINDS = ("delegations", "persons")


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("--topics", metavar="FILE", help="Questions by name in a file of YAML; or lancet, disarmament.")
@click.option(
    "--among",
    default="delegations",
    metavar="KIND|FILE",
    help="Whose silence: delegations, persons, or the delegations of a file, a line each.",
)
@click.option("--absent", is_flag=True, help="Name those who gave no statement too.")
@format_option()
@filter_options()
@shared_options()
def silence(
    query: tuple[str, ...],
    folder: Path | str,
    *,
    topics: str | None,
    among: str,
    absent: bool,
    form: str,
    as_json: bool,
    **filters: Any,
) -> None:
    """Say who spoke on something, who spoke and not on it, and who did not speak.

        onrecord silence '"cluster munitions"' --since 2021 --until 2021 --absent

    A delegation is one under all its names, and bears the name of the day. With
    --absent, those who gave no statement are named: the states of the register at
    that date, or those of the file. With --topics, there is a row for each speaker
    on each topic. A mention is evidence, not support. What has no
    certain date or forum is nobody's silence, and counted on stderr.
    """
    if bool(query) is bool(topics):
        raise click.UsageError("Write a query, or name a file with --topics, and not both.")
    with open_index(folder) as index:
        looked = looked_at(among)
        result: Silence | Silences
        if topics:
            result = index.silence(read_and_tell(topics), among=looked, absent=absent, **filters)
            lines = [f"{name}: {line}" for name, one in result.items() for line in _said(one)]
        else:
            result = index.silence(" ".join(query), among=looked, absent=absent, **filters)
            lines = _said(result)
    for line in lines:
        click.echo(printable(line), err=True)
    if as_json:
        from onrecord.search.cli.terminal import json_line, write_lines

        write_lines(json_line(one) + b"\n" for one in result.as_dicts())
        return
    write_table(result.table(), form)


def looked_at(among: str) -> Among:
    """Return the kind of speakers that was typed, or the delegations of a file."""
    return among if among in _KINDS else read_among(among)


def _said(result: Silence) -> list[str]:
    spoke = f"{counted(len(result.spoke), 'speaker')} on it"
    lists = [spoke, f"{len(result.silent):,} not on it"]
    if result.absent:
        lists.append(f"{len(result.absent):,} did not speak")
    return [f"{', '.join(lists)}, for {result.understood}", *result.notes]
