"""A node that is killed while an index is loaded: it is waited for, and what is put in place is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from cluster.nodes import Nodes

from onrecord import Progress, build
from onrecord.indexer.cluster import bulk
from onrecord.search.cluster.loading import load_index


@pytest.fixture(scope="module")
def own_nodes(needs_java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Nodes that no other test asks."""
    with Nodes(3, tmp_path_factory.mktemp("nodes")) as nodes:
        yield nodes


def test_a_node_that_is_killed_and_comes_back_loses_nothing(
    own_nodes: Nodes, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_SIZE", 2_000)
    build(corpus, into=tmp_path / "index")
    again: list[Thread] = []

    def kill(_: Progress) -> None:
        if not again:
            own_nodes.kill(2)
            again.append(Thread(target=own_nodes.start, args=(2,)))
            again[0].start()

    load_index(tmp_path / "index", into=own_nodes.address("killed"), progress=kill)
    again[0].join()
    load_index(tmp_path / "index", into=own_nodes.address("unharmed"))
    assert documents(own_nodes, "killed-000001") == documents(own_nodes, "unharmed-000001")
    assert documents(own_nodes, "killed-000001-words") == documents(own_nodes, "unharmed-000001-words")


def documents(nodes: Nodes, index: str) -> dict[str, object]:
    found = nodes.ask("POST", f"/{index}/_search", {"size": 10_000})
    return {hit["_id"]: hit["_source"] for hit in found["hits"]["hits"] if hit["_id"] != "index"}
