"""What is in an index of a cluster: counted when it was loaded, its size today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.results.counts import Count, Status

__all__ = ["status_of"]

_COUNTS = ("languages", "speakers", "forums", "delegations")
_LISTS = ("roots", "absent", "removed", "failed")


def status_of(opened: OpenedGeneration) -> Status:
    """Return what the local index said of itself, with the address and the size of what was made of it."""
    said: Mapping[str, Any] = opened.meta["status"]
    counts = {name: tuple(Count(**count) for count in said[name]) for name in _COUNTS}
    lists = {name: tuple(said[name]) for name in _LISTS}
    here = {"path": str(opened.cluster.address), "size": _size(opened)}
    return Status(**{**said, **counts, **lists, **here})


def _size(opened: OpenedGeneration) -> int:
    """Return the bytes that the two indexes take on disk, replicas included."""
    answer = opened.cluster.ask("GET", f"/{opened.index},{opened.words}/_stats/store")
    size: int = answer["_all"]["total"]["store"]["size_in_bytes"]
    return size
