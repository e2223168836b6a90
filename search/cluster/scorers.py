"""How what was found scores in a cluster: clauses whose score is that of the local engine, to the last bit.

A term is found by a clause that scores how often it stands in a paragraph (`mapping`), and a script makes of
that what `search.engine.postings` does: the same numbers of 32 bits, in the same order. Lucene adds up the
scores of a clause's parts in 64 bits and rounds once, the local engine rounds after each: so never more than
two are added at once, and a script that changes nothing keeps Lucene from taking such sums apart.

A statement is scored by its document: how often a term stands in all of its paragraphs, `has_child` adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from onrecord.indexer.segments.bm25 import K1, B
from onrecord.search.cluster.clauses import NOTHING, all_of, any_of, of_statements, without
from onrecord.search.engine.whole_statement import STATEMENT_WEIGHT

__all__ = [
    "Conjunction",
    "ConstantScore",
    "Disjunction",
    "Filtered",
    "Norms",
    "Rarity",
    "Scorer",
    "Term",
    "with_statement",
]

Json = dict[str, Any]

# ``_score`` is how often. Scores of 32 bits are made as NumPy makes them: an operation at a time.
_BM25 = (
    "float tf = (float) Math.round(_score);"
    "float norm = (float) doc['length'].value * (float) params.slope;"
    "norm = norm + (float) params.floor;"
    "float share = tf / (tf + norm);"
    "return share * (float) params.weight;"
)
_AS_IT_IS = "return _score;"
_TIMES = "return (float) _score * (float) params.weight;"
# Parts up to which a sum is rounded after each; queries in each other are bounded.
_ROUNDED = 64


class Norms(NamedTuple):
    """What BM25 adds to a frequency below the line: ``slope`` a word of the text, and ``floor``."""

    slope: float
    floor: float

    @classmethod
    def of(cls, average: float) -> Norms:
        """Return the norms of texts of an average length, as `indexer.segments.bm25.norms` makes them."""
        return cls(float(np.float32(K1 * B / average)), float(np.float32(K1 * (1 - B))))


class Rarity(Protocol):
    """The weight of a term's rarity, known when all that is to be counted for a question was counted."""

    def __call__(self) -> float:
        """Return it."""


class Scorer(Protocol):
    """A part of a question: what finds it, and what scores it."""

    @property
    def found(self) -> Json:
        """The clause that finds its paragraphs."""

    def scores(self, norms: Norms) -> Json:
        """Return the clause that finds its paragraphs and scores them."""

    def in_statements(self, norms: Norms) -> Json:
        """Return the clause that finds statements and scores each by all that it says."""


class Term:
    """A term, or what counts as one: ``counted`` finds it and scores how often it stands in a paragraph."""

    def __init__(self, counted: Json, rarity: Rarity, *, factor: float = 1.0) -> None:
        self.found = counted
        self._rarity = rarity
        self._factor = factor

    @property
    def is_nothing(self) -> bool:
        """Whether it is known to be nowhere."""
        return self.found is NOTHING

    def weighing(self, factor: float) -> Term:
        """Return the same term, whose scores are so many times as high."""
        return Term(self.found, self._rarity, factor=factor)

    def scores(self, norms: Norms) -> Json:
        """Score paragraphs by BM25."""
        return self._scored(self.found, norms)

    def in_statements(self, norms: Norms) -> Json:
        """Score statements by BM25, each as if it were one paragraph."""
        counted = {"has_child": {"type": "paragraph", "query": self.found, "score_mode": "sum"}}
        return self._scored(counted, norms)

    def _scored(self, counted: Json, norms: Norms) -> Json:
        if self.is_nothing:
            return NOTHING
        weight = np.float32(self._rarity() * (K1 + 1))
        if self._factor != 1.0:
            weight = weight * np.float32(self._factor)
        return scripted(counted, _BM25, {**norms._asdict(), "weight": float(weight)})


class ConstantScore:
    """Paragraphs that all have the same score, such as those of a pattern."""

    def __init__(self, found: Json, score: float) -> None:
        self.found = found
        self._score = float(np.float32(score))

    def scores(self, norms: Norms) -> Json:
        """Score each the same."""
        return self._constant(self.found)

    def in_statements(self, norms: Norms) -> Json:
        """Score each statement with such a paragraph the same."""
        return self._constant(of_statements(self.found))

    def _constant(self, found: Json) -> Json:
        if not self._score:
            return {"bool": {"filter": [found]}}
        return {"constant_score": {"filter": found, "boost": self._score}}


