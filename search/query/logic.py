"""Nodes that combine others: constants and filters, alternatives, exclusions, inflections."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
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
    """Match what ``word`` stands for: any of its inflection groups in the field ``stem``, or else a phrase.

    ``stands`` says what for; ``phrase`` are the parts of a word that was typed with a hyphen.

    >>> Inflected("mines", ["en:mine", "fr:mine"]).subqueries
    [Term('stem', 'en:mine'), Term('stem', 'fr:mine')]
    """

    def __init__(
        self,
        word: str,
        groups: Sequence[str],
        stands: Stands = Stands.FORMS,
        *,
        phrase: query.Query | None = None,
    ) -> None:
        terms: list[query.Query] = [query.Term("stem", group) for group in groups]
        super().__init__(terms if phrase is None else [*terms, phrase])
        self.word = word
        self.stands = stands

    @property
    def groups(self) -> list[str]:
        """The inflection groups."""
        return [part.text for part in self.subqueries if isinstance(part, query.Term)]

    def apply(self, change: Callable[[query.Query], query.Query]) -> Inflected:
        """Return a copy with each subquery changed."""
        changed = copy.copy(self)
        changed.subqueries = [change(subquery) for subquery in self.subqueries]
        return changed

    def normalize(self) -> query.Query:
        """Return the node itself, which holds nothing to merge."""
        return self

    def simplify(self, reader: Any) -> query.Query:
        """Return the groups without the word."""
        simple: query.Query = query.Or(self.subqueries, boost=self.boost).simplify(reader)
        return simple
