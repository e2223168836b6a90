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

from pyroaring import BitMap

from onrecord.search.collection import FORMALITY_WEIGHT, Collection, Floats
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.postings import Candidates, Postings
from onrecord.search.engine.rank import bound
from onrecord.search.engine.scorers import Disjunction, Scorer, live

__all__ = ["needed_for_page", "scored"]

# Up to so many paragraphs are all scored, without looking for those that need no score.
_FEW = 4096
# A term in less than this part of the matches is rare: all of its paragraphs are scored.
_RARE = 1 / 16
# Scores are sums of 32-bit numbers: what is no more than this above a bound may not be above it.
_ROUNDING = 1 + 1e-5


def needed_for_page(
    count: int, scorer: Scorer, found: ParagraphSet, collection: Collection
) -> tuple[ParagraphSet, Floats | None]:
    """Return the part of what was found that needs a score: the ``count`` best are in it, and their equals.

    Their scores come with them where they were worked out on the way.
    """
    terms = _alternatives(scorer) if found.count > max(_FEW, 4 * count) else []
    if len(terms) < 2:
        return found, None
    held = [(term.peak(collection), term.found.bitmap) for term in terms]
    held.sort(key=lambda one: -one[0])
    for needed, rest in _sets_to_score(held, found.count):
        if not count <= len(needed) <= found.count // 2:
            continue
        some = live(ParagraphSet(bitmap=needed), collection)
        scores = scored(scorer, some, collection)
        if len(scores) >= count and -bound(-scores, count) > rest * _ROUNDING:
            return some, scores
    return found, None


def scored(scorer: Scorer, some: ParagraphSet, collection: Collection) -> Floats:
    """Score some of what a scorer found; greetings and closings score less."""
    candidates = Candidates(some.array, collection)
    scores = scorer.scores(candidates)
    formal = candidates.formal.nonzero()[0]
    if len(formal):
        scores[formal] *= FORMALITY_WEIGHT
    return scores


def _sets_to_score(held: list[tuple[float, BitMap]], matches: int) -> Iterator[tuple[BitMap, float]]:
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


def _alternatives(scorer: Scorer) -> list[Postings]:
    """Return the terms of a question that is nothing but terms joined by OR; of any other none."""
    if isinstance(scorer, Postings):
        return [scorer]
    if not isinstance(scorer, Disjunction):
        return []
    terms: list[Postings] = []
    for part in scorer.parts:
        some = _alternatives(part)
        if not some:
            return []
        terms += some
    return terms
