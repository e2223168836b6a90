"""Words and the lemma of each, small in memory: the hash of a word, and where its lemma lies.

A million words take 20 MB so, and 115 as a dictionary of Python. The words themselves are not kept, but 64
bits of each: that a word which is not there is taken for one that is happens once in ten million million
look-ups.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, Self

import numpy as np

__all__ = ["CAN_PACK", "PackedWords"]

#: Whether hashes are wide enough on this machine to stand for words.
CAN_PACK: Final = sys.hash_info.width >= 64
_BITS = 64
# Words of a bucket, as a power of two: they are halved until one is left, and the bucket takes four bytes.
_TOGETHER = 3


class PackedWords:
    """Words in UTF-8, each with its lemma. Any number of threads may ask."""

    __slots__ = ("_ends", "_hashes", "_lemmas", "_numbers", "_shift", "_starts")

    def __init__(self, hashes: array[int], numbers: array[int], lemmas: bytes, ends: array[int]) -> None:
        """Take the hash of each word and the number of its lemma; the lemmas, and where each ends."""
        unsorted = np.frombuffer(hashes, np.int64)
        order = np.argsort(unsorted)
        rising = unsorted[order]
        self._shift = _BITS - max(1, len(rising).bit_length() - _TOGETHER)
        half = 1 << (_BITS - 1 - self._shift)
        starts = np.searchsorted(rising, np.arange(-half, half) << self._shift)
        # A number of a view is had in half of the time that one of a NumPy array takes.
        self._hashes = rising.data
        self._numbers = np.frombuffer(numbers, np.uint32)[order].data
        self._starts = np.append(starts, len(rising)).astype(np.uint32).data
        self._lemmas, self._ends = lemmas, ends

    @classmethod
    def of(cls, rows: Iterable[tuple[bytes, bytes]]) -> Self:
        """Pack words with their lemmas, each word once."""
        hashes, numbers, ends = array("q"), array("I"), array("I", [0])
        lemmas = bytearray()
        for word, lemma in rows:
            hashes.append(hash(word))
            numbers.append(len(numbers))
            lemmas += lemma
            ends.append(len(lemmas))
        return cls(hashes, numbers, bytes(lemmas), ends)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._hashes)

    def get(self, word: bytes) -> bytes | None:
        """Return the lemma of a word; None where it is not there.

        >>> words = PackedWords.of([(b"mice", b"mouse")])
        >>> words.get(b"mice"), words.get(b"mine")
        (b'mouse', None)
        """
        sought = hash(word)
        bucket = (sought >> self._shift) + (len(self._starts) >> 1)
        hashes, end = self._hashes, self._starts[bucket + 1]
        at = bisect_left(hashes, sought, self._starts[bucket], end)
        if at == end or hashes[at] != sought:
            return None
        number = self._numbers[at]
        return self._lemmas[self._ends[number] : self._ends[number + 1]]
