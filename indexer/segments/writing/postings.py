"""What is stored of words: where each form stands, and in which paragraphs each group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.bm25 import peaks
from onrecord.indexer.segments.columns.frequencies import frequency_arrays
from onrecord.indexer.segments.columns.lists import list_arrays
from onrecord.indexer.segments.columns.terms import term_arrays
from onrecord.indexer.segments.container import Array
from onrecord.indexer.segments.layout import (
    FIRST_SHELF,
    FORMS_ON_SHELF,
    FORWARD_FORMS,
    LONGEST_HALVED_POSITIONS,
    LONGEST_PLAIN_DOCUMENTS,
    LONGEST_PLAIN_POSITIONS,
    RARE,
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
_ON_SHELVES = (RARE - FIRST_SHELF) * FORMS_ON_SHELF


def form_arrays(forms: Sequence[bytes], runs: list[Run], lengths: Ints) -> dict[str, Array | bytes]:
    """Pack the positions of the sorted forms and empty ``runs``; ``lengths`` are the paragraphs' words."""
    starts, (positions,) = merge_runs(runs, count=len(forms), columns=1)
    slots = np.repeat(np.arange(len(lengths), dtype=np.uint32), slots_taken(lengths))
    return {
        **term_arrays("forms", forms),
        "forms.frequency": np.diff(starts).astype(np.uint32),
        "forms.paragraphs": _paragraphs(positions, starts, slots),
        **list_arrays(
            "positions",
            positions,
            starts,
            longest_plain=LONGEST_PLAIN_POSITIONS,
            longest_halved=LONGEST_HALVED_POSITIONS,
            bound=len(slots) * SLOT,
        ),
        **_forward_arrays(positions, starts, size=len(slots) * SLOT),
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
    """Write down for each position which form stands there, in fewer bytes the commoner it is."""
    frequency = np.diff(starts)
    order = np.argsort(-frequency, kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    beyond = np.maximum(ranks - FORWARD_FORMS, 0)
    shelves, places = np.divmod(beyond, FORMS_ON_SHELF)
    rare = beyond >= _ON_SHELVES
    shelves[rare], places[rare] = RARE - FIRST_SHELF, RARE
    firsts = np.where(ranks < FORWARD_FORMS, ranks + 1, FIRST_SHELF + shelves)
    codes = (firsts << 8 | places).astype(np.uint16)
    numbers = np.zeros(size, np.uint16)
    numbers[positions] = np.repeat(codes, frequency)
    forward, others = np.empty(size, np.uint8), [np.zeros(0, np.uint8)]
    for begin in range(0, size, _PIECE):  # all at once it takes half as long again
        some = numbers[begin : begin + _PIECE]
        coded = forward[begin : begin + _PIECE] = some >> np.uint16(8)
        others.append(some[coded >= FIRST_SHELF].astype(np.uint8))
    return {
        "forward": forward,
        "forward.forms": order[:FORWARD_FORMS].astype(np.uint32),
        "forward.rest": _narrowest(order[FORWARD_FORMS:]),
        "forward.others": np.concatenate(others),
        "forward.rare": _rare(positions, frequency, rare, beyond - _ON_SHELVES),
    }


def _rare(
    positions: Ints, frequency: Offsets, rare: npt.NDArray[np.bool_], ranks: npt.NDArray[np.int64]
) -> Array:
    """List the rare forms in the order of the text, each as its rank among them."""
    where = positions[np.repeat(rare, frequency)]
    return _narrowest(np.repeat(ranks[rare], frequency[rare])[np.argsort(where)])


def _narrowest(numbers: npt.NDArray[np.int64]) -> Array:
    """Store numbers in as few bytes as all of them fit in."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
