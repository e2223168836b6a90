"""Nodes that combine others: constants and filters, alternatives, exclusions, inflections."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from math import log
from typing import Any

from whoosh import matching, query

from onrecord.search.query.lexicon import Stands
from onrecord.search.query.sieve import Sieve, nothing

__all__ = ["Constant", "Either", "Filter", "Inflected", "Without"]


class Constant(query.ConstantScoreQuery):
    """Give every match of ``child`` the same score, whatever the search asks for."""

    def __str__(self) -> str:
        return str(self.child)

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as the child does; the scores underneath are not computed."""
        unscored = context.set(weighting=None) if context else searcher.boolean_context()
        child = self.child.matcher(searcher, unscored)
        return _ConstantMatcher(child, score=self.score) if child.is_active() else nothing()


class _ConstantMatcher(matching.ConstantScoreWrapperMatcher):
    def weight(self) -> float:
        return float(self.score())

    def supports_block_quality(self) -> bool:
        return False


class Filter(Constant):
    """Keep what matches ``child`` and add nothing to its score.

    ``described`` is how a reader would name the filter, where the child does not tell.
    """

    def __init__(self, child: query.Query, described: str | None = None) -> None:
        super().__init__(child, score=0.0)
        self.described = described

    def _rewrap(self, child: query.Query) -> Filter:
        return Filter(child, self.described)


class Either(query.Or):
    """Match any of the subqueries, also those that score 0."""

    matcher_type = query.Or.DEFAULT_MATCHER


class Without(query.AndNot):
    """Match ``a`` where ``b`` does not match; the score is that of ``a``."""

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as ``a`` does, past all that ``b`` matches."""
        left_out = self.b.matcher(searcher, searcher.boolean_context())
        return _WithoutMatcher(self.a.matcher(searcher, context), left_out)


class _WithoutMatcher(Sieve):
    def __init__(self, wanted: matching.Matcher, left_out: matching.Matcher) -> None:
        self._left_out = left_out
        super().__init__(wanted)

    def _keeps(self) -> bool:
        left_out, document = self._left_out, self.child.id()
        if left_out.is_active() and left_out.id() < document:
            left_out.skip_to(document)
        return not (left_out.is_active() and left_out.id() == document)

    def reset(self) -> None:
        self._left_out.reset()
        super().reset()


class Inflected(query.Or):
    """Match what ``word`` stands for: any of its inflection groups in the field ``stem``, as one term.

    A paragraph scores how often any of them stands there, by how many paragraphs hold each: ``stands`` says
    what the word stands for.

    >>> Inflected("mines", ["en:mine", "fr:mine"]).subqueries
    [Term('stem', 'en:mine'), Term('stem', 'fr:mine')]
    """

    def __init__(self, word: str, groups: Sequence[str], stands: Stands = Stands.FORMS) -> None:
        super().__init__([query.Term("stem", group) for group in groups])
        self.word = word
        self.groups = tuple(groups)
        self.stands = stands

    def apply(self, change: Callable[[query.Query], query.Query]) -> Inflected:
        """Return a copy with each subquery changed."""
        changed = copy.copy(self)
        changed.subqueries = [change(subquery) for subquery in self.subqueries]
        return changed

    def normalize(self) -> query.Query:
        """Return the node itself, which holds nothing to merge."""
        return self

    def simplify(self, reader: Any) -> query.Query:
        """Return the node itself: its groups by themselves score otherwise."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as one term, where scores are BM25F; by other weightings the groups score by themselves."""
        from whoosh.scoring import BM25F, bm25  # none of our searches needs it

        weighting = context.weighting if context else searcher.weighting
        if len(self.groups) < 2 or (weighting is not None and type(weighting) is not BM25F):
            either: matching.Matcher = super().matcher(searcher, context)
            return either
        frequencies = _frequencies(searcher.reader(), self.groups)
        if not frequencies:
            return nothing()
        ids = sorted(frequencies)
        if weighting is None:
            return matching.ListMatcher(ids)
        top = searcher.get_parent()
        idf = _idf(top, [top.doc_frequency("stem", group) for group in self.groups])
        average = top.avg_field_length("stem") or 1
        scores = [
            self.boost
            * bm25(
                idf,
                frequencies[document],
                searcher.doc_field_length(document, "stem", 1),
                average,
                weighting.B,
                weighting.K1,
            )
            for document in ids
        ]
        return matching.ListMatcher(ids, scores)


def _frequencies(reader: Any, groups: Sequence[str]) -> dict[int, float]:
    """Count how often any of some groups stands in each document of a reader."""
    counted: dict[int, float] = {}
    for group in groups:
        if ("stem", group) in reader:
            postings = reader.postings("stem", group)
            while postings.is_active():
                document = postings.id()
                counted[document] = counted.get(document, 0.0) + postings.weight()
                postings.next()
    return counted


def _idf(searcher: Any, holders: Sequence[int]) -> float:
    """Return the weight of a word's rarity by the holders of its groups, as Whoosh weighs a term's."""
    return log(searcher.doc_count_all() / (sum(holders) + 1)) + 1
