"""Sketches of statements, as a segment holds them: `BINS` bytes for each statement that is long enough.

`indexer.segments.writing.sketcher` says what a sketch is and how it is made.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import BINS, SHORTEST_SKETCHED, Ints, starts_of

__all__ = ["Sketches", "is_sketched", "sketch_rows", "words_in"]

Sketches = npt.NDArray[np.uint8]


def sketch_rows(array: Sketches) -> Sketches:
    """Return the sketches of an array, a row each."""
    return array.reshape(-1, BINS)


def words_in(lengths: Ints, first_paragraphs: Ints) -> npt.NDArray[np.int64]:
    """Return the words of each statement, by those of its paragraphs."""
    return np.diff(starts_of(lengths)[first_paragraphs])


def is_sketched(words: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Mark the statements that have a sketch, by their words."""
    return words >= SHORTEST_SKETCHED
