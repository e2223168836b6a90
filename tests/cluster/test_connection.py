"""What the one room that talks to a cluster makes of its answers, whatever stands at the other end."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Barrier, Thread
from typing import Any

import pytest
from cluster.stand_in import PEM, Asked, Given, StandIn, stand_in
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.cluster import connection
from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import ClusterError

WHOLE = {"total": 3, "successful": 3, "skipped": 0, "failed": 0}
PART = {"total": 3, "successful": 2, "skipped": 0, "failed": 0}


def answer(shards: Any = WHOLE, **more: Any) -> dict[str, Any]:
    return {"timed_out": False, "_shards": shards, "hits": {"total": {"value": 7, "relation": "eq"}}, **more}


def cluster_at(node: StandIn, **environ: str) -> Cluster:
    return Cluster(parse_cluster_address(node.address()), environ=environ)


def told(*given: Any, **kind: Any) -> Callable[[Asked], Given]:
    """Answer with one thing after the other, and with the last one from then on."""
    waiting = list(given)
    return lambda _: Given(waiting.pop(0) if len(waiting) > 1 else waiting[0], **kind)


def refused(ask: Callable[[Cluster], object], *given: Any, **kind: Any) -> ClusterError:
    with stand_in(told(*given, **kind)) as node, pytest.raises(ClusterError) as error:
        ask(cluster_at(node))
    assert error.value.path == node.address()
    return error.value


def search(cluster: Cluster) -> object:
    return cluster.search("debates-000001", {"query": {"match_all": {}}})


def failing(kind: str, reason: str, **more: Any) -> dict[str, Any]:
    return {"error": {"type": kind, "reason": reason, **more}, "status": 503}


PARTLY = "would answer for a part of debates-000001 only; see which of its nodes are away, and ask again."


@pytest.mark.parametrize(
    "given",
    [
        answer(PART),
        answer({**WHOLE, "failed": 1}),
        answer(timed_out=True),
        answer(terminated_early=True),
        answer(None),
        {"hits": {"total": {"value": 7}}},
        {},
    ],
    ids=["fewer shards", "a failed shard", "out of time", "ended early", "none said", "no shards", "nothing"],
)
def test_what_is_not_whole_is_no_answer(given: Any) -> None:
    assert str(refused(search, given)).endswith(PARTLY)
    assert str(refused(lambda it: it.searches("debates-000001", [{}]), {"responses": [given]})).endswith(
        PARTLY
    )


def test_a_total_that_is_known_without_a_look_is_whole() -> None:
    """OpenSearch 3 calls it ended early."""
    given = answer(terminated_early=True)
    with stand_in(told(given, {"responses": [given]})) as node:
        cluster = cluster_at(node)
        assert cluster.search("x", {"size": 0})["hits"] == given["hits"]
        assert cluster.searches("x", [{"size": 0}]) == [given]


def test_of_several_searches_each_is_looked_at() -> None:
    given = {"responses": [answer(), answer(PART)]}
    assert str(refused(lambda it: it.searches("debates-000001", [{}, {}]), given)).endswith(PARTLY)
    fewer = {"responses": [answer()]}
    assert str(refused(lambda it: it.searches("debates-000001", [{}, {}]), fewer)).endswith(PARTLY)


def test_an_error_among_several_searches_says_why() -> None:
    given = {"responses": [answer(), failing("parse_exception", "no such field") | {"status": 400}]}
    error = refused(lambda it: it.searches("debates-000001", [{}, {}]), given)
    assert str(error).endswith("refused: no such field.")


def test_every_search_asks_for_all_shards_and_the_whole_total() -> None:
    with stand_in(told(answer(), {"responses": [answer()]})) as node:
        cluster = cluster_at(node)
        cluster.search("x", {"size": 0})
        cluster.searches("x", [{"size": 0}])
    one, several = node.asked
    assert one.path == "/x/_search?allow_partial_search_results=false"
    assert b'"track_total_hits":true' in one.body
    head, body = several.body.splitlines()
    assert (head, b'"track_total_hits":true' in body) == (b'{"allow_partial_search_results":false}', True)


@pytest.mark.parametrize("given", [answer(PART) | {"pit_id": "p"}, answer(None) | {"pit_id": "p"}])
def test_a_state_is_held_of_all_shards_or_not_at_all(given: Any) -> None:
    def hold(cluster: Cluster) -> None:
        with cluster.held("debates-000001"):
            pytest.fail("a part of the index was held")

    assert str(refused(hold, given)).endswith(PARTLY)


def test_a_state_that_is_held_is_let_go() -> None:
    with stand_in(told(answer() | {"pit_id": "p"}, {"pits": []})) as node, cluster_at(node).held("x") as held:
        assert held == "p"
    assert [one.method for one in node.asked] == ["POST", "DELETE"]
    assert "allow_partial_pit_creation=false" in node.asked[0].path
    assert node.asked[1].body == b'{"pit_id":["p"]}'


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        (failing("search_phase_execution_exception", "all shards failed"), 503, PARTLY),
        (
            failing(
                "search_phase_execution_exception",
                "",
                caused_by={"type": "x", "reason": "Search rejected due to missing shards [[x][1]]. …"},
            ),
            503,
            PARTLY,
        ),
        (failing("no_shard_available_action_exception", "x"), 503, PARTLY),
        (
            failing("y", "z", caused_by={"caused_by": {"type": "node_disconnected_exception"}}),
            500,
            PARTLY,
        ),
        (
            failing("y", "z", root_cause=[{"type": "search_context_missing_exception"}]),
            404,
            "has let go of what the next page was to be read from; ask again.",
        ),
        (
            failing("y", "z", root_cause=[{"type": "no_index", "reason": "no such index [x]"}]),
            404,
            "refused: no such index [x].",
        ),
        (
            failing("index_not_found_exception", "no such index [debates-000001]"),
            404,
            "does not have debates-000001 any more; open the index again.",
        ),
        (failing("security_exception", "no permissions for [search]"), 403, "ask as a user who may."),
        (failing("circuit_breaking_exception", "Data too large."), 429, "(Data too large); ask again later."),
        (
            {"error": "Unauthorized"},
            401,
            "does not know who asks; give a name and a password in $ONRECORD_CLUSTER_USER and "
            "$ONRECORD_CLUSTER_PASSWORD, or a token in $ONRECORD_CLUSTER_TOKEN.",
        ),
        ({"error": "no handler found"}, 400, "refused: no handler found."),
        (b"", 500, "refused: 500."),
    ],
)
def test_a_refusal_says_why(given: Any, status: int, sentence: str) -> None:
    error = refused(search, given, status=status)
    assert str(error).endswith(sentence)
    assert error.status == status


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (b"<html>It works!</html>", "text/html"),
        (b'"yes"', "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
    ],
)
def test_what_is_no_opensearch_is_said_to_be_none(given: bytes, kind: str) -> None:
    error = refused(search, given, kind=kind)
    assert "is no OpenSearch; see whether the address is right." in str(error)


@pytest.mark.parametrize("status", [401, 500])
def test_an_error_in_plain_words_is_no_bug(status: int) -> None:
    assert refused(search, b"Unauthorized", status=status, kind="text/plain").status == status


def test_nobody_is_sent_elsewhere() -> None:
    with stand_in(lambda _: Given(answer())) as other:
        away = (("Location", f"http://localhost:{other.port}/"),)
        with stand_in(lambda _: Given({}, status=302, headers=away)) as node, pytest.raises(ClusterError):
            search(cluster_at(node, ONRECORD_CLUSTER_TOKEN="secret"))
    assert other.asked == []


def test_where_nobody_listens_the_sentence_says_so() -> None:
    address = parse_cluster_address("opensearch+http://127.0.0.1:1,localhost:1/debates")
    with pytest.raises(ClusterError) as error:
        search(Cluster(address, environ={}))
    assert str(error.value) == (
        "No node of opensearch+http://127.0.0.1:1,localhost:1/debates answers (connection refused); see "
        "whether the cluster runs."
    )


def test_the_nodes_that_answer_are_asked_where_others_do_not() -> None:
    with stand_in(told(answer())) as node:
        address = f"opensearch+http://localhost:1,localhost:2,localhost:3,localhost:4,localhost:{node.port}/x"
        for _ in range(5):
            assert Cluster(parse_cluster_address(address), environ={}).search("x", {})["hits"]


def test_a_machine_that_says_nothing_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_REACHED", 0.2)
    with stand_in(told(answer())) as node, ExitStack() as opened:
        deaf = opened.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):  # until no more are let in, and none is turned away
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        address = f"opensearch+http://localhost:{deaf.getsockname()[1]},localhost:{node.port}/x"
        for _ in range(4):
            assert Cluster(parse_cluster_address(address), environ={}).search("x", {})["hits"]


def test_an_answer_that_breaks_off_is_none() -> None:
    error = refused(search, answer(), headers=(("Content-Length", "4000"), ("Connection", "close")))
    assert str(error).startswith("No node of ")


def test_a_request_that_takes_too_long_is_ended() -> None:
    def slow(_: Asked) -> Given:
        time.sleep(0.6)
        return Given(answer())

    with stand_in(slow) as node, pytest.raises(ClusterError) as error:
        cluster_at(node).ask("POST", "/x/_search", {}, seconds=0.2)
    assert str(error.value) == f"{node.address()} takes longer than 0.2 seconds; ask again, or for less."


def test_names_of_parameters_are_those_of_the_cluster() -> None:
    with stand_in(told({"status": "green"})) as node:
        cluster_at(node).ask("GET", "/_cluster/health", timeout="5s", request_timeout=1, local=True)
    assert node.asked[0].path == "/_cluster/health?timeout=5s&request_timeout=1&local=true"


def test_lines_are_sent_as_lines() -> None:
    with stand_in(told({"errors": False})) as node:
        cluster_at(node).ask("POST", "/x/_bulk", [{"index": {"_id": "é"}}, {"text": "a\nb"}])
    assert node.asked[0].body.decode() == '{"index":{"_id":"é"}}\n{"text":"a\\nb"}\n'


@pytest.mark.parametrize("given", [{"_shards": {"total": 6, "successful": 2, "failed": 1}}])
def test_what_failed_in_part_is_refused_whatever_was_asked(given: Any) -> None:
    error = refused(lambda it: it.ask("POST", "/debates-000001/_refresh"), given)
    assert str(error).endswith(PARTLY)


def test_what_lacks_a_replica_alone_is_written() -> None:
    with stand_in(told({"_shards": {"total": 6, "successful": 3, "failed": 0}})) as node:
        assert cluster_at(node).ask("POST", "/x/_refresh")


def test_of_several_documents_each_is_looked_at() -> None:
    given = {"docs": [{"found": True}, failing("no_shard_available_action_exception", "x")]}
    error = refused(lambda it: it.ask("POST", "/debates-000001/_mget", {"ids": ["a", "b"]}), given)
    assert str(error).endswith(PARTLY)


# Whose certificate counts, and who asks.

TRUSTED = {"ONRECORD_CLUSTER_CA": str(PEM / "authority.pem")}


def test_by_tls_a_node_is_asked_whose_authority_is_known() -> None:
    with stand_in(told(answer()), certificate=PEM / "localhost.pem") as node:
        assert search(cluster_at(node, **TRUSTED))


@pytest.mark.parametrize(
    ("certificate", "environ", "reason"),
    [
        ("localhost.pem", {}, "unable to get local issuer certificate"),
        ("elsewhere.pem", TRUSTED, "certificate is not valid for 'localhost'"),
    ],
)
def test_no_other_certificate_will_do(certificate: str, environ: dict[str, str], reason: str) -> None:
    with (
        stand_in(told(answer()), certificate=PEM / certificate) as node,
        pytest.raises(ClusterError) as error,
    ):
        search(cluster_at(node, ONRECORD_CLUSTER_TOKEN="secret", **environ))
    assert f"cannot be asked safely ({reason}" in str(error.value) or reason in str(error.value).lower()
    assert str(error.value).endswith(
        "name the file of its authority in $ONRECORD_CLUSTER_CA, and see whether the address is right."
    )
    assert node.asked == []


def test_a_node_without_tls_is_not_asked_by_it() -> None:
    with stand_in(told(answer())) as node:
        address = parse_cluster_address(node.address().replace("opensearch+http:", "opensearch+https:"))
        cluster = Cluster(address, environ={"ONRECORD_CLUSTER_TOKEN": "secret"})
        with pytest.raises(ClusterError) as error:
            search(cluster)
    assert "cannot be asked safely" in str(error.value)
    assert node.asked == []


@pytest.mark.parametrize(
    ("environ", "header"),
    [
        ({}, None),
        ({"ONRECORD_CLUSTER_USER": "", "ONRECORD_CLUSTER_TOKEN": ""}, None),
        ({"ONRECORD_CLUSTER_USER": "é", "ONRECORD_CLUSTER_PASSWORD": "a:ß"}, "Basic w6k6YTrDnw=="),
        ({"ONRECORD_CLUSTER_TOKEN": "abc.DEF-1=="}, "Bearer abc.DEF-1=="),
    ],
)
def test_the_environment_says_who_asks(environ: dict[str, str], header: str | None) -> None:
    with stand_in(told(answer()), certificate=PEM / "localhost.pem") as node:
        search(cluster_at(node, **TRUSTED, **environ))
    assert [one.authorization for one in node.asked] == [header]


@pytest.mark.parametrize(
    "environ",
    [
        {"ONRECORD_CLUSTER_USER": "secret"},
        {"ONRECORD_CLUSTER_PASSWORD": "secret"},
        {"ONRECORD_CLUSTER_USER": "a:b", "ONRECORD_CLUSTER_PASSWORD": "secret"},
        {"ONRECORD_CLUSTER_TOKEN": "secret\n"},
        {"ONRECORD_CLUSTER_TOKEN": "sécret"},
        {"ONRECORD_CLUSTER_TOKEN": "secret", "ONRECORD_CLUSTER_USER": "a"},
    ],
)
def test_what_can_be_nobody_is_refused_unsaid(environ: dict[str, str]) -> None:
    with pytest.raises(ClusterError) as error:
        Cluster(parse_cluster_address("opensearch+https://a/x"), environ=environ)
    assert "cret" not in str(error.value)
    assert "$ONRECORD_CLUSTER_" in str(error.value)


@pytest.mark.parametrize("name", ["missing.pem", __file__])
def test_an_authority_that_is_none_is_named(name: str) -> None:
    with pytest.raises(ClusterError) as error:
        Cluster(parse_cluster_address("opensearch+https://a/x"), environ={"ONRECORD_CLUSTER_CA": name})
    assert str(error.value).startswith(f"{name}: this is no certificate of an authority (")


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 500, 503])
def test_no_message_holds_what_was_given(status: int, caplog: pytest.LogCaptureFixture) -> None:
    environ = {"ONRECORD_CLUSTER_USER": "me", "ONRECORD_CLUSTER_PASSWORD": "pa55word"}
    with caplog.at_level("DEBUG"), stand_in(told({}, status=status)) as node:
        cluster = cluster_at(node, **environ)
        with pytest.raises(ClusterError) as error:
            search(cluster)
    said = f"{error.value!r} {cluster!r} {cluster.address!r} {caplog.text}"
    assert "pa55word" not in said
    assert "bWU6cGE1NXdvcmQ=" not in said


# Many at once.


def numbered(asked: Asked) -> Given:
    """Answer with the number that was asked for, after the answers of others are on their way."""
    time.sleep(0.001)
    return Given(answer() | {"number": asked.path.partition("number=")[2]})


def test_threads_get_their_own_answers() -> None:
    wrong: list[tuple[int, object]] = []
    with stand_in(numbered) as node:
        cluster, start = cluster_at(node), Barrier(8)

        def ask(first: int) -> None:
            start.wait()
            for number in range(first, first + 20):
                found = cluster.search("x", {}, number=number)["number"]
                if found != str(number):
                    wrong.append((number, found))

        threads = [Thread(target=ask, args=(100 * at,)) for at in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert wrong == []


def in_a_fork(what: Callable[[], bool]) -> bool:
    """Run something in a process that is forked off, and tell whether it went well."""
    process = os.fork()
    if process == 0:
        os._exit(0 if what() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_that_is_forked_off_has_connections_of_its_own() -> None:
    with stand_in(numbered) as node:
        cluster = cluster_at(node)
        assert cluster.search("x", {}, number=1)["number"] == "1"
        before = cluster._client
        assert in_a_fork(
            lambda: cluster.search("x", {}, number=2)["number"] == "2" and cluster._client is not before
        )
        assert cluster.search("x", {}, number=3)["number"] == "3"
        assert cluster._client is before


def test_nothing_is_asked_where_there_is_no_question() -> None:
    with stand_in(told({})) as node:
        assert cluster_at(node).searches("x", []) == []
    assert node.asked == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
parts = st.dictionaries(
    st.sampled_from(["_shards", "error", "hits", "timed_out", "docs", "status", "root_cause", "caused_by"]),
    json_values,
)


@pytest.fixture(scope="module")
def any_answer() -> Iterator[tuple[Cluster, list[Any]]]:
    waiting: list[Any] = []
    with stand_in(lambda _: Given(waiting[-1][0], status=waiting[-1][1])) as node:
        yield cluster_at(node), waiting


@given(body=parts | json_values, status=st.sampled_from([200, 400, 404, 500]))
def test_whatever_is_answered_is_whole_or_refused(
    any_answer: tuple[Cluster, list[Any]], body: Any, status: int
) -> None:
    cluster, waiting = any_answer
    waiting.append((body, status))
    try:
        found = search(cluster)
    except ClusterError:
        return
    assert isinstance(found, dict)
    assert status == 200
    assert found["_shards"]["successful"] >= found["_shards"]["total"]
