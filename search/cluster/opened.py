"""One generation of an index in a cluster, found once and then asked by its own names.

The alias is looked up when an index is opened, and never again: nodes learn of a new generation some
milliseconds apart, and two questions by the alias might be answered from two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.generations import META, current_generation
from onrecord.indexer.cluster.mapping import FORMAT
from onrecord.indexer.errors import ClusterError, IndexOutdated

__all__ = [
    "OF_PARAGRAPHS",
    "OF_STATEMENTS",
    "Json",
    "OpenedGeneration",
    "damaged",
    "open_generation",
    "statements_with",
]

Json = dict[str, Any]

#: The two kinds of documents.
OF_PARAGRAPHS: Json = {"term": {"part": "paragraph"}}
OF_STATEMENTS: Json = {"term": {"part": "statement"}}

# Documents, cells, and cells of one paragraph that are asked for at once: a node holds all of an answer.
_DOCUMENTS = 2_000
_CELLS = 5_000
_PLACES = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class OpenedGeneration:
    """The two indexes of a generation, and what their meta document says of it."""

    cluster: Cluster
    index: str  #: of paragraphs and statements, as "debates-000012"
    words: str  #: of words, of former addresses and of the meta document
    meta: Mapping[str, Any]

    def search(self, body: Json) -> Json:
        """Search paragraphs and statements (`ClusterError`)."""
        return self.cluster.search(self.index, body)

    def searches(self, bodies: Sequence[Json]) -> list[Json]:
        """Put several searches of paragraphs and statements in one request (`ClusterError`)."""
        return self.cluster.searches(self.index, bodies)

    def search_words(self, body: Json) -> Json:
        """Search the index of words (`ClusterError`)."""
        return self.cluster.search(self.words, body)

    def count(self, clause: Json) -> int:
        """Count the documents that a clause finds."""
        answer = self.search({"size": 0, "track_total_hits": True, "query": _alone(clause)})
        total: int = answer["hits"]["total"]["value"]
        return total

    def documents(
        self,
        clause: Json,
        *,
        fields: Sequence[str],
        sort: Sequence[str],
        columns: Sequence[str] = (),
        words: bool = False,
    ) -> Iterator[Json]:
        """Yield some fields of all documents that a clause finds, in an order that tells them apart.

        They are read some thousands at a time, so that any number of them may be asked for. Of ``columns``,
        which are not among the fields that are given back, each has the value that it has there.
        """
        search = self.search_words if words else self.search
        body: Json = {
            "size": _DOCUMENTS,
            "track_total_hits": False,
            "query": _alone(clause),
            "_source": list(fields),
            "sort": list(sort),
        }
        if columns:
            body["docvalue_fields"] = list(columns)
        while True:
            hits = search(body)["hits"]["hits"]
            for hit in hits:
                values = hit.get("fields", {})
                yield hit["_source"] | {name: values[name][0] for name in columns if name in values}
            if len(hits) < _DOCUMENTS:
                return
            body["search_after"] = hits[-1]["sort"]

    def places(self, clause: Json) -> Iterator[tuple[str, int]]:
        """Yield the statement and the number of all paragraphs that a clause finds, in order of address.

        They are cells of one paragraph each: counting them is cheaper for the nodes than listing hits.
        """
        by = [{name: {"terms": {"field": name}}} for name in ("statement", "number")]
        for cell in self.cells(clause, by, most=_PLACES):
            yield cell["key"]["statement"], cell["key"]["number"]

    def cells(
        self, clause: Json, by: Sequence[Json], *, sums: Json | None = None, most: int = _CELLS
    ) -> Iterator[Json]:
        """Yield the cells of some keys among what a clause finds: all of them, each counted exactly.

        ``by`` are the sources of a composite aggregation, ``sums`` what is added up in each, ``most`` how
        many cells are asked for at once.
        """
        composite: Json = {"size": most, "sources": list(by)}
        counted: Json = {"composite": composite}
        if sums:
            counted["aggs"] = sums
        body = {
            "size": 0,
            "track_total_hits": False,
            "query": clause if sums else _alone(clause),
            "aggs": {"cells": counted},
        }
        while True:
            found = self.search(body)["aggregations"]["cells"]
            yield from found["buckets"]
            if len(found["buckets"]) < most:
                return
            composite["after"] = found["after_key"]


def statements_with(clause: Json) -> Json:
    """Return the clause of the statements that have a paragraph which a clause finds."""
    return {"has_child": {"type": "paragraph", "query": _alone(clause)}}


def damaged(opened: OpenedGeneration, what: str) -> ClusterError:
    """Return the error for an index that is not as it was loaded."""
    return ClusterError(
        f"{opened.index} is damaged: {what}; load it again with onrecord index.",
        path=str(opened.cluster.address),
    )


def open_generation(cluster: Cluster) -> OpenedGeneration:
    """Open the newest generation (`IndexMissing`, `IndexOutdated`, `ClusterError`)."""
    address = str(cluster.address)
    generation = current_generation(cluster)
    body: Json = {"size": 1, "query": {"ids": {"values": [META]}}}
    hits = cluster.search(generation.words, body)["hits"]["hits"]
    meta = hits[0]["_source"]["meta"] if hits else {}
    if not meta.get("complete"):
        raise ClusterError(
            f"{generation.paragraphs} in {address} is not whole; load it again with onrecord index.",
            path=address,
        )
    if meta["format"] != FORMAT:
        raise IndexOutdated(address, newer=meta["format"] > FORMAT)
    return OpenedGeneration(cluster, generation.paragraphs, generation.words, meta)


def _alone(clause: Json) -> Json:
    """Find without scores."""
    return {"bool": {"filter": [clause]}}
