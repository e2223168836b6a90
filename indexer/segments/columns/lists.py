"""Rising lists of integers, as they lie on disk: short ones plain, long ones as Roaring bitmaps.

A plain list is little-endian 32-bit integers that need no decoding; a Roaring bitmap
(Chambi, Lemire, Kaser and Godin 2016) takes two bytes or less a number, and is
intersected without being unpacked. Between the two a list may be kept as halves: the low
16 bits of each number, and then, a byte each, how many numbers every stretch of 65,536 has.
That is smaller than either where numbers are far apart, and an array sooner than a bitmap.

Lists follow each other in one array, each at a multiple of four bytes. Which kind a list is
follows from how long it is and how much room it takes: one of middle length that takes
exactly that of halves is halves, and a bitmap never takes as much.

What a stranger's bitmap says is checked by CRoaring itself before it is taken: that it ends where it
should, and that keys and numbers rise (pyroaring does so since 1.0.1).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from onrecord.indexer.segments.container import Array, Container, Paged
from onrecord.indexer.segments.layout import Ints, Offsets, starts_of
from onrecord.indexer.segments.validation import are_offsets, is_ascending

__all__ = ["ListReader", "as_array", "as_bitmap", "list_arrays"]

_UNIT = 4
# What a stretch of a list that is kept as halves spans, and the bytes of a half.
_STRETCH = 1 << 16
_HALF = 2
_MOST_IN_STRETCH = 255


def list_arrays(
    name: str, values: Ints, starts: Offsets, *, longest_plain: int, longest_halved: int = 0, bound: int = 0
) -> dict[str, Array | bytes]:
    """Pack lists for a container: list ``i`` is ``values[starts[i]:starts[i + 1]]``.

    Values are below ``bound``, which counts where ``longest_halved`` is more than ``longest_plain``.
    """
    lengths = np.diff(starts)
    units = lengths.copy()
    edges = _stretches(bound + _STRETCH)
    pieces: list[bytes] = []
    packed_to = 0
    for number in np.flatnonzero(lengths > longest_plain).tolist():
        begin, end = int(starts[number]), int(starts[number + 1])
        pieces.append(values[packed_to:begin].tobytes())
        data = _packed(values[begin:end], edges, may_be_halved=end - begin <= longest_halved)
        pieces.append(data)
        units[number] = len(data) // _UNIT
        packed_to = end
    pieces.append(values[packed_to:].tobytes())
    at = np.zeros(len(units) + 1, np.uint32)
    np.cumsum(units, out=at[1:])
    return {name: np.frombuffer(b"".join(pieces), "<u4"), f"{name}.at": at}


def _packed(values: Ints, edges: Ints, *, may_be_halved: bool) -> bytes:
    """Pack a list that is not plain, to whole units."""
    if not may_be_halved:
        return _padded(as_bitmap(values).serialize())
    counts = np.diff(values.searchsorted(edges))
    if int(counts.max(initial=0)) <= _MOST_IN_STRETCH:
        return _padded(values.astype("<u2").tobytes() + counts.astype(np.uint8).tobytes())
    data = _padded(as_bitmap(values).serialize())
    if len(data) == _UNIT * _units_of_halves(len(values), len(counts)):
        data += bytes(_UNIT)  # or it would be taken for halves
    return data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _UNIT)


@dataclass(frozen=True, slots=True)
class ListReader:
    """The lists of a container under one name.

    A list is read whole and looked through when it is first asked for: it must hold as many
    numbers as ``lengths`` says, rising, all below ``bound`` (`IndexDamaged`).
    """

    container: Container
    name: str
    data: Paged
    at: Ints
    lengths: Ints
    longest_plain: int
    longest_halved: int
    bound: int
    #: Where each stretch of 65,536 begins.
    stretches: Ints
    #: A 1 for each list that was looked through.
    sound: bytearray

    @classmethod
    def of(
        cls,
        container: Container,
        name: str,
        *,
        lengths: Ints,
        longest_plain: int,
        longest_halved: int = 0,
        bound: int,
    ) -> ListReader:
        """Open the lists under a name (`IndexDamaged`)."""
        data, at = container.paged(name), container[f"{name}.at"]
        plain = lengths <= longest_plain
        if not are_offsets(at, len(data)) or (np.diff(at)[plain] != lengths[plain]).any():
            raise container.damaged(f"{name}.at")
        sound = bytearray(len(lengths))
        stretches = _stretches(bound)
        return cls(container, name, data, at, lengths, longest_plain, longest_halved, bound, stretches, sound)

    def __len__(self) -> int:
        return len(self.lengths)

    def is_plain(self, number: int) -> bool:
        """Tell whether a list needs no decoding."""
        return int(self.lengths[number]) <= self.longest_plain

    def array(self, number: int) -> Ints:
        """Return a list as integers."""
        stored = self._stored(number)
        if self.is_plain(number):
            return stored
        if self._is_halved(number, stored):
            return self._joined(number, stored)
        return as_array(self._unpacked(number, stored))

    def bitmap(self, number: int) -> BitMap:
        """Return a list as a bitmap."""
        stored = self._stored(number)
        if self.is_plain(number) or self._is_halved(number, stored):
            return as_bitmap(self.array(number))
        return self._unpacked(number, stored)

    def all(self) -> Ints:
        """Return all lists, one after the other."""
        data = self.data.whole()
        starts = starts_of(self.lengths)
        values = np.empty(int(starts[-1]), np.uint32)
        unpacked_to = 0
        for number in [*np.flatnonzero(self.lengths > self.longest_plain).tolist(), len(self)]:
            begin = int(starts[number])
            last = int(self.at[number])
            values[unpacked_to:begin] = data[last - (begin - unpacked_to) : last]
            if number < len(self):
                unpacked_to = int(starts[number + 1])
                values[begin:unpacked_to] = self.array(number)
        rising = values[1:] > values[:-1]
        rising[starts[(starts > 0) & (starts < len(values))] - 1] = True
        if not rising.all() or (len(values) and int(values.max()) >= self.bound):
            raise self.container.damaged(self.name)
        return values

    def _stored(self, number: int) -> Ints:
        stored = self.data.part(int(self.at[number]), int(self.at[number + 1]))
        if not self.sound[number] and self.is_plain(number):
            if not is_ascending(stored, self.bound):
                raise self.container.damaged(self.name)
            self.sound[number] = 1
        return stored

    def _is_halved(self, number: int, stored: Ints) -> bool:
        """Tell whether a list that is not plain is kept as halves."""
        length = int(self.lengths[number])
        if length > self.longest_halved:
            return False
        return len(stored) == _units_of_halves(length, len(self.stretches))

    def _joined(self, number: int, stored: Ints) -> Ints:
        length = int(self.lengths[number])
        begin = _HALF * length
        counts = stored.view(np.uint8)[begin : begin + len(self.stretches)]
        values: Ints = self.stretches.repeat(counts)
        if len(values) != length:
            raise self.container.damaged(self.name)
        values |= stored.view("<u2")[:length]
        if not self.sound[number]:
            if not is_ascending(values, self.bound):
                raise self.container.damaged(self.name)
            self.sound[number] = 1
        return values

    def _unpacked(self, number: int, stored: Ints) -> BitMap:
        try:
            bitmap = BitMap.deserialize(stored.tobytes())
        except (ValueError, IndexError) as error:
            raise self.container.damaged(self.name) from error
        if not self.sound[number]:
            if len(bitmap) != self.lengths[number] or bitmap.max() >= self.bound:
                raise self.container.damaged(self.name)
            self.sound[number] = 1
        return bitmap


def _stretches(bound: int) -> Ints:
    """Return where each stretch below a bound begins."""
    return np.arange(0, bound, _STRETCH, dtype=np.uint32)


def _units_of_halves(length: int, stretches: int) -> int:
    return -(-(_HALF * length + stretches) // _UNIT)


def as_bitmap(values: Ints) -> BitMap:
    """Make a bitmap of rising integers; from an ``array`` six times as fast as from NumPy."""
    integers = array("I")
    integers.frombytes(np.ascontiguousarray(values, "<u4").tobytes())
    return BitMap(integers)


def as_array(bitmap: BitMap) -> Ints:
    """Unpack a bitmap, without a copy."""
    return np.frombuffer(bitmap.to_array(), np.uint32)
