"""Stretches of text that hold all of some words, each as often as wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

__all__ = ["windows"]

Word = TypeVar("Word", bound=Hashable)


def windows(places: Sequence[tuple[int, Word]], wanted: Counter[Word]) -> Iterator[tuple[int, int]]:
    """Yield for each position where a window can end the latest position where it can begin.

    ``places`` are positions with the words there, rising; no other words than the wanted.

    >>> list(windows([(0, "a"), (3, "b"), (4, "a")], Counter("ab")))
    [(0, 3), (3, 4)]
    """
    held: Counter[Word] = Counter()
    missing = wanted.total()
    first = 0
    for last, word in places:
        held[word] += 1
        missing -= held[word] <= wanted[word]
        while held[places[first][1]] > wanted[places[first][1]]:
            held[places[first][1]] -= 1
            first += 1
        if not missing:
            yield places[first][0], last
