"""The command `onrecord completion`."""

from __future__ import annotations

import click

from onrecord.search.cli.completing import SHELLS, VARIABLE

__all__ = ["completion"]


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and the names of an index.

        onrecord completion bash >> ~/.bashrc

    Speakers, persons, forums, places, languages, addresses and saved searches are those
    of the index that -i names on the line, else of $ONRECORD_INDEX, else of .onrecord.
    For fish: onrecord completion fish > ~/.config/fish/completions/onrecord.fish
    """
    program = ctx.find_root().command
    name = program.name or "onrecord"
    click.echo(SHELLS[shell](program, {}, name, VARIABLE).source(), nl=False)
