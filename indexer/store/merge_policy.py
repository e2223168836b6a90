"""Which segments to put together: few enough for a search, rarely enough for a writer.

Segments are in tiers by the power of `FAN_IN` of their size. A tier that has
`FAN_IN` of them is merged into one of the next tier, so that an index of ``n``
paragraphs has at most ``FAN_IN * log(n)`` segments and a paragraph is written
``log(n)`` times. This is the logarithmic merge of Büttcher, Clarke and Cormack,
"Information Retrieval" (2010), 7.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.indexer.store.generation import MOST_DELETED, SegmentEntry

__all__ = ["FAN_IN", "LARGEST_SEGMENT", "segments_to_merge"]

#: Segments of one size that are merged.
FAN_IN = 8
#: Paragraphs above which no segment is merged: beyond 400,000 the arrays of a segment leave the processor's
#: cache and a query costs more in one segment than in two.
LARGEST_SEGMENT = 400_000


def segments_to_merge(entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
    """Choose segments to merge into one now, in their order; none when no tier is full.

    A segment of which more than half is deleted is merged by itself, and so is the one with
    the most deleted statements where all together have more than a generation lists.
    """
    if sum(len(entry.deleted) for entry in entries) > MOST_DELETED:
        return [max(entries, key=lambda entry: len(entry.deleted))]
    tiers: defaultdict[int, list[SegmentEntry]] = defaultdict(list)
    for entry in entries:
        if 2 * len(entry.deleted) > entry.statements:
            return [entry]
        tiers[_tier(entry.paragraphs)].append(entry)
    for tier in sorted(tiers):
        members = tiers[tier]
        if len(members) >= FAN_IN and sum(entry.paragraphs for entry in members) <= LARGEST_SEGMENT:
            return members
    return []


def _tier(paragraphs: int) -> int:
    tier = 0
    while paragraphs >= FAN_IN:
        paragraphs //= FAN_IN
        tier += 1
    return tier
