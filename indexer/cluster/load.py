"""A generation of a local index, loaded into a cluster: whole, counted, and then put in place at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.indexer.cluster.bulk import BulkWriter
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.documents import Standing, StatementDocuments
from onrecord.indexer.cluster.generations import (
    META,
    ClusterGeneration,
    aliased,
    all_generations,
    put_in_place,
    sweep,
)
from onrecord.indexer.cluster.mapping import FORMAT, mapping, settings, words_mapping
from onrecord.indexer.segments.segment import Segment

__all__ = ["WholeIndex", "load"]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WholeIndex:
    """A generation of a local index, and what only all of it says: ``meta`` is what readers are told."""

    segments: Sequence[Segment]
    standing: Callable[[Segment], Standing]
    meta: Json


def load(index: WholeIndex, cluster: Cluster) -> ClusterGeneration:
    """Load an index, and put it in the place of the one that stands (`ClusterError`)."""
    before = aliased(cluster)
    numbers = [one.number for one in all_generations(cluster)]
    generation = ClusterGeneration(cluster.address.name, max(numbers, default=0) + 1)
    cluster.ask("PUT", f"/{generation.paragraphs}", {"settings": settings(shards=3), "mappings": mapping()})
    cluster.ask("PUT", f"/{generation.words}", {"settings": settings(shards=1), "mappings": words_mapping()})
    with BulkWriter(cluster, generation.paragraphs) as writer:
        for segment in index.segments:
            documents = StatementDocuments(segment, index.standing(segment))
            for lines in documents.lines(documents.live):
                writer.add(lines)
    meta = {**index.meta, "format": FORMAT, "complete": True}
    cluster.ask("PUT", f"/{generation.words}/_doc/{META}", {"kind": "index", "meta": meta})
    cluster.ask("POST", f"/{generation.paragraphs},{generation.words}/_refresh")
    put_in_place(cluster, generation)
    sweep(cluster, (generation,) if before is None else (before, generation))
    return generation
