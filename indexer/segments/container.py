"""A file of named arrays: written once, then only mapped and read.

::

    magic     8 bytes   b"ONRECSEG"
    arrays    each at a multiple of 64 bytes, in the order of the directory
    checksums CRC-32 of every page of 16 KiB of every array, in the same order
    directory JSON: format version and, for each array, kind, offset, length
    trailer  28 bytes   where the checksums begin, the length of them and of the directory, the
                        CRC-32 of both, magic end

Arrays are little-endian. Opening checks the directory and the checksums, and that every
array lies inside the file and on no other. No byte of an array is believed before its page
has been compared with its checksum, which happens once: ``container[name]`` reads an array
whole, `Paged` as much of a large one as is asked for. So a byte that has changed on the way
is damage that names the file, and never another answer. (A page takes 4 microseconds, a
full segment of 118 MB 32 milliseconds.)

Who writes an index can write right checksums too: what arrays say is checked by those who
read them (`indexer.segments.validation`). Nothing is decoded by code that the file could choose.
"""

from __future__ import annotations

import json
import mmap
import os
from array import array as integers
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.indexer.errors import IndexDamaged, IndexOutdated
from onrecord.indexer.segments.directory import (
    ALIGNMENT,
    END,
    FORMAT_VERSION,
    MAGIC,
    PAGE,
    TRAILER,
    UNREADABLE,
    AnotherVersion,
    mapped,
    read_directory,
)
from onrecord.indexer.segments.picking import picked

__all__ = ["Array", "Container", "Paged", "write_container"]

Array = npt.NDArray[Any]

# Places, for each page, from which on all pages are read: where so many are scattered few stay unread.
_SCATTERED = 1 / 4
_KINDS: dict[str, np.dtype[Any]] = {
    "u1": np.dtype("u1"),
    "u2": np.dtype("<u2"),
    "u4": np.dtype("<u4"),
    "u8": np.dtype("<u8"),
    "f4": np.dtype("<f4"),
}


def write_container(path: Path, arrays: Iterable[tuple[str, Array | bytes]]) -> int:
    """Write named arrays into a new file as they come, flush it, and return its size in bytes."""
    directory: dict[str, list[Any]] = {}
    checksums: list[int] = []
    with path.open("xb") as file:
        file.write(MAGIC)
        for name, array in arrays:
            data = np.frombuffer(array, "u1") if isinstance(array, bytes) else np.ascontiguousarray(array)
            file.write(b"\0" * (-file.tell() % ALIGNMENT))
            raw = _bytes(data)
            directory[name] = [_kind(data), file.tell(), len(raw)]
            checksums += [crc32(raw[begin : begin + PAGE]) for begin in range(0, len(raw), PAGE)]
            file.write(raw)
        offset = file.tell()
        sums = np.array(checksums, "<u4").tobytes()
        text = json.dumps({"version": FORMAT_VERSION, "arrays": directory}).encode()
        file.write(sums)
        file.write(text)
        file.write(TRAILER.pack(offset, len(sums), len(text), crc32(sums + text), END))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


