"""What a reader takes at most: limits with names, and the sentences that say so.

A text beyond a limit is refused with a `SourceError` that carries the limit's name;
the other texts go on. Work and memory are so bounded by the sizes here, since every
reader takes time in proportion to its text. `TIME` is for what nobody foresaw: readers
look at the clock between their steps, on the thread that reads, and no signal is used.

``docs/limits.md`` lists them with their reasons.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.indexer.errors import Limit, SourceError

__all__ = [
    "ARCHIVE_FILES",
    "ARCHIVE_RATIO",
    "DECLARED_SIZE",
    "FILE_SIZE",
    "LIMITS",
    "LINES",
    "LINE_LENGTH",
    "MARKUP",
    "NESTING",
    "OVERRIDES_SIZE",
    "STATEMENT_SIZE",
    "TIME",
    "TextLimit",
    "check_time",
    "next_statement",
    "reading",
]


class TextLimit(Limit):
    """A limit of a text that is read."""

    __slots__ = ()

    def check(self, value: int, *, line: int | None = None) -> None:
        """Let ``value`` pass or raise the `SourceError` of this limit, for the file that is being read."""
        if value > self.most:
            raise self.error(line=line)

    def error(self, path: Path | None = None, *, line: int | None = None) -> SourceError:
        """Return the error that refuses a file, by default the one that is being read."""
        now = _NOW.get()
        source = path or (now.path if now else Path())
        return SourceError(source, self.sentence, line=line, limit=self.name)


FILE_SIZE = TextLimit("FILE_SIZE", 256_000_000, "the file is larger than 256 MB; split it into several.")
STATEMENT_SIZE = TextLimit(
    "STATEMENT_SIZE", 10_000_000, "a statement of more than 10 MB is not read; split it into several."
)
DECLARED_SIZE = TextLimit(
    "DECLARED_SIZE", 65_536, "the metadata is larger than 64 KB; keep to speaker, forum, date and the like."
)
OVERRIDES_SIZE = TextLimit(
    "OVERRIDES_SIZE", 1_000_000, "the overrides are larger than 1 MB; put those of a folder into that folder."
)
LINES = TextLimit("LINES", 200_000, "the text has more than 200,000 lines; split it into several files.")
LINE_LENGTH = TextLimit(
    "LINE_LENGTH", 1_000_000, "this line has more than 1,000,000 characters; break it up."
)
MARKUP = TextLimit(
    "MARKUP", 500_000, "there are more than 500,000 marks or tags in it; save the text alone, or split it."
)
NESTING = TextLimit(
    "NESTING", 150, "its parts stand in each other more than 150 deep; save the text without layout."
)
TIME = TextLimit(
    "TIME", 60, "reading took more than 60 seconds of computing; split it, or save the text alone."
)

ARCHIVE_RATIO = TextLimit(
    "ARCHIVE_RATIO", 200, "it unpacks to more than 200 times its size; unpack it yourself, and mistrust it."
)
ARCHIVE_FILES = TextLimit("ARCHIVE_FILES", 100_000, "it holds more than 100,000 files; unpack it yourself.")

#: Every limit, in the order in which a text meets them.
LIMITS = (
    FILE_SIZE,
    STATEMENT_SIZE,
    DECLARED_SIZE,
    OVERRIDES_SIZE,
    LINES,
    LINE_LENGTH,
    MARKUP,
    NESTING,
    TIME,
    ARCHIVE_RATIO,
    ARCHIVE_FILES,
)


@dataclass(slots=True)
class _Clock:
    """Until when a thread may compute for a statement, in seconds of its own time.

    A thread computes no longer than time goes by. So its own time, whose clock costs ten times as much and
    took a tenth of a build, is looked at when that much has gone by: at ``look``, as `time.monotonic` counts.
    """

    until: float = field(init=False)
    look: float = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Let a statement begin now."""
        self.until, self.look = time.thread_time() + TIME.most, time.monotonic() + TIME.most

    def check(self) -> None:
        """Raise the `SourceError` of `TIME` where all of it is over."""
        now = time.monotonic()
        if now < self.look:
            return
        left = self.until - time.thread_time()
        if left < 0:
            raise TIME.error()
        self.look = now + left


@dataclass(frozen=True, slots=True)
class _Reading:
    """The file that is being read, and its clock."""

    path: Path
    clock: _Clock


_NOW: ContextVar[_Reading | None] = ContextVar("the file that is being read", default=None)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Read a file in this block, within `TIME`, and a file inside it, such as a sidecar, within the same.

    A text so deep that Python's own limit of calls is met is refused like any that is too deep: how deep the
    calls of the program around us are is not known.
    """
    now = _NOW.get()
    clock = now.clock if now else _Clock()
    token = _NOW.set(_Reading(path, clock))
    try:
        yield
    except RecursionError as error:
        raise NESTING.error() from error
    finally:
        _NOW.reset(token)


def next_statement() -> None:
    """Give the next statement of the file being read a time of its own: a file may hold very many."""
    now = _NOW.get()
    if now is not None:
        now.clock.check()
        now.clock.restart()


def check_time() -> None:
    """Raise the `SourceError` of `TIME` where the statement being read has had all of it."""
    now = _NOW.get()
    if now is not None:
        now.clock.check()
