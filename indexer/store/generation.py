"""A generation: one committed state of an index, as the segments that count and their deleted statements.

Its file, which messages call the table of contents, is two lines: JSON, and the CRC-32 of the first line.
It is read by code that accepts only what it knows, so that a generation from a stranger names files of its
own folder and nothing else, and a file in which a byte has changed is refused.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

__all__ = [
    "LARGEST_GENERATION_FILE",
    "MOST_DELETED",
    "AnotherVersion",
    "Generation",
    "SegmentEntry",
    "new_segment_name",
]

FORMAT_VERSION = 5
# The version before had no `removed`, no `links` and no `addresses`.
_READ_TOO = 4
#: Bytes above which no such file is read or written. Statements that are deleted take nine each at most.
LARGEST_GENERATION_FILE = 16 << 20
#: Deleted statements that a generation lists before segments are written anew without them
#: (`indexer.store.merge_policy`).
MOST_DELETED = 1_000_000
# Above what any index counts; a number is read as an integer only if it has no more digits.
_LARGEST_NUMBER = 1 << 53
_MOST_DIGITS = 16
# What a file of that size can hold at all: more of these is refused before it takes memory.
_MOST_BRACKETS = 200_000
_MOST_COMMAS = 2_000_000
_NAME = re.compile(r"segment-[0-9a-f]{16}\.seg", re.ASCII)
_ADDRESSES_NAME = re.compile(r"addresses-[0-9a-f]{16}\.json", re.ASCII)


def new_segment_name() -> str:
    """Name the file of a segment as no other is named."""
    return f"segment-{os.urandom(8).hex()}.seg"


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: its file, how much it holds, and the statements in it that are deleted, rising."""

    name: str
    statements: int
    paragraphs: int
    deleted: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not (isinstance(self.name, str) and _NAME.fullmatch(self.name)):
            raise ValueError(f"no segment is called {self.name!r}")
        _check_numbers((self.statements, self.paragraphs, *self.deleted))
        if any(number >= self.statements for number in self.deleted):
            raise ValueError(f"{self.name} has no such statements to delete")


@dataclass(frozen=True, slots=True)
class Generation:
    """One commit: its number, the paths that ``onrecord index`` was given, its segments.

    ``removed`` are files and folders below these paths that were taken out and stay out. ``links``
    says that files were reached through links, so that one of them may come again under another name.
    ``addresses`` is the file of its former addresses (`indexer.store.former_addresses`), None if it has
    none. Number 0 is no commit: there is nothing to go back to but what was asked for.
    """

    number: int = 0
    roots: tuple[str, ...] = ()
    segments: tuple[SegmentEntry, ...] = ()
    removed: tuple[str, ...] = ()
    links: bool = False
    addresses: str | None = None

    def __post_init__(self) -> None:
        _check_numbers((self.number,))
        if not all(isinstance(path, str) for path in (*self.roots, *self.removed)):
            raise ValueError("a path is no text")
        if type(self.links) is not bool:
            raise ValueError("a mark is none")
        if len({entry.name for entry in self.segments}) < len(self.segments):
            raise ValueError("a segment is named twice")
        name = self.addresses
        if name is not None and not (isinstance(name, str) and _ADDRESSES_NAME.fullmatch(name)):
            raise ValueError(f"no file of addresses is called {name!r}")

    @property
    def files(self) -> set[str]:
        """The names of all its files."""
        return {entry.name for entry in self.segments}.union(filter(None, [self.addresses]))

    def dump(self) -> bytes:
        """Write the file."""
        line = json.dumps({"version": FORMAT_VERSION, **asdict(self)}).encode()
        return b"%s\n%08x\n" % (line, zlib.crc32(line))

    @classmethod
    def load(cls, data: bytes) -> Generation:
        """Read what `dump` wrote; anything else is a `ValueError`, of another version `AnotherVersion`."""
        line, _, rest = data.partition(b"\n")
        if rest != b"%08x\n" % zlib.crc32(line):
            raise ValueError("its checksum is another")
        if line.count(b"[") + line.count(b"{") > _MOST_BRACKETS or line.count(b",") > _MOST_COMMAS:
            raise ValueError("it holds too much")
        members = _parse(line)
        version = _version(members)
        if version not in (FORMAT_VERSION, _READ_TOO):
            raise AnotherVersion(members, newer=version > FORMAT_VERSION)
        more = ("removed", "links", "addresses") if version == FORMAT_VERSION else ()
        _check_members(members, ("version", "number", "roots", "segments", *more))
        return cls(
            members["number"],
            tuple(_list(members["roots"])),
            tuple(_entry(entry) for entry in _list(members["segments"])),
            tuple(_list(members.get("removed", []))),
            members.get("links", False),
            members.get("addresses"),
        )


class AnotherVersion(ValueError):
    """A table of contents that is whole and of another version.

    ``roots`` and ``removed`` are what it says of them, where it says it as this version would.
    """

    def __init__(self, members: dict[str, Any], *, newer: bool) -> None:
        self.newer = newer
        self.roots = _texts(members.get("roots"))
        self.removed = _texts(members.get("removed"))
        super().__init__("it is of another version of On Record")


def _version(members: Any) -> int:
    version = members.get("version") if isinstance(members, dict) else None
    if type(version) is not int:
        raise ValueError("it has no version")
    return version


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _parse(line: bytes) -> Any:
    try:
        return json.loads(
            line,
            object_pairs_hook=_members,
            parse_int=_whole,
            parse_float=_unknown,
            parse_constant=_unknown,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _entry(entry: Any) -> SegmentEntry:
    _check_members(entry, ("name", "statements", "paragraphs", "deleted"))
    deleted = _list(entry["deleted"])
    return SegmentEntry(entry["name"], entry["statements"], entry["paragraphs"], tuple(deleted))


def _check_numbers(numbers: Sequence[Any]) -> None:
    # A bool is an int to isinstance, and true would count as 1.
    if not all(type(number) is int and 0 <= number < _LARGEST_NUMBER for number in numbers):
        raise ValueError("a number is none")


def _check_members(value: Any, names: tuple[str, ...]) -> None:
    if not isinstance(value, dict) or set(value) != set(names):
        raise ValueError("it holds something unknown")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list is none")  # noqa: TRY004  (what is damaged is one kind of error)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member is named twice")
    return members


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number is absurd")
    return int(digits)


def _unknown(_: str) -> NoReturn:
    raise ValueError("a number is no whole one")
