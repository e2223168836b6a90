"""From a query tree to the paragraphs it matches in one segment, and their scores.

`SegmentEvaluator.find` answers which paragraphs match, with Roaring bitmaps and
arrays; `SegmentEvaluator.scores` scores chosen ones of them. Filters look at
statements, and are laid over what the words have left.

Scores are Whoosh's BM25F: ``idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * l / average))``,
in 32 bits. A word with a pattern scores its constant, a filter nothing; a phrase
counts how often it stands there (`search.nodes.ExactPhrase`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap
from whoosh import query

from search.decoded import DecodedTerms
from search.filters import is_filter, passing
from search.found import Found, Frequencies, Ints, looked_up
from search.nodes import ExactPhrase, Near
from search.statistics import Statistics

__all__ = ["FORMALITY_WEIGHT", "SegmentEvaluator"]

Floats = npt.NDArray[np.float32]

# Whoosh's own parameters of BM25F.
K1 = 1.2
B = 0.75
#: A greeting or a closing is found like any other paragraph, but its score is cut so far that it stands
#: below a paragraph of substance that says the same. BM25 scores one occurrence
#: 2.2 / (1 + 1.2 * (0.25 + 0.75 * l)), l the length over the average: 1.7 in the shortest greeting, 0.21 in a
#: paragraph ten times the average. A tenth puts any greeting below all but the longest paragraphs.
FORMALITY_WEIGHT = 0.1


class SegmentEvaluator:
    """Answers query trees from one segment."""

    def __init__(self, terms: DecodedTerms, statistics: Statistics) -> None:
        self.segment = terms.segment
        self._terms = terms
        self._statistics = statistics
        self._peaks: dict[tuple[str, str], float] = {}
        ratio = self.segment.lengths / np.float32(statistics.average_length)
        self._norms = (K1 * (1 - B + B * ratio)).astype(np.float32)
        self._weights = np.where(self.segment.formal, np.float32(FORMALITY_WEIGHT), np.float32(1))

    def find(self, tree: query.Query) -> Found:
        """Find the paragraphs that match, deleted ones left out."""
        self._terms.begin_question()
        found = self._find(tree)
        return Found(bitmap=found.bitmap & self.live) if self.segment.deleted else found

    def scores(self, tree: query.Query, paragraphs: Ints) -> Floats:
        """Score some of the paragraphs that match, in their order, formal ones cut."""
        if not len(paragraphs):
            return np.zeros(0, np.float32)
        return self._scores(tree, paragraphs, self._norms.take(paragraphs)) * self._weights.take(paragraphs)

    def peak(self, term: query.Term) -> float:
        """Return the most that a term adds to the score of a paragraph of this segment."""
        key = term.fieldname, term.text
        if key not in self._peaks:
            found = self._find(term).array
            self._peaks[key] = float(self._term_scores(term, found, self._norms[found]).max(initial=0))
        return self._peaks[key]

    def holders(self, term: query.Term) -> BitMap:
        """Return the paragraphs that hold a term, deleted ones included."""
        return self._find(term).bitmap

    @cached_property
    def live(self) -> BitMap:
        """All paragraphs that are not deleted."""
        return BitMap(range(len(self.segment))) - self.segment.deleted_paragraphs

    def forget(self) -> None:
        """Forget the terms that were asked for."""
        self._terms.forget()
        self._peaks.clear()

    def _find(self, tree: query.Query) -> Found:
        match tree:
            case _ if is_filter(tree):
                return Found(array=self._paragraphs_of(passing(tree, self.segment)))
            case query.ConstantScoreQuery():
                return self._find(tree.child)
            case query.And():
                return self._find_all(tree.subqueries)
            case query.Or():
                return self._find_any(self._present(tree))
            case query.AndNot():
                return Found(bitmap=self._find(tree.a).bitmap - self._find(tree.b).bitmap)
            case query.Every():
                return Found(array=np.arange(len(self.segment), dtype=np.uint32))
            case _:
                return self._find_words(tree)

    def _find_words(self, tree: query.Query) -> Found:
        match tree:
            case query.Term(fieldname="stem"):
                return self._terms.group(tree.text)
            case query.Term(fieldname="text"):
                return Found(array=self._terms.form(tree.text)[0])
            case ExactPhrase():
                return Found(array=self._terms.phrase(tree)[0])
            case Near():
                return Found(array=self._terms.near(tree)[0])
            case query.Prefix() | query.Wildcard() | query.FuzzyTerm():
                return self._terms.pattern(tree)
        raise TypeError(f"{type(tree).__name__} is for Whoosh to find")

    def _find_all(self, children: Sequence[query.Query]) -> Found:
        """Meet words first, the rarest before the others, and lay the filters over what they leave."""
        found, *others = sorted((self._find(child) for child in children if not is_filter(child)), key=len)
        for other in others:
            found = Found(bitmap=found.bitmap & other.bitmap)
        for child in children:
            if is_filter(child) and len(found):
                mask = passing(child, self.segment)
                found = Found(array=found.array[mask.take(self.segment.statement_of.take(found.array))])
        return found

    def _find_any(self, children: Sequence[query.Query]) -> Found:
        if len(children) == 1:
            return self._find(children[0])
        return Found(bitmap=BitMap.union(*(self._find(child).bitmap for child in children)))

    def _present(self, tree: query.Or) -> list[query.Query]:
        """Leave out the terms that the segment does not have: most words have no group of acronyms."""
        number = self._terms.number
        return [
            child
            for child in tree.subqueries
            if not isinstance(child, query.Term) or number(child.fieldname, child.text) is not None
        ] or list(tree.subqueries[:1])

    def _paragraphs_of(self, statements: npt.NDArray[np.bool_]) -> Ints:
        return np.flatnonzero(statements[self.segment.statement_of]).astype(np.uint32)

    def _scores(self, tree: query.Query, paragraphs: Ints, norms: Floats) -> Floats:
        match tree:
            case query.ConstantScoreQuery():
                return np.full(len(paragraphs), tree.score, np.float32)
            case query.Every():
                return np.full(len(paragraphs), tree.boost, np.float32)
            case query.AndNot():
                return self._scores(tree.a, paragraphs, norms)
            case query.And():
                return _sum(self._scores(child, paragraphs, norms) for child in tree.subqueries)
            case query.Or():
                return _sum(self._scores_of_branch(child, paragraphs, norms) for child in self._present(tree))
            case query.Prefix() | query.Wildcard() | query.FuzzyTerm():
                raise TypeError("a pattern scores as the constant that it stands in")
            case _:
                return self._term_scores(tree, paragraphs, norms)

    def _scores_of_branch(self, tree: query.Query, paragraphs: Ints, norms: Floats) -> Floats:
        """Score a branch that need not hold in all of the paragraphs."""
        if _scores_nothing_elsewhere(tree):
            return self._scores(tree, paragraphs, norms)
        held = np.isin(paragraphs, self._find(tree).array, assume_unique=True)
        scored = np.zeros(len(paragraphs), np.float32)
        scored[held] = self._scores(tree, paragraphs[held], norms[held])
        return scored

    def _term_scores(self, tree: query.Query, paragraphs: Ints, norms: Floats) -> Floats:
        frequencies, weight = self._frequencies(tree, paragraphs)
        tf = frequencies.astype(np.float32)
        return np.float32(weight * (K1 + 1)) * (tf / (tf + norms))

    def _frequencies(self, tree: query.Query, paragraphs: Ints) -> tuple[Frequencies, float]:
        """Return how often a term or a phrase stands in each paragraph, and the weight of its rarity."""
        idf = self._statistics.idf
        match tree:
            case query.Term(fieldname="stem"):
                return self._terms.group_frequencies(tree.text, paragraphs), idf("stem", tree.text)
            case query.Term():
                return looked_up(*self._terms.form(tree.text), paragraphs), idf("text", tree.text)
            case ExactPhrase():
                counted = self._terms.phrase(tree)
            case Near():
                counted = self._terms.near(tree)
            case _:
                raise TypeError(f"{type(tree).__name__} has no frequencies")
        return looked_up(*counted, paragraphs), sum(idf("text", word) for word in tree.words)


def _sum(parts: Iterable[Floats]) -> Floats:
    """Add scores, child by child."""
    total, *others = parts
    for part in others:
        total = total + part
    return total


def _scores_nothing_elsewhere(tree: query.Query) -> bool:
    """Tell whether a tree scores 0 by itself where it is not found."""
    if isinstance(tree, query.Or):
        return all(map(_scores_nothing_elsewhere, tree.subqueries))
    return isinstance(tree, query.Term | ExactPhrase | Near)
