"""What is stored of words: where each form stands, and in which paragraphs each group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.indexer.segments.bm25 import peaks
from onrecord.indexer.segments.columns.frequencies import frequency_arrays
from onrecord.indexer.segments.columns.lists import list_arrays
from onrecord.indexer.segments.columns.terms import term_arrays
from onrecord.indexer.segments.container import Array
from onrecord.indexer.segments.layout import (
    FORWARD_FORMS,
    FREE,
    LONGEST_PLAIN_DOCUMENTS,
    LONGEST_PLAIN_POSITIONS,
    OTHER_FORM,
    SLOT,
    Ints,
    Offsets,
    pieces_of,
    slots_taken,
)
from onrecord.indexer.segments.writing.inversion import Run, changes, merge_runs

__all__ = ["form_arrays", "group_arrays"]

# Positions that are written down at once.
_PIECE = 1 << 17


def form_arrays(forms: Sequence[bytes], runs: list[Run], lengths: Ints) -> dict[str, Array | bytes]:
    """Pack the positions of the sorted forms and empty ``runs``; ``lengths`` are the paragraphs' words."""
    starts, (positions,) = merge_runs(runs, count=len(forms), columns=1)
    slots = np.repeat(np.arange(len(lengths), dtype=np.uint32), slots_taken(lengths))
    return {
        **term_arrays("forms", forms),
        "forms.frequency": np.diff(starts).astype(np.uint32),
        "forms.paragraphs": _paragraphs(positions, starts, slots),
        **list_arrays("positions", positions, starts, longest_plain=LONGEST_PLAIN_POSITIONS),
        **_forward_arrays(positions, starts, size=len(slots) * SLOT),
        "slots": slots,
        "lengths": lengths,
    }


def group_arrays(groups: Sequence[bytes], runs: list[Run], lengths: Ints) -> dict[str, Array | bytes]:
    """Pack the paragraphs, frequencies and peaks of the sorted groups and empty ``runs``."""
    starts, (paragraphs, frequencies) = merge_runs(runs, count=len(groups), columns=2)
    average = float(lengths.mean(dtype=np.float64)) if len(lengths) else 1.0
    return {
        **term_arrays("groups", groups),
        "groups.paragraphs": np.diff(starts).astype(np.uint32),
        "groups.peak": peaks(frequencies, paragraphs, starts, lengths=lengths, average=average or 1.0),
        **list_arrays("documents", paragraphs, starts, longest_plain=LONGEST_PLAIN_DOCUMENTS),
        **frequency_arrays("frequencies", frequencies, paragraphs, starts, size=len(lengths)),
    }


def _paragraphs(positions: Ints, starts: Offsets, slots: Ints) -> Ints:
    """Count the paragraphs in which each form stands; every form stands somewhere."""
    counts = np.zeros(len(starts) - 1, np.uint32)
    for first, last in pieces_of(starts):
        begin, end = starts[first], starts[last]
        forms = starts[first:last] - begin
        new = changes(slots[positions[begin:end] // np.uint32(SLOT)])
        new[forms] = True
        np.add.reduceat(new, forms, dtype=np.uint32, out=counts[first:last])
    return counts


def _forward_arrays(positions: Ints, starts: Offsets, *, size: int) -> dict[str, Array | bytes]:
    """Write down for each position which form stands there: the commonest in a byte, of the others a number.

    Numbers take two bytes where these are enough; a segment of the general debate has 50,000 forms.
    """
    frequency = np.diff(starts)
    kind = np.dtype(np.uint16 if len(frequency) < 1 << 16 else np.uint32)
    numbers = np.zeros(size, kind)  # counted from 1
    numbers[positions] = np.repeat(np.arange(1, len(frequency) + 1, dtype=kind), frequency)
    commonest = np.argsort(-frequency, kind="stable")[:FORWARD_FORMS].astype(np.uint32)
    codes = np.full(len(frequency) + 1, OTHER_FORM, np.uint8)
    codes[0] = FREE
    codes[commonest + 1] = np.arange(1, len(commonest) + 1, dtype=np.uint8)
    forward, others = np.empty(size, np.uint8), [np.zeros(0, kind)]
    for begin in range(0, size, _PIECE):  # all at once it takes half as long again
        some = numbers[begin : begin + _PIECE]
        coded = forward[begin : begin + _PIECE] = codes[some]
        others.append(some[coded == OTHER_FORM] - kind.type(1))
    return {"forward": forward, "forward.forms": commonest, "forward.others": np.concatenate(others)}
