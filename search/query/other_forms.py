"""Nodes for what a lexicon adds to a question: the other forms of what was typed, and what guards them."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from whoosh import matching, query

from onrecord.search.query.logic import Compound, Either, Filter, Inflected, Without, as_one_term, frequencies
from onrecord.search.query.proximity import ExactPhrase

__all__ = ["OTHER_FORMS_WEIGHT", "AlsoAs", "Guarded", "OtherForms"]

#: What another form scores beside the one that was typed. A word that stands once in a paragraph of average
#: length scores 1 / (1 + K1) of what any number of times would, and K1 is 1.2: so of two such paragraphs the
#: one that says what was typed, be it once, is not behind the one that says it otherwise, however often.
OTHER_FORMS_WEIGHT = 0.45

Node = TypeVar("Node", bound=query.CompoundQuery)


class AlsoAs(Either):
    """Match what was typed, or the same thing under another form; what is under both scores by both.

    ``name`` is what was typed.
    """

    def __init__(self, typed: query.Query, others: OtherForms, *, name: str) -> None:
        super().__init__([typed, others])
        self.name = name

    @property
    def typed(self) -> query.Query:
        """What normal mode asks for."""
        return self.subqueries[0]

    @property
    def others(self) -> OtherForms:
        """What broad mode adds."""
        return cast(OtherForms, self.subqueries[1])

    def apply(self, change: Callable[[query.Query], query.Query]) -> AlsoAs:
        """Return a copy with each part changed."""
        return _changed(self, change)

    def normalize(self) -> query.Query:
        """Return the node itself, whose parts are told apart."""
        return self


class OtherForms(Either):
    """Match any of the other forms of an entry of a lexicon, as one term.

    A paragraph scores how often any of them stands there, by how many hold the entry in any form, that which
    was typed (``typed``) among them: so none of them is rarer than a word that was typed. ``names`` are the
    forms as they are written.
    """

    def __init__(
        self,
        forms: Sequence[query.Query],
        *,
        names: Sequence[str],
        typed: query.Query,
        boost: float = OTHER_FORMS_WEIGHT,
    ) -> None:
        super().__init__(list(forms), boost=boost)
        self.names = tuple(names)
        self.typed = typed

    def apply(self, change: Callable[[query.Query], query.Query]) -> OtherForms:
        """Return a copy with each form changed."""
        return _changed(self, change)

    def normalize(self) -> query.Query:
        """Return the node itself, which is one term."""
        return self

    def simplify(self, reader: Any) -> query.Query:
        """Return the node itself: its forms by themselves score otherwise."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as one term, where scores are BM25; by other weightings the forms score by themselves."""
        matcher = as_one_term(self, searcher, context)
        return matcher or super().matcher(searcher, context)

    def counted(self, searcher: Any) -> dict[int, float]:
        """Count how often any of the forms stands in each document of a searcher."""
        counted: dict[int, float] = {}
        for form in self.subqueries:
            for document, times in _counted(form, searcher).items():
                counted[document] = counted.get(document, 0.0) + times
        return counted

    def holders(self, searcher: Any) -> int:
        """Count the documents that hold the entry in any form."""
        return len(self.counted(searcher).keys() | _counted(self.typed, searcher).keys())


class Guarded(query.And):
    """Match a form where the guards let it pass; they add nothing to its score.

    Paragraphs pass that are in one of some languages and in none of others (all, where none is named), that
    hold one of some words, and whose statement is dated within some days.
    """

    def __init__(
        self,
        form: query.Query,
        *,
        languages: Sequence[str] = (),
        not_in: Sequence[str] = (),
        beside: Sequence[query.Query] = (),
        dated: query.Query | None = None,
    ) -> None:
        conditions = [_language(languages)] if languages else []
        conditions += [Filter(Either(list(beside)))] if beside else []
        conditions += [dated] if dated is not None else []
        super().__init__([form, *conditions])
        self.languages = tuple(languages)
        self.not_in = tuple(not_in)
        self.beside = tuple(beside)

    @property
    def form(self) -> query.Query:
        """What is looked for."""
        return self.subqueries[0]

    @property
    def conditions(self) -> Sequence[query.Query]:
        """What has to hold as well."""
        return self.subqueries[1:]

    @property
    def unless(self) -> query.Query | None:
        """What must not hold."""
        return _language(self.not_in) if self.not_in else None

    def apply(self, change: Callable[[query.Query], query.Query]) -> Guarded:
        """Return a copy with the form and each condition changed."""
        return _changed(self, change)

    def normalize(self) -> query.Query:
        """Return the node itself, whose form is told from its guards."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as the form does, where all conditions hold."""
        tree: query.Query = query.And(list(self.subqueries))
        tree = tree if self.unless is None else Without(tree, self.unless)
        return tree.matcher(searcher, context)

    def counted(self, searcher: Any) -> dict[int, float]:
        """Count how often the form stands in each document that passes."""
        passing = self.matcher(searcher, searcher.boolean_context())
        counted = _counted(self.form, searcher)
        return {document: counted[document] for document in passing.all_ids()}


def _changed(node: Node, change: Callable[[query.Query], query.Query]) -> Node:
    changed = copy.copy(node)
    changed.subqueries = [change(part) for part in node.subqueries]
    return changed


def _language(codes: Sequence[str]) -> query.Query:
    filters = [Filter(query.Term("language", code)) for code in codes]
    return filters[0] if len(filters) == 1 else Either(filters)


def _counted(form: query.Query, searcher: Any) -> dict[int, float]:
    """Count how often a form stands in each document."""
    match form:
        case Guarded() | Inflected() | Compound():
            return form.counted(searcher)
        case ExactPhrase():
            return dict(form.counted(searcher))
        case query.Term():
            return frequencies(searcher.reader(), [(form.fieldname, form.text)])
    return dict.fromkeys(form.matcher(searcher, searcher.boolean_context()).all_ids(), 1.0)
