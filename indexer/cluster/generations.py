"""The generations of an index of a cluster: how they are named, which one counts, and which are old.

``NAME`` is an alias. It leads to the paragraphs of one generation, ``NAME-000012``; beside them are its
words, ``NAME-000012-words``. A generation is loaded whole and then put in the place of the one before by
moving the alias, in one step. The one before is kept, for readers that have it open; older ones are deleted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.patience import ask_patiently
from onrecord.indexer.errors import ClusterError, IndexMissing

__all__ = [
    "META",
    "ClusterGeneration",
    "aliased",
    "all_generations",
    "current_generation",
    "loading_alias",
    "meta_of",
    "put_in_place",
    "sweep",
]

Json = dict[str, Any]

#: The document among the words that says what a generation is.
META = "index"
_NOT_THERE = 404


@dataclass(frozen=True, slots=True, order=True)
class ClusterGeneration:
    """One generation of an index: the name of that, and the number of the generation.

    >>> ClusterGeneration("debates", 12).paragraphs, ClusterGeneration("debates", 12).words
    ('debates-000012', 'debates-000012-words')
    """

    name: str
    number: int

    @property
    def paragraphs(self) -> str:
        """The index of its statements and paragraphs."""
        return f"{self.name}-{self.number:06}"

    @property
    def words(self) -> str:
        """The index of its words, and of what it is."""
        return f"{self.paragraphs}-words"

    @classmethod
    def of(cls, name: str, index: str) -> ClusterGeneration | None:
        """Return the generation that an index is part of."""
        found = re.fullmatch(rf"{re.escape(name)}-(\d{{6}})(?:-words)?", index, re.ASCII)
        return cls(name, int(found[1])) if found else None


def loading_alias(index: str) -> str:
    """Name the alias by which an index is written: when it is swept away, what is written goes nowhere."""
    return f"{index}-loading"


def meta_of(cluster: Cluster, generation: ClusterGeneration) -> Json | None:
    """Return what is written down of a generation, None where nothing is (`ClusterError`)."""
    try:
        answer = ask_patiently(cluster, "GET", f"/{generation.words}/_doc/{META}")
    except ClusterError as error:
        if error.status == _NOT_THERE:
            return None
        raise
    meta: Json = answer["_source"]["meta"]
    return meta


def current_generation(cluster: Cluster) -> ClusterGeneration:
    """Return the generation that the alias leads to (`IndexMissing`, `ClusterError`)."""
    found = aliased(cluster)
    if found is None:
        raise IndexMissing(
            f"{cluster.address}: there is no index here; make one with onrecord index PATH.",
            path=str(cluster.address),
        )
    return found


def aliased(cluster: Cluster) -> ClusterGeneration | None:
    """Return the generation that the alias leads to, None where there is none (`ClusterError`)."""
    name = cluster.address.name
    # Asked for all of them, an alias that is not there is no error.
    listed: Json = ask_patiently(cluster, "GET", "/_alias")
    indexes = [index for index, known in listed.items() if name in known["aliases"]]
    if not indexes:
        return None
    generation = ClusterGeneration.of(name, indexes[0])
    if len(indexes) > 1 or generation is None:
        raise ClusterError(
            f"{cluster.address} is an alias of {', '.join(sorted(indexes))}, and of no index of On Record; "
            "choose another name.",
            path=str(cluster.address),
        )
    return generation


def all_generations(cluster: Cluster) -> list[ClusterGeneration]:
    """List the generations of which something is there, rising."""
    name = cluster.address.name
    listed: Json = ask_patiently(cluster, "GET", "/_alias")
    found = {ClusterGeneration.of(name, index) for index in listed}
    return sorted(one for one in found if one is not None)


def put_in_place(cluster: Cluster, generation: ClusterGeneration) -> None:
    """Make a generation the one that counts, in one step; it is written to no more."""
    name = cluster.address.name
    before = aliased(cluster)
    actions: list[Json] = [{"add": {"index": generation.paragraphs, "alias": name}}]
    for index in (generation.paragraphs, generation.words):
        actions.append({"remove": {"index": index, "alias": loading_alias(index), "must_exist": False}})
    if before is not None and before != generation:
        actions.append({"remove": {"index": before.paragraphs, "alias": name}})
    ask_patiently(cluster, "POST", "/_aliases", {"actions": actions})


def sweep(cluster: Cluster, keep: tuple[ClusterGeneration, ...]) -> None:
    """Delete all generations of the name before the newest that is kept, but for those that are kept."""
    newest = max(keep)
    listed: Json = ask_patiently(cluster, "GET", "/_alias")
    for index in sorted(listed):
        generation = ClusterGeneration.of(newest.name, index)
        if generation is not None and generation < newest and generation not in keep:
            ask_patiently(cluster, "DELETE", f"/{index}", ignore_unavailable=True)
