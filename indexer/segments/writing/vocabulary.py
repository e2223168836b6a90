"""Words to numbers, in bulk: the tokens of `indexer.analysis.words`, without a Python call a token.

A *spelling* is a word as it is written, with its case and its accents.

Paragraphs are joined into a chunk of bytes, case kept, with a space wherever a word
ends; the edges of the words are found by comparing neighbours. A word of up to 16
bytes *is* two 64-bit integers, loaded at its first byte; they are looked up in a hash
table of arrays, all words of a chunk at once, and compared whole: no hash is taken
for the word. Longer words, one in 300 in English, go through a dictionary.

What depends on the spelling alone (its folded form, whether it is all capitals) is asked once a spelling
and read from arrays once a token. Compounds, one in 100 words, get numbers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.compounds import BEGINNINGS, rows, signs_between
from onrecord.indexer.analysis.words import FOLD_TABLE, written
from onrecord.indexer.segments.layout import Ints

__all__ = ["Tokens", "Vocabulary"]

Indices = npt.NDArray[np.intp]
Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

# Bytes 0x80 and up belong to folded letters; what is no letter or digit of ASCII ends a word.
_BOUNDARIES = bytes(ord(FOLD_TABLE[code]) if code < 0x80 else code for code in range(0x100))
_SPACE = ord(" ")
_LOAD = 8  # bytes in one key
_LONGEST_KEYED = 2 * _LOAD
_MASKS = np.array([(1 << (8 * length)) - 1 for length in range(_LOAD + 1)], np.uint64)
# Odd multipliers of the finaliser of splitmix64 (Steele, Lea and Flood 2014): they spread keys over slots.
_MULTIPLIERS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
# Slots for each spelling; a fuller table sends more words to a second probe.
_ROOM = 4
_FIRST_SLOTS = 1 << 16
_FREE = np.int32(-1)
_BEGINNINGS = frozenset(beginning.encode() for beginning in BEGINNINGS)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of some paragraphs, in order, as spelling numbers; and how many each paragraph has.

    ``compounds`` are the numbers of their compounds, each in one of the paragraphs, ``compound_paragraphs``.
    """

    spellings: Ints
    counts: Ints
    compounds: Ints
    compound_paragraphs: Ints


