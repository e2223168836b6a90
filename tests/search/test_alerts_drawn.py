"""Random batches of texts, with changes, removals and kills: what is told adds up to a fresh search."""

from __future__ import annotations

from pathlib import Path
from random import Random

import feedparser
import pytest
from oracles.arrivals import Press


@pytest.mark.parametrize("seed", range(2))
def test_what_is_told_adds_up_to_a_fresh_search(tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    press = Press(tmp_path, draw, number=12)
    for batch in range(4):
        press.batch(12)
        if batch == 2:
            press.rebuild()
        press.run(kills=batch % 2)
        press.check()
    press.copy(3)
    for _ in range(2):
        press.run()
        press.check()
        press.batch(6)
    assert press.pieces["new"] > 50
    assert {"changed", "withdrawn"} <= press.pieces.keys()
    for feed in sorted((tmp_path / "feeds").glob("*.atom")):
        read = feedparser.parse(feed.read_bytes())
        assert not read.bozo
        ids = {entry.id for entry in read.entries}
        assert ids == press.ids[feed.stem]
        assert len(ids) == len(read.entries)


@pytest.mark.parametrize("seed", range(2))
def test_few_texts_that_change_again_and_again_add_up_too(tmp_path: Path, seed: int) -> None:
    press = Press(tmp_path, Random(seed), number=12)
    for batch in range(8):
        press.batch(1 if batch else 8, changes=4)
        press.run()
        press.check()
    assert {"changed", "withdrawn"} <= press.pieces.keys()
