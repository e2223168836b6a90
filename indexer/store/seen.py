"""What was seen of the texts when they were last looked through: a hint that saves opening them.

It stands in a file of its own beside the table of contents. It says of each folder which entries it had, the
stamps of these (size, times, the number of the file on its disk), and what became of them. A file whose
stamps are the same has not changed since, unless they were too fresh to tell; all others are opened and
hashed. It counts for one state of the index, which `Seen.state` names. Where it is lost, damaged, of another
state or from another machine, all files are hashed once, and it is written anew. So it is written without
waiting for the disk: its checksum tells what a crash has left of it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "LARGEST_SEEN_FILE",
    "OPEN",
    "SEEN",
    "SKIPPED",
    "STANDS",
    "Seen",
    "SeenFolder",
    "dump_seen",
    "load_seen",
]

#: The name of its file in an index.
SEEN = "SEEN"
#: Bytes above which it is not read, and all files are hashed: those of four million files.
LARGEST_SEEN_FILE = 1 << 28
#: What became of an entry: it is to be looked into, or it stands as it is indexed; from 2 on it was skipped,
#: for the reason of that number.
OPEN, STANDS, SKIPPED = 0, 1, 2
_VERSION = 1
_STAMPS = 40  # bytes of an entry


@dataclass(frozen=True, slots=True)
class SeenFolder:
    """A folder: its entries, with a byte of kind, the stamps and a verdict for each.

    ``names`` are parted by NUL, ``statements`` and ``paragraphs`` what the index has of those that stand.
    ``setting`` is what else its files were read with: the folder that their addresses are made below, and the
    corrections above them; ``lists`` are those of its corpus in the folder above. Of an archive, whose
    members were seen, there are no stamps.
    """

    names: bytes
    kinds: bytes
    stamps: bytes
    verdicts: bytes
    statements: int
    paragraphs: int
    setting: str
    lists: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen, folder by folder, by their keys.

    ``state`` is the state of the index and of this program that it counts for. It is ``whole`` where all
    that the index has from below its folders is among their entries. ``at`` is when it was seen, in
    nanoseconds.
    """

    state: str = ""
    at: int = 0
    whole: bool = True
    reasons: tuple[str, ...] = ()
    folders: dict[str, SeenFolder] = field(default_factory=dict)


def dump_seen(seen: Seen) -> Iterator[bytes]:
    """Write the file, piece by piece."""
    texts = list(dict.fromkeys(text for one in seen.folders.values() for text in (one.setting, one.lists)))
    number = {text: at for at, text in enumerate(texts)}
    head = {
        "at": seen.at,
        "whole": seen.whole,
        "reasons": seen.reasons,
        "texts": texts,
        "folders": [
            [
                key,
                *map(len, (one.names, one.kinds, one.stamps)),
                one.statements,
                one.paragraphs,
                number[one.setting],
                number[one.lists],
            ]
            for key, one in seen.folders.items()
        ],
    }
    checksum = 0
    for piece in _pieces(_begins(seen.state) + json.dumps(head).encode() + b"\n", seen):
        checksum = zlib.crc32(piece, checksum)
        yield piece
    yield b"%08x" % checksum


def _pieces(head: bytes, seen: Seen) -> Iterator[bytes]:
    yield head
    for one in seen.folders.values():
        yield b"".join((one.names, one.kinds, one.stamps, one.verdicts))


def load_seen(data: bytes, *, state: str) -> Seen:
    """Read what `dump_seen` wrote for a state; anything else is a `ValueError`.

    A stranger's is of another state, and none of it is looked at.
    """
    if not data.startswith(_begins(state)):
        raise ValueError("it is of another state")
    try:
        return _loaded(data, state)
    except (TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("it is no list of what was seen") from error


def _loaded(data: bytes, state: str) -> Seen:
    if data[-8:] != b"%08x" % zlib.crc32(memoryview(data)[:-8]):
        raise ValueError("its checksum is another")
    begin = len(_begins(state))
    at = data.index(b"\n", begin) + 1
    head: dict[str, Any] = json.loads(data[begin:at])
    texts, reasons = tuple(map(_text, head["texts"])), tuple(map(_text, head["reasons"]))
    folders = {}
    for key, *numbers in head["folders"]:
        names, kinds, stamps, statements, paragraphs, setting, lists = map(_number, numbers)
        if stamps not in (0, _STAMPS * kinds):
            raise ValueError("an entry has no stamps")
        ends = [at, at + names, at + names + kinds, at + names + kinds + stamps]
        at = ends[-1] + kinds
        one = SeenFolder(
            data[ends[0] : ends[1]],
            data[ends[1] : ends[2]],
            data[ends[2] : ends[3]],
            data[ends[3] : at],
            statements,
            paragraphs,
            texts[setting],
            texts[lists],
        )
        if one.names.count(b"\0") + 1 != max(kinds, 1) or any(
            verdict >= SKIPPED + len(reasons) for verdict in {*one.verdicts}
        ):
            raise ValueError("an entry is none")
        folders[_text(key)] = one
    if at != len(data) - 8:
        raise ValueError("there is more of it")
    return Seen(state, _number(head["at"]), head["whole"] is True, reasons, folders)


def _begins(state: str) -> bytes:
    return f"{_VERSION} {state}\n".encode()


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a number is none")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is none")
    return value
