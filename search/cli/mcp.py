"""The command `onrecord mcp`."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click

from onrecord.indexer.errors import NotInstalled
from onrecord.search.cli.options import index_option
from onrecord.search.cli.terminal import printable
from onrecord.search.index import open_index

__all__ = ["mcp"]

_PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):([0-9]{1,5})")
_LAST_PORT = 65_535
_OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
_OPEN_TO_OTHERS = "{host} is not this machine alone: whoever reaches it can read the index."


@click.command()
@click.option(
    "--http", "place", metavar="HOST:PORT", help="Answer over HTTP, below /mcp, as at 127.0.0.1:8765."
)
@click.option("--base-url", metavar="URL", help="Where addresses are looked up; citations have them.")
@index_option()
def mcp(folder: Path | str, *, place: str | None, base_url: str | None) -> None:
    """Answer questions of a language model, as tools (Model Context Protocol).

        onrecord mcp --index statements/.onrecord

    A client starts it and speaks with it over standard input and output; with --http
    it is a server that many share. Seven tools search, read, count, verify and cite,
    and none changes anything. Every quotation comes with its address, and what others
    wrote is set apart as data. A new state of the index is taken up by itself.
    """
    where = None if place is None else _where(place)
    if find_spec("mcp") is None:
        raise NotInstalled(
            "Language models are answered with the library mcp, which is not installed; "
            "pip install 'onrecord[mcp]'."
        )
    with open_index(folder) as index:
        # It takes a second to load.
        from onrecord.search.mcp.server import listening, serve_http, serve_stdio

        if where is None:
            serve_stdio(index, base_url=base_url)
            return
        with listening(where.host, where.port) as taken:
            click.echo(printable(f"Answering at {where.url}; Ctrl-C ends it."), err=True)
            if where.host not in _OWN_MACHINE:
                click.echo(printable(_OPEN_TO_OTHERS.format(host=where.host)), err=True)
            serve_http(index, host=where.host, taken=taken, base_url=base_url)


class _Where(NamedTuple):
    host: str
    port: int

    @property
    def url(self) -> str:
        """The address that a client is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/mcp"


def _where(place: str) -> _Where:
    """Read a host and a port."""
    found = _PLACE.fullmatch(place)
    if found is None or not 0 < int(found[3]) <= _LAST_PORT:
        raise click.BadParameter(
            f'"{printable(place)}" is no HOST:PORT; write 127.0.0.1:8765.', param_hint="--http"
        )
    return _Where(found[1] or found[2], int(found[3]))
