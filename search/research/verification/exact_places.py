"""Where all words of a quotation stand in order: the search behind the grades that say exact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

import numpy as np

from onrecord.search.research.verification.quoted_words import Gap, Reading
from onrecord.search.results.spoken import Numbers, Runs, SpokenWords

__all__ = ["MOST_IN_BRACKETS", "Place", "exact_places"]

#: Words of the speaker that those of the writer in brackets may stand for: a phrase, and no sentence.
MOST_IN_BRACKETS = 12


class Place(NamedTuple):
    """Where a quotation stands: its statement, and of each of its pieces the first word there."""

    statement: int
    starts: tuple[int, ...]
    reading: Reading

    @property
    def first(self) -> int:
        """The first word of all."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """The first word behind all."""
        return self.starts[-1] + len(self.reading.pieces[-1])

    @property
    def left_out(self) -> int:
        """How many words of the statement stand in the gaps."""
        return self.end - self.first - sum(map(len, self.reading.pieces))

    @property
    def gaps(self) -> tuple[range, ...]:
        """The words of the statement that stand in each gap."""
        ends = [start + len(piece) for start, piece in zip(self.starts, self.reading.pieces, strict=True)]
        return tuple(range(end, start) for end, start in zip(ends, self.starts[1:], strict=False))


def exact_places(spoken: SpokenWords, reading: Reading) -> list[Place]:
    """Find where the pieces of a quotation stand in order in one statement.

    Of several pieces it is the place in each statement where fewest words stand between them.
    """
    found: list[Runs] = []
    for piece in reading.pieces:
        found.append(spoken.runs([word.text for word in piece]))
        if not len(found[-1]):
            return []
    if len(found) == 1:
        statements, starts = (column.tolist() for column in found[0])
        return [
            Place(statement, (start,), reading) for statement, start in zip(statements, starts, strict=True)
        ]
    return list(_chained(found, reading))


def _chained(found: list[Runs], reading: Reading) -> Iterator[Place]:
    shared: Numbers = reduce(np.intersect1d, (runs.statements for runs in found))
    for statement in shared.tolist():
        starts = [
            runs.starts[slice(*runs.statements.searchsorted([statement, statement + 1]).tolist())]
            for runs in found
        ]
        chain = _shortest_chain(starts, reading)
        if chain is not None:
            yield Place(statement, chain, reading)


def _shortest_chain(starts: list[Numbers], reading: Reading) -> tuple[int, ...] | None:
    best: tuple[int, ...] | None = None
    for first in starts[0].tolist():
        chain = [first]
        for at, gap in enumerate(reading.gaps):
            end = chain[-1] + len(reading.pieces[at])
            behind = int(starts[at + 1].searchsorted(end))
            if behind == len(starts[at + 1]):
                return best  # and no later beginning has one either
            start = int(starts[at + 1][behind])
            if gap is Gap.BRACKET and start - end > MOST_IN_BRACKETS:
                break
            chain.append(start)
        if len(chain) == len(starts) and (best is None or chain[-1] - first < best[-1] - best[0]):
            best = tuple(chain)
    return best
