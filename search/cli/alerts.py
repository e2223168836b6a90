"""The command `onrecord alerts`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.search.cli.delivering import Delivering, delivery_options
from onrecord.search.cli.options import NEEDS_EYES, shared_options

__all__ = ["alerts"]


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@delivery_options
@click.option("--dry-run", is_flag=True, help="Say what is new, and deliver and note nothing.")
@shared_options()
@click.pass_context
def alerts(
    ctx: click.Context,
    /,
    names: tuple[str, ...],
    folder: Path | str,
    *,
    dry_run: bool,
    **asked: Any,
) -> None:
    """Deliver what is new, changed or withdrawn of the saved searches, once.

        onrecord alerts --to feeds/ --atom --digest md

    All of them, or those of some NAMEs (onrecord saved). What was delivered is noted
    beside the index. With --topics each topic of a file is such a search, which is
    named FILE.TOPIC (lancet.health). Without a place to go the news are printed, with --json one
    object a line. The secret of --webhook is $ONRECORD_WEBHOOK_SECRET. The exit code
    is 3 where an entry is left out, or news were not taken: the next run brings them.
    """
    if Delivering.of(**asked).run(folder, names, dry_run=dry_run).needs_eyes:
        ctx.exit(NEEDS_EYES)
