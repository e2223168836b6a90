"""Bars on a terminal, as long as there is room."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from onrecord.search.cli.screen import Screen, cells
from onrecord.search.cli.terminal import printable
from onrecord.search.research.drawing import Bar
from onrecord.search.research.tables import shown

__all__ = ["bar_lines"]

# The width of what is no terminal.
_WIDTH = 80
_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_LONGEST = 40  # cells of a label


def bar_lines(bars: Sequence[Bar], screen: Screen) -> Iterator[str]:
    """Yield a line for each bar: its name, the bar, its number.

    >>> for line in bar_lines([Bar("2010", 4), Bar("2011", 1), Bar("2012", None)], Screen(width=20)):
    ...     print(line)
    2010  ███████████  4
    2011  ██▊          1
    2012               –
    """
    labels = [printable(bar.label) for bar in bars]
    numbers = [shown(bar.number) for bar in bars]
    names = min(max(map(cells, labels), default=0), _LONGEST)
    digits = max(map(len, numbers), default=0)
    room = max((screen.width or _WIDTH) - names - digits - 4, 1)
    longest = max((bar.number or 0 for bar in bars), default=0) or 1
    for bar, label, number in zip(bars, labels, numbers, strict=True):
        drawn = _bar(room * (bar.number or 0) / longest)
        yield f"{screen.padded(label, names)}  {screen.padded(drawn, room)}  {number:>{digits}}"


def _bar(length: float) -> str:
    """Draw a bar so many cells long, to an eighth of one; where the letters are not to be had, in signs."""
    eighths = round(length * 8)
    if not _can_show(_FULL):
        return "#" * ((eighths + 7) // 8)
    return (_FULL * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def _can_show(letters: str) -> bool:
    try:
        letters.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
