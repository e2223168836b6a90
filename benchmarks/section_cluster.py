"""The same questions to an index in a folder and to one of a cluster, in turn, in one run.

``python -m benchmarks cluster FOLDER ADDRESS [FOLDER ADDRESS ...]`` puts each kind of question to both in
turn, some rounds over: the total and the first ten hits, read whole. It tells the median of the clock, the
computing of this process and of all nodes, and whether both gave the same. Several pairs, a tenth of a
collection and the whole, tell how it grows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple, cast

from benchmarks.machine import describe_machine
from benchmarks.ours import filters_of, typed_as
from benchmarks.questions import CLASSES, Question
from benchmarks.section_loading import nodes_computed
from benchmarks.table import Table
from onrecord import Index, open_index
from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.search.request import Options

__all__ = ["main"]

_MILLISECONDS = 1e3


class _Measured(NamedTuple):
    seconds: float
    own: float
    said: tuple[int, list[str]]


def main(arguments: Sequence[str]) -> None:
    """Put the questions to each pair and write a table of it."""
    parser = argparse.ArgumentParser("python -m benchmarks cluster", description=__doc__)
    parser.add_argument("pairs", nargs="+", metavar="FOLDER ADDRESS")
    parser.add_argument("--rounds", type=int, default=8)
    asked = parser.parse_args(arguments)
    if len(asked.pairs) % 2:
        parser.error("Name a folder and an address for each pair.")
    sys.stdout.write(f"{describe_machine()}\n")
    for folder, address in zip(asked.pairs[::2], asked.pairs[1::2], strict=True):
        sys.stdout.write(f"\n{_compared(folder, address, asked.rounds).render()}\n")


def _compared(folder: str, address: str, rounds: int) -> Table:
    cluster = Cluster(parse_cluster_address(address))
    rows = []
    with open_index(folder) as local, open_index(address) as remote:
        for question in CLASSES:
            for index in (local, remote):
                _put(index, question)  # what is decoded or compiled once
            before = nodes_computed(cluster)
            pairs = [(_put(local, question), _put(remote, question)) for _ in range(rounds)]
            nodes = (nodes_computed(cluster) - before) / rounds
            ours, theirs = (median(one[side].seconds for one in pairs) for side in (0, 1))
            own = median(one[1].own for one in pairs)
            same = all(one.said == other.said for one, other in pairs)
            rows.append((question.name, ours, theirs, own, nodes, same))
        paragraphs = local.status().paragraphs
    shown = tuple(
        (
            name,
            *(f"{_MILLISECONDS * value:.1f}" for value in (ours, theirs)),
            f"{theirs / ours:.1f}",
            *(f"{_MILLISECONDS * value:.1f}" for value in (own, nodes)),
            "yes" if same else "NO",
        )
        for name, ours, theirs, own, nodes, same in rows
    )
    heads = ("kind", "folder, ms", "cluster, ms", "times", "own computing, ms", "nodes, ms", "the same")
    middle = median(theirs / ours for _, ours, theirs, *_ in rows)
    return Table(
        f"A folder and a cluster, {paragraphs:,} paragraphs",
        heads,
        shown,
        note=f"Median of the kinds: {middle:.1f} times. Nodes: the computing of all, whatever they did.",
    )


def _put(index: Index, question: Question) -> _Measured:
    began, used = time.perf_counter(), time.process_time()
    results = index.search(typed_as(question), **cast(Options, filters_of(question)))
    said = results.total, [hit.address for hit in results.hits]
    return _Measured(time.perf_counter() - began, time.process_time() - used, said)
