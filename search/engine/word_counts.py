"""How often each form stands in some paragraphs of a collection.

The texts of few paragraphs are read, and of all but a few those of the few. Else the lists of positions are
read through, form after form, and each position asked for its paragraph: the same time for any number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import words
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection, Ints

__all__ = ["word_counts"]

Marked = npt.NDArray[np.bool_]

# Positions that are looked at together.
_AT_ONCE = 1 << 20
# The part of the words of a segment of which the texts are read.
_FEW = 1 / 16


def word_counts(collection: Collection, sides: Sequence[Ints]) -> tuple[Mapping[str, int], ...]:
    """Count the forms in each of some sets of rising paragraphs."""
    return tuple(_counts(collection, side) for side in sides)


def _counts(collection: Collection, side: Ints) -> Counter[str]:
    counter: Counter[str] = Counter()
    for _, segment, paragraphs in collection.split(side):
        marked = np.zeros(len(segment), bool)
        marked[paragraphs] = True
        lengths, few = segment.paragraphs.lengths, _FEW * segment.paragraphs.tokens
        if int(lengths[marked].sum()) <= few:
            counter += _read(segment, marked)
        elif int(lengths[~marked].sum()) <= few:
            counter += _named(segment, segment.words.form_frequency) - _read(segment, ~marked)
        else:
            counter += _named(segment, _by_positions(segment, marked))
    return counter


def _read(segment: Segment, marked: Marked) -> Counter[str]:
    """Read the marked paragraphs, and count their words."""
    counter: Counter[str] = Counter()
    table = segment.paragraphs
    for stored in table.texts.several(np.flatnonzero(marked).tolist()):
        counter.update(words(table.decoded(stored)))
    return counter


def _named(segment: Segment, counts: npt.NDArray[np.integer]) -> Counter[str]:
    """Name the forms that were counted."""
    forms = segment.words.forms
    at = np.flatnonzero(counts)
    pairs = zip(at.tolist(), counts[at].tolist(), strict=True)
    return Counter({forms[number].decode(): count for number, count in pairs})


def _by_positions(segment: Segment, marked: Marked) -> npt.NDArray[np.int64]:
    """Count how often each form stands in the marked paragraphs."""
    table = segment.words
    counts = np.zeros(len(table.forms), np.int64)
    ends = np.cumsum(table.form_frequency, dtype=np.int64)
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        stop = max(int(ends.searchsorted(before + _AT_ONCE, "right")), first + 1)
        positions = np.concatenate([table.positions.array(form) for form in range(first, stop)])
        held = np.cumsum(marked.take(table.paragraphs_of(positions)), dtype=np.int64)
        counts[first:stop] = np.diff(held[ends[first:stop] - before - 1], prepend=0)
        first = stop
    return counts
