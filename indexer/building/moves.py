"""Folders that were moved: what lay below a path that is gone, found again below another one.

A file is known by the hash of what it held. When more than half of a folder is found again at one
place, its other files are looked for there by their paths: some may have been edited on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePath

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import SourceFile, is_within
from onrecord.indexer.reading.drafts import content_hash
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
    """Return the old keys of files that hold what a lost one held; of several the one most alike in path."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    for key in lost:
        known = catalogue.source(key)
        if known is not None:
            held[known.record.content_hash].append(key)
    found = {}
    for key, file in new.items():
        with suppress(SourceError):
            same = held.get(content_hash(file.path))
            if same:
                found[key] = max(same, key=lambda old: _common_tail(old, key))
                same.remove(found[key])
    return found


def _common_tail(one: str, other: str) -> int:
    """Count the last parts of two paths that are the same."""
    parts = zip(reversed(PurePath(one).parts), reversed(PurePath(other).parts), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], parts))


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
