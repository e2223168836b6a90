"""Which matching paragraphs come first.

The score is Whoosh's BM25F of the words asked for. A greeting or a closing is
found like any other paragraph, but its score is cut so far that it stands below
a paragraph of substance that says the same. Equal scores are in order of address.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from search.evaluate import Matches

__all__ = ["Sort", "SubstanceFirst", "page"]

# BM25 with Whoosh's B = 0.75 and K1 = 1.2 scores one occurrence 2.2 / (1 + 1.2 * (0.25 + 0.75 * l)), l the
# length over the average: 1.7 in the shortest greeting, 0.21 in a paragraph ten times the average. A tenth
# puts any greeting below all but the longest paragraphs.
FORMALITY_WEIGHT = 0.1


class Sort(Enum):
    """The order of results; paragraphs without a date come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class SubstanceFirst(BM25F):
    """BM25F that gives greetings and closings a tenth of their score.

    ``formal`` holds the numbers of the documents that are greetings or closings.
    """

    use_final = True

    def __init__(self, formal: frozenset[int]) -> None:
        super().__init__()
        self.formal = formal

    def final(self, searcher: Searcher, docnum: int, score: float) -> float:
        """Return the score that counts, as Whoosh's collectors ask for it."""
        return score * FORMALITY_WEIGHT if docnum in self.formal else score


def page(
    matches: Matches,
    *,
    sort: Sort,
    first_day: Callable[[int], int | None],
    address: Callable[[int], str],
    start: int,
    stop: int,
) -> list[tuple[int, float]]:
    """Return hits ``start`` to ``stop`` as (document, score), best first.

    ``first_day`` gives the ordinal of a document's earliest day, ``address`` its
    address; addresses are looked up only where the first key leaves a tie open.
    """
    keys = _keys(matches, sort, first_day)
    order: Sequence[int] = range(len(matches))
    if stop < len(keys):
        last = heapq.nsmallest(stop, keys)[-1] if stop else None
        order = [index for index in order if last is not None and keys[index] <= last]
    ranked = sorted(order, key=lambda index: (keys[index], address(matches.documents[index])))
    return [(matches.documents[index], matches.scores[index]) for index in ranked[start:stop]]


def _keys(matches: Matches, sort: Sort, first_day: Callable[[int], int | None]) -> list[Any]:
    """Return a key a match, smaller for a better one."""
    if sort is Sort.RELEVANCE:
        return [-score for score in matches.scores]
    days = map(first_day, matches.documents)
    if sort is Sort.OLDEST:
        return [(day is None, day or 0) for day in days]
    return [(day is None, -(day or 0)) for day in days]
