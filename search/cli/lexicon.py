"""The command `onrecord lexicon`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from onrecord.search.cli.options import NEEDS_EYES, shared_options
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line, printable
from onrecord.search.index import open_index
from onrecord.search.lexicon import LANGUAGES, Entry, FieldLexicon, lexicon_beside

__all__ = ["lexicon"]


@click.command()
@click.argument("word", nargs=-1)
@shared_options()
@click.pass_context
def lexicon(ctx: click.Context, word: tuple[str, ...], folder: Path | str, *, as_json: bool) -> None:
    """List what search --mode broad knows under several names.

        onrecord lexicon NPT

    With a WORD, the entries that have it as an acronym or a name, or in a name,
    in full. The file onrecord-lexicon.csv beside the folder of the index adds to
    the entries and takes out of them; rows of it that are left out are named, and
    the exit code is 3. With --json, each entry is one object on one line.
    """
    field = _of_index(folder)
    typed = " ".join(word)
    listed = field.named(typed) if typed else field.entries
    screen = Screen.of(sys.stdout)
    blocks = _blocks(listed, screen) if typed else _table(listed, screen)
    for line in (json_line(entry.as_dict()) for entry in listed) if as_json else blocks:
        click.echo(line)
    number = "1 entry" if len(listed) == 1 else f"{len(listed):,} entries"
    click.echo(f"{number}; lexicon version {field.version}, {field.hash[:12]}", err=True)
    for fault in field.left_out:
        click.echo(printable(fault), err=True)
    if field.left_out:
        ctx.exit(NEEDS_EYES)


def _of_index(folder: Path | str) -> FieldLexicon:
    if isinstance(folder, Path):  # it need not be there yet
        return lexicon_beside(folder)
    with open_index(folder) as index:
        return index.lexicon()


def _table(listed: Iterable[Entry], screen: Screen) -> Iterator[str]:
    """Yield a line for each entry: its code, what it is, its years, its name."""
    rows = [(printable(entry.code), entry.kind, _years(entry), entry.name) for entry in listed]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for code, kind, years, name in rows:
        lead = f"{code:{widths[0]}}  {kind:{widths[1]}}  {years:{widths[2]}}  "
        yield screen.filled(name, lead=lead)


def _blocks(listed: Iterable[Entry], screen: Screen) -> Iterator[str]:
    """Yield an entry in full: all its forms, a line a language."""
    for number, entry in enumerate(listed):
        if number:
            yield ""
        yield screen.filled("  ".join(filter(None, (entry.code, entry.kind, _years(entry)))))
        for language in LANGUAGES:
            if forms := entry.in_language(language):
                yield screen.filled(" · ".join(forms), lead=f"  {language}  ")
        if guards := "; ".join(_guards(entry)):
            yield screen.filled(guards, lead="  guarded: ")
        yield screen.filled(entry.source, lead="  source: ")


def _guards(entry: Entry) -> Iterator[str]:
    """Say what guards the short forms of an entry."""
    guard = entry.guard
    if guard.capitals:
        yield f"typed in capitals: {', '.join(guard.capitals)}"
    if guard.beside:
        yield f"beside {' or '.join(guard.beside)}"
    if guard.years:
        yield f"in statements of {guard.years}"
    if guard.not_in:
        yield f"not in {', '.join(guard.not_in)}"


def _years(entry: Entry) -> str:
    return f"{entry.since or ''}–{entry.until or ''}" if entry.since or entry.until else ""
