"""A query tree put to all segments at once, and what it found in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from whoosh import query

from onrecord.indexer.segments.segment import Segment
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.collection import Collection
from onrecord.search.duplicates.copies import Copies
from onrecord.search.engine.evaluator import Evaluator, UnsupportedQuery
from onrecord.search.engine.lexicon import CollectionLexicon
from onrecord.search.engine.max_score import needed_for_page, scored
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.postings import Postings
from onrecord.search.engine.rank import Best, best_by_fact, best_by_score
from onrecord.search.engine.scorers import Scorer, every_paragraph, live
from onrecord.search.engine.term_postings import TermPostingsReader
from onrecord.search.query import Quotation
from onrecord.search.query.expansion import Pattern
from onrecord.search.request import Sort
from onrecord.search.results.statement_facts import FactsReader

if TYPE_CHECKING:
    from onrecord.search.duplicates.resemblance import Resemblance
    from onrecord.search.engine.stretch_order import FormRanks
    from onrecord.search.results.counts import Facets, Folded
    from onrecord.search.results.facets import FacetCounter
    from onrecord.search.results.keys import KeyColumns
    from onrecord.search.results.tally import Key
    from onrecord.search.results.tallying import Frame

__all__ = ["Engine", "Ranked", "Ranking"]

#: Bytes of decoded terms that are kept: the lists of some hundred common words in a full segment.
CACHE_SIZE = 96 << 20
# Bytes that are asked of the system once and given back at once. The C library of Linux then takes arrays of
# that size from memory that it keeps, and not each anew from the system: "united nations", whose 98,336
# paragraphs need arrays of half a megabyte, then takes 1.2 ms in every process; without, 3.0 in some.
_ROOM = 16 << 20

# Different rows of keys that were counted by, whose cells are kept.
_FRAMES = 16


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paragraph on a page."""

    segment: Segment
    paragraph: int  #: its number in the segment
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that matched, deleted paragraphs left out, and the first of it in order, with scores.

    ``folded`` says what was left out, where that was asked for.
    """

    found: ParagraphSet
    best: Best
    folded: Folded | None = None


class Engine:
    """Segments open for questions; what they decode is kept as long as there is room."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        np.empty(_ROOM, np.uint8)
        self.segments = tuple(segments)
        self.copies = Copies(segments)
        self.facts = FactsReader(self.copies)
        self.collection = Collection(segments, hidden=self.copies.hidden)
        self.terms = TermPostingsReader(self.collection, BoundedCache(CACHE_SIZE))
        self._evaluator = Evaluator(self.terms)
        self.lexicon = CollectionLexicon(self.collection)
        self._frames = BoundedCache(_FRAMES)

    def answer(self, tree: query.Query, *, sort: Sort, stop: int | None, fold: bool = False) -> Ranking:
        """Find every paragraph that matches, and put the first ``stop`` in order (None: all).

        ``fold`` leaves out all but one of the statements that are nearly the same.
        """
        scorer = self.scorer(tree, sort=sort)
        found, folded = live(scorer.found, self.collection), None
        if fold:
            from onrecord.search.engine.fold import fold_near_duplicates  # most searches do not need it

            found, folded = fold_near_duplicates(found, self.collection, self.resemblance)
        if stop == 0 or not found.count:
            return Ranking(found, [], folded)
        if not sort.is_by_score:
            return Ranking(found, self._by_fact(scorer, found, stop, sort), folded)
        if folded is not None:  # a shortcut would look at what was left out
            scores = scored(scorer, found, self.collection)
            return Ranking(found, best_by_score(self.collection, found.array, scores, stop), folded)
        return Ranking(found, self._by_score(scorer, found, stop))

    def scorer(self, tree: query.Query, *, sort: Sort = Sort.RELEVANCE) -> Scorer:
        """Make the scorer of a tree for an order; it finds deleted paragraphs too."""
        scorer = self._scorer(tree)
        if sort is not Sort.STATEMENT:
            return scorer
        from onrecord.search.engine.whole_statement import WithStatement  # most searches do not need it

        return WithStatement(scorer, self.collection)

    def postings(self, tree: query.Query) -> Postings:
        """Return how often a word, a phrase, a pattern or a run of these stands in each paragraph."""
        if isinstance(tree, Quotation | Pattern):
            return self.terms.counted(tree)
        found = self._evaluator.scorer(tree)
        assert isinstance(found, Postings)
        return found

    def _scorer(self, tree: query.Query) -> Scorer:
        try:
            return self._evaluator.scorer(tree)
        except UnsupportedQuery:
            # Whoosh's searcher takes as long to load as we do.
            from onrecord.search.engine.whoosh_fallback import whoosh_scorer

            return whoosh_scorer(tree, self.collection)

    def ranked(self, ranking: Ranking, start: int) -> list[Ranked]:
        """Return what is in order from a place on."""
        return [
            Ranked(*self.collection.locate(paragraph), score) for score, paragraph in ranking.best[start:]
        ]

    def statements(self, ranking: Ranking) -> int:
        """Count the statements in which something matched."""
        owners = self.collection.statement_of.take(ranking.found.array)
        return int(np.count_nonzero(owners[1:] != owners[:-1])) + bool(len(owners))

    def count(self, ranking: Ranking) -> Facets:
        """Count all that matched by speaker, forum and year."""
        return self.facets.count(ranking.found.array)

    def also_as(self, segment: Segment, statement: int) -> tuple[str, ...]:
        """Return the slugs of statements that are nearly the same; first the one that it stands behind."""
        shown = self.copies.representative(segment, statement)
        near = self.resemblance.near(self.collection.number(*shown))
        others = [self.collection.slug_of_statement(other) for other in near]
        if shown != (segment, statement):
            others.insert(0, self.collection.slug_of_statement(self.collection.number(*shown)))
        return tuple(others)

    def grouped_with(self, segment: Segment, statement: int) -> tuple[str, ...]:
        """Return the slugs of the statements that a search folds with one, sorted."""
        number = self.collection.number(segment, statement)
        others = self.resemblance.group_of(number)
        return tuple(sorted(self.collection.slug_of_statement(other) for other in others if other != number))

    @cached_property
    def resemblance(self) -> Resemblance:
        """Which statements are nearly the same."""
        from onrecord.search.duplicates.resemblance import Resemblance

        return Resemblance(self.collection)

    @cached_property
    def form_ranks(self) -> FormRanks:
        """The place of each form in the order of all forms."""
        from onrecord.search.engine.stretch_order import FormRanks  # likewise

        return FormRanks(self.collection)

    @cached_property
    def facets(self) -> FacetCounter:
        """What counts paragraphs by their names."""
        from onrecord.search.results.facets import FacetCounter  # most searches count none

        return FacetCounter(self.collection, self.keys)

    @cached_property
    def everything(self) -> ParagraphSet:
        """All paragraphs that count."""
        return every_paragraph(self.collection)

    def frame(self, by: Sequence[Key], among: ParagraphSet) -> Frame:
        """Return the cells of some keys among some paragraphs; those of all paragraphs are kept."""
        from onrecord.search.results.tallying import Frame  # most searches count none

        if among is not self.everything:
            return Frame(self.collection, self.keys, by, among.array)
        kept: Frame | None = self._frames.get(tuple(by))
        if kept is None:
            kept = Frame(self.collection, self.keys, by, among.array)
            self._frames.keep(tuple(by), kept, 1)
        return kept

    @cached_property
    def keys(self) -> KeyColumns:
        """What statements and paragraphs are told apart by."""
        from onrecord.search.results.keys import KeyColumns  # likewise

        return KeyColumns(self.collection)

    def forget(self) -> None:
        """Empty the caches of decoded terms and of facts."""
        self.terms.forget()
        self.facts.forget()
        self._frames.clear()

    def _by_score(self, scorer: Scorer, found: ParagraphSet, stop: int | None) -> Best:
        scores = None
        if stop is not None:
            found, scores = needed_for_page(stop, scorer, found, self.collection)
        if scores is None:
            scores = scored(scorer, found, self.collection)
        return best_by_score(self.collection, found.array, scores, stop)

    def _by_fact(self, scorer: Scorer, found: ParagraphSet, stop: int | None, sort: Sort) -> Best:
        best = best_by_fact(self.collection, found.array, sort=sort, count=stop)
        rising = np.array(sorted(paragraph for _, paragraph in best), np.uint32)
        scores = scored(scorer, ParagraphSet(array=rising), self.collection)
        score_of = dict(zip(rising.tolist(), scores.tolist(), strict=True))
        return [(score_of[paragraph], paragraph) for _, paragraph in best]
