"""Zip archives as folders: the member ``letters/a.txt`` of ``b.zip`` has the path ``b.zip!/letters/a.txt``.

A member is a source like any file, and each is unpacked when it is read. An archive inside an
archive is none: what it would unpack to cannot be bounded.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import ARCHIVE_FILES
from onrecord.indexer.paths import member_parts, member_path
from onrecord.indexer.sources.zip_member import Member

if TYPE_CHECKING:  # an update that opens no file needs to know no draft
    from onrecord.indexer.draft import Draft

__all__ = [
    "Stamp",
    "exists",
    "open_member",
    "read_archive",
    "size_of",
    "sources_in",
    "stamp_of",
    "strays_in",
]

#: What tells a file from what it was before: when it was written, its size, when it was changed, which it is;
#: and a number of its own while it is fresh.
Stamp = tuple[int, ...]

# Within a tick of the clock, some milliseconds on most disks, a file may change and keep its times.
_FRESH = 100_000_000
_numbers = itertools.count(1)

# Archives that are kept open: members are read one after the other, and the list of them is long.
_KEPT_OPEN = 2


def exists(path: Path) -> bool:
    """Tell whether there is such a file, or such a member of an archive."""
    parts = member_parts(path)
    if parts is None:
        return _is_file(path)
    return _is_file(parts[0]) and parts[1] in _members(parts[0])


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113  (`Path.is_file` raises where the name is too long)


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file, or the archive around it, does; while that is fresh, each time."""
    parts = member_parts(path)
    found = (parts[0] if parts else path).stat()
    is_fresh = abs(time.time_ns() - found.st_ctime_ns) < _FRESH
    number = next(_numbers) if is_fresh else 0
    return found.st_mtime_ns, found.st_size, found.st_ctime_ns, found.st_ino, number


def size_of(path: Path) -> int:
    """Return the size of a file, or of a member as the archive claims it."""
    parts = member_parts(path)
    if parts is None:
        return path.stat().st_size
    member = _members(parts[0]).get(parts[1])
    return member.file_size if member else 0


def open_member(path: Path) -> BinaryIO:
    """Open a member; one that is not there, damaged or beyond a limit is a `SourceError`."""
    parts = member_parts(path)
    assert parts is not None, path
    member = _members(parts[0]).get(parts[1])
    if member is None:
        raise SourceError(path, "there is no such file in the archive; check the path.")
    return cast("BinaryIO", Member(_opened(parts[0], stamp_of(parts[0])), member, path=path))


def read_archive(path: Path, data: bytes) -> list[Draft]:
    """Say what to do about an archive that is read as if it were a text, or that could not be opened."""
    if member_parts(path):
        raise SourceError(path, "an archive inside an archive is not read; unpack it.")
    first = next(iter(sorted(_members(path))), None)
    if first is None:
        return []
    raise SourceError(path, f'this is an archive; name a file in it, such as "{member_path(path, first)}".')


def sources_in(path: Path) -> Iterator[Path]:
    """Yield the members of an archive in order, or a file that is none itself."""
    return (found for found, stray in _walk(path) if not stray)


def strays_in(path: Path) -> Iterator[Path]:
    """Yield the members of an archive that are hidden, or made by the program that packed it."""
    return (found for found, stray in _walk(path) if stray)


def _walk(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield each member with True where it is a stray; a damaged archive is left to whoever reads it.

    A member without a name is a stray.
    """
    try:
        names = sorted(_members(path)) if path.suffix.lower() == ".zip" else None
    except SourceError:
        names = None
    if names is None:
        yield path, False
        return
    for name in names:
        folders = PurePosixPath(name).parts
        hidden = any(part.startswith((".", "__MACOSX")) or part == "/" for part in folders)
        yield member_path(path, name), hidden or not folders


def _members(archive: Path) -> dict[str, ZipInfo]:
    """Return the files in an archive by name."""
    try:
        stamp = stamp_of(archive)
    except OSError as error:
        raise SourceError(archive, f"cannot be read ({error.strerror}); check the path.") from error
    return _named(archive, stamp)


@lru_cache(maxsize=_KEPT_OPEN)
def _named(archive: Path, stamp: Stamp) -> dict[str, ZipInfo]:
    every = _opened(archive, stamp).infolist()
    # Not `ZipInfo.is_dir`, which fails on a member without a name.
    members = [member for member in every if not member.filename.endswith("/")]
    if len(members) > ARCHIVE_FILES.most:
        raise ARCHIVE_FILES.error(archive)
    return {member.filename: member for member in members}


@lru_cache(maxsize=_KEPT_OPEN)
def _opened(archive: Path, stamp: Stamp) -> ZipFile:
    """Open an archive; ``stamp`` tells it from what it was before."""
    try:
        return ZipFile(archive)
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(archive, "the archive is damaged; get the file again or pack it anew.") from error
