"""Pages of hundreds of hits and of all there are: the first few at once, the rest in order as arrays.

A page of ten is chosen without sorting (`search.engine.rank`). For all 331,244 paragraphs that hold "the",
pairs of Python objects would take 80 MB and half a second before the first hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.search.collection import Collection, Floats
from onrecord.search.engine.engine import Engine, Ranking
from onrecord.search.engine.max_score import scored
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.rank import best_by_fact, best_by_score, order_by_fact, order_by_score
from onrecord.search.engine.scorers import Scorer, live
from onrecord.search.request import Sort

__all__ = ["LongPage"]

# Hits that are chosen before all others are put in order, and pairs that are made of arrays at once.
_FIRST = 64
_AT_ONCE = 4096


class LongPage:
    """All that a question finds in a collection; it is scored and put in order when that is asked for."""

    def __init__(self, engine: Engine, tree: Query, *, sort: Sort, fold: bool) -> None:
        self._collection: Collection = engine.collection
        self._sort = sort
        self._scorer: Scorer = engine.scorer(tree, sort=sort)
        found, folded = live(self._scorer.found, self._collection), None
        if fold:
            from onrecord.search.engine.fold import fold_near_duplicates  # most searches do not need it

            found, folded = fold_near_duplicates(found, self._collection, engine.resemblance)
        self._found: ParagraphSet = found
        self.ranking = Ranking(found, [], folded)

    def pairs(self, start: int, stop: int | None) -> Iterator[tuple[float, int]]:
        """Yield scores and paragraphs in order, from one place to before another (None: the end)."""
        end = self._found.count if stop is None else min(stop, self._found.count)
        first = min(end, start + _FIRST)
        if start < first:
            yield from self._best(first)[start:]
        for begin in range(first, end, _AT_ONCE):
            some = self._order[begin : min(end, begin + _AT_ONCE)]
            yield from zip(
                self._scores.take(some).tolist(), self._found.array.take(some).tolist(), strict=True
            )

    def _best(self, count: int) -> list[tuple[float, int]]:
        paragraphs = self._found.array
        if self._sort.is_by_score:
            return best_by_score(self._collection, paragraphs, self._scores, count)
        best = [at for _, at in best_by_fact(self._collection, paragraphs, sort=self._sort, count=count)]
        return list(zip(self._scores.take(paragraphs.searchsorted(best)).tolist(), best, strict=True))

    @cached_property
    def _scores(self) -> Floats:
        return scored(self._scorer, self._found, self._collection)

    @cached_property
    def _order(self) -> npt.NDArray[np.intp]:
        """The places of all that was found, in order."""
        if self._sort.is_by_score:
            return order_by_score(self._collection, self._found.array, self._scores)
        return order_by_fact(self._collection, self._found.array, sort=self._sort)
