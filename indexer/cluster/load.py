"""A generation of a local index, loaded into a cluster: whole, counted, and then put in place at once.

What a loader has written is noted with the generation after each request. One that dies leaves a generation
that nobody reads; the next loader of the same state of the local index goes on where the note says, and the
few documents that were written behind the note are written once more, as the same documents. So it ends in
the same index. What is left of another state is deleted when a newer generation is in place. Several
processes may write, each some shares of the statements (`indexer.cluster.shares`).

Nothing is in place before every shard has been asked how many statements, paragraphs and words it has, and
all has the copies that it is to have.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Any

import numpy as np

from onrecord.indexer.cluster.bulk import BulkWriter
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.documents import Standing
from onrecord.indexer.cluster.generations import (
    META,
    ClusterGeneration,
    aliased,
    all_generations,
    loading_alias,
    meta_of,
    put_in_place,
    sweep,
)
from onrecord.indexer.cluster.mapping import FORMAT, mapping, settings, words_mapping
from onrecord.indexer.cluster.patience import ask_patiently, patiently
from onrecord.indexer.cluster.shares import Share, ShareWriter, shares_of
from onrecord.indexer.cluster.word_documents import former_lines, word_lines
from onrecord.indexer.errors import ClusterError
from onrecord.indexer.programs import Stopped, answers_of
from onrecord.indexer.report import Progress
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.former_addresses import Former

__all__ = ["Loaded", "WholeIndex", "load"]

Json = dict[str, Any]

# Seconds between two looks whether the copies are there, and after which they are no longer waited for.
_LOOK = 0.1
_PATIENCE = 3600.0


@dataclass(frozen=True, slots=True)
class WholeIndex:
    """A generation of a local index, and what only all of it says.

    ``version`` tells it from every other state of an index; ``meta`` is what readers are told. ``program`` is
    the module that, as a program, writes some shares of the statements of the index at ``path``.
    """

    path: str
    version: str
    segments: Sequence[Segment]
    standing: Callable[[Segment], Standing]
    former: Callable[[], Sequence[Former]]
    meta: Callable[[], Json]
    program: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loader did: the generation that counts now, and how many statements it wrote for it.

    ``written`` is None where the cluster had this state of the index already.
    """

    generation: ClusterGeneration
    written: int | None


