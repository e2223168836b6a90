"""The command `onrecord brief`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.search.brief.brief import FORMS, Brief, form_of
from onrecord.search.cli.options import filter_options, shared_options
from onrecord.search.cli.output import STDOUT, output
from onrecord.search.cli.silence import looked_at
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.cli.topics_file import tell_which
from onrecord.search.index import open_index

__all__ = ["brief"]


@click.command()
@click.argument("topics", metavar="TOPICS")
@click.option("-o", "--output", "to", default=STDOUT, metavar="FILE", help="Where to write; - is stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="How to write; without it the ending of the file says so.",
)
@click.option("--silence", is_flag=True, help="List those who spoke, and not on it.")
@click.option("--absent", is_flag=True, help="List those who did not speak.")
@click.option(
    "--quotes",
    type=click.IntRange(min=0),
    default=1,
    metavar="N",
    help="How many sentences to quote of each speaker on each topic.",
)
@click.option(
    "--among",
    default="delegations",
    metavar="KIND|FILE",
    help="Whose statements: delegations, persons, or the delegations of a file, a line each.",
)
@filter_options()
@shared_options()
def brief(
    topics: str,
    folder: Path | str,
    *,
    to: str,
    form: str | None,
    among: str,
    as_json: bool,
    **asked: Any,
) -> None:
    """Write a brief: who spoke on some topics, in which words, and who was silent.

        onrecord brief lancet --since 2018 --until 2018 --silence -o brief.md

    TOPICS is a file of YAML, or the name of one that comes along (lancet,
    disarmament). The ending of the file says the form: md, docx or html. Each
    figure has the command behind it, each quotation a footnote with its address;
    onrecord verify calls every one exact. With --json, a topic is an object a line.
    """
    chosen = form or (form_of(Path(to)) if to != STDOUT else FORMS[0])
    if to == STDOUT and chosen == "docx" and not as_json and sys.stdout.isatty():
        raise click.UsageError("A Word document is nothing for a terminal; write it into a file.")
    with open_index(folder) as index:
        made = index.brief(topics, among=looked_at(among), **asked)
    tell_which(topics)
    for line in _said(made):
        click.echo(printable(line), err=True)
    if as_json:
        write_lines(json_line(one) + b"\n" for one in made.as_dicts())
        if to == STDOUT:
            return
    with output(to) as target:
        if isinstance(target, Path):
            made.save(target, form=chosen)
        else:
            target.write(made.dump(chosen))


def _said(made: Brief) -> list[str]:
    lines = []
    for topic in made.topics:
        spoke, silent = len(topic.silence.spoke), len(topic.silence.silent)
        who = [f"{counted(spoke, 'speaker')} on it", f"{silent:,} not on it"]
        if topic.silence.absent:
            who.append(f"{len(topic.silence.absent):,} did not speak")
        found = f"{counted(topic.paragraphs, 'paragraph')} in {counted(topic.statements, 'statement')}"
        quoted = counted(len(topic.quotations), "quotation")
        lines.append(f"{topic.name}: {found}; {', '.join(who)}; {quoted}")
        if topic.not_quoted:
            some = counted(len(topic.not_quoted), "speaker")
            lines.append(f"{topic.name}: of {some} no sentence can be quoted so that it reads back the same")
        lines += [f"{topic.name}: {note}" for note in topic.silence.notes]
    return lines
