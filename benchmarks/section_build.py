"""Build: time, memory and size from ready-split paragraphs, and ours from the text files."""

from __future__ import annotations

import shutil

from benchmarks.bench import Bench, Built, Finding, say
from benchmarks.engine import OURS
from benchmarks.processes import work
from benchmarks.table import ABSENT, Table, megabytes, ratio, seconds
from benchmarks.timing import Spread

__all__ = ["measure_build"]


def measure_build(bench: Bench) -> Finding:
    """Build every engine's index at the scale of comparison."""
    for engine in bench.engines:
        bench.index(engine, bench.scale)
    built = {engine: bench.built[engine, bench.scale] for engine in bench.engines}
    reading = Spread.of([work("read_lines", lines=bench.lines(bench.scale)) for _ in range(bench.rounds)])
    ours = built[OURS]
    rows = [_row(engine, one, ours) for engine, one in built.items()]
    rows.append(("(reading the JSON lines alone)", seconds(reading), *[ABSENT] * 5))
    figures = _figures(built)
    if bench.scale == 1:
        texts, peak = _from_texts(bench)
        rows.append(
            (
                "ours, from the text files",
                seconds(texts),
                ABSENT,
                ABSENT,
                ABSENT,
                megabytes(peak),
                ABSENT,
            )
        )
        figures |= {"texts / build": texts.median / _time(ours), "peak": max(peak, ours.peak)}
    return Finding([_table(bench, rows)], figures)


def _table(bench: Bench, rows: list[tuple[str, ...]]) -> Table:
    return Table(
        f"Build, {bench.paragraphs[bench.scale]:,} paragraphs",
        ("engine", "seconds", "ours / it", "MB on disk", "ours / it", "peak MB", "ours / it"),
        tuple(rows),
        note="From JSON lines to a committed index in a fresh process, imports left out, the reading of the "
        "lines included. Peak memory is that of all processes together, pages that they share counted once. "
        '"kept": built by an earlier run.',
    )


def _row(engine: str, built: Built, ours: Built) -> tuple[str, ...]:
    return (
        engine,
        seconds(Spread.of(built.seconds)) + (" kept" if built.kept else ""),
        ratio(_time(ours), _time(built)),
        megabytes(built.size),
        ratio(ours.size, built.size),
        megabytes(built.peak),
        ratio(ours.peak, built.peak),
    )


def _from_texts(bench: Bench) -> tuple[Spread, int]:
    """Build ours from the text files; return the seconds and the peak."""
    folder = bench.work / "from-texts"

    def build() -> float:
        shutil.rmtree(folder, ignore_errors=True)
        return float(work("build_texts", texts=bench.texts, into=folder))

    say("building ours from the text files")
    times, peak = bench.measure(build)
    shutil.rmtree(folder)
    return Spread.of(times), peak


def _figures(built: dict[str, Built]) -> dict[str, float]:
    ours, peers = built[OURS], {name: one for name, one in built.items() if name != OURS}
    figures: dict[str, float] = {"peak": ours.peak}
    native = [_time(one) for name, one in peers.items() if name != "Whoosh"]
    if native:
        figures["build / fastest"] = _time(ours) / min(native)
    sizes = [one.size for name, one in peers.items() if name.startswith("tantivy")]
    if sizes:
        figures["size / tantivy"] = ours.size / min(sizes)
    return figures


def _time(built: Built) -> float:
    return Spread.of(built.seconds).median
