"""How often each group stands in each of its paragraphs: four bits apiece.

Nearly all of them are below fifteen: in the general debate all but three in a
thousand. The others are 15 here, and stand in a list of their own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.codec.container import Array, Container

__all__ = ["FrequencyReader", "frequency_arrays"]

Ints = npt.NDArray[np.uint32]
_LARGEST = 15
_BITS = 4


def frequency_arrays(name: str, frequencies: Ints) -> dict[str, Array | bytes]:
    """Pack frequencies for a container."""
    large = np.flatnonzero(frequencies >= _LARGEST)
    small = np.zeros(len(frequencies) + 1 & ~1, np.uint8)
    np.minimum(frequencies, _LARGEST, out=small[: len(frequencies)], casting="unsafe")
    return {
        name: small[::2] | small[1::2] << _BITS,
        f"{name}.large": large.astype(np.uint32),
        f"{name}.largest": frequencies[large].astype(np.uint32),
    }


class FrequencyReader:
    """The frequencies of a container under one name, one after the other."""

    def __init__(self, container: Container, name: str) -> None:
        self._packed = container[name]
        self._large = container[f"{name}.large"]
        self._largest = container[f"{name}.largest"]

    def between(self, begin: int, end: int) -> npt.NDArray[np.uint32 | np.uint8]:
        """Return a stretch of them, in bytes where all of them fit."""
        packed = self._packed[begin // 2 : (end + 1) // 2]
        unpacked = np.empty(2 * len(packed), np.uint8)
        np.bitwise_and(packed, _LARGEST, out=unpacked[::2])
        np.right_shift(packed, _BITS, out=unpacked[1::2])
        small = unpacked[begin % 2 : begin % 2 + end - begin]
        low, high = np.searchsorted(self._large, (begin, end)).tolist()
        if low == high:
            return small
        whole = small.astype(np.uint32)
        whole[self._large[low:high] - np.uint32(begin)] = self._largest[low:high]
        return whole
