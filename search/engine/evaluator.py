"""From a query tree to what it matches in a collection, and how that scores.

A word scores BM25F (`search.engine.postings`), one with a pattern its constant, a filter
nothing; a phrase counts how often it stands there (`search.query.ExactPhrase`).
Filters look at statements, and are laid over what the words have left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pyroaring import BitMap
from whoosh import query

from onrecord.search.engine.filters import is_filter, is_of_statements, lacked, passing
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.postings import Postings, narrowed
from onrecord.search.engine.scorers import (
    ConstantScore,
    Mask,
    Scorer,
    conjunction,
    difference,
    disjunction,
    every_paragraph,
)
from onrecord.search.engine.term_postings import TermPostingsReader
from onrecord.search.query import (
    AlsoAs,
    AnyOf,
    Apart,
    Compound,
    Constant,
    Either,
    ExactPhrase,
    Filter,
    Guarded,
    Inflected,
    Near,
    OtherForms,
    Quotation,
    Without,
)
from onrecord.search.query.expansion import Pattern

__all__ = ["Evaluator", "UnsupportedQuery", "sort_out"]


class UnsupportedQuery(Exception):
    """A tree with a node that our language does not produce; Whoosh's own matchers know it."""


class Evaluator:
    """Answers the query trees that our language produces, and their like."""

    def __init__(self, terms: TermPostingsReader) -> None:
        self._terms = terms
        self._collection = terms.collection
        self._answers: dict[type[query.Query], Callable[[Any], Scorer]] = {
            query.Term: self._term,
            Constant: self._constant,
            ExactPhrase: self._phrase,
            Apart: self._phrase,
            Near: self._near,
            query.And: self._all,
            query.Or: self._any,
            Either: self._any,
            AnyOf: self._any,
            AlsoAs: self._any,
            OtherForms: self._other_forms,
            Guarded: self._guarded,
            Inflected: self._word,
            Compound: self._compound,
            query.AndNot: self._without,
            Without: self._without,
            query.Every: self._every,
            Filter: self._filter,
        }

    def scorer(self, tree: query.Query) -> Scorer:
        """Answer a tree, or raise `UnsupportedQuery`."""
        scorer = self._answers.get(type(tree), _refuse)(tree)
        boost = getattr(tree, "boost", 1.0)
        if boost == 1.0:
            return scorer
        if boost > 0 and isinstance(scorer, Postings):
            return scorer.weighing(boost)
        raise UnsupportedQuery

    def _term(self, tree: query.Term) -> Scorer:
        if tree.fieldname == "stem":
            return self._terms.group(tree.text)
        if tree.fieldname == "text":
            return self._terms.form(tree.text)
        raise UnsupportedQuery

    def _word(self, tree: Inflected) -> Scorer:
        return self._terms.word(tree.groups)

    def _compound(self, tree: Compound) -> Scorer:
        return self._terms.compound(tree.word.groups, tree.phrase)

    def _other_forms(self, tree: OtherForms) -> Scorer:
        forms = [self.scorer(form) for form in tree.subqueries]
        parts = [form for form in forms if isinstance(form, Postings)]
        if len(parts) < len(forms):
            raise UnsupportedQuery
        return self._terms.other_forms(parts, self.scorer(tree.typed).found)

    def _guarded(self, tree: Guarded) -> Scorer:
        form = self.scorer(tree.form)
        if not isinstance(form, Postings):
            raise UnsupportedQuery
        passing = BitMap.intersection(form.found.bitmap, *map(self._condition, tree.conditions))
        return narrowed(form, passing if tree.unless is None else passing - self._condition(tree.unless))

    def _condition(self, tree: query.Query) -> BitMap:
        """Return the paragraphs that a guard lets pass: filters, and words that stand there."""
        if isinstance(tree, Filter) and isinstance(tree.child, Either) and not is_filter(tree.child):
            return self.scorer(tree.child).found.bitmap  # words
        return self._passing(tree).bitmap

    def _phrase(self, tree: ExactPhrase) -> Scorer:
        if tree.fieldname != "text":
            raise UnsupportedQuery
        return self._terms.phrase(tree)

    def _near(self, tree: Near) -> Scorer:
        if tree.fieldname != "text":
            raise UnsupportedQuery
        return self._terms.near(tree)

    def _constant(self, tree: Constant) -> Scorer:
        pattern = tree.child
        if isinstance(pattern, Quotation) and pattern.fieldname == "text" and pattern.boost == 1.0:
            return ConstantScore(self._terms.quotation(pattern), tree.score)
        if not isinstance(pattern, Pattern) or pattern.fieldname != "text" or pattern.boost != 1.0:
            raise UnsupportedQuery
        return ConstantScore(self._terms.pattern(pattern), tree.score)

    def _all(self, tree: query.And) -> Scorer:
        words: list[query.Query] = []
        filters: list[query.Query] = []
        sort_out(tree.subqueries, words=words, filters=filters)
        whole = [tree for tree in filters if is_of_statements(tree)]
        within = [self._passing(tree) for tree in filters if not is_of_statements(tree)]
        mask = self._mask(whole) if whole else None
        if words:
            return conjunction([self.scorer(word) for word in words], mask, self._collection, within=within)
        if not filters:
            raise UnsupportedQuery
        return ConstantScore(every_paragraph(self._collection, mask, within=within), 0.0)

    def _any(self, tree: query.Or) -> Scorer:
        if not tree.subqueries or tree.scale is not None or tree.minmatch:
            raise UnsupportedQuery
        if is_filter(tree):
            return self._filter(tree)
        return disjunction([self.scorer(part) for part in tree.subqueries])

    def _without(self, tree: query.AndNot) -> Scorer:
        return difference(self.scorer(tree.a), self.scorer(tree.b))

    def _every(self, tree: query.Every) -> Scorer:
        if tree.fieldname is not None:
            raise UnsupportedQuery
        return ConstantScore(every_paragraph(self._collection), 1.0)

    def _filter(self, tree: query.Query) -> Scorer:
        return ConstantScore(self._passing(tree), 0.0)

    def _passing(self, tree: query.Query) -> ParagraphSet:
        """Return the paragraphs that pass a filter."""
        if is_of_statements(tree):
            return every_paragraph(self._collection, self._mask([tree]))
        match tree:
            case Filter():
                return self._passing(tree.child)
            case query.And():
                parts = [self._passing(part).bitmap for part in tree.subqueries]
                return ParagraphSet(bitmap=BitMap.intersection(*parts))
            case query.Or():
                parts = [self._passing(part).bitmap for part in tree.subqueries]
                return ParagraphSet(bitmap=BitMap.union(*parts))
            case query.Term():
                return ParagraphSet(bitmap=self._collection.in_language(tree.text))
            case query.AndNot() if lacked(tree) == "language":
                return ParagraphSet(bitmap=self._collection.in_language(None))
            case _:
                raise TypeError(f"{type(tree).__name__} is no filter")

    def _mask(self, filters: Sequence[query.Query]) -> Mask:
        """Mark the statements of all segments that pass all of some filters."""
        parts = [
            np.logical_and.reduce([passing(tree, segment) for tree in filters])
            for segment in self._collection.segments
        ]
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, bool), *parts])


def sort_out(trees: Sequence[query.Query], *, words: list[query.Query], filters: list[query.Query]) -> None:
    """Tell words from filters, and take what stands in an ``And`` out of it."""
    for tree in trees:
        if is_filter(tree):
            filters.append(tree)
        elif type(tree) is query.And and tree.subqueries and tree.boost == 1.0:
            sort_out(tree.subqueries, words=words, filters=filters)
        else:
            words.append(tree)


def _refuse(tree: query.Query) -> Scorer:
    raise UnsupportedQuery
