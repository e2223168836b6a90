"""The engine: a query tree put to every segment, and their answers put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from whoosh import query

from indexer.codec.segment import Segment
from search.cache import TermCache
from search.decoded import DecodedTerms
from search.evaluate import SegmentEvaluator
from search.facets import FacetCounter
from search.hits import Facets
from search.native import is_native
from search.rank import Ranked, Sort, best_of
from search.shortcut import enough_for
from search.statistics import Statistics

if TYPE_CHECKING:
    from search.fallback import WhooshEvaluator

__all__ = ["Answer", "Engine"]

Ints = npt.NDArray[np.uint32]

#: Bytes of decoded terms that are kept: the lists of some hundred common words in a full segment.
CACHE_SIZE = 96 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """All that matched, by the place of their segment, and the best of each segment."""

    found: tuple[tuple[int, Ints], ...]
    offered: tuple[Ranked, ...]
    total: int
    statements: int


class Engine:
    """Segments open for questions; what they decode is kept as long as there is room."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)
        self._cache = TermCache(CACHE_SIZE)
        terms = [DecodedTerms(segment, self._cache) for segment in self.segments]
        self._statistics = Statistics(terms)
        self._evaluators = [SegmentEvaluator(decoded, self._statistics) for decoded in terms]
        self.languages = sorted(
            {name for segment in self.segments for (name,) in segment.column("language").values}
        )

    def answer(self, tree: query.Query, *, sort: Sort, stop: int | None) -> Answer:
        """Find every paragraph that matches, and the best ``stop`` of each segment (None: all)."""
        found: list[tuple[int, Ints]] = []
        offered: list[Ranked] = []
        statements = 0
        native = is_native(tree)
        evaluators: Iterable[Any] = self._evaluators if native else self._by_whoosh(tree)
        for place, evaluator in enumerate(evaluators):
            paragraphs = evaluator.find(tree).array
            if not len(paragraphs):
                continue
            found.append((place, paragraphs))
            owners = evaluator.segment.statement_of.take(paragraphs)
            statements += 1 + int(np.count_nonzero(owners[1:] != owners[:-1]))
            count = len(paragraphs) if stop is None else stop
            if count:
                best = paragraphs
                if native and sort is Sort.RELEVANCE:
                    floor = _floor(offered, count)
                    best = enough_for(count, tree, paragraphs, evaluator=evaluator, floor=floor)
                scores = partial(evaluator.scores, tree)
                offered += best_of(evaluator.segment, best, scores, sort=sort, count=count, place=place)
        return Answer(tuple(found), tuple(offered), sum(len(one) for _, one in found), statements)

    def _by_whoosh(self, tree: query.Query) -> Iterator[WhooshEvaluator]:
        # Whoosh's searcher takes as long to load as we do.
        from search.fallback import whoosh_evaluators

        return whoosh_evaluators(self.segments, tree)

    def count(self, answer: Answer) -> Facets:
        """Count all that matched by speaker, forum and year."""
        return self._facets.count(answer.found)

    @cached_property
    def _facets(self) -> FacetCounter:
        return FacetCounter(self.segments)

    def forget(self) -> None:
        """Empty the cache of decoded terms."""
        self._cache.clear()
        self._statistics.forget()
        for evaluator in self._evaluators:
            evaluator.forget()


def _floor(offered: Sequence[Ranked], count: int) -> float:
    """Return the score that a paragraph must reach to be on a page that others are offered for."""
    if len(offered) < count:
        return 0.0
    return sorted((hit.score for hit in offered), reverse=True)[count - 1]
