"""Query trees that our language does not produce, answered by Whoosh's own matchers on the same segments.

A program that embeds us may search with any tree of Whoosh's query classes. What
`search.evaluate` does not know goes to Whoosh whole: slower, and the same paragraphs and scores
as its searcher gives with ``limit=None``, greetings and closings cut as everywhere.
"""

from __future__ import annotations

import numpy as np
from whoosh import query
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from indexer.codec.whoosh_codec import open_reader
from search.collection import Collection, Floats
from search.found import NOTHING, Found
from search.operators import Constants, Matches
from search.postings import Asked

__all__ = ["whoosh_matches"]


def whoosh_matches(tree: query.Query, collection: Collection) -> Matches:
    """Answer a query tree by walking Whoosh's matchers to their ends, deleted paragraphs left out."""
    if not collection.segments:  # Whoosh gives an index without segments one leaf
        return Constants(NOTHING, 0.0)
    searcher = Searcher(open_reader(collection.segments), weighting=BM25F())
    found: list[int] = []
    scores: list[float] = []
    for (leaf, _), (base, segment) in zip(searcher.leaf_searchers(), collection.parts(), strict=True):
        matcher = tree.matcher(leaf, SearchContext(needs_current=True, weighting=leaf.weighting))
        while matcher.is_active():
            # A negation at the root of a tree returns deleted paragraphs (whoosh 2.7.5 and 3.54).
            if matcher.id() not in segment.deleted_paragraphs:
                found.append(base + matcher.id())
                scores.append(matcher.score())
            matcher.next()
    return _Walked(Found(array=np.array(found, np.uint32)), np.array(scores, np.float32))


class _Walked:
    """What Whoosh matched, and its scores."""

    spares = False

    def __init__(self, found: Found, scores: Floats) -> None:
        self.found = found
        self._scores = scores

    def scores(self, asked: Asked) -> Floats:
        """Return the scores that Whoosh gave."""
        scores: Floats = self._scores.take(self.found.array.searchsorted(asked.paragraphs))
        return scores
