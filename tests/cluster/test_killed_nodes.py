"""A node that is killed: an answer is right, or there is none; it is never a number of what was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from cluster.nodes import Nodes
from cluster.stand_in import PEM, Asked, Given, stand_in

from onrecord import Index, open_index
from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import ClusterError
from onrecord.search.cluster.loading import load_index

DOCUMENTS = 300
SUM = DOCUMENTS * (DOCUMENTS - 1) // 2
Found = tuple[int, str, int]
ALL = {"size": 0, "query": {"match_all": {}}, "aggs": {"sum": {"sum": {"field": "number"}}}}


@pytest.fixture(scope="module")
def own_nodes(needs_java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Nodes that no other test asks."""
    with Nodes(3, tmp_path_factory.mktemp("nodes")) as nodes:
        yield nodes


@pytest.fixture
def all_nodes(own_nodes: Nodes) -> Nodes:
    """The same; all of them run."""
    gone = [at for at in range(3) if at not in own_nodes.running]
    return own_nodes.start(*gone) if gone else own_nodes


def filled(nodes: Nodes, name: str, *, replicas: int) -> Cluster:
    """Make an index on all nodes, whose documents are numbers."""
    cluster = Cluster(parse_cluster_address(nodes.address(name)), environ={})
    settings = {"number_of_shards": 3, "number_of_replicas": replicas, "refresh_interval": "-1"}
    mappings = {"properties": {"number": {"type": "integer"}}}
    cluster.ask("PUT", f"/{name}", {"settings": settings, "mappings": mappings})
    lines = [
        line for number in range(DOCUMENTS) for line in ({"index": {"_id": str(number)}}, {"number": number})
    ]
    assert cluster.ask("POST", f"/{name}/_bulk", lines)["errors"] is False
    cluster.ask("POST", f"/{name}/_refresh")
    nodes.wait_for("green", name)
    return cluster


def counted(answer: Any) -> Found:
    total = answer["hits"]["total"]
    return total["value"], total["relation"], int(answer["aggregations"]["sum"]["value"])


RIGHT: Found = (DOCUMENTS, "eq", SUM)


def one(cluster: Cluster, name: str) -> list[Found]:
    return [counted(cluster.search(name, ALL))]


def several(cluster: Cluster, name: str) -> list[Found]:
    return [counted(answer) for answer in cluster.searches(name, [ALL, ALL, ALL])]


def held(cluster: Cluster, name: str) -> list[Found]:
    with cluster.held(name) as state:
        return [counted(cluster.search(None, {**ALL, "pit": {"id": state}})) for _ in range(3)]


def document(cluster: Cluster, name: str) -> list[Found]:
    """Read every document by its name."""
    answer = cluster.ask("POST", f"/{name}/_mget", {"ids": [str(number) for number in range(DOCUMENTS)]})
    found = [one["_source"]["number"] for one in answer["docs"] if one["found"]]
    return [(len(found), "eq", sum(found))]


Asking = Callable[[Cluster, str], list[Found]]
WAYS: list[Asking] = [one, several, held, document]


def test_without_a_replica_there_is_no_answer_until_the_node_is_back(all_nodes: Nodes) -> None:
    cluster = filled(all_nodes, "bare", replicas=0)
    assert [set(ask(cluster, "bare")) for ask in WAYS] == [{RIGHT}] * len(WAYS)
    all_nodes.kill(1)
    for ask in [*WAYS, *WAYS, *WAYS]:
        with pytest.raises(ClusterError, match="would answer for a part of"):
            ask(cluster, "bare")
    all_nodes.start(1)
    all_nodes.wait_for("green", "bare")
    assert [set(ask(cluster, "bare")) for ask in WAYS] == [{RIGHT}] * len(WAYS)


def test_with_a_replica_no_answer_is_wrong_while_a_node_is_killed(all_nodes: Nodes) -> None:
    cluster = filled(all_nodes, "double", replicas=1)
    found: list[Found] = []
    stopped, killed = Event(), Event()
    after: list[Asking] = []

    def go_on(ask: Asking) -> None:
        while not stopped.is_set():
            late = killed.is_set()
            try:
                found.extend(ask(cluster, "double"))
            except ClusterError:
                continue
            if late:
                after.append(ask)

    threads = [Thread(target=go_on, args=(ask,)) for ask in WAYS]
    with cluster.held("double") as state:
        for thread in threads:
            thread.start()
        all_nodes.kill(2)
        killed.set()
        # A state of which that node held a part is whole elsewhere, or gone.
        for _ in range(5):
            with suppress(ClusterError):
                found.append(counted(cluster.search(None, {**ALL, "pit": {"id": state}})))
    all_nodes.wait_for("yellow", "double")
    # Each goes on answering: what was asked of the node that is gone is asked of others.
    while {ask.__name__ for ask in after} < {ask.__name__ for ask in WAYS}:
        assert all(thread.is_alive() for thread in threads)
        stopped.wait(0.05)
    stopped.set()
    for thread in threads:
        thread.join()
    assert [wrong for wrong in found if wrong != RIGHT] == []


