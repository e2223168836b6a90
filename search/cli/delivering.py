"""Where news of saved searches go: the options that say so, and one delivery with what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onrecord.search.alerts.delivery import Delivery, Outputs, deliver, what_is_new
from onrecord.search.alerts.digest import DigestForm, counts_of, digest
from onrecord.search.alerts.feeds import KEPT
from onrecord.search.alerts.ledger import Ledger, ledger_beside
from onrecord.search.alerts.news import News
from onrecord.search.alerts.saved_file import SavedSearches
from onrecord.search.alerts.topic_searches import searches_of_topics
from onrecord.search.alerts.webhook import Webhook
from onrecord.search.cli.options import Function
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.cli.topics_file import tell_which
from onrecord.search.index import open_index

__all__ = ["Delivering", "delivery_options"]

_OPTIONS: tuple[Callable[[Function], Function], ...] = (
    click.option(
        "--to", "to", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where files go."
    ),
    click.option("--atom", is_flag=True, help="Keep an Atom feed of each search (NAME.atom)."),
    click.option("--json-feed", is_flag=True, help="Keep a JSON feed of each search (NAME.json)."),
    click.option(
        "--digest",
        "form",
        type=click.Choice([form.value for form in DigestForm]),
        help="Write what to read: into a file of its own, or without --to on stdout.",
    ),
    click.option("--jsonl", is_flag=True, help="Add a line for each piece of news (NAME.jsonl)."),
    click.option(
        "--webhook", "url", metavar="URL", help="Send them to a program, signed where there is a secret."
    ),
    click.option(
        "--allow-private", is_flag=True, help="The URL may be of this machine or a private network."
    ),
    click.option("--keep", type=click.IntRange(min=0), default=KEPT, metavar="N", help="Entries feeds keep."),
    click.option("--base-url", metavar="URL", help="Where addresses lead to."),
    click.option(
        "--topics", metavar="FILE", help="The topics of a file of YAML instead; or of lancet, disarmament."
    ),
    click.option("--since-first", is_flag=True, help="At first, take all there is for delivered."),
)


def delivery_options(function: Function) -> Function:
    """Add the options that say where news go; they are those of `Delivering.of`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Delivering:
    """How news are delivered: to files and programs, or printed."""

    outputs: Outputs
    printed: DigestForm | None
    as_json: bool
    since_first: bool
    topics: str | None

    @classmethod
    def of(cls, *, as_json: bool, since_first: bool, topics: str | None, **asked: Any) -> Delivering:
        """Make of the options what they mean together."""
        outputs, printed = _outputs(as_json=as_json, **asked)
        return cls(outputs, printed, as_json, since_first, topics)

    def run(self, folder: Path | str, names: Sequence[str] = (), *, dry_run: bool = False) -> Delivery:
        """Deliver the news of an index once, or only say them, and say of each search how much there was."""
        at = datetime.now(UTC)

        def told(found: Sequence[News]) -> None:
            self._print(found, at)

        saved = SavedSearches.beside(folder) if self.topics is None else _of_topics(self.topics)
        how: Any = {"names": names, "at": at, "since_first": self.since_first}
        with open_index(folder) as index:
            if dry_run:
                done = what_is_new(index, saved, Ledger.read(ledger_beside(folder)), **how)
                told(done.news)
            else:
                done = deliver(index, folder, self.outputs, saved=saved, told=told, **how)
        _say(done, since_first=self.since_first)
        return done

    def _print(self, found: Sequence[News], at: datetime) -> None:
        if self.as_json:
            lines = (json_line(one.as_dict(news.saved.name)) for news in found for one in news.entries())
            write_lines(line + b"\n" for line in lines)
        elif self.printed is not None and any(found):
            day, base_url = at.astimezone().date(), self.outputs.base_url
            click.echo(digest(found, day=day, form=self.printed, base_url=base_url), nl=False)


def _of_topics(path: str) -> SavedSearches:
    tell_which(path)
    return SavedSearches(Path(path), searches_of_topics(path))


def _outputs(
    *,
    to: Path | None,
    atom: bool,
    json_feed: bool,
    form: str | None,
    jsonl: bool,
    url: str | None,
    allow_private: bool,
    as_json: bool,
    **more: Any,
) -> tuple[Outputs, DigestForm | None]:
    """Return where the news go, and in which form they are printed, if any."""
    if to is None and (atom or json_feed or jsonl):
        raise click.UsageError("Feeds and lines are kept in files; name their folder with --to DIR.")
    if allow_private and url is None:
        raise click.UsageError("--allow-private is said of a --webhook.")
    webhook = None if url is None else Webhook.of(url, allow_private=allow_private)
    wanted = None if form is None else DigestForm(form)
    if to is None:
        printed = wanted or (None if webhook else DigestForm.TEXT)
        return Outputs(webhook=webhook, **more), None if as_json else printed
    usual = not (atom or json_feed or jsonl or wanted)
    return (
        Outputs(to, atom or usual, json_feed, jsonl, wanted, webhook, **more),
        None,
    )


def _say(done: Delivery, *, since_first: bool) -> None:
    """Say of each search how much there was of it, and what someone should look at."""
    for news in done.news:
        said = counts_of(news)
        if news.first and since_first:
            said = f"{news.delivered.paragraphs:,} taken for delivered"
        elif news.first and news.new:
            said += " (the first run; --since-first takes what there is for delivered)"
        if news.other_question:
            said += ", the question being another one"
        click.echo(printable(f"{news.saved.name}: {said}, of {news.total:,} for {news.understood}"), err=True)
    if not done.news and not done.needs_eyes:
        click.echo("There is no saved search; onrecord saved add saves one.", err=True)
    for fault in (*done.left_out, *done.failed):
        click.echo(printable(fault), err=True)
