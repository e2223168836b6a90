"""A process that loads a cluster: it writes shares of the statements of an index, and says how far it is.

As a program (``python -m onrecord.search.cluster.share_program``) it takes what to write as one line of JSON
on stdin, and answers with a line for each request that is written, or with the sentence that refuses.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.shares import Share, ShareWriter
from onrecord.indexer.errors import ClusterError, OnRecordError
from onrecord.indexer.programs import answering
from onrecord.search.cluster.loading import whole_index
from onrecord.search.engine.local import open_local


def main() -> None:
    """Write what is asked."""
    asked = json.loads(sys.stdin.readline())
    try:
        _write(asked)
    except OnRecordError as error:
        _answer({"refused": str(error)})


def _write(asked: dict[str, Any]) -> None:
    backend = open_local(asked["folder"])
    if backend.version != asked["version"]:
        raise ClusterError("the index has changed while it was loaded; load it again.", path=asked["address"])
    whole = whole_index(backend, asked["folder"])
    cluster = Cluster(parse_cluster_address(asked["address"]))
    try:
        writer = ShareWriter(whole.segments, whole.standing, cluster, asked["alias"])
        for share in (Share(**one) for one in asked["shares"]):
            writer.write(share, _noting(share.number))
    finally:
        cluster.close()


def _noting(share: int) -> Callable[[int], None]:
    return lambda written: _answer({"share": share, "written": written})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    answering(main)
