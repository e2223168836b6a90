"""Which matching paragraphs come first.

Equal scores, and equal days, are in order of address: slug, then number.

Most questions match more paragraphs than a page shows, so each segment offers only
as many of its best as the page could take, and only these are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.codec.layout import NO_DAY
from indexer.codec.segment import Segment

__all__ = ["Ranked", "Sort", "best_of", "merge_best"]

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

# One score in so many is looked at to find a bound that few scores reach. With 100,000 scores a partition of
# all costs 1.2 ms, of a sample and of what is above its bound 0.1 ms.
_SAMPLE = 16
# Below this many scores a bound costs more than it saves.
_FEW = 2048
_HALF = np.uint64(32)


class Sort(Enum):
    """The order of results; paragraphs without a date come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Ranked(NamedTuple):
    """A paragraph with its place in an order, and in that order: by ``key``, then by address."""

    key: float
    slug: bytes
    number: int
    segment: int
    paragraph: int
    score: float


def best_of(
    segment: Segment,
    paragraphs: Ints,
    scores: Callable[[Ints], Floats],
    *,
    sort: Sort,
    count: int,
    place: int,
) -> list[Ranked]:
    """Return the best ``count`` of some paragraphs of a segment, in order.

    ``scores`` scores rising paragraphs, ``place`` is the segment's own.
    """
    if sort is Sort.RELEVANCE:
        scored = scores(paragraphs)
        chosen = _smallest(-scored, count)
        paragraphs, scored = paragraphs[chosen], scored[chosen]
        keys: npt.NDArray[Any] = -scored
    else:
        keys = _day_keys(segment, paragraphs, sort)
        chosen = _smallest(keys, count)
        paragraphs, keys = paragraphs[chosen], keys[chosen]
        scored = scores(paragraphs)
    statements = segment.statement_of[paragraphs]
    # Addresses in their order: the rank of the slug, then the paragraph, which rises with its number.
    addresses = segment.container["statement.rank"][statements].astype(np.uint64) << _HALF | paragraphs
    order = _first(keys, addresses, count)
    numbers = paragraphs - segment.first_paragraphs[statements] + 1
    columns = (column[order].tolist() for column in (keys, addresses >> _HALF, numbers, paragraphs, scored))
    slugs = segment.slugs
    return [
        Ranked(key, slugs[rank], number, place, paragraph, score)
        for key, rank, number, paragraph, score in zip(*columns, strict=True)
    ]


def merge_best(offered: Iterable[Ranked], *, start: int, stop: int | None) -> list[Ranked]:
    """Return hits ``start`` to ``stop`` of what all segments offer, best first."""
    return sorted(offered)[start:stop]


def _first(keys: npt.NDArray[Any], addresses: npt.NDArray[np.uint64], count: int) -> npt.NDArray[np.intp]:
    """Return the order of the first ``count`` by key, then address; thousands may have one key."""
    order = np.arange(len(keys))
    if count and len(keys) > 2 * count:
        bound = np.partition(keys, count - 1)[count - 1]
        better, equal = np.flatnonzero(keys < bound), np.flatnonzero(keys == bound)
        wanted = count - len(better)
        if wanted < len(equal):
            equal = equal[np.argpartition(addresses[equal], wanted - 1)[:wanted]]
        order = np.concatenate((better, equal))
    return order[np.lexsort((addresses[order], keys[order]))][:count]


def _day_keys(segment: Segment, paragraphs: Ints, sort: Sort) -> npt.NDArray[np.float64]:
    days = segment.container["statement.first"][segment.statement_of[paragraphs]].astype(np.float64)
    return np.where(days == NO_DAY, np.inf, days if sort is Sort.OLDEST else -days)


def _smallest(keys: npt.NDArray[Any], count: int) -> npt.NDArray[np.intp]:
    """Return where the ``count`` smallest keys are, and all that equal the last of them."""
    if count >= len(keys):
        return np.arange(len(keys))
    if not count:
        return np.zeros(0, np.intp)
    if len(keys) > _FEW and count * _SAMPLE < len(keys):
        sample = keys[::_SAMPLE]
        maybe = np.flatnonzero(keys <= np.partition(sample, count - 1)[count - 1])
    else:
        maybe = np.arange(len(keys))
    bound = np.partition(keys[maybe], count - 1)[count - 1]
    chosen: npt.NDArray[np.intp] = maybe[keys[maybe] <= bound]
    return chosen
