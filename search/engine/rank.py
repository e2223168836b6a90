"""Which matching paragraphs come first.

Equal scores, and equal days, are in order of address: slug, then number.

Most questions match more paragraphs than a page shows: a bound that only the best reach
is found without sorting, and only what reaches it is put in order. Slugs are looked
at where keys are equal, and nowhere else.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.picking import picked
from onrecord.search.collection import Collection, Floats, Ints
from onrecord.search.request import Sort

__all__ = ["Best", "best_by_fact", "best_by_score", "bound", "order_by_fact", "order_by_score"]

#: Paragraphs in order, each behind its score or its day.
Best = list[tuple[float, int]]
Keys = npt.NDArray[Any]

# One key in so many is looked at to find a bound that few reach. With 100,000 scores a partition of
# all costs 1.2 ms, of a sample and of what is above its bound 0.1 ms.
_SAMPLE = 16
# Below this many keys a bound from a sample costs more than it saves.
_FEW = 2048
# Up to so many keys a list is sorted as fast.
_SORTED = 256


def best_by_score(collection: Collection, paragraphs: Ints, scores: Floats, count: int | None) -> Best:
    """Return the best ``count`` of rising paragraphs (None: all), each with its score."""
    return [(-key, paragraph) for key, paragraph in _best(collection, paragraphs, -scores, count)]


def best_by_fact(collection: Collection, paragraphs: Ints, *, sort: Sort, count: int | None) -> Best:
    """Return the first ``count`` of rising paragraphs (None: all) by their dates or their addresses."""
    return _best(collection, paragraphs, _keys_of_facts(collection, paragraphs, sort), count)


def order_by_score(collection: Collection, paragraphs: Ints, scores: Floats) -> npt.NDArray[np.intp]:
    """Return the places of all of some rising paragraphs in the order of `best_by_score`."""
    return _order(collection, paragraphs, -scores)


def order_by_fact(collection: Collection, paragraphs: Ints, *, sort: Sort) -> npt.NDArray[np.intp]:
    """Return the places of all of some rising paragraphs in the order of `best_by_fact`."""
    return _order(collection, paragraphs, _keys_of_facts(collection, paragraphs, sort))


def _keys_of_facts(collection: Collection, paragraphs: Ints, sort: Sort) -> Keys:
    if sort is Sort.ADDRESS:
        return np.zeros(len(paragraphs), np.float32)  # what is equal is in order of address
    days = picked(collection.days, picked(collection.statement_of, paragraphs))
    return np.where(np.isinf(days), days, -days) if sort is Sort.NEWEST else days


def _best(collection: Collection, paragraphs: Ints, keys: Keys, count: int | None) -> Best:
    if count is not None and count < len(keys):
        if not count:
            return []
        chosen = _smallest(keys, count)
        paragraphs, keys = picked(paragraphs, chosen), picked(keys, chosen)
        if len(keys) > count:
            paragraphs, keys = _early_addresses(collection, paragraphs, keys, count)
    if len(keys) > _FEW:
        return _all_in_order(collection, paragraphs, keys)[:count]
    best = sorted(zip(keys.tolist(), paragraphs.tolist(), strict=True))
    if len({key for key, _ in best}) < len(best):
        best.sort(key=lambda one: (one[0], collection.slug_of(one[1]), one[1]))
    return best[:count]


def _smallest(keys: Keys, count: int) -> npt.NDArray[np.intp]:
    """Return where the ``count`` smallest of more keys are, and all that equal the last of them."""
    if len(keys) <= _FEW or count * _SAMPLE >= len(keys):
        small: npt.NDArray[np.intp] = (keys <= bound(keys, count)).nonzero()[0]
        return small
    maybe = (keys <= bound(keys[::_SAMPLE], count)).nonzero()[0]
    some = picked(keys, maybe)
    chosen: npt.NDArray[np.intp] = maybe[some <= bound(some, count)]
    return chosen


def bound(keys: Keys, count: int) -> Any:
    """Return the ``count``-th smallest of at least so many keys."""
    if len(keys) > _FEW and count * _SAMPLE < len(keys):
        keys = keys[keys <= bound(keys[::_SAMPLE], count)]
    if len(keys) <= _SORTED:
        return sorted(keys.tolist())[count - 1]  # `partition` would let other threads have their turn first
    return np.partition(keys, count - 1)[count - 1]


def _early_addresses(collection: Collection, paragraphs: Ints, keys: Keys, count: int) -> tuple[Ints, Keys]:
    """Of the paragraphs that have the last key keep, in each segment, only those with the first addresses.

    Within a segment addresses are in the order of their slugs' ranks, and no slug is read.
    """
    last = keys.max()
    equal = paragraphs[keys == last]
    wanted = count - (len(keys) - len(equal))
    kept = [paragraphs[keys < last]]
    for base, segment, some in collection.split(equal):
        early = some
        if len(some) > wanted:
            early = some[
                _smallest(
                    segment.statements.slug_ranks.take(segment.paragraphs.statement_of.take(some)), wanted
                )
            ]
        kept.append(early + np.uint32(base))
    chosen = np.concatenate(kept)
    chosen.sort()
    return chosen, picked(keys, paragraphs.searchsorted(chosen))


def _all_in_order(collection: Collection, paragraphs: Ints, keys: Keys) -> Best:
    order = _order(collection, paragraphs, keys)
    return list(zip(keys[order].tolist(), paragraphs[order].tolist(), strict=True))


def _order(collection: Collection, paragraphs: Ints, keys: Keys) -> npt.NDArray[np.intp]:
    addresses = picked(collection.order, picked(collection.statement_of, paragraphs))
    return np.lexsort((paragraphs, addresses, keys))
