"""How questions are put together: all of some parts, any of them, one without another.

A scorer finds its paragraphs as soon as it is made, with Roaring bitmaps, and scores only the candidates
that it is given. A *live* paragraph is one whose statement is neither deleted nor hidden behind its copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.search.collection import Collection, Floats
from onrecord.search.engine.paragraph_set import NOTHING, ParagraphSet
from onrecord.search.engine.postings import Candidates

__all__ = [
    "ConstantScore",
    "Mask",
    "Scorer",
    "conjunction",
    "difference",
    "disjunction",
    "every_paragraph",
    "live",
]

#: A flag for each statement of the collection.
Mask = npt.NDArray[np.bool_]


class Scorer(Protocol):
    """A scorer: a part of a question, which knows the paragraphs that match it and scores them."""

    @property
    def found(self) -> ParagraphSet:
        """The paragraphs that match, deleted ones included."""

    @property
    def zero_elsewhere(self) -> bool:
        """Whether `scores` gives 0 to a paragraph that does not match; if not, it is given matches only."""

    def scores(self, candidates: Candidates) -> Floats:
        """Score paragraphs, in their order."""

    def in_statements(self, collection: Collection) -> Floats:
        """Score every statement of the collection by all that it says: 0 where nothing of it matches."""


class ConstantScore:
    """Paragraphs that all have the same score, such as those of a pattern."""

    zero_elsewhere = False

    def __init__(self, found: ParagraphSet, score: float) -> None:
        self.found = found
        self._score = score

    def scores(self, candidates: Candidates) -> Floats:
        """Score each the same."""
        return np.full(len(candidates), self._score, np.float32)

    def in_statements(self, collection: Collection) -> Floats:
        """Score each statement with such a paragraph the same."""
        scored = np.zeros(collection.statements, np.float32)
        scored[collection.statement_of.take(self.found.array)] = self._score
        return scored


class Conjunction:
    """The paragraphs that all of several parts match (AND); a score is the sum of the parts' scores."""

    zero_elsewhere = False

    def __init__(self, parts: Sequence[Scorer], found: ParagraphSet) -> None:
        self._parts = parts
        self.found = found

    def scores(self, candidates: Candidates) -> Floats:
        """Add the parts' scores."""
        first, *others = self._parts
        scored = first.scores(candidates)
        for other in others:
            scored = scored + other.scores(candidates)
        return scored

    def in_statements(self, collection: Collection) -> Floats:
        """Add the parts' scores, whichever of the parts a statement has."""
        return _added_up(self._parts, collection)


class Disjunction:
    """The paragraphs that any of several parts matches (OR); a score is the sum of those that match it."""

    def __init__(self, parts: Sequence[Scorer]) -> None:
        self.parts = parts
        self.found = ParagraphSet(bitmap=BitMap.union(*(part.found.bitmap for part in parts)))
        self.zero_elsewhere = all(part.zero_elsewhere for part in parts)

    def scores(self, candidates: Candidates) -> Floats:
        """Add the parts' scores, each where it matches."""
        first, *others = self.parts
        scored = _where_found(first, candidates)
        for other in others:
            scored = scored + _where_found(other, candidates)
        return scored

    def in_statements(self, collection: Collection) -> Floats:
        """Add the parts' scores."""
        return _added_up(self.parts, collection)


class Filtered:
    """The paragraphs of one part that also pass something else, with the scores of that part."""

    zero_elsewhere = False

    def __init__(self, part: Scorer, found: ParagraphSet) -> None:
        self.found = found
        self.scores = part.scores
        self.in_statements = part.in_statements


def conjunction(
    parts: Sequence[Scorer], mask: Mask | None, collection: Collection, *, within: Sequence[ParagraphSet] = ()
) -> Scorer:
    """Match what all parts match: the rarest first, and of what they leave, what passes the filters.

    ``within`` are paragraphs that pass, ``mask`` marks statements.
    """
    found, *others = sorted([*(part.found for part in parts), *within], key=_count)
    for other in others:
        if not found.count:
            break
        found = ParagraphSet(bitmap=found.bitmap & other.bitmap)
    if mask is not None:
        found = _masked(found, mask, collection)
    return Conjunction(parts, found)


def disjunction(parts: Sequence[Scorer]) -> Scorer:
    """Match what any part matches; parts that match nothing are left out."""
    some = [part for part in parts if part.found.count]
    if not some:
        return ConstantScore(NOTHING, 0.0)
    return some[0] if len(some) == 1 else Disjunction(some)


def difference(part: Scorer, left_out: Scorer) -> Scorer:
    """Match what one part matches and another does not."""
    return Filtered(part, ParagraphSet(bitmap=part.found.bitmap - left_out.found.bitmap))


def every_paragraph(
    collection: Collection, mask: Mask | None = None, *, within: Sequence[ParagraphSet] = ()
) -> ParagraphSet:
    """Return all live paragraphs, or those of them in ``within`` and of marked statements."""
    found = ParagraphSet(bitmap=BitMap.intersection(collection.live, *(part.bitmap for part in within)))
    return found if mask is None else _masked(found, mask, collection)


def live(found: ParagraphSet, collection: Collection) -> ParagraphSet:
    """Leave out the paragraphs of deleted statements."""
    return ParagraphSet(bitmap=found.bitmap - collection.deleted) if collection.deleted else found


def _masked(found: ParagraphSet, mask: Mask, collection: Collection) -> ParagraphSet:
    """Keep the paragraphs of marked statements."""
    if not found.count:
        return found
    paragraphs = found.array
    return ParagraphSet(array=paragraphs[mask.take(collection.statement_of.take(paragraphs))])


def _added_up(parts: Sequence[Scorer], collection: Collection) -> Floats:
    first, *others = parts
    scored = first.in_statements(collection)
    for other in others:
        scored = scored + other.in_statements(collection)
    return scored


def _where_found(part: Scorer, candidates: Candidates) -> Floats:
    if part.zero_elsewhere:
        return part.scores(candidates)
    held = np.isin(candidates.paragraphs, part.found.array, assume_unique=True)
    scored = np.zeros(len(candidates), np.float32)
    scored[held] = part.scores(candidates.only(held))
    return scored


def _count(found: ParagraphSet) -> int:
    return found.count
