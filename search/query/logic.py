"""Nodes that combine others: constants and filters, alternatives, exclusions, inflections."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from math import log
from typing import Any, cast

from whoosh import matching, query

from onrecord.search.query.lexicon import Stands
from onrecord.search.query.proximity import ExactPhrase
from onrecord.search.query.sieve import Sieve, nothing

__all__ = [
    "AnyOf",
    "Compound",
    "Constant",
    "Either",
    "Filter",
    "Inflected",
    "Without",
    "as_one_term",
    "frequencies",
]


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


class AnyOf(Either):
    """Match any of the words that were typed side by side.

    A hit says which of them it lacks. ``run`` is what was typed where these are the pairs of characters of a
    run of Chinese, which is one word to whoever asks.
    """

    def __init__(self, subqueries: Sequence[query.Query], *, run: str | None = None) -> None:
        super().__init__(list(subqueries))
        self.run = run

    def apply(self, change: Callable[[query.Query], query.Query]) -> AnyOf:
        """Return a copy with each part changed."""
        return AnyOf([change(part) for part in self.subqueries], run=self.run)

    def normalize(self) -> query.Query:
        """Return the node itself, whose parts are told apart."""
        return self


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

    A paragraph scores how often any of them stands there, by how many paragraphs hold any. ``stands`` says
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
        """Match as one term, where scores are BM25; by other weightings the groups score by themselves."""
        matcher = as_one_term(self, searcher, context)
        return matcher or super().matcher(searcher, context)

    def counted(self, searcher: Any) -> dict[int, float]:
        """Count how often the word stands in each document of a searcher."""
        return frequencies(searcher.reader(), [("stem", group) for group in self.groups])

    def holders(self, searcher: Any) -> int:
        """Count the documents that hold the word; of one group as Whoosh does, deleted ones among them."""
        some = [holders for group in self.groups if (holders := searcher.doc_frequency("stem", group))]
        return int(some[0]) if len(some) == 1 else len(self.counted(searcher))


class Compound(Either):
    """Match what was typed in parts (``co-operation``): the word that it is, or its parts side by side.

    They are one term, which stands in a paragraph as often as the one or the other does.
    """

    def __init__(self, word: Inflected, phrase: ExactPhrase) -> None:
        super().__init__([word, phrase])

    @property
    def word(self) -> Inflected:
        """The word that it is in one."""
        return cast(Inflected, self.subqueries[0])

    @property
    def phrase(self) -> ExactPhrase:
        """Its parts side by side."""
        return cast(ExactPhrase, self.subqueries[1])

    def apply(self, change: Callable[[query.Query], query.Query]) -> Compound:
        """Return a copy with each part changed."""
        changed = copy.copy(self)
        changed.subqueries = [change(part) for part in self.subqueries]
        return changed

    def normalize(self) -> query.Query:
        """Return the node itself, whose parts belong together."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as one term, where scores are BM25; by other weightings the parts score by themselves."""
        matcher = as_one_term(self, searcher, context)
        return matcher or super().matcher(searcher, context)

    def counted(self, searcher: Any) -> dict[int, float]:
        """Count how often the word or the phrase stands in each document of a searcher."""
        counted = self.word.counted(searcher)
        for document, times in self.phrase.counted(searcher):
            counted[document] = max(counted.get(document, 0), times)
        return counted

    def holders(self, searcher: Any) -> int:
        """Count the documents that hold the word or the phrase."""
        return len(self.counted(searcher))


def as_one_term(node: Any, searcher: Any, context: Any) -> matching.Matcher | None:
    """Match what a node counts as the postings of one term; None where the weighting is of another kind.

    The node says how often it stands in each document (``counted``) and how many hold it (``holders``).
    """
    from whoosh.scoring import BM25F, bm25  # none of our searches needs it

    weighting = context.weighting if context else searcher.weighting
    if weighting is not None and not isinstance(weighting, BM25F):
        return None
    counted = node.counted(searcher)
    if not counted:
        return nothing()
    ids = sorted(counted)
    if weighting is None:
        return matching.ListMatcher(ids)
    top = searcher.get_parent()
    rarity = getattr(weighting, "rarity", _whoosh_rarity)(top.doc_count_all(), node.holders(top))
    average = top.avg_field_length("stem") or 1
    lengths = [searcher.doc_field_length(document, "stem", 1) for document in ids]
    scores = [
        node.boost * bm25(rarity, counted[document], length, average, weighting.B, weighting.K1)
        for document, length in zip(ids, lengths, strict=True)
    ]
    return matching.ListMatcher(ids, scores)


def frequencies(reader: Any, terms: Sequence[tuple[str, str]]) -> dict[int, float]:
    """Count how often any of some terms, each with its field, stands in each document of a reader."""
    counted: dict[int, float] = {}
    for term in terms:
        if term in reader:
            postings = reader.postings(*term)
            while postings.is_active():
                document = postings.id()
                counted[document] = counted.get(document, 0.0) + postings.weight()
                postings.next()
    return counted


def _whoosh_rarity(documents: int, holders: int) -> float:
    """Return the weight of a term's rarity as Whoosh's own BM25F has it."""
    return log(documents / (holders + 1)) + 1
