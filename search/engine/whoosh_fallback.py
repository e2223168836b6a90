"""Query trees that our language does not produce, answered by Whoosh's own matchers on the same segments.

A program that embeds us may search with any tree of Whoosh's query classes. What
`search.engine.evaluator` does not know goes to Whoosh whole: slower, and the same paragraphs and scores
as its searcher gives with ``limit=None``, greetings and closings cut as everywhere.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import numpy as np
from whoosh import query
from whoosh.reading import TermNotFound
from whoosh.searching import SearchContext, Searcher

from onrecord.indexer.errors import QueryError
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.reader import open_searcher
from onrecord.search.collection import Collection, Floats
from onrecord.search.engine.paragraph_set import NOTHING, ParagraphSet
from onrecord.search.engine.postings import Candidates
from onrecord.search.engine.scorers import ConstantScore, Scorer
from onrecord.search.query.limits import TIME

__all__ = ["whoosh_scorer"]

# What Whoosh raises for a tree that is not well made: a field that is not there or is of another kind, no
# value, a node that it does not evaluate itself.
_UNANSWERED = (
    query.QueryError,
    TermNotFound,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    re.error,
)


def whoosh_scorer(tree: query.Query, collection: Collection) -> Scorer:
    """Answer a query tree by walking Whoosh's matchers to their ends, deleted paragraphs left out.

    A tree that Whoosh cannot answer, or not within `search.query.limits.TIME`, is a `QueryError`.
    """
    if not collection.segments:  # Whoosh gives an index without segments one leaf
        return ConstantScore(NOTHING, 0.0)
    until = time.thread_time() + TIME.most
    # Kept to the end, since the leaves look up to it and hold it by nothing.
    searcher = open_searcher(collection.segments)
    found: list[int] = []
    scores: list[float] = []
    for (leaf, _), (base, segment) in zip(searcher.leaf_searchers(), collection.parts(), strict=True):
        try:
            for document, score in _walk(tree, leaf, segment, until=until):
                found.append(base + document)
                scores.append(score)
        except _UNANSWERED as error:
            asked = type(tree).__name__
            raise QueryError(
                f"Whoosh cannot answer this {asked} ({error}); correct the tree.", query=asked
            ) from error
    return _WhooshScorer(ParagraphSet(array=np.array(found, np.uint32)), np.array(scores, np.float32))


def _walk(
    tree: query.Query, leaf: Searcher, segment: Segment, *, until: float
) -> Iterator[tuple[int, float]]:
    """Yield what matches in one segment, with its score."""
    matcher = tree.matcher(leaf, SearchContext(needs_current=True, weighting=leaf.weighting))
    while matcher.is_active():
        if time.thread_time() > until:
            raise TIME.error(type(tree).__name__)
        # A negation at the root of a tree returns deleted paragraphs (whoosh 2.7.5 and 3.54).
        if matcher.id() not in segment.statements.deleted_paragraphs:
            yield matcher.id(), matcher.score()
        matcher.next()


class _WhooshScorer:
    """What Whoosh matched, and its scores."""

    zero_elsewhere = False

    def __init__(self, found: ParagraphSet, scores: Floats) -> None:
        self.found = found
        self._scores = scores

    def scores(self, candidates: Candidates) -> Floats:
        """Return the scores that Whoosh gave."""
        scores: Floats = self._scores.take(self.found.array.searchsorted(candidates.paragraphs))
        return scores

    def in_statements(self, collection: Collection) -> Floats:
        """Score no statement: what of a tree makes a score is Whoosh's own."""
        return np.zeros(collection.statements, np.float32)