def test_a_real_node_answers_by_tls_and_by_name(all_nodes: Nodes) -> None:
    """What stands before the node asks for a password, as it does that guards one that has no lock itself."""
    filled(all_nodes, "guarded", replicas=0)

    def guard(asked: Asked) -> Given:
        if asked.authorization != "Basic cmVhZGVyOnNlY3JldA==":
            return Given(b"Unauthorized", status=401, kind="text/plain")
        return passed_on(asked, all_nodes.ports[0])

    with stand_in(guard, certificate=PEM / "localhost.pem") as node:
        trusted = {"ONRECORD_CLUSTER_CA": str(PEM / "authority.pem"), "ONRECORD_CLUSTER_USER": "reader"}
        address = parse_cluster_address(node.address("guarded"))
        known = Cluster(address, environ={**trusted, "ONRECORD_CLUSTER_PASSWORD": "secret"})
        assert [set(ask(known, "guarded")) for ask in WAYS] == [{RIGHT}] * len(WAYS)
        unknown = Cluster(address, environ={**trusted, "ONRECORD_CLUSTER_PASSWORD": "guessed"})
        with pytest.raises(ClusterError) as error:
            one(unknown, "guarded")
    assert error.value.status == 401
    assert "guessed" not in str(error.value)


ASKED: dict[str, Callable[[Index], object]] = {
    "totals": lambda index: [
        (found.total, found.statements, [hit.address for hit in found])
        for found in map(
            index.search, ('"unexploded ordnance"', "peace OR security", "mines -canal", "secur*")
        )
    ],
    "filtered": lambda index: [
        hit.as_dict() for hit in index.search("the", speaker="Japan", since="2000", limit=None)
    ],
    "facets": lambda index: index.search("the").facets(),
    "counted": lambda index: list(index.count("peace", by=("year", "speaker"))),
    "silent": lambda index: index.silence("mines").as_dict(),
    "lines": lambda index: [line.as_dict() for line in index.kwic("the", limit=None)],
    "shown": lambda index: index.show(index.search("the")[0].address, context=2),
}


def test_an_index_answers_rightly_or_not_at_all_while_a_node_is_killed(
    all_nodes: Nodes, index_folder: Path, index: Index
) -> None:
    load_index(index_folder, into=all_nodes.address("debates"), shards=3)
    all_nodes.wait_for("green", "debates*")
    right = {name: ask(index) for name, ask in ASKED.items()}
    wrong: list[str] = []
    answered: set[str] = set()
    stopped, killed = Event(), Event()

    def go_on(there: Index) -> None:
        while not stopped.is_set():
            for name, ask in ASKED.items():
                late = killed.is_set()
                with suppress(ClusterError):
                    if ask(there) != right[name]:
                        wrong.append(name)
                    elif late:
                        answered.add(name)

    with open_index(all_nodes.address("debates")) as there:
        assert {name: ask(there) for name, ask in ASKED.items()} == right
        threads = [Thread(target=go_on, args=(there,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        all_nodes.kill(1)
        killed.set()
        while answered < set(ASKED) and not wrong:
            assert all(thread.is_alive() for thread in threads)
            stopped.wait(0.05)
        stopped.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def passed_on(asked: Asked, port: int) -> Given:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    kind = "application/x-ndjson" if asked.path.endswith(("_bulk", "_msearch")) else "application/json"
    connection.request(asked.method, asked.path, asked.body, {"Content-Type": kind})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return Given(body, answer.status, answer.headers["Content-Type"])


def test_where_all_nodes_are_gone_nobody_answers(all_nodes: Nodes) -> None:
    cluster = filled(all_nodes, "gone", replicas=1)
    for at in range(3):
        all_nodes.kill(at)
    with pytest.raises(ClusterError) as error:
        one(cluster, "gone")
    assert str(error.value).startswith(f"No node of {cluster.address} answers (connection refused)")
