"""How questions are put together: all of some parts, any of them, one without another.

Each finds its paragraphs as soon as it is made, with Roaring bitmaps, and scores only
the ones that it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.search.collection import Collection, Floats
from onrecord.search.engine.paragraph_set import NOTHING, Found
from onrecord.search.engine.postings import Asked

__all__ = ["Constants", "Mask", "Matches", "any_of", "every", "every_of", "live", "without"]

#: A flag for each statement of the collection.
Mask = npt.NDArray[np.bool_]


class Matches(Protocol):
    """Part of a question, answered."""

    @property
    def found(self) -> Found:
        """The paragraphs that match, deleted ones included."""

    @property
    def spares(self) -> bool:
        """Whether `scores` gives 0 to what does not match; else it is asked for matches only."""

    def scores(self, asked: Asked) -> Floats:
        """Score paragraphs, in their order."""


class Constants:
    """Matches that all score the same."""

    spares = False

    def __init__(self, found: Found, score: float) -> None:
        self.found = found
        self._score = score

    def scores(self, asked: Asked) -> Floats:
        """Score each the same."""
        return np.full(len(asked), self._score, np.float32)


class Every:
    """What all of several parts match; a score is the sum of theirs."""

    spares = False

    def __init__(self, parts: Sequence[Matches], found: Found) -> None:
        self._parts = parts
        self.found = found

    def scores(self, asked: Asked) -> Floats:
        """Add the parts' scores."""
        first, *others = self._parts
        scored = first.scores(asked)
        for other in others:
            scored = scored + other.scores(asked)
        return scored


class Alternatives:
    """What any of several parts matches; a score is the sum of those that match."""

    def __init__(self, parts: Sequence[Matches]) -> None:
        self.parts = parts
        self.found = Found(bitmap=BitMap.union(*(part.found.bitmap for part in parts)))
        self.spares = all(part.spares for part in parts)

    def scores(self, asked: Asked) -> Floats:
        """Add the parts' scores, each where it matches."""
        first, *others = self.parts
        scored = _where_found(first, asked)
        for other in others:
            scored = scored + _where_found(other, asked)
        return scored


class Within:
    """Some of the matches of a part, scored as they were."""

    spares = False

    def __init__(self, part: Matches, found: Found) -> None:
        self.found = found
        self.scores = part.scores


def every_of(
    parts: Sequence[Matches], mask: Mask | None, collection: Collection, *, within: Sequence[Found] = ()
) -> Matches:
    """Match what all parts match: the rarest first, and of what they leave, what passes the filters.

    ``within`` are paragraphs that pass, ``mask`` marks statements.
    """
    found, *others = sorted([*(part.found for part in parts), *within], key=_count)
    for other in others:
        if not found.count:
            break
        found = Found(bitmap=found.bitmap & other.bitmap)
    if mask is not None:
        found = _masked(found, mask, collection)
    return Every(parts, found)


def any_of(parts: Sequence[Matches]) -> Matches:
    """Match what any part matches; parts that match nothing are left out."""
    some = [part for part in parts if part.found.count]
    if not some:
        return Constants(NOTHING, 0.0)
    return some[0] if len(some) == 1 else Alternatives(some)


def without(part: Matches, left_out: Matches) -> Matches:
    """Match what one part matches and another does not."""
    return Within(part, Found(bitmap=part.found.bitmap - left_out.found.bitmap))


def every(collection: Collection, mask: Mask | None = None, *, within: Sequence[Found] = ()) -> Found:
    """Return all paragraphs that are not deleted, or those of them in ``within`` and of marked statements."""
    found = Found(bitmap=BitMap.intersection(collection.live, *(part.bitmap for part in within)))
    return found if mask is None else _masked(found, mask, collection)


def live(found: Found, collection: Collection) -> Found:
    """Leave out the paragraphs of deleted statements."""
    return Found(bitmap=found.bitmap - collection.deleted) if collection.deleted else found


def _masked(found: Found, mask: Mask, collection: Collection) -> Found:
    """Keep the paragraphs of marked statements."""
    if not found.count:
        return found
    paragraphs = found.array
    return Found(array=paragraphs[mask.take(collection.statement_of.take(paragraphs))])


def _where_found(part: Matches, asked: Asked) -> Floats:
    if part.spares:
        return part.scores(asked)
    held = np.isin(asked.paragraphs, part.found.array, assume_unique=True)
    scored = np.zeros(len(asked), np.float32)
    scored[held] = part.scores(asked.only(held))
    return scored


def _count(found: Found) -> int:
    return found.count
