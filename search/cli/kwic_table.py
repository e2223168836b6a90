"""The lines of a concordance as a table for people, with the words that were found in one column.

Contexts are cut at the cells of a terminal, of which wide characters take two and marks none. A line whose
words run from right to left is mirrored: what stands before is on the right, and the right edges of what was
found are in one column. Each part of a line with such letters is set apart (UAX #9), so that none is drawn
across the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from onrecord.indexer.address import short_address
from onrecord.search.cli.screen import RIGHT_TO_LEFT, Screen, cells
from onrecord.search.cli.terminal import printable

if TYPE_CHECKING:
    from onrecord.search.research.concordances.concordance import Line

__all__ = ["COLUMNS", "table_of"]

#: What may stand beside the words.
COLUMNS = ("speaker", "forum", "date", "place", "language", "title", "address")

# Lines after which the widths of columns are settled, and the widest column; what is longer is cut.
_LOOKED_AT = 500
_WIDEST = 24
# The least that words get, and the part of a line that the longest of what was found may take.
_LEAST = 20
_GAP = "  "
_CUT = "…"
_FROM_THE_LEFT = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT, _RIGHT, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def table_of(lines: Iterable[Line], screen: Screen, *, width: int, columns: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table ``width`` cells wide, with some columns behind the words."""
    rest = iter(lines)
    first = list(islice(rest, _LOOKED_AT))
    facts = [[_fact(line, name) for name in columns] for line in first]
    widths = [min(_WIDEST, max(map(cells, column))) for column in zip(*facts, strict=True)]
    room = max(_LEAST, width - sum(widths) - len(_GAP) * len(widths))
    row = _Row(screen, room=room)
    for line in chain(first, rest):
        told = [_padded(_fact(line, name), size) for name, size in zip(columns, widths, strict=True)]
        told = [row.apart(fact) for fact in told]
        yield _GAP.join([row.of(line), *told]).rstrip()


@dataclass(frozen=True, slots=True)
class _Row:
    """Sets the words of lines into ``room`` cells, what was found in one column."""

    screen: Screen
    room: int

    def of(self, line: Line) -> str:
        """Set a line."""
        before, match, after = map(printable, (line.before, line.match, line.after))
        left = self.room * 2 // 5
        match = _cut_right(match, self.room - left, goes_on=False)
        right = self.room - left - cells(match)
        before = _cut_left(before, left, goes_on=line.cut_before)
        after = _cut_right(after, right, goes_on=line.cut_after)
        parts = [before, match, after]
        mirrored = _runs_left("".join(parts))
        if self.screen.width is not None and any(map(RIGHT_TO_LEFT.search, parts)):
            parts = [f"{_RIGHT if mirrored else _LEFT}{part}{_END}" for part in parts]
        parts[1] = self.screen.bold(parts[1])
        row = f"{' ' * (left - cells(before))}{''.join(parts)}{' ' * (right - cells(after))}"
        return f"{_RIGHT}{row}{_END}" if mirrored and self.screen.width is not None else row

    def apart(self, text: str) -> str:
        """Let a fact run in its own direction, and turn nothing around it."""
        if self.screen.width is None or not RIGHT_TO_LEFT.search(text):
            return text
        return f"{_RIGHT if _runs_left(text) else _LEFT}{text}{_END}"


def _fact(line: Line, name: str) -> str:
    if name == "address":
        return short_address(line.statement, line.number)
    return printable(getattr(line, name) or "")


def _padded(text: str, width: int) -> str:
    text = _cut_right(text, width, goes_on=False)
    return text + " " * (width - cells(text))


def _runs_left(text: str) -> bool:
    """Tell whether most letters of a text run from right to left."""
    leftwards = len(RIGHT_TO_LEFT.findall(text))
    return leftwards > 0 and leftwards >= len(_FROM_THE_LEFT.findall(text))


def _cut_right(text: str, room: int, *, goes_on: bool) -> str:
    """Keep the beginning of a text, with a mark where it is cut or goes on beyond it."""
    if room <= 0:
        return ""
    if not goes_on and cells(text) <= room:
        return text
    kept = list(_that_fit(_clusters(text), room - cells(_CUT)))
    return f"{''.join(kept)}{_CUT}"


def _cut_left(text: str, room: int, *, goes_on: bool) -> str:
    """Keep the end of a text, likewise."""
    if room <= 0:
        return ""
    if not goes_on and cells(text) <= room:
        return text
    kept = list(_that_fit(reversed(list(_clusters(text))), room - cells(_CUT)))
    return f"{_CUT}{''.join(reversed(kept))}"


def _that_fit(clusters: Iterable[str], room: int) -> Iterator[str]:
    for cluster in clusters:
        room -= cells(cluster)
        if room < 0:
            return
        yield cluster


def _clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with the marks that it bears."""
    cluster = ""
    for character in text:
        if cluster and cells(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster
