"""Documents sent in bulk arrive each once, however often a node has no room for them, or a part of them."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.cluster import bulk, patience
from onrecord.indexer.cluster.bulk import BulkWriter
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.patience import ask_patiently
from onrecord.indexer.errors import ClusterError

BUSY = 429


class Node:
    """A node with room for so many documents at once, which turns down some requests and documents first."""

    address = "opensearch+http://localhost/debates"

    def __init__(self, *, room: int, turns_down: list[bool] | None = None) -> None:
        self.room = room
        self.turns_down = turns_down or []
        self.held: list[str] = []

    def ask(self, method: str, path: str, body: Any = None, **parameters: Any) -> Any:
        """Answer as the bulk interface does."""
        names = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        if len(names) > self.room or (self.turns_down and self.turns_down.pop()):
            raise ClusterError("has too much to do", status=BUSY)
        items = []
        for name in names:
            busy = bool(self.turns_down and self.turns_down.pop())
            if not busy:
                self.held.append(name)
            items.append({"index": {"status": BUSY, "error": {"type": "busy"}} if busy else {"status": 201}})
        return {"errors": any("error" in item["index"] for item in items), "items": items}


def lot(number: int, size: int) -> list[bytes]:
    """Return the lines of some documents."""
    lines = []
    for at in range(size):
        lines += [json.dumps({"index": {"_id": f"{number}.{at}"}}).encode(), b'{"text":"peace"}']
    return lines


@pytest.fixture(autouse=True, scope="module")
def without_pauses() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "_PAUSE", 0.0)
        patch.setattr(bulk, "_SIZE", 200)
        yield


@given(
    st.lists(st.integers(1, 9), max_size=8),
    st.integers(1, 6),
    st.lists(st.booleans(), max_size=6),
)
def test_each_document_is_written_once(sizes: list[int], room: int, turns_down: list[bool]) -> None:
    node, told = Node(room=room, turns_down=turns_down), list[int]()
    with BulkWriter(cast(Cluster, node), "debates", written=told.append) as writer:
        for number, size in enumerate(sizes):
            writer.add(lot(number, size))
    assert sorted(node.held) == sorted(
        f"{number}.{at}" for number, size in enumerate(sizes) for at in range(size)
    )
    assert told == sorted(told)
    assert told[-1:] == [len(sizes)][: len(sizes)]


def test_what_is_said_to_be_written_is() -> None:
    node = Node(room=2)
    seen: list[tuple[int, set[str]]] = []
    with BulkWriter(
        cast(Cluster, node), "debates", written=lambda lots: seen.append((lots, {*node.held}))
    ) as writer:
        for number in range(6):
            writer.add(lot(number, 3))
    for lots, held in seen:
        assert {f"{number}.{at}" for number in range(lots) for at in range(3)} <= held


def test_a_cluster_that_has_too_much_to_do_for_too_long_is_an_error() -> None:
    node = Node(room=0)
    with (
        pytest.raises(ClusterError, match="takes no more documents for now; see whether"),
        BulkWriter(cast(Cluster, node), "debates") as writer,
    ):
        writer.add(lot(0, 1))


def test_other_requests_wait_too() -> None:
    asked: list[str] = []

    class Full:
        def ask(self, method: str, path: str, body: Any = None, **_: Any) -> str:
            asked.append(path)
            if len(asked) < 4:
                raise ClusterError("has too much to do", status=BUSY)
            return "done"

    assert ask_patiently(cast(Cluster, Full()), "GET", "/_alias") == "done"
    assert asked == ["/_alias"] * 4
