"""Where the arrays of a container lie, read from the ends of its file, without NumPy.

NumPy takes as long to load as all that completes a name, so names are read without it.
"""

from __future__ import annotations

import json
import mmap
import os
import stat
import struct
from array import array as integers
from dataclasses import dataclass
from operator import index
from pathlib import Path
from zlib import crc32

from onrecord.indexer.opening import OPENED

__all__ = [
    "ALIGNMENT",
    "END",
    "FORMAT_VERSION",
    "MAGIC",
    "PAGE",
    "TRAILER",
    "UNREADABLE",
    "AnotherVersion",
    "Place",
    "mapped",
    "read_bytes",
    "read_directory",
]

FORMAT_VERSION = 9
#: What a container begins with, what it ends with, and what is the last of that.
MAGIC = b"ONRECSEG"
TRAILER = struct.Struct("<QIII8s")
END = b"SEGMENT."
#: A multiple of the widest register, so that arrays may be read with aligned loads.
ALIGNMENT = 64
#: Bytes under one checksum. Of 64 KiB a page takes 16 microseconds, longer than most lists in it do; of
#: 4 KiB the checksums are four times as many, and all are read on opening.
PAGE = 1 << 14
#: What reading a directory raises that is not one, however it was made.
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, struct.error)
# A directory is of some hundred arrays and 7 KB.
_LARGEST = 1 << 16
_SIZES = {"u1": 1, "u2": 2, "u4": 4, "u8": 8, "f4": 4}


class AnotherVersion(ValueError):
    """The directory is whole, and of another version of the format."""

    def __init__(self, *, newer: bool) -> None:
        self.newer = newer
        super().__init__("another format version")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an array lies, in bytes, and of what kind it is: ``u1``, ``u2``, ``u4``, ``u8`` or ``f4``."""

    kind: str
    offset: int
    length: int

    @property
    def pages(self) -> int:
        """How many checksums it has."""
        return -(-self.length // PAGE)

    @classmethod
    def checked(cls, kind: str, offset: int, length: int, *, after: int, end: int) -> Place:
        """Refuse an array that does not lie behind ``after`` and before ``end`` (`ValueError`)."""
        place, size = cls(kind, index(offset), index(length)), _SIZES[kind]
        follows = offset == after + -after % ALIGNMENT and length >= 0
        if not follows or offset + length > end or length % size:
            raise ValueError("an array does not lie in its place")
        return place


def mapped(path: Path) -> mmap.mmap:
    """Map a file that is one of its own: no link, folder or pipe (`OSError`, `ValueError`)."""
    descriptor = os.open(path, OPENED)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a file")
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)


def read_directory(file: mmap.mmap) -> tuple[dict[str, Place], integers[int]]:
    """Return the places of all arrays by their names, and the checksums of their pages (`UNREADABLE`)."""
    size = len(file)
    offset, sums, length, checksum, end = TRAILER.unpack_from(file, size - TRAILER.size)
    whole = file[: len(MAGIC)] == MAGIC and end == END
    if not whole or offset + sums + length + TRAILER.size != size or length > _LARGEST:
        raise ValueError("the file is not whole")
    tail = memoryview(file)[offset : offset + sums + length]
    if crc32(tail) != checksum:
        raise ValueError("the directory is not whole")
    described = json.loads(bytes(tail[sums:]))
    if described["version"] != FORMAT_VERSION:
        raise AnotherVersion(newer=described["version"] > FORMAT_VERSION)
    places: dict[str, Place] = {}
    after = len(MAGIC)
    for name, entry in described["arrays"].items():
        places[name] = place = Place.checked(*entry, after=after, end=offset)
        after = place.offset + place.length
    if after != offset or sums != 4 * sum(place.pages for place in places.values()):
        raise ValueError("there are not as many checksums as pages")
    return places, integers("I", bytes(tail[:sums]))


def read_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of one array of a container, compared with their checksums (`UNREADABLE`)."""
    file = mapped(path)
    places, sums = read_directory(file)
    before = 0
    for other, place in places.items():
        if other == name:
            data = file[place.offset : place.offset + place.length]
            for page in range(place.pages):
                if crc32(data[page * PAGE : (page + 1) * PAGE]) != sums[before + page]:
                    raise ValueError("a page is not as it was written")
            return data
        before += place.pages
    raise KeyError(name)
