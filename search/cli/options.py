"""The options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from onrecord.search.cli.terminal import printable

__all__ = ["ALL", "NEEDS_EYES", "Function", "read_limit", "shared_options"]

#: The exit code of a command that has done what it was asked, and met something for a person to look at.
NEEDS_EYES = 3

#: A command before Click has made it one.
Function = Callable[..., None]
#: What to write for a limit that is none.
ALL = "all"
_NUMBER = re.compile(r"0*[0-9]{1,18}")


def shared_options() -> Callable[[Function], Function]:
    """Add the options of every command: ``--index`` as ``folder`` and ``--json`` as ``as_json``."""

    def decorate(function: Function) -> Function:
        folder = click.option(
            "-i",
            "--index",
            "folder",
            type=click.Path(path_type=Path),
            envvar="ONRECORD_INDEX",
            default=".onrecord",
            show_envvar=True,
            metavar="DIR",
            help="The folder of the index.",
        )
        as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
        return folder(as_json(function))

    return decorate


def read_limit(value: str) -> int | None:
    """Read a number of hits from 0 up, or ``all``, which becomes None."""
    if value == ALL:
        return None
    if not _NUMBER.fullmatch(value):
        typed = printable(value)
        raise click.BadParameter(f'"{typed}" is not a number of hits; write a number from 0 up, or {ALL}.')
    return int(value)
