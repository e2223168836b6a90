"""Zip files, unpacked within bounds: what they claim to hold is not believed, what comes out is counted."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import ARCHIVE_RATIO, FILE_SIZE, check_time

__all__ = ["Member", "is_zip", "open_package", "part_of", "unpack"]

# The ratio is looked at from here on: a page of one letter packs better than any text.
_UNCOUNTED = 1_000_000
_CHUNK = 1 << 16
_DAMAGED = (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def is_zip(data: bytes) -> bool:
    """Recognise a zip file by its first bytes."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_package(path: Path, data: bytes) -> ZipFile:
    """Open a zip file in memory; a damaged one is a `SourceError`."""
    try:
        return ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise SourceError(path, "the archive is damaged; get the file again or pack it anew.") from error


def unpack(package: ZipFile, member: ZipInfo, *, path: Path) -> bytes:
    """Unpack a member; one that is damaged, locked or beyond a limit is a `SourceError` for ``path``."""
    pieces: list[bytes] = []
    size = 0
    with Member(package, member, path=path) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > FILE_SIZE.most:
                raise FILE_SIZE.error(path)
            pieces.append(piece)
    return b"".join(pieces)


def part_of(package: ZipFile, name: str, *, path: Path) -> bytes | None:
    """Unpack the member of a name, None where there is none (`SourceError` as `unpack`)."""
    try:
        member = package.getinfo(name)
    except KeyError:
        return None
    return unpack(package, member, path=path)


class Member(io.RawIOBase):
    """A member as a file to read from; what is wrong with it is a `SourceError` for ``path``."""

    def __init__(self, package: ZipFile, member: ZipInfo, *, path: Path) -> None:
        self._stream: Any = None  # the interpreter closes what could not be opened, too
        if member.flag_bits & 0x1:
            raise SourceError(path, "it is locked with a password; pack it without one.")
        self._path = path
        self._most = max(_UNCOUNTED, ARCHIVE_RATIO.most * member.compress_size)
        self._read = 0
        try:
            self._stream = package.open(member)
        except _DAMAGED as error:
            raise self._damaged() from error

    def read(self, size: int = -1) -> bytes:
        """Unpack the next bytes."""
        check_time()
        try:
            data: bytes = self._stream.read(size)
        except _DAMAGED as error:
            raise self._damaged() from error
        self._read += len(data)
        if self._read > self._most:
            raise ARCHIVE_RATIO.error(self._path)
        return data

    def close(self) -> None:
        """Let go of the member; the archive stays open."""
        if self._stream is not None:
            self._stream.close()
        super().close()

    def _damaged(self) -> SourceError:
        return SourceError(self._path, "it is damaged in its archive; get the file again or pack it anew.")
