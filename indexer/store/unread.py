"""What could not be read: the files and folders that the last runs failed on, as they have told.

It stands in a file of its own beside the table of contents, so that a nightly run says each of them once and
``onrecord status`` can name them. Nothing depends on it: where it is lost or damaged they are told again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["LARGEST_UNREAD_FILE", "UNREAD", "Unread", "dump_unread", "load_unread"]

#: The name of its file in an index.
UNREAD = "UNREAD"
#: Bytes above which it is not read, and of which no more is written.
LARGEST_UNREAD_FILE = 4 << 20
# An entry takes some 250 bytes; of more than these nobody reads the list.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, or a path that was indexed and is not there (``is_root``).

    ``key`` is that of the file or the path that was looked through, ``source`` the file to blame, which may
    be beside it. ``stamp`` tells that file from what it was before: when it was written, and its size.
    """

    key: str
    source: str
    line: int | None
    reason: str
    stamp: tuple[int, int] | None = None
    is_root: bool = False


def dump_unread(entries: Iterable[Unread]) -> bytes:
    """Write the file."""
    return json.dumps([asdict(entry) for entry in [*entries][:_MOST]]).encode()


def load_unread(data: bytes) -> tuple[Unread, ...]:
    """Read what `dump_unread` wrote; anything else is a `ValueError`."""
    try:
        entries = json.loads(data)
        return tuple(_checked(**entry) for entry in entries)
    except (TypeError, RecursionError) as error:
        raise ValueError("it is no list of what was not read") from error


def _checked(*, key: Any, source: Any, line: Any, reason: Any, stamp: Any, is_root: Any) -> Unread:
    texts = all(isinstance(text, str) for text in (key, source, reason))
    lined = line is None or type(line) is int
    stamped = stamp is None or (isinstance(stamp, list) and [*map(type, stamp)] == [int, int])
    if not (texts and lined and stamped and type(is_root) is bool):
        raise ValueError("something in it is no such thing")
    return Unread(key, source, line, reason, (stamp[0], stamp[1]) if stamp else None, is_root)
