"""Random queries drawn from the text: each new, most words rare."""

from __future__ import annotations

import statistics

from benchmarks.agreement import summarise_totals
from benchmarks.bench import Bench, Finding, say
from benchmarks.drawn import KINDS
from benchmarks.engine import OURS
from benchmarks.processes import work
from benchmarks.questions import Question
from benchmarks.table import Table

__all__ = ["measure_random"]

_EACH = 100
_EACH_WHEN_QUICK = 2

Answers = dict[str, dict[str, list[float]]]


def measure_random(bench: Bench) -> Finding:
    """Ask 400 drawn questions of all engines but the slow, and compare the totals with a scan."""
    each = _EACH_WHEN_QUICK if bench.quick else _EACH
    drawn = [Question.from_plain(one) for one in work("draw", lines=bench.lines(bench.scale), each=each)]
    answers = {engine: _ask(bench, engine, drawn) for engine in bench.queried(slow=False)}
    tables = [_table(drawn, answers, peer) for peer in answers if peer != OURS]
    totals = {engine: [int(total) for total in one["totals"]] for engine, one in answers.items()}
    counts, wrong = summarise_totals(bench, drawn, totals, title="Totals of the random queries")
    return Finding([*tables, counts], _figures(drawn, answers) | {"wrong totals of random queries": wrong})


def _ask(bench: Bench, engine: str, drawn: list[Question]) -> dict[str, list[float]]:
    """Ask in several processes; of each question, the median over them."""
    index, rounds = bench.index(engine, bench.scale), []
    for number in range(bench.rounds):
        say(f"asking {engine} random queries, round {number + 1}")
        rounds.append(
            work(
                "ask_drawn", engine=engine, index=index, questions=[question.as_plain() for question in drawn]
            )
        )
    return {
        kind: [statistics.median(times) for times in zip(*(one[kind] for one in rounds), strict=True)]
        for kind in ("totals", "first", "second", "parse")
    }


def _table(drawn: list[Question], answers: Answers, peer: str) -> Table:
    rows = []
    for kind in KINDS:
        at = _places(drawn, kind)
        if at:
            ours, theirs = (
                {name: [one[name][place] for place in at] for name in ("first", "second")}
                for one in (answers[OURS], answers[peer])
            )
            parse = statistics.median(answers[OURS]["parse"][place] for place in at)
            rows.append(
                (
                    kind,
                    str(len(at)),
                    _median(ours["first"]),
                    f"{parse * 1e3:.3f}",
                    _median(theirs["first"]),
                    *(cell for name in ("first", "second") for cell in _cells(ours[name], theirs[name])),
                )
            )
    return Table(
        f"Random queries, ours beside {peer}",
        (
            *("kind", "queries", "ours, ms", "of it parsing", f"{peer}, ms"),
            *("median ratio", "mean ratio", "ratio of sums", "2nd pass: median", "mean", "of sums"),
        ),
        tuple(rows),
        note="Each query asked once with the cache empty at the start of all, then all once more. Ratios are "
        f"ours / {peer}, query by query; the last of three is the sum of our times over the sum of theirs.",
    )


def _places(drawn: list[Question], kind: str) -> list[int]:
    return [at for at, question in enumerate(drawn) if question.name.rpartition(" ")[0] == kind]


def _median(times: list[float]) -> str:
    return f"{statistics.median(times) * 1e3:.3f}"


def _cells(ours: list[float], theirs: list[float]) -> tuple[str, str, str]:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return (
        f"{statistics.median(ratios):.2f}",
        f"{statistics.mean(ratios):.2f}",
        f"{sum(ours) / sum(theirs):.2f}",
    )


def _figures(drawn: list[Question], answers: Answers) -> dict[str, float]:
    if "tantivy" not in answers:
        return {}
    ours, theirs = answers[OURS]["first"], answers["tantivy"]["first"]
    return {
        f"random {kind} / tantivy": statistics.median(ours[at] / theirs[at] for at in places)
        for kind in KINDS
        if (places := _places(drawn, kind))
    }
