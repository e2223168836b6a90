"""Update: one more statement, committed and found by an open index, on a tenth of the corpus and on all."""

from __future__ import annotations

import shutil
from typing import Any

from benchmarks.bench import Bench, Finding, say
from benchmarks.engine import OURS
from benchmarks.processes import onrecord, time_command, work
from benchmarks.table import ABSENT, Table, milliseconds, ratio
from benchmarks.timing import Spread

__all__ = ["measure_update"]

_TEXT = "of the United Nations for the maintenance of international peace and security."
_COUNT = 15


def measure_update(bench: Bench) -> Finding:
    """Add statements one by one to copies of the indexes."""
    scales = [scale for scale in bench.scales if scale <= 1] or [bench.scale]
    count = 2 if bench.quick else _COUNT
    added = {
        engine: {scale: _add(bench, engine, scale, count) for scale in scales} for engine in bench.queried()
    }
    rows = [_row(engine, added, scales) for engine in added]
    rows += [
        (
            f"FAILED: {engine} at scale {scale:g} did not find {one['lost']} of {count}",
            *[ABSENT] * (2 * len(scales) + 1),
        )
        for engine, by_scale in added.items()
        for scale, one in by_scale.items()
        if one["lost"]
    ]
    rows.append(_command_row(bench, scales))
    table = Table(
        "Adding one statement (ms)",
        ("engine", *(head for scale in scales for head in (f"at {scale:g}", "ours / it")), "most / least"),
        tuple(rows),
        note="In a running process, until an index that was open before finds the new word: reading the file "
        f"(ours), writing, commit, refresh, one query. {count} in a row, so a merge shows in the p90.",
    )
    return Finding([table], _figures(added[OURS], scales))


def _add(bench: Bench, engine: str, scale: float, count: int) -> dict[str, Any]:
    say(f"adding to {engine} at scale {scale:g}")
    copy = bench.copy_of(engine, scale)
    done: dict[str, Any] = work("update", engine=engine, index=copy, text=_TEXT, count=count)
    shutil.rmtree(copy.parent)
    return done


def _row(engine: str, added: dict[str, dict[float, dict[str, Any]]], scales: list[float]) -> tuple[str, ...]:
    cells = []
    for scale in scales:
        ours, theirs = (Spread.of(added[name][scale]["times"]) for name in (OURS, engine))
        cells += [milliseconds(theirs), ratio(ours.median, theirs.median)]
    return (engine, *cells, ratio(_median(added[engine], max(scales)), _median(added[engine], min(scales))))


def _command_row(bench: Bench, scales: list[float]) -> tuple[str, ...]:
    """Time ``onrecord index FILE``, the same from a cold process."""
    took = {}
    for scale in scales:
        copy = bench.copy_of(OURS, scale)
        times = []
        for number in range(1 if bench.quick else 5):
            file = copy.parent / f"cold-{number}.txt"
            file.write_text(f"The {number}th letter {_TEXT}", "utf-8")
            times += time_command(onrecord("index", "--quiet", "--index", str(copy), str(file)), runs=1)
        took[scale] = Spread.of(times)
        shutil.rmtree(copy.parent)
    cells = [cell for scale in scales for cell in (milliseconds(took[scale]), ABSENT)]
    return ("onrecord index FILE, cold", *cells, ratio(took[max(scales)].median, took[min(scales)].median))


def _median(by_scale: dict[float, dict[str, Any]], scale: float) -> float:
    return Spread.of(by_scale[scale]["times"]).median


def _figures(ours: dict[float, dict[str, Any]], scales: list[float]) -> dict[str, float]:
    figures = {"lost updates": float(sum(one["lost"] for one in ours.values()))}
    if 1 in scales:
        figures["update"] = _median(ours, 1)
    if {0.1, 1} <= set(scales):
        figures["update growth"] = _median(ours, 1) / _median(ours, 0.1)
    return figures
