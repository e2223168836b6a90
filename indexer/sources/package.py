"""Zip files, unpacked within bounds: what they claim to hold is not believed, what comes out is counted."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from indexer.errors import SourceError

__all__ = ["MOST_BYTES", "MOST_RATIO", "UNCOUNTED_BYTES", "is_zip", "open_package", "unpack"]

#: The most that a member may unpack to, in bytes.
MOST_BYTES = 256_000_000
#: How many times its packed size a member may unpack to, once it is larger than `UNCOUNTED_BYTES`. Markup
#: packs to a twentieth; a bomb to a thousandth.
MOST_RATIO = 200
UNCOUNTED_BYTES = 1_000_000
_CHUNK = 1 << 16


def is_zip(data: bytes) -> bool:
    """Recognise a zip file by its first bytes."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_package(path: Path, data: bytes) -> ZipFile:
    """Open a zip file in memory; a damaged one is a `SourceError`."""
    try:
        return ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(path, "the archive is damaged; get the file again or pack it anew.") from error


def unpack(package: ZipFile, member: ZipInfo, *, path: Path) -> bytes:
    """Unpack a member; one that is damaged, locked or beyond bounds is a `SourceError` for ``path``."""
    if member.flag_bits & 0x1:
        raise SourceError(path, "it is locked with a password; pack it without one.")
    pieces: list[bytes] = []
    size = 0
    try:
        with package.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > MOST_BYTES:
                    raise SourceError(path, "it unpacks to more than 256 MB; split it into several.")
                if size > max(UNCOUNTED_BYTES, MOST_RATIO * member.compress_size):
                    raise SourceError(path, "it unpacks to more than 200 times its size; unpack it yourself.")
                pieces.append(piece)
    except (
        BadZipFile,
        LargeZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise SourceError(
            path, "it is damaged in its archive; get the file again or pack it anew."
        ) from error
    return b"".join(pieces)
