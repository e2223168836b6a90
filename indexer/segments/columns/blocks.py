"""Records of any length in compressed blocks: paragraphs as they are quoted, facts of statements.

Records are laid one after the other and cut into blocks of about `BLOCK` bytes,
each compressed by itself; to read a record one block is opened. A record never
crosses blocks. Blocks are compressed against a dictionary, `SAMPLE` bytes drawn from
the first records themselves, so that a small block knows the common words already.

============  ==============================================================
NAME          the blocks
NAME.at       where each block begins there, and where the last one ends
NAME.first    the first record of each block, and how many records there are
NAME.offsets  where each record begins in the text of its block: before `BLOCK`, so in two bytes
NAME.sample   the dictionary, compressed by itself
============  ==============================================================
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from threading import local

import numpy as np
import numpy.typing as npt
import zstandard

from onrecord.indexer.segments.container import Array, Container
from onrecord.indexer.segments.picking import picked
from onrecord.indexer.segments.validation import are_offsets

__all__ = ["BlockReader", "BlockWriter"]

# Bytes of text in a block, and in the dictionary. A page of ten hits opens ten blocks. General debate, bytes
# for a byte of text and microseconds to open one: blocks of 32 KB 0.324 and 90, of 8 KB 0.340 and 26, of 4 KB
# 0.351 and 12.
BLOCK = 1 << 12
SAMPLE = 1 << 18
# Bytes of text over which the dictionary is drawn: 0.347 and not 0.351 beside one of the first texts alone.
GATHERED = 1 << 23
# Larger tables than zstd would choose do more than a higher level, and are slow where a processor cannot keep
# them beside it. General debate, bytes for a byte of text and microseconds a block in one run: with 2^16 and
# 2^16 entries 0.350 and 45, with 2^17 and 2^16 0.344 and 61, with 2^18 and 2^17 0.340 and 75, with 2^19 and
# 2^18 0.338 and 92.
_PARAMETERS = zstandard.ZstdCompressionParameters(
    strategy=zstandard.STRATEGY_DFAST,
    window_log=19,  # the dictionary and a block
    hash_log=17,
    chain_log=16,
    min_match=5,
)
# Blocks that are kept open: at least so many, at most twice as many, and none as long as a book.
_KEPT = 64
_LARGEST_KEPT = 1 << 16
# No honest block opens to more than this; one record may be as long as its paragraph.
_LARGEST = 1 << 26


class BlockWriter:
    """Gathers records and compresses them as blocks fill."""

    def __init__(self) -> None:
        self._compressor: zstandard.ZstdCompressor | None = None
        self._sample = b""
        self._early: list[bytes] = []  # blocks that wait for the dictionary
        self._early_size = 0
        self._blocks: list[bytes] = []
        self._first: list[int] = []
        self._offsets: list[int] = []
        self._open: list[bytes] = []
        self._size = 0

    def add(self, records: Iterable[bytes]) -> None:
        """Add records; they are numbered from 0 in the order in which they come."""
        for record in records:
            if not self._open:
                self._first.append(len(self._offsets))
            self._offsets.append(self._size)
            self._open.append(record)
            self._size += len(record)
            if self._size >= BLOCK:
                self._close_block()

    def arrays(self, name: str) -> dict[str, Array | bytes]:
        """Return all of it as arrays of a container."""
        if self._open:
            self._close_block()
        self._take_sample()
        return {
            name: b"".join(self._blocks),
            f"{name}.at": np.cumsum([0, *map(len, self._blocks)], dtype=np.uint64),
            f"{name}.first": np.array([*self._first, len(self._offsets)], np.uint32),
            f"{name}.offsets": np.array(self._offsets, np.uint16),
            f"{name}.sample": zstandard.ZstdCompressor().compress(self._sample),
        }

    def _close_block(self) -> None:
        text = b"".join(self._open)
        self._open, self._size = [], 0
        if self._compressor is not None:
            self._blocks.append(self._compressor.compress(text))
            return
        self._early.append(text)
        self._early_size += len(text)
        if self._early_size >= GATHERED:
            self._take_sample()

    def _take_sample(self) -> None:
        """Make the dictionary of what there is, and compress what waited for it."""
        if self._compressor is not None:
            return
        every = max(1, -(-self._early_size // SAMPLE))
        self._sample = b"".join(self._early[::every])[:SAMPLE]
        dictionary = _dictionary(self._sample)
        if dictionary:
            dictionary.precompute_compress(compression_params=_PARAMETERS)
        self._compressor = zstandard.ZstdCompressor(dict_data=dictionary, compression_params=_PARAMETERS)
        self._blocks = [self._compressor.compress(text) for text in self._early]
        self._early.clear()


class BlockReader:
    """The records of a container under one name (`IndexDamaged` where they are none)."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name
        self._data = container.paged(name)
        self._at, self._first, self._offsets = (
            container[f"{name}.{part}"] for part in ("at", "first", "offsets")
        )
        if not are_offsets(self._at, len(self._data)) or len(self._at) != len(self._first):
            raise container.damaged(f"{name}.at")
        if not are_offsets(self._first, len(self._offsets)):
            raise container.damaged(f"{name}.first")
        self._kept: dict[int, bytes] = {}  # blocks that are open, the one used last at the end
        self._thread = local()

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, number: int) -> bytes:
        """Return a record by its number."""
        block = bisect_right(self._first.data, number) - 1
        text = self._block(block)
        last = number + 1 == int(self._first[block + 1])
        return self._cut(text, int(self._offsets[number]), None if last else int(self._offsets[number + 1]))

    def several(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Yield records by their numbers; where these rise each block is opened once."""
        wanted = np.array(numbers, self._first.dtype)  # of another type, all of the first are turned into it
        blocks = self._blocks_of(wanted)
        behind = wanted + 1
        ends = picked(self._offsets, np.minimum(behind, max(0, len(self) - 1))).astype(object)
        ends[behind == picked(self._first, blocks + 1)] = None  # the last of its block
        opened, text = -1, b""
        # Of many the blocks are not kept: they would only drive out those of a page.
        open_block = self._block if len(numbers) <= _KEPT else self._open_block
        for block, begin, end in zip(
            blocks.tolist(), picked(self._offsets, wanted).tolist(), ends.tolist(), strict=True
        ):
            if block != opened:
                opened, text = block, open_block(block)
            yield self._cut(text, begin, end)

    def _blocks_of(self, wanted: Array) -> npt.NDArray[np.intp]:
        """Return the block of each record; of a page's without a turn of other threads, see `picked`."""
        if len(wanted) > _KEPT:
            return self._first.searchsorted(wanted, "right") - 1
        first = self._first.data
        return np.array([bisect_right(first, number) - 1 for number in wanted.tolist()], np.intp)

    def all(self) -> Iterator[bytes]:
        """Yield every record in order, opening each block once."""
        for block in range(len(self._at) - 1):
            text = self._open_block(block)
            starts = self._offsets[int(self._first[block]) : int(self._first[block + 1])].tolist()
            if starts and starts[0]:
                raise self._container.damaged(f"{self._name}.offsets")
            for begin, end in zip(starts, [*starts[1:], None], strict=True):
                yield self._cut(text, begin, end)

    def _cut(self, text: bytes, begin: int, end: int | None) -> bytes:
        """Cut a record out of its block, the last to the block's end."""
        if not begin <= (len(text) if end is None else end) <= len(text):
            raise self._container.damaged(f"{self._name}.offsets")
        return text[begin:end]

    @property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """The decompressor of this thread: one that two threads share returns wrong bytes."""
        made: zstandard.ZstdDecompressor | None = getattr(self._thread, "decompressor", None)
        if made is None:
            name = f"{self._name}.sample"
            sample = self._opened(zstandard.ZstdDecompressor(), self._container[name].data, SAMPLE)
            made = self._thread.decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(sample))
        return made

    def _block(self, block: int) -> bytes:
        """Open a block, or return it where it is kept.

        Each step on what is kept is one that threads cannot part; one that comes in between opens the
        block once more, and nothing else.
        """
        text = self._kept.pop(block, None)
        if text is None:
            text = self._open_block(block)
            if len(self._kept) >= 2 * _KEPT:
                for other in list(self._kept)[:_KEPT]:
                    self._kept.pop(other, None)
        if len(text) <= _LARGEST_KEPT:
            self._kept[block] = text
        return text

    def _open_block(self, block: int) -> bytes:
        stored = self._data.part(int(self._at[block]), int(self._at[block + 1]))
        return self._opened(self._decompressor, stored.data, _LARGEST)

    def _opened(self, decompressor: zstandard.ZstdDecompressor, stored: memoryview, largest: int) -> bytes:
        """Decompress a frame, which says itself how large it opens: what is too large is not begun."""
        try:
            if not 0 <= zstandard.frame_content_size(stored) <= largest:
                raise self._container.damaged(self._name)
            return decompressor.decompress(stored, max_output_size=largest, allow_extra_data=False)
        except zstandard.ZstdError as error:
            raise self._container.damaged(self._name) from error


def _dictionary(sample: bytes) -> zstandard.ZstdCompressionDict | None:
    """Take a text as a dictionary as it is; one of a few bytes is none."""
    if len(sample) < 8:  # the least that zstd accepts
        return None
    return zstandard.ZstdCompressionDict(sample, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
