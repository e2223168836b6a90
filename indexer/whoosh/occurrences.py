"""Where one term occurs in a segment: the form in which Whoosh's side of the codec is given it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Occurrences"]

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
