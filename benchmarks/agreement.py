"""Do the engines find the same? Each total beside that of a scan with the engine's own analyser.

A total that its scan confirms differs from ours only as the analysers differ, and
the table says how. One that its scan does not confirm is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.bench import Bench, say
from benchmarks.engine import OURS, load_engine
from benchmarks.processes import work
from benchmarks.questions import Question
from benchmarks.table import ABSENT, Table

__all__ = ["compare_totals", "summarise_totals"]

Totals = Mapping[str, Sequence[int]]
Scanned = Mapping[str, Sequence[int | None]]


def compare_totals(
    bench: Bench, questions: Sequence[Question], totals: Totals, *, title: str
) -> tuple[Table, int]:
    """Compare totals question by question; also return how many of ours the scan does not confirm."""
    scanned = _scan(bench, questions, totals)
    rows = [
        (
            one.name,
            *(_cell(totals[engine][at], scanned[engine][at]) for engine in totals),
            _verdict(totals, scanned, at),
        )
        for at, one in enumerate(questions)
    ]
    table = Table(title, ("query", *totals, "verdict"), tuple(rows), note=_note(totals))
    return table, _unconfirmed(totals[OURS], scanned[OURS])


def summarise_totals(
    bench: Bench, questions: Sequence[Question], totals: Totals, *, title: str
) -> tuple[Table, int]:
    """Compare many totals: how many are confirmed, how many equal ours, and each that is not."""
    scanned = _scan(bench, questions, totals)
    count = len(questions)
    rows: list[tuple[str, ...]] = [
        (
            engine,
            f"{count - _unconfirmed(totals[engine], scanned[engine])} of {count}",
            f"{sum(map(int.__eq__, totals[engine], totals[OURS]))} of {count}",
        )
        for engine in totals
    ]
    rows += _failures(questions, totals, scanned)
    columns = ("engine", "as its scan says", "equal to ours")
    return Table(title, columns, tuple(rows), note=_note(totals)), _unconfirmed(totals[OURS], scanned[OURS])


def _scan(bench: Bench, questions: Sequence[Question], totals: Totals) -> Scanned:
    scanned = {}
    for engine in totals:
        say(f"scanning every paragraph with the analyser of {engine}")
        scanned[engine] = work(
            "scan",
            engine=engine,
            lines=bench.lines(bench.scale),
            questions=[question.as_plain() for question in questions],
        )
    return scanned


def _confirmed(total: int, scanned: int | None) -> bool:
    return scanned is None or total == scanned


def _unconfirmed(totals: Sequence[int], scanned: Sequence[int | None]) -> int:
    return sum(not _confirmed(total, one) for total, one in zip(totals, scanned, strict=True))


def _cell(total: int, scanned: int | None) -> str:
    return f"{total:,}" if _confirmed(total, scanned) else f"{total:,} (scan: {scanned:,})"


def _verdict(totals: Totals, scanned: Scanned, at: int) -> str:
    wrong = [engine for engine in totals if not _confirmed(totals[engine][at], scanned[engine][at])]
    if wrong:
        return f"NOT CONFIRMED: {', '.join(wrong)}"
    other = [engine for engine in totals if totals[engine][at] != totals[OURS][at]]
    unlike = [engine for engine in other if scanned[engine][at] is None]
    said = [f"by its analyser: {', '.join(engine for engine in other if engine not in unlike)}"] * (
        len(other) > len(unlike)
    )
    said += [f"another meaning: {', '.join(unlike)}"] * bool(unlike)
    return "; ".join(said) or "all equal"


def _failures(questions: Sequence[Question], totals: Totals, scanned: Scanned) -> Iterator[tuple[str, ...]]:
    for engine in totals:
        for at, question in enumerate(questions):
            if not _confirmed(totals[engine][at], scanned[engine][at]):
                asked = " ".join(question.words() + question.phrase)
                yield (
                    f"NOT CONFIRMED: {engine}, {question.name}: {asked}",
                    _cell(totals[engine][at], scanned[engine][at]),
                    ABSENT,
                )


def _note(totals: Totals) -> str:
    reasons = [
        f"{engine}: {load_engine(engine).analyser(frozenset()).differs}."
        for engine in totals
        if engine != OURS
    ]
    return " ".join(
        [
            "Each total was also counted by reading every paragraph with that engine's own analyser; where "
            "the two are not the same, the cell shows both and the row is not confirmed.",
            *reasons,
        ]
    )
