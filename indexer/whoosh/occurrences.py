"""Where one term occurs in a segment: the form in which Whoosh's side of the codec is given it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.segment import Segment

__all__ = ["Occurrences", "paragraphs_of"]

Ints = npt.NDArray[np.uint32]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The paragraphs of a term, rising, and how often it stands in each.

    ``positions`` are its places in the paragraphs, None where the field has none;
    those in the paragraph at ``i`` are the ``frequencies[i]`` from ``begins[i]`` on,
    and several paragraphs may share them.
    """

    documents: Ints | Indices
    frequencies: npt.NDArray[np.integer]
    positions: Ints | None = None
    begins: Indices | None = None

    @classmethod
    def once(cls, documents: Ints | Indices) -> Occurrences:
        """Make the occurrences of a term that stands once in each paragraph."""
        return cls(documents, np.broadcast_to(np.uint32(1), len(documents)))


def paragraphs_of(segment: Segment, statements: Ints | Indices) -> Indices:
    """Return the paragraphs of rising statements.

    >>> from types import SimpleNamespace
    >>> three = SimpleNamespace(first_paragraphs=np.array([0, 2, 2, 5]))
    >>> paragraphs_of(three, np.array([0, 2])).tolist()
    [0, 1, 2, 3, 4]
    """
    begins = segment.first_paragraphs[statements].astype(np.intp)
    counts = segment.first_paragraphs[statements + 1] - begins
    before = np.cumsum(counts) - counts
    return np.repeat(begins - before, counts) + np.arange(int(counts.sum()))
