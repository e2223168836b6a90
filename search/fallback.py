"""Query trees that our language does not produce, answered by Whoosh's own matchers on the same segments.

A program that embeds us may search with any tree of Whoosh's query classes. What
`search.native` does not know goes to Whoosh whole: slower, and the same paragraphs and scores
as its searcher gives with ``limit=None``, greetings and closings cut as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from whoosh import query
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from indexer.codec.segment import Segment
from indexer.codec.whoosh_codec import open_reader
from search.evaluate import FORMALITY_WEIGHT
from search.found import Found, Ints, looked_up

__all__ = ["WhooshEvaluator", "whoosh_evaluators"]

Floats = npt.NDArray[np.float32]


def whoosh_evaluators(segments: Sequence[Segment], tree: query.Query) -> Iterator[WhooshEvaluator]:
    """Answer a query tree from each segment in turn, with the statistics of all."""
    if not segments:  # Whoosh gives an index without segments one leaf
        return iter(())
    searcher = Searcher(open_reader(segments), weighting=BM25F())
    leaves = (leaf for leaf, _ in searcher.leaf_searchers())
    return (WhooshEvaluator(segment, leaf, tree) for segment, leaf in zip(segments, leaves, strict=True))


class WhooshEvaluator:
    """Answers a query tree from one segment, by walking Whoosh's matcher to its end."""

    def __init__(self, segment: Segment, leaf: Searcher, tree: query.Query) -> None:
        self.segment = segment
        matcher = tree.matcher(leaf, SearchContext(needs_current=True, weighting=leaf.weighting))
        found, scores = [], []
        while matcher.is_active():
            # A negation at the root of a tree returns deleted paragraphs (whoosh 2.7.5 and 3.54).
            if matcher.id() not in self.segment.deleted_paragraphs:
                found.append(matcher.id())
                scores.append(matcher.score())
            matcher.next()
        self._found = np.array(found, np.uint32)
        self._scores = np.array(scores, np.float32)

    def find(self, tree: query.Query) -> Found:
        """Return the paragraphs that match."""
        return Found(array=self._found)

    def scores(self, tree: query.Query, paragraphs: Ints) -> Floats:
        """Score some of the paragraphs that match, formal ones cut."""
        weights = np.where(self.segment.formal[paragraphs], np.float32(FORMALITY_WEIGHT), np.float32(1))
        return looked_up(self._found, self._scores, paragraphs) * weights
