"""Addresses that clash by chance: files of different paths with the same facts and the same letters.

Five letters meet once in 33 million pairs of statements. All files that claim one slug are read again, with a
mark that gives each other letters. (Files of one path are told apart before: `indexer.building.naming`.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from onrecord.indexer.building.naming import BY_SLUG, Naming, under
from onrecord.indexer.building.task import Task
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue

__all__ = ["told_apart"]


def told_apart(
    tasks: Sequence[Task],
    written: Sequence[Segment],
    naming: Naming,
    beside: Catalogue,
    *,
    gone: Collection[str],
) -> list[Task]:
    """Return the tasks that need another slug, each with a disambiguator.

    A slug needs another when two of the files whose statements were ``written`` claim it, or one of them
    and a file that stands ``beside`` them; of those that are ``gone`` all that was indexed before is deleted.
    """
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for segment in written:
        for slug, key in segment.slugs_of_sources():
            claims[slug].add(key)
    for slug, claimed in claims.items():
        standing = beside.statement_named(slug)
        if standing is not None and (owner := beside.key_of(standing)) not in gone:
            claimed.add(owner)
    clashing = {key for claimed in claims.values() if len(claimed) > 1 for key in claimed}
    tasks_of = {task.file.key: task for task in tasks}
    again = [tasks_of.get(key) or naming.again(key) for key in sorted(clashing)]
    return [under(task, task.file.disambiguator + BY_SLUG) for task in again if task]
