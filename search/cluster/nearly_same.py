"""The statements of a cluster that are nearly the same as one (`search.duplicates.resemblance`).

The bins of a sketch are terms there: those that have enough of them in common are found, and then compared
as the local engine compares them.
"""

from __future__ import annotations

from math import ceil

from onrecord.indexer.dates import PartialDate
from onrecord.search.cluster.facts import ClusterFacts, ClusterFactsReader
from onrecord.search.cluster.opened import Json
from onrecord.search.duplicates.resemblance import ALIKE

__all__ = ["resembling"]


def resembling(statement: ClusterFacts, facts: ClusterFactsReader) -> list[ClusterFacts]:
    """Return the statements that resemble one, the most alike first; those behind copies resemble none."""
    own = statement.sketch
    if not own:
        return []
    bins: list[Json] = [{"term": {"sketch": one}} for one in sorted(own)]
    alike = {"bool": {"should": bins, "minimum_should_match": ceil(ALIKE * len(own))}}
    shown = {"bool": {"filter": [alike, {"term": {"behind": False}}]}}
    found = [
        (-_resemblance(own, other.sketch), other.order, other)
        for other in facts.found_by(shown)
        if other.order != statement.order and _agree(statement, other)
    ]
    return [other for less, _, other in sorted(found, key=lambda one: one[:2]) if -less >= ALIKE]


def _resemblance(one: frozenset[str], other: frozenset[str]) -> float:
    """Estimate the resemblance of two statements by the terms of their sketches."""
    either = {term.partition(":")[0] for term in one | other}
    return len(one & other) / len(either)


def _agree(one: ClusterFacts, other: ClusterFacts) -> bool:
    """Tell whether two statements may be of one speaker and one day."""
    who, whom = (facts.code or facts.record.speaker for facts in (one, other))
    if who and whom and who != whom:
        return False
    if not (one.record.date and other.record.date):
        return True
    dates = [PartialDate.parse(facts.record.date) for facts in (one, other) if facts.record.date]
    return max(date.first for date in dates) <= min(date.last for date in dates)