@dataclass(slots=True)
class Vocabulary:
    """Every spelling and every compound that has turned up; its number is its place in the list.

    ``first_slots`` is how large the table is at first, a power of two; it grows.

    >>> vocabulary = Vocabulary()
    >>> vocabulary.read(["The WHO, the who"]).spellings.tolist(), vocabulary.spellings
    ([0, 1, 2, 3], [b'The', b'WHO', b'the', b'who'])
    """

    spellings: list[bytes] = field(default_factory=list)
    compounds: list[bytes] = field(default_factory=list)  #: as written, with the signs between their words
    first_slots: int = _FIRST_SLOTS
    _compound_numbers: dict[bytes, int] = field(default_factory=dict)
    _long: dict[bytes, int] = field(default_factory=dict)
    # The keys of each spelling by its number, 0 for a long one. Common words come early, and stay in cache.
    _low: Keys = field(init=False)
    _high: Keys = field(init=False)
    _table: Numbers = field(init=False)
    _beginning: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self._low, self._high = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
        self._table = np.full(self.first_slots, _FREE, np.int32)
        self._beginning = np.zeros(0, bool)

    def read(self, texts: Sequence[str]) -> Tokens:
        """Turn paragraphs into numbers, adding the spellings that are new."""
        parts = [written(text).encode() for text in texts]
        # Paragraphs are parted by a sign that makes no compound.
        signed = b"\n".join(parts)
        buffer = signed.translate(_BOUNDARIES)
        letters = np.frombuffer(b" " + buffer + b" ", np.uint8) != _SPACE
        edges = np.flatnonzero(letters[1:] != letters[:-1])
        starts, ends = edges[::2], edges[1::2]
        ends_of_texts = np.cumsum([len(part) + 1 for part in parts])
        counts = np.diff(np.searchsorted(starts, ends_of_texts), prepend=0)
        numbers = self._numbers(buffer, starts, ends - starts).view(np.uint32)
        first, last = rows(signs_between(signed, starts, ends, self._beginnings()[numbers]))
        compounds = [
            self._compound_number(signed[begin:end])
            for begin, end in zip(starts[first].tolist(), ends[last].tolist(), strict=True)
        ]
        return Tokens(
            numbers,
            counts.astype(np.uint32),
            compounds=np.array(compounds, np.uint32),
            compound_paragraphs=np.searchsorted(np.cumsum(counts), first, "right").astype(np.uint32),
        )

    def _beginnings(self) -> npt.NDArray[np.bool_]:
        """Mark the spellings that are beginnings of a compound."""
        new = [word.lower() in _BEGINNINGS for word in self.spellings[len(self._beginning) :]]
        self._beginning = np.concatenate([self._beginning, np.array(new, bool)])
        return self._beginning

    def _compound_number(self, compound: bytes) -> int:
        number = self._compound_numbers.get(compound)
        if number is None:
            number = self._compound_numbers[compound] = len(self.compounds)
            self.compounds.append(compound)
        return number

    def _numbers(self, buffer: bytes, starts: Indices, lengths: Indices) -> Numbers:
        padded = buffer + bytes(_LONGEST_KEYED)
        loads = np.ndarray(len(padded) - _LOAD + 1, "<u8", padded, strides=(1,))
        low = loads[starts] & _MASKS[np.minimum(lengths, _LOAD)]
        high = loads[starts + _LOAD] & _MASKS[np.clip(lengths - _LOAD, 0, _LOAD)]
        numbers = self._find(low, high)
        long = np.flatnonzero(lengths > _LONGEST_KEYED)
        begins, ends = starts[long], starts[long] + lengths[long]
        numbers[long] = [
            self._long_number(buffer[begin:end])
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]
        missing = np.flatnonzero(numbers == _FREE)
        if len(missing):
            low, high = low[missing], high[missing]
            self._add(low, high)
            numbers[missing] = self._find(low, high)
        return numbers

    def _find(self, low: Keys, high: Keys) -> Numbers:
        """Look keys up; `_FREE` for those that are not in the table."""
        mask = len(self._table) - 1
        slots = _spread(low, high) & mask
        found: Numbers = self._table[slots]
        wrong = self._others(found, low, high)
        while len(wrong):  # another spelling is there: try the next slot
            slots[wrong] = (slots[wrong] + 1) & mask
            found[wrong] = self._table[slots[wrong]]
            wrong = wrong[self._others(found[wrong], low[wrong], high[wrong])]
        return found

    def _others(self, found: Numbers, low: Keys, high: Keys) -> Indices:
        """Return the places where the number that was found is another key's."""
        if not len(self._low):
            return np.zeros(0, np.intp)
        different = (self._low[found] ^ low) | (self._high[found] ^ high)
        return np.flatnonzero((different != 0) & (found != _FREE))

    def _add(self, low: Keys, high: Keys) -> None:
        """Give new keys numbers, in the order in which they turned up."""
        order = np.lexsort((low, high))
        rising_low, rising_high = low[order], high[order]
        different = np.ones(len(order), bool)
        different[1:] = (rising_low[1:] != rising_low[:-1]) | (rising_high[1:] != rising_high[:-1])
        first = np.sort(order[different])
        self._append(low[first], high[first])

    def _append(self, low: Keys, high: Keys) -> None:
        known = len(self.spellings)
        # As strings of bytes NumPy takes the zeros off their ends.
        self.spellings += np.stack([low, high], axis=1).astype("<u8").view("S16").ravel().tolist()
        blank = np.zeros(known - len(self._low), np.uint64)  # the long spellings since
        self._low = np.concatenate([self._low, blank, low])
        self._high = np.concatenate([self._high, blank, high])
        numbers = np.arange(known, len(self.spellings), dtype=np.int32)
        if len(self.spellings) * _ROOM > len(self._table):
            self._table = np.full(1 << (len(self.spellings) * 2 * _ROOM - 1).bit_length(), _FREE, np.int32)
            numbers = np.flatnonzero(self._low).astype(np.int32)
        self._place(numbers)

    def _place(self, numbers: Numbers) -> None:
        """Put numbers into free slots of the table: all at once, then those that collided, and so on."""
        mask = len(self._table) - 1
        slots = _spread(self._low[numbers], self._high[numbers]) & mask
        while len(numbers):
            free = self._table[slots] == _FREE
            # Where two want one slot the later write stands; the earlier sees that and goes on.
            self._table[slots[free]] = numbers[free]
            left = self._table[slots] != numbers
            numbers, slots = numbers[left], (slots[left] + 1) & mask

    def _long_number(self, spelling: bytes) -> int:
        number = self._long.get(spelling)
        if number is None:
            number = self._long[spelling] = len(self.spellings)
            self.spellings.append(spelling)
        return number


def _spread(low: Keys, high: Keys) -> Indices:
    """Spread keys over the slots of any table."""
    mixed = (low ^ (high * _MULTIPLIERS[1])) * _MULTIPLIERS[0]
    return (mixed >> np.uint64(32)).astype(np.intp)
