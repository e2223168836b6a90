"""The command `onrecord serve`."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.errors import NotInstalled
from onrecord.search.cli.options import index_option
from onrecord.search.cli.terminal import printable
from onrecord.search.index import open_index

__all__ = ["serve"]

_ORIGIN = re.compile(r"https?://[^/\s,;'\"]+")
_URL = re.compile(r"https?://[^\s?#]+")


def _read_origin(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Read origins: a scheme, a host, and a port where there is one."""
    for value in values:
        if not _ORIGIN.fullmatch(value):
            raise click.BadParameter(f'"{printable(value)}" is no origin; write https://example.org.')
    return values


def _read_url(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _URL.fullmatch(value):
        raise click.BadParameter(f'"{printable(value)}" is no URL; write https://example.org/record.')
    return value


@click.command()
@click.option("--host", default="127.0.0.1", metavar="HOST", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, metavar="PORT", help="The port.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="How many processes.")
@click.option("--title", default="On Record", metavar="TEXT", help="What the site is called.")
@click.option(
    "--base-url", metavar="URL", callback=_read_url, help="The URL at which it is reached, for citations."
)
@click.option(
    "--cors", multiple=True, metavar="ORIGIN", callback=_read_origin, help="Whose scripts may ask it."
)
@click.option(
    "--embed-from", multiple=True, metavar="ORIGIN", callback=_read_origin, help="Who may show it in a frame."
)
@click.option("--rate", metavar="N/TIME", help="How often a client may ask: 60/min.")
@click.option("--max-limit", type=click.IntRange(1, 10_000), default=200, metavar="N", help="Hits of a page.")
@click.option("--page/--no-page", default=True, help="Pages for people.")
@click.option("--api/--no-api", default=True, help="Answers for programs.")
@click.option("--noindex", is_flag=True, help="Ask search engines to leave it out.")
@index_option()
def serve(folder: Path | str, *, host: str, port: int, workers: int, noindex: bool, **settings: Any) -> None:
    """Serve the index to browsers and programs, until it is stopped.

        onrecord serve --port 8000

    Nothing can be changed through it. It follows the index as it is updated. Put a
    server that speaks TLS before it where others than you can reach it. It needs
    pip install 'onrecord[web]'.
    """
    try:
        from onrecord.search.web.serving import serve as run
    except ModuleNotFoundError as error:
        raise NotInstalled(
            f"The server needs {error.name}, which is not installed; pip install 'onrecord[web]'."
        ) from error
    open_index(folder).close()  # what cannot be opened is said before anything listens
    if not _is_loopback(host):
        click.echo(f"Anyone who can reach {printable(host)} can read the whole index.", err=True)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{printable(shown)}:{port}/ serves {folder}; stop it with Ctrl-C.", err=True)
    given = {"index": str(folder), "indexed": not noindex, **settings}
    run(given, host=host, port=port, workers=workers)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
