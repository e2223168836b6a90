"""Ten thousand arrivals in a folder that is watched by a program that is killed again and again.

Run it with::

    pytest -m long tests/long/test_watched.py --log-cli-level=INFO

It needs no texts of others. ``ONRECORD_ARRIVALS`` is how many texts arrive, ``ONRECORD_SEED`` draws others.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest
from oracles.arriving import LAST, Arriving, paragraphs_of
from program import command, environment

from onrecord import build, open_index
from onrecord.indexer.store.store import Store

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
ARRIVALS = int(os.environ.get("ONRECORD_ARRIVALS", "10000"))
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
WORDS = ("water", "mines peace", '"canal treaty"', "lake OR aid", "wat*", "-grain court")


def test_ten_thousand_arrivals_through_kills_end_as_a_fresh_index(tmp_path: Path) -> None:
    draw = Random(SEED)
    press, index, fresh = Arriving(tmp_path / "texts", draw), tmp_path / "index", tmp_path / "fresh"
    began, half = time.monotonic(), 0
    with _Watched(press.folder, index, draw) as watched:
        while press.count["arrived"] + press.count["arrived in parts"] < ARRIVALS:
            watched.pause(draw.uniform(0.5, 3), lambda: press.happen(draw.choice((0, 20, 120))))
            press.finish()
            moved_on = partial(_has_moved_on, index, _generation(index))
            watched.pause(draw.choice((1, 600, 600)), lambda: None, until=moved_on)
            half += _half_texts(index)
        _settled(index, len(press.texts))
        assert watched.ended() == 0
    build(press.folder, into=fresh)
    paragraphs = paragraphs_of(index)
    assert paragraphs == paragraphs_of(fresh)
    for words in WORDS:
        assert _found(index, words) == _found(fresh, words)
    log.info(
        "%s; %d kills; %d commits; %d statements, %d paragraphs, as in a fresh index; "
        "%d pauses of a writer taken for its end; %.0f s",
        dict(press.count),
        watched.killed,
        _generation(index),
        len(press.texts),
        len(paragraphs),
        half,
        time.monotonic() - began,
    )


@dataclass(slots=True)
class _Watched:
    """A watch that is killed at random moments and begins again."""

    texts: Path
    index: Path
    draw: Random
    killed: int = 0
    process: subprocess.Popen[bytes] = field(init=False)
    allowed: float = 0.0  #: seconds of the processor, after which it is killed

    def __enter__(self) -> _Watched:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def pause(
        self, seconds: float, meanwhile: Callable[[], None], *, until: Callable[[], bool] = lambda: False
    ) -> None:
        """Let some time pass, and what happens in it."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not until():
            meanwhile()
            time.sleep(0.1)
            if self._used() > self.allowed:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
                self.killed += 1
                self._begin()

    def ended(self) -> int:
        """End it as it is meant to end."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait()

    def _begin(self) -> None:
        asked = command("watch", self.texts, "-i", self.index, "--every", "0.3s")
        self.process = subprocess.Popen(asked, env=environment(), stderr=subprocess.DEVNULL)
        self.allowed = self.draw.choice((self.draw.uniform(0.1, 1), self.draw.uniform(1, 12)))

    def _used(self) -> float:
        """Return how much time of the processor it has used: a busy machine changes nothing of the test."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _half_texts(index: Path) -> int:
    """Count the statements whose last paragraph is missing: the pause of a writer was taken for its end."""
    if not (index / "CURRENT").exists():
        return 0
    ends: dict[str, bool] = {}
    for address, said in paragraphs_of(index).items():
        statement = address.rpartition("#")[0]
        ends[statement] = ends.get(statement, False) or said.startswith(LAST)
    return len(ends) - sum(ends.values())


def _settled(index: Path, statements: int) -> None:
    """Wait until an index has stood as it is for some looks, with as many statements as there are texts."""
    still, before = 0, -1
    while still < 15:
        time.sleep(0.4)
        if not (index / "CURRENT").exists():
            continue
        with open_index(index) as opened:
            status = opened.status()
        still = still + 1 if (status.generation, status.statements) == (before, statements) else 0
        before = status.generation


def _generation(index: Path) -> int:
    return Store(index).current_or_none().number


def _has_moved_on(index: Path, generation: int) -> bool:
    return _generation(index) != generation


def _found(index: Path, words: str) -> list[str]:
    """Return what is found; scores count what was deleted until its segment is merged, and so do orders."""
    with open_index(index) as opened:
        return sorted(hit.address for hit in opened.search(words, limit=None))
