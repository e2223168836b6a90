"""Files of topics as commands take them: read, and told where one that comes along was meant."""

from __future__ import annotations

import click

from onrecord.search.cli.terminal import printable
from onrecord.search.research.topics import Topic, read_topics, shipped_instead

__all__ = ["read_and_tell", "tell_which"]


def read_and_tell(path: str) -> dict[str, Topic]:
    """Read a file of topics; say on stderr where it is one that comes with On Record."""
    topics = read_topics(path)
    tell_which(path)
    return topics


def tell_which(path: str) -> None:
    """Say on stderr where a file that comes with On Record stands in for one that is not there."""
    instead = shipped_instead(path)
    if instead is not None:
        click.echo(
            printable(f"There is no {path}; taken was {instead}, which comes with On Record."), err=True
        )
