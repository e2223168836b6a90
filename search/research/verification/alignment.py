"""Two rows of words laid side by side: where in a passage a quotation stands, and what differs.

The alignment is Sellers' (P. H. Sellers, The theory and computation of evolutionary distances, 1980): the
whole quotation against any part of the passage, a row of the table for each of its words. A word that was
replaced or added counts one; so do words that were left out side by side, and each beyond the first an eighth
more, so that one sentence passed over is nearer than a dozen words exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["ONE", "Alignment", "Step", "align", "costs"]

#: What one word replaced or added costs, in the unit of `Alignment.cost`.
ONE = 8
# What each further word of a row that was left out costs.
_FURTHER = 1
_Rows = npt.NDArray[np.int32]


class Step(NamedTuple):
    """A word of the quotation beside one of the passage, by their numbers; None where there is none."""

    quoted: int | None
    spoken: int | None


class Alignment(NamedTuple):
    """How a quotation lies along a passage."""

    cost: int  #: in eighths of an edit
    first: int  #: the first word of the passage that it lies along
    end: int  #: and the first behind it
    steps: tuple[Step, ...]
    matched: int  #: how many words of the quotation stand there as they are


def costs(
    quoted: Sequence[str], passages: Sequence[Sequence[str]], *, gaps: Set[int] = frozenset()
) -> list[int]:
    """Return what laying a quotation along each passage costs, in eighths of an edit; all in one go."""
    if not passages:
        return []
    numbers: dict[str, int] = {}
    longest = max(map(len, passages))
    table = np.full((len(passages), longest), -2, np.int32)
    for row, passage in zip(table, passages, strict=True):
        row[: len(passage)] = [numbers.setdefault(word, len(numbers)) for word in passage]
    wanted = [numbers.get(word, -1) for word in quoted]
    last = np.zeros((len(passages), longest + 1), np.int32)
    for at in range(len(wanted)):
        last = _next_row(last, table, wanted, at, gaps)
    return [int(cost) for cost in last.min(axis=1)]


def align(quoted: Sequence[str], spoken: Sequence[str], *, gaps: Set[int] = frozenset()) -> Alignment:
    """Lay a quotation along the part of a passage that is nearest to it.

    ``gaps`` are the words of the quotation before which any number of words may be passed over.

    >>> found = align(["no", "more", "war"], ["we", "want", "no", "war", "now"])
    >>> found.cost, found.first, found.end
    (8, 2, 4)
    """
    table = _table(quoted, spoken, gaps)
    end = int(table[-1].argmin())
    if end < len(spoken) and table[-1][end + 1] == table[-1][end]:
        end += 1  # the last word was replaced, and not added
    steps = tuple(reversed(_way_back(table, quoted, spoken, gaps, end)))
    along = [step.spoken for step in steps if step.spoken is not None]
    first = along[0] if along else end
    matched = sum(
        step.quoted is not None and step.spoken is not None and quoted[step.quoted] == spoken[step.spoken]
        for step in steps
    )
    return Alignment(int(table[-1][end]), first, end if along else first, steps, matched)


def _table(quoted: Sequence[str], spoken: Sequence[str], gaps: Set[int]) -> _Rows:
    numbers: dict[str, int] = {}
    words = np.array([numbers.setdefault(word, len(numbers)) for word in spoken], np.int32)
    wanted = [numbers.get(word, -1) for word in quoted]
    table = np.zeros((len(quoted) + 1, len(words) + 1), np.int32)
    for at in range(len(wanted)):
        table[at + 1] = _next_row(table[at], words, wanted, at, gaps)
    return table


def _next_row(before: _Rows, words: _Rows, wanted: Sequence[int], at: int, gaps: Set[int]) -> _Rows:
    """Return the row of a word of the quotation from that of the word before it; of one table or of many."""
    if at and at in gaps:
        before = np.minimum.accumulate(before, axis=-1)
    row = np.empty_like(before)
    row[..., 0] = before[..., 0] + ONE
    other = (words != wanted[at]) * np.int32(ONE)
    np.minimum(before[..., :-1] + other, before[..., 1:] + ONE, out=row[..., 1:])
    if at + 1 < len(wanted):
        further = np.arange(before.shape[-1], dtype=np.int32) * np.int32(_FURTHER)
        opened = np.minimum.accumulate(row - further, axis=-1)[..., :-1] + further[:-1] + np.int32(ONE)
        np.minimum(row[..., 1:], opened, out=row[..., 1:])
    return row


def _way_back(
    table: _Rows, quoted: Sequence[str], spoken: Sequence[str], gaps: Set[int], end: int
) -> list[Step]:
    """Return the steps from the last to the first; of several ways, the one with most words in common."""
    steps: list[Step] = []
    row, column = len(quoted), end
    while row:
        cost, before = int(table[row, column]), table[row - 1]
        is_gap = row > 1 and row - 1 in gaps
        if is_gap:
            before = np.minimum.accumulate(before)
        other = ONE if column == 0 or spoken[column - 1] != quoted[row - 1] else 0
        if column and cost == int(before[column - 1]) + other:
            steps.append(Step(row - 1, column - 1))
            column -= 1
        elif cost == int(before[column]) + ONE:
            steps.append(Step(row - 1, None))
        else:
            begun = _begin_of_left_out(table[row], column)
            steps += [Step(None, word) for word in range(column - 1, begun - 1, -1)]
            column = begun
            continue
        row -= 1
        if is_gap:
            column = int(np.flatnonzero(table[row][: column + 1] == before[column])[-1])
    return steps


def _begin_of_left_out(row: _Rows, column: int) -> int:
    """Return the column from which words were left out up to another one."""
    costs = row[:column] + ONE + (column - 1 - np.arange(column)) * _FURTHER
    return int(np.flatnonzero(costs == row[column])[-1])
