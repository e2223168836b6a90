"""Hundreds of histories of folders of texts: every address leads to its words, or says what became of them.

Run it with ``pytest -m long tests/long/test_histories.py``; it takes about a quarter of an hour.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from oracles.histories import World

from onrecord.indexer.building import second_look

pytestmark = pytest.mark.long

COUNT = int(os.environ.get("ONRECORD_HISTORIES", "200"))


@pytest.mark.parametrize("seed", range(1000, 1000 + COUNT))
def test_an_index_with_a_history_gives_the_addresses_of_a_fresh_one(tmp_path: Path, seed: int) -> None:
    _live_through(World(tmp_path, Random(seed)))


@pytest.mark.parametrize("seed", range(5000, 5000 + COUNT // 2))
def test_and_so_does_one_that_looks_through_what_it_knows(tmp_path: Path, seed: int) -> None:
    _live_through(World(tmp_path, Random(seed), by_what_it_knows=True))


@pytest.mark.parametrize("seed", range(8000, 8000 + COUNT // 2))
def test_and_so_does_one_that_believes_what_it_has_seen(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All texts of a history are fresh, and would be opened by every update."""
    monkeypatch.setattr(second_look, "_FRESH", -(10**12))
    _live_through(World(tmp_path, Random(seed), by_what_it_knows=seed % 2 == 0))


def _live_through(world: World) -> None:
    world.begin()
    for _ in range(12):
        world.step()
        of_the_index, of_a_fresh_one = world.compared()
        assert of_the_index == of_a_fresh_one, world.done
