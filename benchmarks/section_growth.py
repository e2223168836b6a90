"""Growth: how much longer a class takes when the corpus is ten times as large."""

from __future__ import annotations

from benchmarks.answers import ask_classes
from benchmarks.asked import Asked
from benchmarks.bench import Bench, Finding
from benchmarks.engine import OURS
from benchmarks.table import ABSENT, Table, megabytes, ratio, seconds
from benchmarks.timing import Spread

__all__ = ["measure_growth"]


def measure_growth(bench: Bench) -> Finding:
    """Build and ask at every scale all engines but the slow and those that are only built."""
    engines = bench.queried(slow=False)
    scales = sorted(bench.scales)
    answers = {scale: ask_classes(bench, engines, scale) for scale in scales}
    tables = [_classes(engine, {scale: answers[scale][engine] for scale in scales}) for engine in engines]
    tables.append(_builds(bench, engines, scales))
    figures = _figures({scale: answers[scale][OURS] for scale in scales})
    return Finding(tables, figures)


def _classes(engine: str, asked: dict[float, dict[str, Asked]]) -> Table:
    kinds = ("cached", "empty") if engine == OURS else ("cached",)
    steps = list(zip(asked, list(asked)[1:], strict=False))
    heads = [f"{_shown(kind, engine)}at {scale:g}" for kind in kinds for scale in asked]
    growths = [f"{_shown(kind, engine)}{later:g} / {earlier:g}" for kind in kinds for earlier, later in steps]
    rows = []
    for name in next(iter(asked.values())):
        times = {kind: {scale: asked[scale][name].median(kind) for scale in asked} for kind in kinds}
        cells = [_milliseconds(times[kind][scale]) for kind in kinds for scale in asked]
        cells += [
            ratio(times[kind][later], times[kind][earlier]) for kind in kinds for earlier, later in steps
        ]
        rows.append((name, *cells))
    return Table(
        f"Growth, {engine} (ms, median)",
        ("class", *heads, *growths),
        tuple(rows),
        note="Last columns: the time on the larger corpus divided by that on the smaller.",
    )


def _shown(kind: str, engine: str) -> str:
    return f"{kind} " if engine == OURS else ""


def _milliseconds(time: float | None) -> str:
    return ABSENT if time is None else f"{time * 1e3:.3f}"


def _builds(bench: Bench, engines: list[str], scales: list[float]) -> Table:
    rows = []
    for engine in engines:
        for scale in scales:
            built = bench.built[engine, scale]
            took = seconds(Spread.of(built.seconds)) + (" kept" if built.kept else "")
            rows.append(
                (
                    f"{engine} at {scale:g}",
                    f"{bench.paragraphs[scale]:,}",
                    took,
                    megabytes(built.size),
                    megabytes(built.peak),
                )
            )
    return Table(
        "Growth of the build", ("index", "paragraphs", "seconds", "MB on disk", "peak MB"), tuple(rows)
    )


def _figures(asked: dict[float, dict[str, Asked]]) -> dict[str, float]:
    if not {1, 10} <= set(asked):
        return {}
    growths = [
        (later.median(kind) or 0.0) / (asked[1][name].median(kind) or 1.0)
        for name, later in asked[10].items()
        for kind in ("cached", "empty")
    ]
    return {"worst growth": max(growths)}
