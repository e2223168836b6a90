"""Paragraphs that were found, as an array or as a bitmap, whichever is asked for."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from indexer.codec.lists import as_array, as_bitmap

__all__ = ["NONE", "Found", "Frequencies", "Ints", "looked_up"]

Ints = npt.NDArray[np.uint32]
#: How often something stands in each of some paragraphs; in bytes where that is enough.
Frequencies = npt.NDArray[np.uint32 | np.uint8]
NONE: Ints = np.zeros(0, np.uint32)


class Found:
    """Paragraphs of a segment, rising; made of one form, and turned into the other once."""

    __slots__ = ("_array", "_bitmap")

    def __init__(self, *, array: Ints | None = None, bitmap: BitMap | None = None) -> None:
        self._array = array
        self._bitmap = bitmap

    @property
    def array(self) -> Ints:
        """The paragraphs as integers."""
        if self._array is None:
            self._array = as_array(self.bitmap)
        return self._array

    @property
    def bitmap(self) -> BitMap:
        """The paragraphs as a bitmap."""
        if self._bitmap is None:
            self._bitmap = as_bitmap(self.array)
        return self._bitmap

    def __len__(self) -> int:
        return len(self.bitmap) if self._array is None else len(self._array)


Value = TypeVar("Value", bound=np.generic)


def looked_up(holders: Ints, values: npt.NDArray[Value], paragraphs: Ints) -> npt.NDArray[Value]:
    """Return the value of each paragraph, 0 where it is not among the holders; both rise."""
    if holders is paragraphs:
        return values
    if not len(holders):
        return np.zeros(len(paragraphs), values.dtype)
    at = np.searchsorted(holders, paragraphs)
    found = holders.take(at, mode="clip") == paragraphs
    return np.where(found, values.take(at, mode="clip"), values.dtype.type(0))
