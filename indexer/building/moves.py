"""Folders that were moved: what lay below a path that is gone, found again below another one.

A file is known by the hash of what it held. When more than half of a folder is found again at one
place, its other files are looked for there by their paths: some may have been edited on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import SourceFile, is_within
from onrecord.indexer.report import Move
from onrecord.indexer.store.catalogue import Catalogue

__all__ = ["Moved", "find_moved"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Files under their new keys with the old ones, and the roots that lie elsewhere now."""

    files: dict[str, str] = field(default_factory=dict)
    roots: tuple[Move, ...] = ()


def find_moved(files: Mapping[str, SourceFile], gone: Collection[str], catalogue: Catalogue) -> Moved:
    """Look among some files for those that the index knows below roots that are gone."""
    lost = {key: root for root in gone for key in catalogue.paths(within=root)}
    if not lost:
        return Moved()
    new = {key: file for key, file in files.items() if catalogue.source(key) is None}
    found = _by_hash(new, lost, catalogue)
    places = _places(found, lost)
    for root, place in places.items():
        for old in (key for key, its_root in lost.items() if its_root == root):
            key = place + old.removeprefix(root)
            if key in new and key not in found and old not in found.values():
                found[key] = old
    return Moved(found, tuple(Move(root, place) for root, place in places.items()))


def _by_hash(new: Mapping[str, SourceFile], lost: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Return the old keys of files that hold what a lost one held; of several those most alike in path."""
    from onrecord.indexer.reading.hashes import content_hash  # loaded where there is a file to hash

    held: defaultdict[str, list[str]] = defaultdict(list)
    for key in lost:
        known = catalogue.source(key)
        if known is not None:
            held[known.record.content_hash].append(key)
    holding: defaultdict[str, list[str]] = defaultdict(list)
    for key, file in new.items():
        with suppress(SourceError):
            if (digest := content_hash(file.path)) in held:
                holding[digest].append(key)
    found: dict[str, str] = {}
    for digest, keys in holding.items():
        found |= _paired(keys, held[digest])
    return found


def _paired(keys: Sequence[str], olds: Sequence[str]) -> dict[str, str]:
    """Give each of some files one of as many old keys, those first that are most alike.

    So where several files of a folder hold the same, each is found under the name that it had.
    """
    found: dict[str, str] = {}
    free = dict.fromkeys(olds)
    for length in range(max(map(_depth, keys)), -1, -1):
        by_end: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for old in free:
            by_end[_end(old, length)].append(old)
        for key in keys:
            same = by_end.get(_end(key, length))
            if same and key not in found:
                found[key] = same.pop(0)
                del free[found[key]]
    return found


def _depth(key: str) -> int:
    return len(PurePath(key).parts)


def _end(key: str, length: int) -> tuple[str, ...]:
    """Return the last parts of a path, all where it has fewer."""
    parts = PurePath(key).parts
    return parts[max(0, len(parts) - length) :]


def _places(found: Mapping[str, str], lost: Mapping[str, str]) -> dict[str, str]:
    """Return where each root lies now that was found again by more than half."""
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, old in found.items():
        below = old.removeprefix(lost[old])
        if is_within(old, lost[old]) and key.endswith(below):
            places[lost[old]][key.removesuffix(below)] += 1
    sizes = Counter(lost.values())
    best = {root: counts.most_common(1)[0] for root, counts in places.items()}
    return {root: place for root, (place, count) in best.items() if 2 * count > sizes[root]}
