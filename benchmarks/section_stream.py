"""Streams: all hits of a question that most paragraphs match, from a new process to its last line."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import Bench, Finding, say
from benchmarks.engine import OURS
from benchmarks.processes import environment, onrecord
from benchmarks.table import Table

__all__ = ["measure_stream"]

# What is asked: the commonest word in each order, and words that stand together.
_ASKED = (("the",), ("the", "--sort", "newest"), ('"united nations"',))
# Bytes of the output that are read at once.
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Streamed:
    """Seconds to the first line and to the last, how many lines, and the most memory held, in bytes."""

    first: float
    whole: float
    lines: int
    peak: int


def measure_stream(bench: Bench) -> Finding:
    """Read all hits of a few questions as lines of JSON."""
    index = bench.index(OURS, bench.scale)
    asked = _ASKED[:1] if bench.quick else _ASKED
    streamed = [_stream(index, words) for words in asked]
    rows = tuple(
        (
            " ".join(words),
            f"{one.lines:,}",
            f"{one.first:.2f}",
            f"{one.lines / one.whole:,.0f}",
            f"{one.peak / 2**20:.0f}",
        )
        for words, one in zip(asked, streamed, strict=True)
    )
    table = Table(
        "Streams",
        ("question", "hits", "first line (s)", "hits a second", "peak MB"),
        rows,
        note="`onrecord search QUESTION --limit all --json` into a pipe. Times are from the start of the "
        "process; memory is what the system says at its end (resident, mapped pages of the index among it).",
    )
    first = streamed[0]
    figures = {
        "stream first": first.first,
        "stream seconds a hit": first.whole / max(1, first.lines),
        "stream peak": float(first.peak),
    }
    return Finding([table], figures)


def _stream(index: Path, words: tuple[str, ...]) -> Streamed:
    say(f"streaming: {' '.join(words)}")
    command = onrecord("search", *words, "--limit", "all", "--json", "--index", str(index))
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as running:
        assert running.stdout is not None
        lines = 1 if running.stdout.readline() else 0
        first = time.perf_counter() - began
        while piece := running.stdout.read(_PIECE):
            lines += piece.count(b"\n")
        _, _, used = os.wait4(running.pid, 0)
        running.returncode = 0
    return Streamed(first, time.perf_counter() - began, lines, used.ru_maxrss * 1024)
