"""From a query tree to every paragraph it matches, with scores: nothing is cut off early.

Whoosh's own collectors stop when enough good hits are found, and in doing so give
wrong results after a deletion or on a phrase; totals must be exact anyway. So we
walk the matchers of each segment to the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoosh.query import Query
from whoosh.searching import SearchContext, Searcher

__all__ = ["Matches", "evaluate"]


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that match, in rising order, and the score of each."""

    documents: list[int]
    scores: list[float]

    def __len__(self) -> int:
        return len(self.documents)


def evaluate(query: Query, searcher: Searcher) -> Matches:
    """Find every document that matches a query tree."""
    documents: list[int] = []
    scores: list[float] = []
    final = searcher.weighting.final if searcher.weighting.use_final else None
    # Spans of a phrase are read at the current document, so nothing may run ahead of it.
    context = SearchContext(needs_current=True, weighting=searcher.weighting)
    for leaf, offset in searcher.leaf_searchers():
        matcher = query.matcher(leaf, context)
        while matcher.is_active():
            document = offset + matcher.id()
            score = matcher.score()
            documents.append(document)
            scores.append(final(searcher, document, score) if final else score)
            matcher.next()
    return Matches(documents, scores)
