"""The command `onrecord verify`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from onrecord.indexer.numbers import counted
from onrecord.indexer.reading.with_notes import TextWithNotes, read_with_notes
from onrecord.indexer.sources.decoding import clean, decode
from onrecord.search.cli.options import NEEDS_EYES, filter_options, shared_options
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line, printable, write_lines
from onrecord.search.index import open_index
from onrecord.search.research.verification.verdict import Grade, Verdict

__all__ = ["verify"]

_STDIN = "-"
# Letters of a quotation that are shown of it, and addresses that are named.
_SHOWN = 76
_NAMED = 3


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", metavar="TEXT", help="The text itself, in the place of a file.")
@click.option(
    "--quotes",
    type=click.Choice(["auto", "lines", "blocks"]),
    default="auto",
    help="What is quoted: what stands in quotation marks and quoted blocks, each line, or each block.",
)
@click.option("--nearest", is_flag=True, help="Show the passages that are nearest to what is absent.")
@filter_options(of_words=False)
@shared_options()
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    file: Path | None,
    folder: Path | str,
    *,
    text: str | None,
    quotes: str,
    nearest: bool,
    as_json: bool,
    **claims: Any,
) -> None:
    """Say of each quotation whether it is what was said, where, and what differs.

        onrecord verify brief.docx

    FILE is a text, Markdown, a web page, DOCX or PDF; - reads a text from stdin. An
    address behind a quotation or in its footnote is where its words have to stand;
    --speaker, --since and the like are said of all. Fewer than four words are too
    short to tell. The exit code is 0 where all are exact and 3 where some are not.
    """
    document = _read(file, text)
    with open_index(folder) as index:
        found = index.verify_text(document.text, quotes=quotes, nearest=3 if nearest else 0, **claims)
    verdicts = [_in_file(verdict, document) for verdict in found]
    click.echo(printable(_summary(verdicts)), err=True)
    if as_json:
        write_lines(json_line(verdict.as_dict()) + b"\n" for verdict in verdicts)
    else:
        screen = Screen.of(sys.stdout)
        for verdict in verdicts:
            click.echo("\n".join(_lines(verdict, screen, places=len(verdicts) > 1)))
    if not verdicts or any(verdict.needs_eyes for verdict in verdicts):
        ctx.exit(NEEDS_EYES)


def _read(file: Path | None, text: str | None) -> TextWithNotes:
    if (file is None) is (text is None):
        raise click.UsageError("Name a file, - for stdin, or give --text.")
    if file is not None and str(file) != _STDIN:
        return read_with_notes(file)
    text = clean(decode(sys.stdin.buffer.read()) if text is None else text)
    return TextWithNotes(text, tuple(range(1, text.count("\n") + 2)))


def _in_file(verdict: Verdict, document: TextWithNotes) -> Verdict:
    """Say the line of the file in the place of that of the text that was made of it."""
    assert verdict.line is not None
    return replace(verdict, line=document.lines[verdict.line - 1])


def _summary(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "No quotation was found; --quotes blocks takes every block of the text for one."
    counts = Counter(verdict.grade for verdict in verdicts)
    grades = ", ".join(f"{counts[grade]:,} {grade.value}" for grade in Grade if counts[grade])
    return f"{counted(len(verdicts), 'quotation')}: {grades}"


def _lines(verdict: Verdict, screen: Screen, *, places: bool) -> list[str]:
    """Lay out a verdict: grade and address, the quotation, then what there is to say of it."""
    place = f"{verdict.line}:{verdict.column}  " if places else ""
    head = f"{place}{verdict.grade.value}"
    if verdict.lasting_address:
        head += f"  {verdict.lasting_address}"
    quoted = " ".join(verdict.quotation.split())
    quoted = quoted if len(quoted) <= _SHOWN else f"{quoted[:_SHOWN]}…"
    lines = [screen.bold(printable(head)), screen.filled(f"“{quoted}”", lead="  ")]
    return [*lines, *(screen.filled(line, lead="  ") for line in _details(verdict))]


def _details(verdict: Verdict) -> list[str]:
    lines = []
    if verdict.differs:
        facts = ", ".join(filter(None, (verdict.speaker, verdict.date, verdict.forum)))
        lines.append(f"not as it is said of its {' and '.join(verdict.differs)}: {facts}")
    if verdict.unsure:
        lines.append(f"{' and '.join(verdict.unsure)} not known of the statement")
    if verdict.edits:
        lines.append("; ".join(map(str, verdict.edits)))
    if verdict.flags:
        lines.append(f"look at: {', '.join(flag.value for flag in verdict.flags)}")
    lines += verdict.notes
    if verdict.also:
        more = len(verdict.also) - _NAMED
        named = ", ".join(verdict.also[:_NAMED])
        lines.append(f"also: {named}{f' and {more:,} more' if more > 0 else ''}")
    for near in verdict.nearest:
        lines.append(f"near: {near.address} ({near.share:.0%} of its words): {near.spoken}")
    return lines
