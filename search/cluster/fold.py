"""Fold what was found: of statements that are nearly the same, the paragraphs of one.

In each group the statement with the most paragraphs that match stands for all, and among equals the first by
its address: so that what is folded is what the local engine folds (`search.engine.fold`).
"""

from __future__ import annotations

from itertools import groupby

from onrecord.search.cluster.asked import Asked
from onrecord.search.cluster.clauses import all_of
from onrecord.search.results.counts import Folded

__all__ = ["fold_near_duplicates"]

_ORDER = "order"


def fold_near_duplicates(asked: Asked) -> tuple[list[str], Folded]:
    """Return the slugs of statements for which another that was found stands, and say how much that is."""
    opened = asked.opened
    by = [{name: {"terms": {"field": field}}} for name, field in (("order", "order"), ("slug", "statement"))]
    grouped = {"has_parent": {"parent_type": "statement", "query": {"range": {"group": {"gt": 0}}}}}
    cells = list(opened.cells(all_of([asked.found, grouped]), by))
    counts = {cell["key"]["slug"]: (cell["doc_count"], cell["key"][_ORDER]) for cell in cells}
    members = sorted(
        (group, -counts[slug][0], counts[slug][1], slug)
        for slug, group in _groups(asked, list(counts)).items()
    )
    behind = [
        slug for _, some in groupby(members, key=lambda member: member[0]) for _, _, _, slug in list(some)[1:]
    ]
    return behind, Folded(len(behind), sum(counts[slug][0] for slug in behind))


def _groups(asked: Asked, slugs: list[str]) -> dict[str, int]:
    """Return the group of each of some statements."""
    groups = {}
    for begin in range(0, len(slugs), 5_000):
        clause = all_of(
            [{"term": {"part": "statement"}}, {"terms": {"statement": slugs[begin : begin + 5_000]}}]
        )
        for one in asked.opened.documents(clause, fields=["statement", "group"], sort=[_ORDER]):
            groups[one["statement"]] = one["group"]
    return groups
