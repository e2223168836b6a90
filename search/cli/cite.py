"""The command `onrecord cite`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.indexer.address import parse_address
from onrecord.search.citation.cite import Format, facts_of
from onrecord.search.citation.cite import cite as written
from onrecord.search.citation.footnotes import Style
from onrecord.search.cli.options import NEEDS_EYES, shared_options
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.index import open_index

__all__ = ["cite"]


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option(
    "--format",
    "form",
    type=click.Choice([one.value for one in Format]),
    default=Format.FOOTNOTE.value,
    help="What to write.",
)
@click.option(
    "--style",
    type=click.Choice([one.value for one in Style]),
    default=Style.UN.value,
    help="How a footnote is written.",
)
@click.option("--quote", is_flag=True, help="Add the words of the paragraph.")
@click.option("--base-url", metavar="URL", help="Where addresses are looked up; they are put behind it.")
@click.option("--accessed", metavar="DATE", help="The day on which the URL was looked at.")
@shared_options()
@click.pass_context
def cite(
    ctx: click.Context,
    /,
    addresses: tuple[str, ...],
    folder: Path | str,
    *,
    form: str,
    style: str,
    quote: bool,
    base_url: str | None,
    accessed: str | None,
    as_json: bool,
) -> None:
    """Write the citation of a paragraph, or of a whole statement.

        onrecord cite panama-1973#4 --format bibtex

    Each has the lasting address, which leads to the words wherever they move. What
    is not known is left out, and named on stderr. The number of a paragraph is the
    one printed before it, else its place. The exit code is 3 where the words that an
    address cites are no longer there. With --json, one object a citation.
    """
    with open_index(folder) as index:
        passages = [index.show(address, context=0) for address in addresses]
    cited = [
        (passage[0], parse_address(address).number is None)
        for passage, address in zip(passages, addresses, strict=True)
    ]
    statements = facts_of(cited, format=form, base_url=base_url, quote=quote, accessed=accessed)
    for passage in passages:
        if passage.note:
            click.echo(printable(passage.note), err=True)
    for facts in statements:
        if facts.missing:
            unknown = ", ".join(facts.missing)
            click.echo(printable(f"{facts.addresses[0]}: not known and left out: {unknown}."), err=True)
    if as_json:
        for facts in statements:
            text = written([facts], format=form, style=style)
            plain = {"addresses": facts.addresses, "citation": text, "missing": facts.missing}
            click.echo(json_line(plain))
    else:
        text = written(statements, format=form, style=style)
        click.echo("\n".join(map(printable, text.split("\n"))))
    if not all(passage.words_found for passage in passages):
        ctx.exit(NEEDS_EYES)
