"""Addresses that would clash: files of one relative path below two folders, with the same facts.

Slugs are made from facts and from the path below the indexed folder, so such files would share one. They are
read again, with the hash of what they hold to tell them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.indexer.building.worker import Task
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue

__all__ = ["told_apart"]


def told_apart(tasks: Sequence[Task], written: Sequence[Segment], catalogue: Catalogue) -> list[Task]:
    """Return the tasks that need another slug, each with a disambiguator.

    A slug needs another when it is taken by a file of the index, or when two of the files whose
    statements were ``written`` claim it.
    """
    clashing = _clashing(written, catalogue)
    held = {
        key: record.content_hash
        for segment in written
        for key in clashing
        if (record := segment.sources.find(key)) is not None
    }
    same: Counter[tuple[str, str]] = Counter()
    again = []
    for task in sorted((task for task in tasks if task.file.key in clashing), key=lambda task: task.file.key):
        digest = held[task.file.key]
        same[task.file.relative_path, digest] += 1
        disambiguator = f"{digest} {same[task.file.relative_path, digest]}"
        again.append(replace(task, file=replace(task.file, disambiguator=disambiguator)))
    return again


def _clashing(written: Sequence[Segment], catalogue: Catalogue) -> set[str]:
    """Return the keys of files one of whose slugs is not theirs alone."""
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for segment in written:
        for slug, key in segment.slugs_of_sources():
            claims[slug].append(key)
    return {
        key
        for slug, claimed in claims.items()
        for key in claimed
        if len(claimed) > 1 or _is_taken(slug, key, catalogue)
    }


def _is_taken(slug: str, key: str, catalogue: Catalogue) -> bool:
    """Tell whether a slug belongs to another file than this one."""
    standing = catalogue.statement_named(slug)
    if standing is None:
        return False
    known = catalogue.source(key)
    return known is None or not known.holds(standing)
