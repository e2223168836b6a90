"""Which of many matches need a score at all, when only the best few are shown.

For a question of alternatives (``peace OR security OR mines``) most paragraphs hold
only the commonest of the words and cannot reach the page. No paragraph scores more by
a term than the term's best paragraph does, so once the page is full of paragraphs that
score more than all the terms together that the others may hold, the others are left
unscored. This is the idea of MaxScore (Turtle and Flood, "Query evaluation: strategies
and optimizations", 1995), taken a set of paragraphs at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap
from whoosh import query

from indexer.codec.lists import as_array
from search.evaluate import SegmentEvaluator

__all__ = ["enough_for"]

Ints = npt.NDArray[np.uint32]
# Matches that are all scored without looking for a shortcut.
_FEW = 4096
# A term in less than this part of the matches is rare: all of its paragraphs are scored.
_RARE = 1 / 16
# Scores are sums of 32-bit numbers: what is no more than this above a bound may not be above it.
_ROUNDING = 1 + 1e-5


def enough_for(
    count: int,
    tree: query.Query,
    paragraphs: Ints,
    *,
    evaluator: SegmentEvaluator,
    floor: float,
) -> Ints:
    """Return some of the paragraphs that match, the ``count`` best of them and their equals among them.

    Paragraphs that score less than ``floor`` may be left out in any case.
    """
    terms = _alternatives(tree) if len(paragraphs) > max(_FEW, 4 * count) else []
    held = [(evaluator.peak(term), evaluator.holders(term)) for term in terms]
    held = sorted(((peak, holders) for peak, holders in held if holders), key=lambda one: -one[0])
    for candidates, rest in _candidates(held, len(paragraphs)):
        if len(candidates) > len(paragraphs) // 2:
            continue
        some = as_array(candidates & evaluator.live)
        if floor > rest * _ROUNDING:
            return some
        if (
            len(some) >= count
            and np.partition(evaluator.scores(tree, some), -count)[-count] > rest * _ROUNDING
        ):
            return some
    return paragraphs


def _candidates(held: list[tuple[float, BitMap]], matches: int) -> Iterator[tuple[BitMap, float]]:
    """Yield sets of paragraphs, and the most that any paragraph outside the set can score.

    ``held`` are the peak and the holders of each term, the highest peak first: the
    holders of rare terms are in every set. Beside them the first set has those that
    hold all of the other terms, the next none, the last those that hold two of them.
    """
    rare = [one for one in held if len(one[1]) < _RARE * matches]
    common = [one for one in held if len(one[1]) >= _RARE * matches]
    if not common:
        return
    some = BitMap.union(*(holders for _, holders in rare)) if rare else BitMap()
    peaks = [peak for peak, _ in common]
    holders = [one for _, one in common]
    yield some, sum(peaks)
    yield some | BitMap.intersection(*holders), sum(peaks) - min(peaks)
    for first in range(1, len(common)):
        yield BitMap.union(some, *holders[:first]), sum(peaks[first:])
    pairs = [one & other for one, other in combinations(holders, 2)]
    yield BitMap.union(some, *pairs), max(peaks)


def _alternatives(tree: query.Query) -> list[query.Term]:
    """Return the terms of a tree that is nothing but alternative terms; else none."""
    if isinstance(tree, query.Term):
        return [tree] if tree.boost == 1 else []
    if not isinstance(tree, query.Or):
        return []
    terms: list[query.Term] = []
    for child in tree.subqueries:
        found = _alternatives(child)
        if not found:
            return []
        terms += found
    return terms
