"""The command `onrecord publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.cli.options import NEEDS_EYES, filter_options, shared_options
from onrecord.search.cli.progress import progress_bar
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.index import open_index
from onrecord.search.publishing.publish import Published
from onrecord.search.publishing.publish import publish as publish_pages

__all__ = ["publish"]


@click.command()
@click.argument("pages", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--base-url", metavar="URL", help="The URL that the pages will have.")
@click.option("--title", metavar="TITLE", default="On Record", help="What the pages are called.")
@click.option("--server", metavar="URL", help="A server of onrecord serve that searches for the pages.")
@filter_options(of_words=False)
@shared_options()
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    pages: Path,
    folder: Path | str,
    *,
    as_json: bool,
    **asked: Any,
) -> None:
    """Write static pages of the statements, to be served by anything.

        onrecord publish site/ --base-url https://example.org/record --forum "First Committee"

    A page a statement, with an anchor a paragraph, citations, lists by speaker, forum
    and year, a feed. A second run writes only what changed, and takes away what is no
    longer published; files of others in DIR stay. The exit code is 3 where one was in
    the way.
    """
    with open_index(folder) as index, progress_bar() as move:
        published = publish_pages(index, pages, progress=move, **asked)
    click.echo(printable(_said(published)), err=True)
    for path, reason in published.left:
        click.echo(printable(f"{path} {reason}; it is left as it is."), err=True)
    for note in published.notes:
        click.echo(note, err=True)
    if as_json:
        write_lines([json_line(published.as_dict()) + b"\n"])
    if published.left:
        ctx.exit(NEEDS_EYES)


def _said(published: Published) -> str:
    there = f"{counted(published.paragraphs, 'paragraph')} in {counted(published.statements, 'statement')}"
    done = f"{published.written:,} written, {published.removed:,} taken away"
    return f"{there}: {counted(published.files, 'file')} in {published.folder}, {done}"
