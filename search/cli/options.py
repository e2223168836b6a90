"""The options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cli.terminal import printable

__all__ = ["ALL", "NEEDS_EYES", "Function", "filter_options", "index_option", "read_limit", "shared_options"]

#: The exit code of a command that has done what it was asked, and met something for a person to look at.
NEEDS_EYES = 3

#: A command before Click has made it one.
Function = Callable[..., None]
# How many of `filter_options` are filters.
_FILTERS = 10
#: What to write for a limit that is none.
ALL = "all"
_NUMBER = re.compile(r"0*[0-9]{1,18}")


class _Place(click.Path):
    """Where an index is: its folder, or the address of one in a cluster as it was written.

    ``local`` is what only an index in a folder can do, where a command is nothing else.
    """

    def __init__(self, local: str | None) -> None:
        super().__init__(path_type=Path)
        self._local = local

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the place (`ClusterError`, `NeedsLocalIndex`)."""
        if isinstance(value, str) and "://" in value:
            from onrecord.indexer.cluster.address import is_cluster_address, parse_cluster_address

            if is_cluster_address(value):
                parse_cluster_address(value)
                if self._local is not None:
                    raise NeedsLocalIndex(self._local)
                return value
        return super().convert(value, param, ctx)


def shared_options(*, local: str | None = None) -> Callable[[Function], Function]:
    """Add the options of every command: ``--index`` as ``folder`` and ``--json`` as ``as_json``.

    For ``local`` see `index_option`.
    """

    def decorate(function: Function) -> Function:
        as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
        return index_option(local=local)(as_json(function))

    return decorate


def index_option(*, local: str | None = None) -> Callable[[Function], Function]:
    """Add ``--index`` as ``folder``, which is a text where it is the address of a cluster.

    ``local`` is what a command does that only an index in a folder can do; None where a cluster will do.
    """
    return click.option(
        "-i",
        "--index",
        "folder",
        type=_Place(local),
        envvar="ONRECORD_INDEX",
        default=".onrecord",
        show_envvar=True,
        metavar="DIR",
        help="The folder of the index." if local else "The folder of the index, or its address in a cluster.",
    )


def filter_options(*, of_words: bool = True) -> Callable[[Function], Function]:
    """Add the options that say which statements a question is put to, and how its words are meant.

    They bear the names of `search.request.Options`: a command hands them on as they are. ``of_words`` says
    whether there are words of a question to be meant.
    """
    options: list[Callable[[Function], Function]] = [
        _only("speaker", meaning="this delegation or person"),
        _only("person", meaning="this person, by words of the name"),
        _only("post", meaning="someone of this post"),
        _only("behalf", meaning="what is said on behalf of this group or state"),
        _only("delivered", meaning="what this state delivered for a group"),
        _only("forum", meaning="this forum"),
        _only("place", meaning="this place"),
        _only("language", meaning="this language (en, fr)"),
        click.option(
            "--since", metavar="DATE", help="From 2019, 2019-09 or 2019-09-20 on, that date included."
        ),
        click.option("--until", metavar="DATE", help="Up to a date, that date included."),
        click.option(
            "--mode",
            type=click.Choice(["exact", "normal", "broad"]),
            default="normal",
            help="Words as they are written, in any form and spelling, or under other names too.",
        ),
        click.option("--fold", is_flag=True, help="Of statements that are nearly the same, only one."),
    ]

    def decorate(function: Function) -> Function:
        for option in reversed(options if of_words else options[:_FILTERS]):
            function = option(function)
        return function

    return decorate


def _only(what: str, *, meaning: str) -> Callable[[Function], Function]:
    """Make an option that narrows the question, and may be given several times."""
    return click.option(
        f"--{what}", multiple=True, metavar="NAME", help=f"Only {meaning}; several mean any of them."
    )


def read_limit(value: str) -> int | None:
    """Read a number of hits from 0 up, or ``all``, which becomes None."""
    if value == ALL:
        return None
    if not _NUMBER.fullmatch(value):
        typed = printable(value)
        raise click.BadParameter(f'"{typed}" is not a number of hits; write a number from 0 up, or {ALL}.')
    return int(value)
