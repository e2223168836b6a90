"""A local index loaded into a cluster: paragraphs a second, and what it takes of the loader and of the nodes.

``python -m benchmarks loading INDEX ADDRESS`` loads the index into a name of its own of the cluster at the
address, as often as it is told, and deletes that again. Beside the clock, which means little on a machine
that does other things, it tells the computing time of the loader and of all nodes, and the most memory that
the loader held.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.machine import describe_machine
from benchmarks.processes import environment
from benchmarks.table import Table
from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster

__all__ = ["main", "nodes_computed"]

# In a process of its own: what else was imported and held would count.
_LOADER = """
import json, resource, sys, time
from onrecord.search.cluster.loading import load_index
began = time.perf_counter()
load_index(sys.argv[1], into=sys.argv[2])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
_MILLISECONDS = 1e3
_MEGABYTE = 1 << 20
# From here on no fractions are shown.
_WHOLE = 100


def main(arguments: Sequence[str]) -> None:
    """Load an index some times over and write a table."""
    parser = argparse.ArgumentParser("python -m benchmarks loading", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args(arguments)
    measured = parse_cluster_address(asked.address)
    address = str(measured).removesuffix(measured.name) + f"{measured.name}-measured-{os.getpid()}"
    cluster = Cluster(parse_cluster_address(address))
    rows = [_load(asked.index, address, cluster) for _ in range(asked.rounds)]
    middle = [median(column) for column in zip(*rows, strict=True)]
    shown = [("each" if len(rows) > 1 else "the one", row) for row in rows]
    shown += [("median", middle)] if len(rows) > 1 else []
    heads = (
        *("run", "paragraphs", "seconds", "paragraphs a second"),
        *("loader, ms of computing a paragraph", "nodes, ms", "loader, most MB", "index, MB"),
    )
    table = Table(
        "Loading a cluster",
        heads,
        tuple((name, *map(_shown, row)) for name, row in shown),
        note="Words, copies of shards and counting included. Nodes: the computing of all, whatever they did.",
    )
    sys.stdout.write(f"{describe_machine()}\n\n{table.render()}\n")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= _WHOLE else f"{value:.2f}"


def _load(index: Path, address: str, cluster: Cluster) -> list[float]:
    before = nodes_computed(cluster)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _LOADER, str(index), address],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=environment(),
        )
        seconds, own, memory = json.loads(done.stdout)
        nodes = nodes_computed(cluster) - before
        name = cluster.address.name
        asked = {"size": 0, "query": {"term": {"part": "paragraph"}}}
        paragraphs = cluster.search(name, asked)["hits"]["total"]["value"]
        stored = cluster.ask("GET", f"/{name}-*/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    finally:
        _delete(cluster)
    return [
        paragraphs,
        seconds,
        paragraphs / seconds,
        _MILLISECONDS * own / paragraphs,
        _MILLISECONDS * nodes / paragraphs,
        memory / 1024,
        stored / _MEGABYTE,
    ]


def nodes_computed(cluster: Cluster) -> float:
    """Return how many seconds of computing all nodes have had."""
    time.sleep(1.5)  # what they say is a second old at most
    stats = cluster.ask("GET", "/_nodes/stats/process")
    computed = [int(node["process"]["cpu"]["total_in_millis"]) for node in stats["nodes"].values()]
    return sum(computed) / _MILLISECONDS


def _delete(cluster: Cluster) -> None:
    name = cluster.address.name
    for index in cluster.ask("GET", "/_alias"):
        if index.startswith(f"{name}-"):
            cluster.ask("DELETE", f"/{index}")
