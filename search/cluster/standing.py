"""What tells whether statements of a cluster say the same as they did."""

from __future__ import annotations

from collections.abc import Collection

from onrecord.search.cluster.clauses import all_of
from onrecord.search.cluster.opened import OpenedGeneration

__all__ = ["digests"]


def digests(opened: OpenedGeneration, slugs: Collection[str]) -> dict[str, bytes]:
    """Return the digests of some statements."""
    clause = all_of([{"term": {"part": "statement"}}, {"terms": {"statement": list(slugs)}}])
    found = opened.documents(clause, fields=["statement", "digest"], sort=["order"])
    return {one["statement"]: bytes.fromhex(one["digest"]) for one in found}
