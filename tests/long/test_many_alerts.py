"""Ten thousand texts in random batches, fifty saved searches: each piece of news once, whatever dies.

Run it with::

    nice -n 5 pytest -m long tests/long/test_many_alerts.py --log-cli-level=INFO

It needs no texts of others. ``ONRECORD_ARRIVALS`` is the number of texts, ``ONRECORD_SEED`` draws others.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from random import Random

import feedparser
import pytest
from oracles.arrivals import Press

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
TEXTS = int(os.environ.get("ONRECORD_ARRIVALS", "10000"))
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
BATCHES = 25
HISTORIES = 40


def test_what_is_told_of_fifty_searches_adds_up_to_fresh_ones(tmp_path: Path) -> None:
    draw = Random(SEED)
    press = Press(tmp_path, draw, number=50)
    runs = 0.0
    for batch in range(BATCHES):
        press.batch(TEXTS // BATCHES)
        if batch == BATCHES // 2:
            press.rebuild()
        if batch == BATCHES - 3:
            press.copy(TEXTS // BATCHES // 10)
        began = time.process_time()
        press.run(kills=draw.choice((0, 0, 1, 2)))
        runs += time.process_time() - began
        press.check()
    began = time.process_time()
    press.run()
    nothing = time.process_time() - began
    press.check()
    ledger = (tmp_path / "index.alerts").stat().st_size
    log.info("%s", dict(press.pieces))
    log.info("%.1f s of computing for updates and runs, %.2f s for one with nothing new", runs, nothing)
    log.info("ledger of %d bytes", ledger)
    for feed in sorted((tmp_path / "feeds").glob("*.atom")):
        read = feedparser.parse(feed.read_bytes())
        assert not read.bozo
        assert {entry.id for entry in read.entries} <= press.ids[feed.stem]


@pytest.mark.parametrize("seed", range(SEED, SEED + HISTORIES))
def test_few_texts_that_change_again_and_again_add_up_too(tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    press = Press(tmp_path, draw, number=15)
    for batch in range(20):
        press.batch(1 if batch else 8, changes=4)
        if draw.random() < 0.1:
            press.copy(1)
        press.run()
        press.check()
