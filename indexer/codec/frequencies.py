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

from indexer.codec.container import Array, Container
from indexer.codec.layout import Ints, Offsets

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

    ``size`` is how many paragraphs the segment has.
    """

    data: Bytes
    at: Ints
    counts: Ints
    size: int
    large_at: Ints
    large: Ints
    largest: Ints

    @classmethod
    def of(cls, container: Container, name: str, *, counts: Ints, size: int) -> FrequencyReader:
        """Open the frequencies under a name."""
        names = (f"{name}.large.at", f"{name}.large", f"{name}.largest")
        return cls(container[name], container[f"{name}.at"], counts, size, *map(container.__getitem__, names))

    def has_row(self, group: int) -> bool:
        """Tell whether a group has a row."""
        return bool(_is_row(int(self.counts[group]), self.size))

    def listed(self, group: int) -> Frequencies:
        """Return the frequencies of a group that has no row, in the order of its paragraphs."""
        stored = self.data[int(self.at[group]) : int(self.at[group + 1])]
        count = int(self.counts[group])
        return self._with_large(group, stored if count <= LONGEST_BYTES else _unpacked(stored, count))

    def row(self, group: int) -> Frequencies:
        """Return the frequencies of a group that has a row, of every paragraph."""
        stored = self.data[int(self.at[group]) : int(self.at[group + 1])]
        return self._with_large(group, _unpacked(stored, self.size))

    def at_paragraphs(self, group: int, paragraphs: Ints) -> Frequencies:
        """Return the frequencies of a group that has a row in rising paragraphs; the row stays packed."""
        stored = self.data[int(self.at[group]) : int(self.at[group + 1])]
        both = stored.take(paragraphs >> np.uint32(1))
        both >>= ((paragraphs & np.uint32(1)) << np.uint32(2)).astype(np.uint8)
        both &= np.uint8(_LARGEST_NIBBLE)
        low, high = int(self.large_at[group]), int(self.large_at[group + 1])
        if low < high and (full := np.flatnonzero(both == _LARGEST_NIBBLE)).size:
            where = self.large[low:high].searchsorted(paragraphs[full])
            return _put(both, full, self.largest[low:high][where])
        return both

    def _with_large(self, group: int, small: Bytes) -> Frequencies:
        """Put the frequencies that did not fit in their places."""
        low, high = int(self.large_at[group]), int(self.large_at[group + 1])
        if low == high:
            return small
        return _put(small, self.large[low:high], self.largest[low:high])


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