def load(
    index: WholeIndex,
    cluster: Cluster,
    *,
    shards: int | None = None,
    processes: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Loaded:
    """Load an index, and put it in the place of the one that stands (`ClusterError`).

    There are as many ``shards`` as the cluster has nodes that hold data, unless it is said otherwise; each
    has a copy where there are several nodes. So many ``processes`` write statements.
    """
    before = aliased(cluster)
    if before is not None and _is_of(meta_of(cluster, before), index, complete=True):
        return Loaded(before, None)
    nodes = int(ask_patiently(cluster, "GET", "/_cluster/health")["number_of_data_nodes"])
    generation = _unfinished(index, cluster, after=before) or _begun(index, cluster, shards=shards or nodes)
    written = 0
    if not _is_of(meta_of(cluster, generation), index, complete=True):
        writing = _Writing(index, cluster, generation, processes, progress)
        replicas = min(1, nodes - 1)
        written = writing.write_statements()
        # They are copied while the words are written.
        _copy(cluster, generation.paragraphs, replicas=replicas)
        terms = writing.write_words()
        writing.check(terms)
        _copy(cluster, generation.words, replicas=replicas)
        _await_copies(cluster, generation)
        _finish(index, cluster, generation)
    put_in_place(cluster, generation)
    sweep(cluster, (generation,) if before is None else (before, generation))
    return Loaded(generation, written)


def _is_of(meta: Json | None, index: WholeIndex, *, complete: bool) -> bool:
    """Tell whether a generation is of a state of an index, as this version writes it."""
    return (
        meta is not None
        and (meta.get("format"), meta.get("version")) == (FORMAT, index.version)
        and (meta.get("complete") is True or not complete)
    )


def _unfinished(
    index: WholeIndex, cluster: Cluster, *, after: ClusterGeneration | None
) -> ClusterGeneration | None:
    """Return the generation that another loader has begun of the same state of the index."""
    for generation in reversed(all_generations(cluster)):
        newer = after is None or generation > after
        if newer and _is_of(meta_of(cluster, generation), index, complete=False):
            return generation
    return None


def _begun(index: WholeIndex, cluster: Cluster, *, shards: int) -> ClusterGeneration:
    """Begin a generation: its indexes first, and then the note that says of what it is."""
    numbers = [one.number for one in all_generations(cluster)]
    generation = ClusterGeneration(cluster.address.name, max(numbers, default=0) + 1)
    for name, parts, fields in (
        (generation.paragraphs, shards, mapping()),
        (generation.words, 1, words_mapping()),
    ):
        aliases: Json = {loading_alias(name): {}}
        body = {"settings": settings(shards=parts), "mappings": fields, "aliases": aliases}
        ask_patiently(cluster, "PUT", f"/{name}", body)
    _note(cluster, generation, _begun_note(index, written=[]))
    return generation


def _begun_note(index: WholeIndex, *, written: Sequence[int]) -> Json:
    """Say what a generation will be, and how many statements of each share are written."""
    return {"format": FORMAT, "version": index.version, "complete": False, "shares": written}


def _note(cluster: Cluster, generation: ClusterGeneration, meta: Json) -> None:
    ask_patiently(cluster, "PUT", f"/{generation.words}/_doc/{META}", {"kind": META, "meta": meta})


@dataclass(frozen=True, slots=True)
class _Writing:
    """The documents of an index on their way into a generation."""

    index: WholeIndex
    cluster: Cluster
    generation: ClusterGeneration
    processes: int
    progress: Callable[[Progress], None] | None

    def write_statements(self) -> int:
        """Write those that are not written yet, and return how many that was (`ClusterError`)."""
        meta = meta_of(self.cluster, self.generation)
        assert meta is not None
        total = self._held()["statements"]
        shares = shares_of(total, meta.get("shares"))
        written = [share.done for share in shares]
        before = sum(written)

        def note(share: int, done: int) -> None:
            written[share] = done
            _note(self.cluster, self.generation, _begun_note(self.index, written=written))
            if self.progress is not None:
                self.progress(Progress(sum(written), total, self.generation.paragraphs))

        left = [share for share in shares if share.left]
        if self.processes > 1 and len(left) > 1:
            self._in_processes(left, note)
        else:
            alias = loading_alias(self.generation.paragraphs)
            writer = ShareWriter(self.index.segments, self.index.standing, self.cluster, alias)
            for share in left:
                writer.write(share, partial(note, share.number))
        return total - before

    def _in_processes(self, shares: Sequence[Share], note: Callable[[int, int], None]) -> None:
        """Have some processes write the shares, each a run of them (`ClusterError`)."""
        address = str(self.cluster.address)
        many = min(self.processes, len(shares))
        ends = [len(shares) * at // many for at in range(many + 1)]
        asked = [
            {
                "folder": self.index.path,
                "version": self.index.version,
                "address": address,
                "alias": loading_alias(self.generation.paragraphs),
                "shares": [asdict(share) for share in shares[begin:end]],
            }
            for begin, end in pairwise(ends)
        ]
        try:
            with closing(answers_of(self.index.program, asked)) as answers:
                for answer in answers:
                    if "refused" in answer:
                        raise ClusterError(answer["refused"], path=address)
                    note(answer["share"], answer["written"])
        except Stopped as stopped:
            raise ClusterError(
                f"a process that loaded {address} stopped with code {stopped.code}; load the index again.",
                path=address,
            ) from stopped

    def write_words(self) -> int:
        """Write the words and the former addresses, and return how many documents (`ClusterError`)."""
        terms = 0
        with BulkWriter(self.cluster, loading_alias(self.generation.words)) as writer:
            for lines in chain(word_lines(self.index.segments), former_lines(self.index.former())):
                writer.add(lines)
                terms += 1
        return terms

    def check(self, terms: int) -> None:
        """Raise `ClusterError` where the shards lack something of what was written; the next begins anew."""
        if self._found() == {**self._held(), "terms": terms}:
            return
        _note(self.cluster, self.generation, _begun_note(self.index, written=[]))
        raise ClusterError(
            f"{self.cluster.address} lost some of what was written to it; see whether all of its nodes "
            "run, and load the index again.",
            path=str(self.cluster.address),
        )

    def _held(self) -> dict[str, int]:
        """Count what the local index has: statements, paragraphs, and the words of each."""
        statements = paragraphs = words = 0
        for segment in self.index.segments:
            live = segment.statements.live
            statements += int(live.sum())
            paragraphs += int(np.diff(segment.statements.first_paragraphs.astype(np.int64))[live].sum())
            words += int(segment.statements.lengths[live].sum())
        return {
            "statements": statements,
            "words of statements": words,
            "paragraphs": paragraphs,
            "words of paragraphs": words,
        }

    def _found(self) -> dict[str, int]:
        """Count what the shards have."""
        paragraphs, terms = self.generation.paragraphs, self.generation.words
        ask_patiently(self.cluster, "POST", f"/{paragraphs},{terms}/_refresh")
        summed = {"words": {"sum": {"field": "length"}}}
        by_part = {"terms": {"field": "part"}, "aggs": summed}
        asked: Json = {"size": 0, "aggs": {"parts": by_part}}
        parts = patiently(lambda: self.cluster.search(paragraphs, asked))
        found = {"statements": 0, "words of statements": 0, "paragraphs": 0, "words of paragraphs": 0}
        for part in parts["aggregations"]["parts"]["buckets"]:
            found[f"{part['key']}s"] = part["doc_count"]
            found[f"words of {part['key']}s"] = int(part["words"]["value"])
        others = {"bool": {"must_not": {"term": {"kind": META}}}}
        counted = patiently(lambda: self.cluster.search(terms, {"size": 0, "query": others}))
        return {**found, "terms": counted["hits"]["total"]["value"]}


def _copy(cluster: Cluster, index: str, *, replicas: int) -> None:
    """Begin to have the shards of an index copied to other nodes (`ClusterError`).

    What lies in files is copied as files. What does not, since it was written after the last flush, would be
    indexed once more on the other node.
    """
    ask_patiently(cluster, "POST", f"/{index}/_flush")
    ask_patiently(cluster, "PUT", f"/{index}/_settings", {"index": {"number_of_replicas": replicas}})


def _await_copies(cluster: Cluster, generation: ClusterGeneration) -> None:
    """Wait until all that is to be copied is (`ClusterError`)."""
    both = f"{generation.paragraphs},{generation.words}"
    until = time.monotonic() + _PATIENCE
    while ask_patiently(cluster, "GET", f"/_cluster/health/{both}")["status"] != "green":
        if time.monotonic() > until:
            raise ClusterError(
                f"{cluster.address} does not copy what was loaded to a second node; see whether all of its "
                "nodes run, and load the index again.",
                path=str(cluster.address),
            )
        time.sleep(_LOOK)


def _finish(index: WholeIndex, cluster: Cluster, generation: ClusterGeneration) -> None:
    """Write down what a generation is and that it is whole, and let nobody write to it any more."""
    known: Json = {"format": FORMAT, "version": index.version, "path": index.path, "complete": True}
    _note(cluster, generation, {**index.meta(), **known})
    both = f"{generation.paragraphs},{generation.words}"
    ask_patiently(cluster, "POST", f"/{both}/_refresh")
    ask_patiently(cluster, "PUT", f"/{both}/_settings", {"index": {"blocks.write": True}})