class Paged:
    """An array of a container of which no more is read than is asked for, and that is compared first."""

    __slots__ = ("_array", "_bytes", "_container", "_name", "_per_page", "_read", "_sums", "_unread")

    def __init__(self, container: Container, name: str, array: Array, sums: integers[int]) -> None:
        self._container = container
        self._name = name
        self._array = array
        self._bytes = _bytes(array)
        self._sums = sums
        self._per_page = PAGE // array.dtype.itemsize
        self._read = bytearray(len(sums))  # a 1 for each page that is as it was written
        self._unread = bool(self._read)  # whether there may be pages that nobody has read

    def __len__(self) -> int:
        return len(self._array)

    def whole(self) -> Array:
        """Return all of it."""
        if self._unread:
            self._compare(0, len(self._read))
        return self._array

    def part(self, begin: int, end: int) -> Array:
        """Return the items from one place to before another."""
        if self._unread and begin < end:
            self._compare(begin // self._per_page, (end - 1) // self._per_page + 1)
        return self._array[begin:end]

    def take(self, places: Array) -> Array:
        """Return the items at some places; at one behind the end the last."""
        if self._unread:
            if places.size > _SCATTERED * len(self._read):
                self._compare(0, len(self._read))
            else:
                for page in {*(places // self._per_page).ravel().tolist()}:
                    self._compare(page, page + 1)
        return picked(self._array, np.minimum(places, max(0, len(self._array) - 1)))

    def damaged_pages(self) -> Iterator[int]:
        """Read all of it anew, and yield the pages that are not as they were written."""
        for page, checksum in enumerate(self._sums):
            if crc32(self._bytes[page * PAGE : (page + 1) * PAGE]) != checksum:
                yield page

    def _compare(self, first: int, end: int) -> None:
        """Compare those of some pages that have not been read (`IndexDamaged`)."""
        page = self._read.find(0, first, end)
        while page >= 0:
            if crc32(self._bytes[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
                raise self._container.damaged(self._name)
            self._read[page] = 1
            page = self._read.find(0, page + 1, end)
        # Looked up and not counted down: two threads may have read the same page.
        self._unread = self._read.find(0) >= 0


class Container:
    """A mapped file of arrays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._map = mapped(path)
            self._places, self._sums = read_directory(self._map)
        except UNREADABLE as error:
            if isinstance(error, AnotherVersion):
                raise IndexOutdated(path, newer=error.newer) from error
            raise self.damaged() from error
        self._paged = {name: self._open(name, first) for name, first in self._first_pages()}

    def __getitem__(self, name: str) -> Array:
        """Return an array by name, compared with its checksums; one that is not there is damage."""
        return self.paged(name).whole()

    def __contains__(self, name: str) -> bool:
        return name in self._places

    @property
    def size(self) -> int:
        """Bytes of the file that is mapped, whether or not it has been deleted since."""
        return len(self._map)

    def names(self) -> Iterator[str]:
        """Yield the names of the arrays in the order in which they lie."""
        yield from self._places

    def paged(self, name: str) -> Paged:
        """Return an array to be read in parts; one that is not there is damage."""
        paged = self._paged.get(name)
        if paged is None:
            raise self.damaged(name)
        return paged

    def data(self, name: str) -> memoryview:
        """Return the bytes of an array."""
        return _bytes(self[name])

    def kind(self, name: str) -> str:
        """Return what an array is of: ``u1``, ``u2``, ``u4``, ``u8`` or ``f4``."""
        return _kind(self.paged(name)._array)

    def let_go(self) -> None:
        """Give the memory of what was read back to the system; it is mapped anew when it is asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> Iterator[str]:
        """Read every byte, and yield the names of the arrays that are not as they were written.

        Bytes between two arrays count to the one behind them.
        """
        end = len(MAGIC)
        for name, place in self._places.items():
            gap = self._map[end : place.offset]
            end = place.offset + place.length
            if any(gap) or any(True for _ in self._paged[name].damaged_pages()):
                yield name

    def damaged(self, what: str = "") -> IndexDamaged:
        """Return the error to raise for this file; ``what`` is the array where that is known."""
        return IndexDamaged(
            f"{self.path}: this file of the index is damaged{f' ({what})' if what else ''}; "
            "mend the index with onrecord doctor --repair.",
            path=self.path,
        )

    def _first_pages(self) -> Iterator[tuple[str, int]]:
        first = 0
        for name, place in self._places.items():
            yield name, first
            first += place.pages

    def _open(self, name: str, first: int) -> Paged:
        place = self._places[name]
        kind = _KINDS[place.kind]
        array = np.frombuffer(self._map, kind, place.length // kind.itemsize, place.offset)
        return Paged(self, name, array, self._sums[first : first + place.pages])


def _bytes(array: Array) -> memoryview:
    return array.data.cast("B") if array.size else memoryview(b"")


def _kind(array: Array) -> str:
    name = array.dtype.str.lstrip("<|")
    if name not in _KINDS:
        raise TypeError(f"no array of {array.dtype} is stored")
    return name
