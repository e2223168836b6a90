"""A text that is longer than the terminal, a screen at a time: as the manual pages are read."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

import click

from onrecord.search.cli.screen import cells

__all__ = ["paged"]


def paged(text: str, *, pager: bool = True) -> None:
    """Print a text; through ``$PAGER``, else ``less``, where stdout is a terminal that it does not fit on."""
    if pager and sys.stdout.isatty() and _is_longer_than_the_terminal(text):
        click.echo_via_pager(text)
    else:
        click.echo(text)


def _is_longer_than_the_terminal(text: str) -> bool:
    """Tell whether something would be gone from the terminal when the prompt stands below it."""
    width, height = get_terminal_size()
    lines = click.unstyle(text).split("\n")
    return sum(max(-(-cells(line) // width), 1) for line in lines) >= height
