"""Every error On Record raises on purpose.

The tree::

    OnRecordError
    ├── SourceError        a text could not be read; the others go on
    │   └── NoSpeeches     it could be, and holds no statements
    ├── NotInstalled       what was asked for needs a program that is not installed
    ├── DateError          a date or an interval of dates that cannot be read
    ├── QueryError         a query that cannot mean what was typed
    ├── AddressError       no such statement or paragraph
    ├── ExportError        what was found cannot be written as it was asked for
    ├── AlertError         a saved search, what was delivered of it, or a place to deliver to, is in the way
    ├── RequestError       a request to the web application that cannot be answered
    ├── IndexClosed        an index was closed before this was asked of it
    └── StoreError         the index on disk
        ├── IndexMissing   there is no index in this folder
        ├── IndexLocked    another writer holds the index
        ├── ClusterError   a cluster that does not answer, or not for all of the index
        │   └── NeedsLocalIndex  what only an index in a folder can do
        └── IndexDamaged   the index cannot be read as it stands
            └── IndexOutdated  it is whole, and another version of On Record wrote it

A message is one sentence: what happened, to which thing, what to do next. The
evidence is kept as attributes, so that a program need not read the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "AddressError",
    "AlertError",
    "ClusterError",
    "DateError",
    "ExportError",
    "IndexClosed",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "Limit",
    "NeedsLocalIndex",
    "NoSpeeches",
    "NotInstalled",
    "OnRecordError",
    "QueryError",
    "RequestError",
    "SourceError",
    "StoreError",
]


class OnRecordError(Exception):
    """The root: catch this to catch every error that is not a bug."""


class SourceError(OnRecordError):
    """A text could not be read.

    ``source`` is the file, ``line`` the line (counted from 1) where reading
    stopped or None, ``reason`` the cause in words. ``limit`` is the name of the limit
    (`indexer.limits`) that the text goes beyond, None where it is none of them.
    """

    def __init__(
        self, source: Path | str, reason: str, *, line: int | None = None, limit: str | None = None
    ) -> None:
        self.source = str(source)
        self.line = line
        self.limit = limit
        self.reason = reason
        place = self.source if line is None else f"{self.source}, line {line}"
        super().__init__(f"{place}: {reason}")


class NoSpeeches(SourceError):
    """A file of a kind that may hold statements could be read, and holds none.

    An index passes over it: ``skipped`` is what it says of such files (`indexer.formats.not_read`).
    """

    def __init__(self, source: Path | str, reason: str, *, skipped: str) -> None:
        self.skipped = skipped
        super().__init__(source, reason)


class NotInstalled(OnRecordError):
    """What was asked for needs a program or a library that is not installed; the message says which."""


class DateError(OnRecordError, ValueError):
    """A date or an interval that cannot be read; ``text`` is what was written."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason
        super().__init__(reason)


class QueryError(OnRecordError):
    """A query that cannot mean what was typed.

    ``query`` is the text as typed, ``position`` the offset of the trouble in
    characters (counted from 0) or None where no single place is to blame. ``limit`` is the
    name of the limit (`search.query.limits`) that the query goes beyond, None where it is none of them.
    """

    def __init__(
        self, message: str, *, query: str, position: int | None = None, limit: str | None = None
    ) -> None:
        self.query = query
        self.position = position
        self.limit = limit
        super().__init__(message)


class AddressError(OnRecordError):
    """No statement or paragraph has this ``address``; ``near`` holds addresses like it."""

    def __init__(self, message: str, *, address: str, near: tuple[str, ...] = ()) -> None:
        self.address = address
        self.near = near
        super().__init__(message)


class ExportError(OnRecordError):
    """What was found cannot be written as it was asked for, or a run record cannot be read.

    ``path`` is the file that was to be written or read, None where none is to blame.
    """

    def __init__(self, message: str, *, path: Path | str | None = None) -> None:
        self.path = None if path is None else str(path)
        super().__init__(message)


class AlertError(OnRecordError):
    """A saved search cannot be kept or found, or its news cannot be delivered.

    ``path`` is the file that is in the way, None where it is none.
    """

    def __init__(self, message: str, *, path: Path | str | None = None) -> None:
        self.path = None if path is None else str(path)
        super().__init__(message)


class RequestError(OnRecordError):
    """A request to the web application that cannot be answered.

    ``status`` is that of HTTP, ``kind`` a word that tells a program which kind of refusal it is. ``retry`` is
    after how many seconds it may be asked again, None where that would change nothing.
    """

    def __init__(self, message: str, *, status: int, kind: str, retry: int | None = None) -> None:
        self.status = status
        self.kind = kind
        self.retry = retry
        super().__init__(message)


class IndexClosed(OnRecordError):
    """An index was closed before this was asked of it."""


class StoreError(OnRecordError):
    """The index in the folder ``path`` cannot be used."""

    def __init__(self, message: str, *, path: Path | str) -> None:
        self.path = str(path)
        super().__init__(message)


class IndexMissing(StoreError):
    """There is no index in this folder."""


class ClusterError(StoreError):
    """A cluster does not answer, refuses, or would answer for a part of the index only; ``path`` is where.

    ``status`` is what it answered, as HTTP has it (404: there is no such index); None where it did not.
    """

    def __init__(self, message: str, *, path: str = "", status: int | None = None) -> None:
        self.status = status
        super().__init__(message, path=path)


class NeedsLocalIndex(ClusterError):
    """What was asked for needs an index in a folder; ``what`` is its name."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"An index of a cluster cannot do this: {what}; ask an index in a folder instead.")


class IndexLocked(StoreError):
    """Another writer has held the index for longer than we were told to wait."""


class IndexDamaged(StoreError):
    """The index cannot be read as it stands."""


class IndexOutdated(IndexDamaged):
    """Another version of On Record wrote the index; it is whole, and cannot be read by this one.

    ``newer`` tells whether that version came later than this one. ``roots`` are the paths that were
    indexed and ``removed`` what was taken out of them, as far as its table of contents says so.
    """

    def __init__(
        self, path: Path | str, *, newer: bool, roots: tuple[str, ...] = (), removed: tuple[str, ...] = ()
    ) -> None:
        self.newer = newer
        self.roots = roots
        self.removed = removed
        advice = (
            "a newer version of On Record wrote this index; update On Record, "
            "or make the index anew with onrecord index --rebuild."
            if newer
            else "an older version of On Record wrote this index; "
            "onrecord index makes it anew from its texts."
        )
        super().__init__(f"{path}: {advice}", path=path)


@dataclass(frozen=True, slots=True)
class Limit:
    """The ``most`` that is taken of something, and the sentence of the error that refuses more."""

    name: str
    most: int
    sentence: str
