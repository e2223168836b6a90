"""What could not be read, remembered from run to run: a nightly run tells each of it once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_within
from onrecord.indexer.sources.archives import stamp_of
from onrecord.indexer.store.unread import Unread

__all__ = ["told_before", "unread_of", "unread_still"]


def unread_of(failed: Iterable[tuple[str, SourceError]], absent: Mapping[str, SourceError]) -> list[Unread]:
    """Note what a run could not read, each once: files with their keys, and roots by theirs."""
    every = [(key, error, False) for key, error in failed]
    every += [(key, error, True) for key, error in absent.items()]
    noted: dict[tuple[str, int | None, str], Unread] = {}
    for key, error, is_root in every:
        entry = Unread(key, error.source, error.line, error.reason, _stamp(error.source), is_root)
        noted.setdefault((error.source, error.line, error.reason), entry)
    return list(noted.values())


def unread_still(before: Iterable[Unread], *, looked_through: Iterable[str]) -> list[Unread]:
    """Return what earlier runs could not read, and this one has not looked at."""
    paths = list(looked_through)
    return [entry for entry in before if not any(is_within(entry.key, path) for path in paths)]


def told_before(
    errors: Iterable[SourceError], *, before: Iterable[Unread], now: Iterable[Unread]
) -> tuple[SourceError, ...]:
    """Return the errors that an earlier run met in the same words in a file that has not changed since."""
    known = {_told(entry) for entry in before} & {_told(entry) for entry in now}
    told = {(source, line, reason) for source, line, reason, _ in known}
    return tuple(error for error in errors if (error.source, error.line, error.reason) in told)


def _told(entry: Unread) -> tuple[str, int | None, str, tuple[int, int] | None]:
    return entry.source, entry.line, entry.reason, entry.stamp


def _stamp(source: str) -> tuple[int, int] | None:
    try:
        written, size, *_ = stamp_of(Path(source))
    except (OSError, ValueError):
        return None
    return written, size
