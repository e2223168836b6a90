"""Sets of paragraphs: what every part of a question finds."""

from __future__ import annotations

import numpy as np
from pyroaring import BitMap

from onrecord.indexer.segments.columns.lists import as_array, as_bitmap
from onrecord.search.collection import Ints

__all__ = ["NOTHING", "ParagraphSet", "bitmap_size"]


class ParagraphSet:
    """A set of paragraphs of a collection, in rising order.

    It is made as an array or as a Roaring bitmap, and turned into the other form once.
    """

    __slots__ = ("_array", "_bitmap", "count")

    def __init__(self, *, array: Ints | None = None, bitmap: BitMap | None = None) -> None:
        self._array = array
        self._bitmap = bitmap
        either = bitmap if array is None else array
        assert either is not None
        self.count = len(either)

    @property
    def array(self) -> Ints:
        """The paragraphs as integers."""
        if self._array is None:
            assert self._bitmap is not None
            self._array = as_array(self._bitmap)
        return self._array

    @property
    def nbytes(self) -> int:
        """What it takes of memory, in bytes."""
        size = 0 if self._array is None else self._array.nbytes
        return size if self._bitmap is None else size + bitmap_size(self._bitmap)

    def array_is(self, paragraphs: Ints) -> bool:
        """Tell whether some paragraphs are these, without looking at them."""
        return self._array is paragraphs

    @property
    def bitmap(self) -> BitMap:
        """The paragraphs as a bitmap."""
        if self._bitmap is None:
            assert self._array is not None
            self._bitmap = as_bitmap(self._array)
        return self._bitmap


NOTHING = ParagraphSet(array=np.zeros(0, np.uint32))


def bitmap_size(bitmap: BitMap) -> int:
    """Estimate what a bitmap takes of memory, in bytes: two for a number, and no more than one bit for any.

    Numbers are below the last; a container of 65,536 takes 8 KB at most.
    """
    return min(2 * len(bitmap), bitmap.max() // 8 + (1 << 13)) if bitmap else 0
