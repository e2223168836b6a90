"""Tables of figures, written as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.timing import Spread

__all__ = ["ABSENT", "Table", "geometric_mean", "megabytes", "milliseconds", "ratio", "seconds"]

#: What stands where there is nothing to show.
ABSENT = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a sentence or two under it, the heads of the columns, and rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def render(self) -> str:
        """Return the table as Markdown, columns aligned.

        >>> print(Table("Size", ("engine", "MB"), (("ours", "12"),)).render())
        ## Size
        <BLANKLINE>
        | engine | MB |
        |:-------|---:|
        | ours   | 12 |
        """
        lines = (self.columns, *self.rows)
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        rule = "|".join(
            (":" if first else "-") + "-" * width + ("-" if first else ":")
            for first, width in zip([True] + [False] * (len(widths) - 1), widths, strict=True)
        )
        rendered = [_row(line, widths) for line in lines]
        return "\n".join(
            [
                f"## {self.title}",
                "",
                *([self.note, ""] if self.note else []),
                rendered[0],
                f"|{rule}|",
                *rendered[1:],
            ]
        )


def milliseconds(spread: Spread | None) -> str:
    """Show a spread in milliseconds: the median, and p10 to p90 in brackets.

    >>> milliseconds(Spread(0.00123, 0.001, 0.0456, 9))
    '1.23 (1.00-45.6)'
    """
    if spread is None:
        return ABSENT
    return f"{_figure(spread.median * 1e3)} ({_figure(spread.low * 1e3)}-{_figure(spread.high * 1e3)})"


def seconds(spread: Spread | None) -> str:
    """Show a spread in seconds; one run has no range."""
    if spread is None:
        return ABSENT
    if spread.runs == 1:
        return _figure(spread.median)
    return f"{_figure(spread.median)} ({_figure(spread.low)}-{_figure(spread.high)})"


def megabytes(size: float) -> str:
    """Show a number of bytes in millions; nothing measured is shown as absent."""
    return _figure(size / 1e6) if size else ABSENT


def ratio(one: float | None, other: float | None) -> str:
    """Show a ratio of two figures, absent where either is."""
    return ABSENT if one is None or not other else f"{one / other:.2f}"


def geometric_mean(values: Iterable[float]) -> float:
    """Return the geometric mean of some ratios, at least one.

    >>> round(geometric_mean([0.5, 2.0]), 3)
    1.0
    """
    logarithms = [math.log(value) for value in values]
    return math.exp(sum(logarithms) / len(logarithms))


def _figure(value: float) -> str:
    """Show three figures that count, and no more zeros than it takes."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 0.01 else f"{value:.{3 if value < 1 else 2 if value < 10 else 1}f}"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    aligned = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(aligned)} |"
