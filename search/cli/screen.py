"""What results are written on: the width of it, and whether it can show bold and dim."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

import click

from onrecord.search.cli.terminal import printable

__all__ = ["RIGHT_TO_LEFT", "Screen", "cells", "isolated"]

_MARKED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# Characters that take two cells of a terminal, and none (Unicode TR 11 and general categories).
_WIDE = frozenset("WF")
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
#: Letters of Hebrew, Arabic and the scripts beside them.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal ``width`` cells wide, or with None a file or a pipe, whose lines may be of any length.

    Where it is not ``styled``, matched words keep the ``**`` around them.
    """

    width: int | None = None
    styled: bool = False

    @classmethod
    def of(cls, stream: TextIO | None) -> Screen:
        """Describe a stream; ``NO_COLOR`` and a dumb terminal turn styles off."""
        if stream is None or not stream.isatty():
            return cls()
        from shutil import get_terminal_size  # a file and a pipe have no width

        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(width=get_terminal_size().columns, styled=not plain)

    def bold(self, text: str) -> str:
        """Make a text bold."""
        return click.style(text, bold=True) if self.styled else text

    def dim(self, text: str) -> str:
        """Make a text dim."""
        return click.style(text, dim=True) if self.styled else text

    def marked(self, text: str) -> str:
        r"""Make the words between ``**`` bold.

        >>> Screen().marked("the **canal** is")
        'the **canal** is'
        >>> Screen(styled=True).marked("the **canal** is")
        'the \x1b[1mcanal\x1b[0m is'
        """
        return _MARKED.sub(lambda found: self.bold(found[1]), text) if self.styled else text

    def filled(self, text: str, *, lead: str = "") -> str:
        """Lay out words of a file after a lead, further lines below the first; unsafe characters go.

        On a terminal a line with words that run from right to left is set apart from the lead.

        >>> print(Screen(width=20).filled("the canal is ours and open", lead="#3  "))
        #3  the canal is
            ours and open
        """
        text = printable(text)
        if self.width is None:
            return lead + text
        room = max(self.width - cells(lead), 1)
        lines = _lines(text, room)
        if RIGHT_TO_LEFT.search(text):
            lines = map(isolated, lines)
        return ("\n" + " " * cells(lead)).join(lines).join((lead, ""))

    def padded(self, text: str, width: int, *, right: bool = False) -> str:
        """Lay a text out in so many cells, to the left or to the ``right``; a longer one is cut.

        >>> Screen().padded("canal", 7), Screen().padded("canal", 7, right=True), Screen().padded("canal", 4)
        ('canal  ', '  canal', 'can…')
        """
        if cells(text) > width:
            text = _pieces(text, max(width - 1, 1))[0] + "…"
        room = " " * (width - cells(text))
        if self.width is not None and RIGHT_TO_LEFT.search(text):
            text = isolated(text)
        return room + text if right else text + room

    def facts(self, facts: Iterable[str]) -> str:
        """Set facts in a row, each of which runs in its own direction."""
        shown = [printable(fact) for fact in facts]
        if self.width is None:
            return " · ".join(shown)
        shown = [isolated(fact) if RIGHT_TO_LEFT.search(fact) else fact for fact in shown]
        return "\n".join(_lines(" · ".join(shown), self.width))


def isolated(text: str) -> str:
    """Let a text run in the direction of its first letter, and turn nothing around it (UAX #9)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _lines(text: str, room: int) -> Iterator[str]:
    """Break a text between words into lines of at most ``room`` cells; a longer word is broken itself."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        *full, line = _pieces(word, room)
        yield from full
    yield line


def _pieces(word: str, room: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def cells(text: str) -> int:
    """Count the cells of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(character) in _UNSEEN
        else 1 + (unicodedata.east_asian_width(character) in _WIDE)
        for character in text
    )
