"""A local index loaded into a cluster: what only its engine knows of it is worked out here.

Which statements stand behind copies, which are nearly the same, under which name each is counted, in which
order they are: all of it is what the engine of the local index says, so that both answer alike.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.documents import Standing
from onrecord.indexer.cluster.load import Loaded, WholeIndex, load
from onrecord.indexer.cluster.mapping import COUNTED
from onrecord.indexer.report import Progress
from onrecord.search.engine.local import LocalBackend, open_local
from onrecord.search.lexicon import own_file_beside
from onrecord.search.results.tally import Key

__all__ = ["load_index", "whole_index"]

# Processes that load at most: by then the nodes have more to do than they.
_MOST_PROCESSES = 4
_PROGRAM = "onrecord.search.cluster.share_program"


def load_index(
    folder: Path | str,
    *,
    into: str,
    shards: int | None = None,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Loaded:
    """Load the index in a folder into a cluster (`IndexMissing`, `ClusterError`).

    Of an index that the cluster has already nothing is loaded. ``progress`` is told how many statements are
    written. So many ``processes`` write, one for two processors and four at most unless it is said. For
    ``shards`` see `indexer.cluster.load.load`.
    """
    address = parse_cluster_address(into)
    backend = open_local(folder)
    cluster = Cluster(address)
    try:
        many = max(1, min(_MOST_PROCESSES, (os.cpu_count() or 1) // 2)) if processes is None else processes
        whole = whole_index(backend, folder)
        return load(whole, cluster, shards=shards, processes=many, progress=progress)
    finally:
        cluster.close()


def whole_index(backend: LocalBackend, folder: Path | str) -> WholeIndex:
    """Return the index in a folder as a loader takes it."""
    return _Whole(backend, folder).index()


class _Whole:
    """What a local index says of itself as a whole."""

    def __init__(self, backend: LocalBackend, folder: Path | str) -> None:
        self._backend = backend
        self._folder = Path(folder).absolute()
        self._engine = backend.engine

    def index(self) -> WholeIndex:
        """Return it as a loader takes it."""
        return WholeIndex(
            path=str(self._folder),
            version=self._backend.version,
            segments=self._engine.segments,
            standing=self.standing,
            former=lambda: self._backend.former_addresses().former,
            meta=self._meta,
            program=_PROGRAM,
        )

    def standing(self, segment: Any) -> Standing:
        """Return what is known of the statements of a segment beside what it says itself."""
        engine = self._engine
        first = engine.collection.number(segment, 0)
        own = slice(first, first + len(segment.statements))
        hidden = sorted(engine.copies.hidden(segment))
        others = {
            number: engine.copies.other_sources(segment, number) for number in range(len(segment.statements))
        }
        return Standing(
            order=engine.collection.order[own].tolist(),
            groups=engine.resemblance.groups[own].tolist(),
            representatives={number: self._shown_for(segment, number) for number in hidden},
            other_sources={number: sources for number, sources in others.items() if sources},
            edited=self._backend.former_addresses().edited,
            shown={name: self._shown(segment, Key(name), own) for name in COUNTED},
        )

    def _shown_for(self, segment: Any, statement: int) -> str:
        other, number = self._engine.copies.representative(segment, statement)
        slug: bytes = other.statements.slug(number)
        return slug.decode()

    def _shown(self, segment: Any, key: Key, own: slice) -> dict[int, str]:
        """Return of each value of a column the name under which it is counted."""
        counted = self._engine.keys.of(key)
        values, at = np.unique(segment.statements.column(key.value).of, return_index=True)
        names = {
            value: counted.values[number].name
            for value, number in zip(values.tolist(), counted.of[own][at].tolist(), strict=True)
        }
        return {value: name for value, name in names.items() if value and name is not None}

    def _meta(self) -> dict[str, Any]:
        backend, collection = self._backend, self._engine.collection
        own = own_file_beside(self._folder)
        codes = sorted(
            {code for one in collection.segments for code in one.paragraphs.languages_known if code}
        )
        lengths = [one.statements.lengths for one in collection.segments]
        every = np.concatenate([np.zeros(0, np.int64), *lengths])
        return {
            "generation": backend.generation,
            "fingerprint": backend.fingerprint(),
            "paragraphs": collection.paragraphs,
            "average_length": collection.average_length,
            "statements": collection.statements,
            "average_statement_length": float(every.mean()) if every.any() else 1.0,
            "live_paragraphs": len(collection.live),
            "languages": {code: len(collection.in_language(code) & collection.live) for code in codes},
            "has_unknown_words": any(
                len(one.words.groups.beginning_with(b"?")) > 0 for one in collection.segments
            ),
            "lexicon": None if own is None else b64encode(own).decode(),
            "status": json.loads(json.dumps(asdict(backend.status()))),
        }
