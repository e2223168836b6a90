"""A cluster that is asked all the time: a node is killed, the index is made anew, and no answer is wrong.

Run it with::

    pytest -m long tests/long/test_cluster_under_load.py --log-cli-level=INFO

It takes Java and Maven. ``ONRECORD_RATE`` is how many questions are put in a second, ``ONRECORD_SECONDS`` how
long; a rebuild begins every ``ONRECORD_EVERY`` seconds.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from cluster.nodes import Nodes

from onrecord import Index, build, open_index
from onrecord.indexer.errors import ClusterError

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
RATE = float(os.environ.get("ONRECORD_RATE", "50"))
SECONDS = float(os.environ.get("ONRECORD_SECONDS", "60"))
EVERY = float(os.environ.get("ONRECORD_EVERY", "60"))
THREADS = 8
WORDS = ("sea", "mines", "sea mines", '"the sea"', "sea OR clearance", "min*", "sea -mines", "speaker:fiji")
FILES = 200


def lay_out(folder: Path, *, generation: int) -> None:
    """Write texts of which every one says which generation it is of; each generation has more of them."""
    folder.mkdir(exist_ok=True)
    for number in range(FILES + generation):
        state = ("Fiji", "Tonga", "Peru")[number % 3]
        said = "The sea is wide. Mines are in the sea." if number % 2 else "Clearance goes on at sea."
        text = f"Statement by {state}\n\n{said}\n\nThis is generation{generation}, number {number}."
        (folder / f"{number:04}.txt").write_text(text, "utf-8")


@pytest.fixture
def nodes(needs_java: None, tmp_path: Path) -> Iterator[Nodes]:
    with Nodes(3, tmp_path / "nodes") as nodes:
        yield nodes


def asked_all_the_time(ask: Callable[[int], str], stopped: Event) -> Counter[str]:
    """Put so many questions a second until it is stopped; return how often each thing was said."""
    said: Counter[str] = Counter()
    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as threads:
        waiting = []
        for number in range(1_000_000):
            if stopped.wait(max(0.0, began + number / RATE - time.monotonic())):
                break
            waiting.append(threads.submit(ask, number))
        for one in waiting:
            said[one.result()] += 1
    log.info("%.1f questions a second: %s", len(waiting) / (time.monotonic() - began), dict(said))
    return said


def totals(index: Index, text: str) -> tuple[int, int]:
    results = index.search(text, limit=3)
    return results.total, results.statements


@pytest.mark.parametrize("replica", [True, False])
def test_a_node_is_killed_under_questions(nodes: Nodes, tmp_path: Path, replica: bool) -> None:
    lay_out(tmp_path / "texts", generation=0)
    address = nodes.address("debates")
    build(tmp_path / "texts", into=address, staging=tmp_path / "staging")
    if not replica:
        nodes.ask("PUT", "/debates-*/_settings", {"index": {"number_of_replicas": 0}})
    nodes.wait_for("green")
    with open_index(tmp_path / "staging") as local, open_index(address) as remote:
        right = {text: totals(local, text) for text in WORDS}
        stopped = Event()

        def ask(number: int) -> str:
            text = WORDS[number % len(WORDS)]
            for left in (1, 0):  # a reader asks once more
                try:
                    found = totals(remote, text)
                except ClusterError:
                    if not left:
                        return "error"
                    continue
                return "right" if found == right[text] else "wrong"
            raise AssertionError

        def go_on() -> None:
            time.sleep(SECONDS / 4)
            nodes.kill(2)
            time.sleep(SECONDS * 3 / 4)
            stopped.set()

        Thread(target=go_on).start()
        said = asked_all_the_time(ask, stopped)
    assert said["wrong"] == 0
    assert said["right"] > 0
    assert (said["error"] == 0) == replica


def test_each_answer_is_of_one_generation_while_the_index_is_made_anew(nodes: Nodes, tmp_path: Path) -> None:
    address = nodes.address("debates")
    rebuilt: list[int] = []

    def make_anew(generation: int) -> None:
        lay_out(tmp_path / "texts", generation=generation)
        build(tmp_path / "texts", into=address, staging=tmp_path / "staging")
        rebuilt.append(generation)

    lay_out(tmp_path / "texts", generation=0)
    build(tmp_path / "texts", into=address, staging=tmp_path / "staging")
    stopped = Event()
    remote = open_index(address)

    def ask(number: int) -> str:
        if not number % 10:
            remote.refresh()
        pinned = remote.pinned()
        found = [pinned.search(f"generation{one}", limit=0).total for one in range(len(rebuilt) + 3)]
        whole = [FILES + one for one, total in enumerate(found) if total]
        return "one generation" if whole == [sum(found)] else f"several: {found}"

    def go_on() -> None:
        generation = 0
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            began = time.monotonic()
            generation += 1
            make_anew(generation)
            time.sleep(max(0.0, EVERY - (time.monotonic() - began)))
        stopped.set()

    Thread(target=go_on).start()
    said = asked_all_the_time(ask, stopped)
    log.info("%d rebuilds", len(rebuilt))
    assert set(said) == {"one generation"}
    assert len(rebuilt) > 1