class Conjunction:
    """What all of several parts find, and some filters; a score is the sum of the parts' scores."""

    def __init__(self, parts: Sequence[Scorer], filters: Sequence[Json]) -> None:
        self._parts = parts
        self._filters = filters

    @property
    def found(self) -> Json:
        """What all find."""
        return all_of([*(part.found for part in self._parts), *self._filters])

    def scores(self, norms: Norms) -> Json:
        """Add the parts' scores."""
        added = _added_up([part.scores(norms) for part in self._parts], "must")
        return {"bool": {"must": [added], "filter": list(self._filters)}} if self._filters else added

    def in_statements(self, norms: Norms) -> Json:
        """Add the parts' scores, whichever of the parts a statement has."""
        return _added_up([part.in_statements(norms) for part in self._parts], "should")


class Disjunction:
    """What any of several parts finds; a score is the sum of those that find it.

    ``somewhere`` tells of each part whether it finds anything.
    """

    def __init__(self, parts: Sequence[Scorer], *, somewhere: Sequence[Callable[[], bool]]) -> None:
        self._parts = parts
        self._somewhere = somewhere

    @property
    def found(self) -> Json:
        """What any finds."""
        return any_of([part.found for part in self._parts])

    def scores(self, norms: Norms) -> Json:
        """Add the parts' scores."""
        return _added_up([part.scores(norms) for part in self._parts], "should")

    def in_statements(self, norms: Norms) -> Json:
        """Add the scores of the parts that find a paragraph anywhere."""
        some = [part for part, holds in zip(self._parts, self._somewhere, strict=True) if holds()]
        return _added_up([part.in_statements(norms) for part in some], "should") if some else NOTHING


class Filtered:
    """What one part finds and another does not, with the scores of the one."""

    def __init__(self, part: Scorer, left_out: Scorer) -> None:
        self._part = part
        self._left_out = left_out

    @property
    def found(self) -> Json:
        """What the one finds and the other does not."""
        return without(self._part.found, self._left_out.found)

    def scores(self, norms: Norms) -> Json:
        """Score as the part does."""
        return {"bool": {"must": [self._part.scores(norms)], "must_not": [self._left_out.found]}}

    def in_statements(self, norms: Norms) -> Json:
        """Score statements as the part does."""
        return self._part.in_statements(norms)


def with_statement(part: Scorer, *, paragraphs: Norms, statements: Norms) -> Json:
    """Return the clause that adds to the score of a paragraph its share of what its statement scores."""
    whole = scripted(part.in_statements(statements), _TIMES, {"weight": STATEMENT_WEIGHT})
    share = {"has_parent": {"parent_type": "statement", "query": whole, "score": True}}
    return {"bool": {"must": [_rounded(part.scores(paragraphs))], "should": [share]}}


def scripted(clause: Json, source: str, parameters: Mapping[str, float] | None = None) -> Json:
    """Find what a clause finds, and score it by a script of its score."""
    script: Json = {"source": source}
    if parameters:
        script["params"] = dict(parameters)
    return {"script_score": {"query": clause, "script": script}}


def _added_up(parts: Sequence[Json], occur: str) -> Json:
    """Add up scores, and round after each as the local engine does; of many parts once, at the end."""
    if len(parts) > _ROUNDED:
        return _bool(list(map(_rounded, parts)), occur)
    added = parts[0]
    for part in parts[1:]:
        added = _bool([_rounded(added), _rounded(part)], occur)
    return added


def _rounded(clause: Json) -> Json:
    """Keep Lucene from adding up the parts of a sum with others: the sum is a number of 32 bits."""
    return scripted(clause, _AS_IT_IS) if {"must", "should"} & clause.get("bool", {}).keys() else clause


def _bool(parts: Sequence[Json], occur: str) -> Json:
    least: Json = {"minimum_should_match": 1} if occur == "should" else {}
    return {"bool": {occur: list(parts), **least}}
