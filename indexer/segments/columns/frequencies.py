"""How often each group stands in each of its paragraphs.

Nearly all frequencies are below fifteen: in the general debate all but three in a
thousand. So a group is stored in one of three shapes, which follows from how many
paragraphs it has:

=======  =================================  =============================================
shape    groups                             a frequency takes
=======  =================================  =============================================
bytes    of up to `LONGEST_BYTES`           a byte, and is read without being unpacked
nibbles  of more                            four bits
a row    of more than one paragraph in      four bits for every paragraph of the segment,
         `ROW_SHARE`                        0 where the group does not stand: to look up
                                            some paragraphs takes no search
=======  =================================  =============================================

A frequency that does not fit is stored as the largest that does, and stands in a list
of its own: where (in a list of paragraphs the place, in a row the paragraph), and how
much. (Three common words of the general debate, 16,541 paragraphs scored with nothing decoded
before: 2.4 ms with nibbles alone, 0.7 with rows.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.container import Array, Container, Paged
from onrecord.indexer.segments.layout import Ints, Offsets
from onrecord.indexer.segments.validation import are_offsets

__all__ = ["Frequencies", "FrequencyReader", "frequency_arrays"]

Bytes = npt.NDArray[np.uint8]
#: In bytes where all of them fit.
Frequencies = npt.NDArray[np.uint8 | np.uint32]

#: The largest group whose frequencies are bytes: above, half of them is 10 MB in a segment of 170,000.
LONGEST_BYTES = 1024
#: A group in more than one paragraph in so many is a row: twice the size of nibbles for a group in a
#: quarter of the paragraphs. There are some sixty of them in English.
ROW_SHARE = 8
_LARGEST_NIBBLE = 15
_LARGEST_BYTE = 255
_BITS = 4


def frequency_arrays(
    name: str, frequencies: Ints, paragraphs: Ints, starts: Offsets, *, size: int
) -> dict[str, Array | bytes]:
    """Pack frequencies for a container: those of group ``i`` are from ``starts[i]`` to ``starts[i + 1]``.

    ``paragraphs`` are beside them, and ``size`` is how many the segment has.
    """
    counts = np.diff(starts)
    fitting = np.minimum(frequencies, _LARGEST_BYTE).astype(np.uint8)
    sizes = counts.copy()
    pieces: list[bytes] = []
    packed_to = 0
    for group in np.flatnonzero(counts > LONGEST_BYTES).tolist():
        begin, end = int(starts[group]), int(starts[group + 1])
        pieces.append(fitting[packed_to:begin].tobytes())
        small = np.minimum(fitting[begin:end], _LARGEST_NIBBLE)
        if _is_row(end - begin, size):
            row = np.zeros(size, np.uint8)
            row[paragraphs[begin:end]] = small
            small = row
        packed = _packed(small)
        pieces.append(packed.tobytes())
        sizes[group] = len(packed)
        packed_to = end
    pieces.append(fitting[packed_to:].tobytes())
    at = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(sizes, out=at[1:])
    return {
        name: b"".join(pieces),
        f"{name}.at": at,
        **_large_arrays(name, frequencies, paragraphs, starts, size=size),
    }


def _large_arrays(
    name: str, frequencies: Ints, paragraphs: Ints, starts: Offsets, *, size: int
) -> dict[str, Array | bytes]:
    """List the frequencies that do not fit, group by group."""
    maybe = np.flatnonzero(frequencies >= _LARGEST_NIBBLE)
    groups = np.searchsorted(starts, maybe, side="right") - 1
    counts = np.diff(starts)[groups]
    fits = (counts <= LONGEST_BYTES) & (frequencies[maybe] < _LARGEST_BYTE)
    large, groups, counts = maybe[~fits], groups[~fits], counts[~fits]
    where = np.where(_is_row(counts, size), paragraphs[large], large - starts[groups])
    at = np.zeros(len(starts), np.uint32)
    np.cumsum(np.bincount(groups, minlength=len(starts) - 1), out=at[1:])
    return {
        f"{name}.large.at": at,
        f"{name}.large": where.astype(np.uint32),
        f"{name}.largest": frequencies[large].astype(np.uint32),
    }


def _is_row(count: npt.NDArray[np.int64] | int, size: int) -> npt.NDArray[np.bool_] | bool:
    return (count > LONGEST_BYTES) & (count * ROW_SHARE > size)


def _packed(small: Bytes) -> Bytes:
    even = np.zeros(len(small) + 1 & ~1, np.uint8)
    even[: len(small)] = small
    packed: Bytes = even[::2] | even[1::2] << np.uint8(_BITS)
    return packed


@dataclass(frozen=True, slots=True)
class FrequencyReader:
    """The frequencies of a container under one name; ``counts`` are the paragraphs of each group.

    ``size`` is how many paragraphs the segment has. What is stored of a group is looked through when
    it is first asked for: what does not fit must be where the list of it says (`IndexDamaged`).
    """

    container: Container
    name: str
    data: Paged
    at: Ints
    counts: Ints
    size: int
    large_at: Ints
    large: Ints
    largest: Ints
    #: A 1 for each group that was looked through.
    sound: bytearray

    @classmethod
    def of(cls, container: Container, name: str, *, counts: Ints, size: int) -> FrequencyReader:
        """Open the frequencies under a name (`IndexDamaged`)."""
        at, large_at, large, largest = (
            container[f"{name}.{part}"] for part in ("at", "large.at", "large", "largest")
        )
        data = container.paged(name)
        if not are_offsets(at, len(data)) or (np.diff(at) != _stored_sizes(counts, size)).any():
            raise container.damaged(f"{name}.at")
        if not are_offsets(large_at, len(large)):
            raise container.damaged(f"{name}.large.at")
        return cls(container, name, data, at, counts, size, large_at, large, largest, bytearray(len(counts)))

    def has_row(self, group: int) -> bool:
        """Tell whether a group has a row."""
        return bool(_is_row(int(self.counts[group]), self.size))

    def listed(self, group: int) -> Frequencies:
        """Return the frequencies of a group that has no row, in the order of its paragraphs."""
        stored = self._stored(group)
        count = int(self.counts[group])
        return self._with_large(group, stored if count <= LONGEST_BYTES else _unpacked(stored, count))

    def row(self, group: int) -> Frequencies:
        """Return the frequencies of a group that has a row, of every paragraph."""
        return self._with_large(group, _unpacked(self._stored(group), self.size))

    def at_paragraphs(self, group: int, paragraphs: Ints) -> Frequencies:
        """Return the frequencies of a group that has a row in rising paragraphs; the row stays packed."""
        both = self._stored(group).take(paragraphs >> np.uint32(1))
        both >>= ((paragraphs & np.uint32(1)) << np.uint32(2)).astype(np.uint8)
        both &= np.uint8(_LARGEST_NIBBLE)
        low, high = int(self.large_at[group]), int(self.large_at[group + 1])
        if low < high and (full := np.flatnonzero(both == _LARGEST_NIBBLE)).size:
            where = self.large[low:high].searchsorted(paragraphs[full])
            return _put(both, full, self.largest[low:high][where])
        return both

    def _stored(self, group: int) -> Bytes:
        stored: Bytes = self.data.part(int(self.at[group]), int(self.at[group + 1]))
        if not self.sound[group]:
            if not self._is_sound(group, stored):
                raise self.container.damaged(self.name)
            self.sound[group] = 1
        return stored

    def _is_sound(self, group: int, stored: Bytes) -> bool:
        """Tell whether those that do not fit are those that are listed, each larger than what fits."""
        count = int(self.counts[group])
        plain, limit = stored, _LARGEST_BYTE
        if count > LONGEST_BYTES:
            plain, limit = _unpacked(stored, self.size if self.has_row(group) else count), _LARGEST_NIBBLE
        low, high = int(self.large_at[group]), int(self.large_at[group + 1])
        listed = np.array_equal(np.flatnonzero(plain == limit), self.large[low:high])
        return listed and bool((self.largest[low:high] >= limit).all())

    def _with_large(self, group: int, small: Bytes) -> Frequencies:
        """Put the frequencies that did not fit in their places."""
        low, high = int(self.large_at[group]), int(self.large_at[group + 1])
        if low == high:
            return small
        return _put(small, self.large[low:high], self.largest[low:high])


def _stored_sizes(counts: Ints, size: int) -> npt.NDArray[np.int64]:
    """Return how many bytes are stored of groups in so many paragraphs."""
    whole = counts.astype(np.int64)
    nibbles = np.where(_is_row(whole, size), size, whole)
    return np.where(whole <= LONGEST_BYTES, whole, nibbles + 1 >> 1)


def _put(small: Bytes, where: npt.NDArray[np.integer], largest: Ints) -> Frequencies:
    """Return frequencies with larger ones in their places, in bytes where these fit."""
    whole: Frequencies = small.astype(np.uint32) if int(largest.max()) > _LARGEST_BYTE else small.copy()
    whole[where] = largest
    return whole


def _unpacked(packed: Bytes, count: int) -> Bytes:
    """Unpack nibbles, two at a time: the byte 0xHL becomes the bytes 0x0L and 0x0H."""
    pairs = packed.astype("<u2")
    pairs |= pairs << _BITS
    pairs &= 0x0F0F
    return pairs.view(np.uint8)[:count]
