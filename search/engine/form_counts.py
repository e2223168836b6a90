"""How often each form of a segment stands in some of its paragraphs, counted from the forms by position."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import Ints
from onrecord.indexer.segments.segment import Segment

__all__ = ["Counts", "forms_in", "forms_standing_at"]

Counts = npt.NDArray[np.int64]

# Positions whose forms are looked up at once.
_AT_ONCE = 1 << 22


def forms_in(segment: Segment, among: Ints) -> Counts:
    """Count each form in some paragraphs: there, or where that is less in the others."""
    chosen = np.zeros(len(segment), bool)
    chosen[among] = True
    every = segment.words.form_frequency.astype(np.int64)
    lengths = segment.paragraphs.lengths
    if 2 * int(lengths[chosen].sum(dtype=np.int64)) > segment.paragraphs.tokens:
        # Never below nothing, whatever a false index says.
        others = forms_standing_at(segment, _positions(segment, np.flatnonzero(~chosen)))
        counts: Counts = np.maximum(every - others, 0)
        return counts
    return forms_standing_at(segment, _positions(segment, np.flatnonzero(chosen)))


def forms_standing_at(segment: Segment, positions: Ints) -> Counts:
    """Count the forms at some positions."""
    counts = np.zeros(len(segment.words.forms), np.int64)
    for begin in range(0, len(positions), _AT_ONCE):
        counts += segment.words.count_at(positions[begin : begin + _AT_ONCE])
    return counts


def _positions(segment: Segment, paragraphs: npt.NDArray[np.intp]) -> Ints:
    """Return the positions of all words of some paragraphs."""
    lengths = segment.paragraphs.lengths.take(paragraphs)
    ends = np.cumsum(lengths, dtype=np.int64)
    shift = segment.paragraphs.starts.take(paragraphs) - (ends - lengths)
    total = int(ends[-1]) if len(ends) else 0
    return (np.repeat(shift, lengths) + np.arange(total)).astype(np.uint32)
