"""Query trees that our language does not produce, answered by Whoosh's own matchers on the same segments.

A program that embeds us may search with any tree of Whoosh's query classes. What
`search.native` does not know goes to Whoosh whole: slower, and the same paragraphs and scores
as its searcher gives with ``limit=None``, greetings and closings cut as everywhere.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from whoosh import query
from whoosh.reading import TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from indexer.codec.segment import Segment
from indexer.codec.whoosh_codec import open_reader
from indexer.errors import QueryError
from search.evaluate import FORMALITY_WEIGHT
from search.found import Found, Ints, looked_up
from search.language.limits import TIME

__all__ = ["WhooshEvaluator", "whoosh_evaluators"]

Floats = npt.NDArray[np.float32]
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


def whoosh_evaluators(segments: Sequence[Segment], tree: query.Query) -> Iterator[WhooshEvaluator]:
    """Answer a query tree from each segment in turn, with the statistics of all."""
    if not segments:  # Whoosh gives an index without segments one leaf
        return
    until = time.thread_time() + TIME.most
    # Kept to the end, since the leaves look up to it and hold it by nothing.
    searcher = Searcher(open_reader(segments), weighting=BM25F())
    for segment, (leaf, _) in zip(segments, searcher.leaf_searchers(), strict=True):
        try:
            yield WhooshEvaluator(segment, leaf, tree, until=until)
        except _UNANSWERED as error:
            asked = type(tree).__name__
            raise QueryError(
                f"Whoosh cannot answer this {asked} ({error}); correct the tree.", query=asked
            ) from error


class WhooshEvaluator:
    """Answers a query tree from one segment, by walking Whoosh's matcher to its end."""

    def __init__(self, segment: Segment, leaf: Searcher, tree: query.Query, *, until: float) -> None:
        self.segment = segment
        matcher = tree.matcher(leaf, SearchContext(needs_current=True, weighting=leaf.weighting))
        found, scores = [], []
        while matcher.is_active():
            if time.thread_time() > until:
                raise TIME.error(type(tree).__name__)
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
