"""Lines to stdout, and what of a text a terminal may be given."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import click

from onrecord.search.results.shown_text import json_escaped, json_line, printable

__all__ = ["json_escaped", "json_line", "printable", "write_lines"]

# Lines that are written each by itself, and then the bytes that are gathered: each writing is flushed.
_AT_ONCE = 10
_GATHERED = 1 << 16


def write_lines(lines: Iterable[bytes]) -> None:
    """Write lines to stdout, the first of them at once: whoever reads a pipe need not wait for the rest."""
    rest = iter(lines)
    for line in islice(rest, _AT_ONCE):
        click.echo(line, nl=False)
    gathered = bytearray()
    for line in rest:
        gathered += line
        if len(gathered) >= _GATHERED:
            click.echo(gathered, nl=False)
            gathered = bytearray()
    click.echo(gathered, nl=False)
