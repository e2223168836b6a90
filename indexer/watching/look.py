"""A look at the texts: which files there are, how large each is, and when it was last written.

Two looks that agree on a file say that nobody is writing it. Its number on the disk and the time of its last
change tell nothing here: some shares make up new ones whenever they are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import key_below, key_of
from onrecord.indexer.sources.beside import OVERRIDES, SPEAKERS, is_corpus_list
from onrecord.indexer.sources.files import Kind, Listing, Stamps, listings, stamps_of

__all__ = ["Look", "look_at", "unsettled"]

# Of the stamps of a file: its size and when it was written.
_SIZE_AND_TIME = 16
_NOT_THERE = b""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder as it was listed: its names, what each is, and the size and time of each file."""

    names: tuple[str, ...] = ()
    kinds: bytes = b""
    stamps: bytes = b""

    def entries(self) -> dict[str, tuple[int, bytes]]:
        """Return what there is to know of each file."""
        return {
            name: (kind, self.stamps[number * _SIZE_AND_TIME : (number + 1) * _SIZE_AND_TIME])
            for number, (name, kind) in enumerate(zip(self.names, self.kinds, strict=True))
            if kind in Kind.READ
        }


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of some paths: their folders, and the files among them, by their keys."""

    folders: dict[str, _Folder] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def look_at(paths: Iterable[Path], *, index: Path) -> Look:
    """Look at files and folders; what is not there, or cannot be opened, is not in the look."""
    look = Look()
    for path in paths:
        with suppress(SourceError, OSError):
            for one in listings(path, index=index):
                if isinstance(one, Listing):
                    look.folders[key_of(one.path)] = _folder(one)
                elif one.is_source:
                    look.files[key_of(path)] = stamps_of(path)[:_SIZE_AND_TIME]
    return look


def unsettled(before: Look, now: Look) -> frozenset[str]:
    """Return the keys of the files that two looks do not agree on: written, come or gone meanwhile.

    Where that is a file which others are read with (corrections, a sidecar), it is the key of its folder:
    nothing in it is to be read before.
    """
    found = {key for key in before.files.keys() | now.files.keys() if _differs(key, before, now)}
    for key in before.folders.keys() | now.folders.keys():
        old, new = before.folders.get(key, _Folder()), now.folders.get(key, _Folder())
        if old != new:
            found.update(_unsettled_in(key, old, new))
    return frozenset(found)


def _differs(key: str, before: Look, now: Look) -> bool:
    return before.files.get(key, _NOT_THERE) != now.files.get(key, _NOT_THERE)


def _unsettled_in(folder: str, old: _Folder, new: _Folder) -> Iterator[str]:
    before, now = old.entries(), new.entries()
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            kinds = {entry[0] for entry in (before.get(name), now.get(name)) if entry}
            with_others = not kinds <= Kind.SOURCES or name in (OVERRIDES, SPEAKERS) or is_corpus_list(name)
            yield folder if with_others else key_below(folder, name)


def _folder(listing: Listing) -> _Folder:
    size = Stamps.size
    stamps = (listing.stamps[at : at + _SIZE_AND_TIME] for at in range(0, len(listing.stamps), size))
    return _Folder(tuple(listing.names), listing.kinds, b"".join(chain(stamps)))
