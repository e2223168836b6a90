"""A file of named arrays: written once, then only mapped and read.

::

    magic     8 bytes   b"ONRECSEG"
    arrays    each at a multiple of 64 bytes
    directory JSON: format version and, for each array, kind, offset, length, CRC-32
    trailer  24 bytes   offset and length of the directory, its CRC-32, magic end

Arrays are little-endian. Reading checks that the directory is whole and that
every array lies inside the file; `Container.verify` reads all of it and checks
the sums. Nothing is decoded by code that the file could choose.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import index
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.errors import IndexDamaged

__all__ = ["Array", "Container", "write_container"]

Array = npt.NDArray[Any]

FORMAT_VERSION = 2
_MAGIC = b"ONRECSEG"
_TRAILER = struct.Struct("<QII8s")
_END = b"SEGMENT."
# A multiple of the widest register, so that arrays may be read with aligned loads.
_ALIGNMENT = 64
# What reading a directory raises that is not one, however it was made.
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, struct.error)
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
    with path.open("xb") as file:
        file.write(_MAGIC)
        for name, array in arrays:
            data = np.frombuffer(array, "u1") if isinstance(array, bytes) else np.ascontiguousarray(array)
            file.write(b"\0" * (-file.tell() % _ALIGNMENT))
            raw = _bytes(data)
            directory[name] = [_kind(data), file.tell(), len(raw), zlib.crc32(raw)]
            file.write(raw)
        offset = file.tell()
        text = json.dumps({"version": FORMAT_VERSION, "arrays": directory}).encode()
        file.write(text)
        file.write(_TRAILER.pack(offset, len(text), zlib.crc32(text), _END))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an array lies, in bytes."""

    kind: np.dtype[Any]
    offset: int
    length: int
    checksum: int

    @classmethod
    def checked(cls, kind: str, offset: int, length: int, checksum: int, *, end: int) -> _Place:
        """Refuse an array that does not lie before ``end`` (`ValueError`)."""
        place = cls(_KINDS[kind], index(offset), index(length), checksum)
        if not len(_MAGIC) <= offset <= offset + length <= end or length % place.kind.itemsize:
            raise ValueError("an array does not lie in the file")
        return place


class Container:
    """A mapped file of arrays; an array is a view that costs nothing until it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._directory = self._read_directory()
        except _UNREADABLE as error:
            raise self._damaged() from error

    def __getitem__(self, name: str) -> Array:
        """Return an array by name; one that is not there is damage."""
        place = self._directory.get(name)
        if place is None:
            raise self._damaged()
        return np.frombuffer(self._map, place.kind, place.length // place.kind.itemsize, place.offset)

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> Iterator[str]:
        """Yield the names of the arrays in the order in which they lie."""
        yield from self._directory

    def data(self, name: str) -> memoryview:
        """Return the bytes of an array."""
        return _bytes(self[name])

    def verify(self) -> None:
        """Read every byte and compare the checksums (`IndexDamaged`)."""
        end = len(_MAGIC)
        for name, place in self._directory.items():
            gap = self._map[end : place.offset]
            end = place.offset + place.length
            if any(gap) or zlib.crc32(self.data(name)) != place.checksum:
                raise self._damaged()

    def _read_directory(self) -> dict[str, _Place]:
        size = len(self._map)
        offset, length, checksum, end = _TRAILER.unpack_from(self._map, size - _TRAILER.size)
        text = self._map[offset : offset + length]
        whole = self._map[: len(_MAGIC)] == _MAGIC and end == _END and offset + length + _TRAILER.size == size
        if not whole or zlib.crc32(text) != checksum:
            raise ValueError("the directory is not whole")
        described = json.loads(text)
        if described["version"] != FORMAT_VERSION:
            raise ValueError("another format version")
        return {name: _Place.checked(*entry, end=offset) for name, entry in described["arrays"].items()}

    def _damaged(self) -> IndexDamaged:
        return IndexDamaged(
            f"{self.path}: this file of the index is damaged; "
            "make the index anew with onrecord index --rebuild.",
            path=self.path,
        )


def _bytes(array: Array) -> memoryview:
    return array.data.cast("B") if array.size else memoryview(b"")


def _kind(array: Array) -> str:
    name = array.dtype.str.lstrip("<|")
    if name not in _KINDS:
        raise TypeError(f"no array of {array.dtype} is stored")
    return name
