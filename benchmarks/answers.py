"""What every engine made of the classes, asked once a run however many sections want it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.asked import Asked
from benchmarks.bench import Bench, say
from benchmarks.engine import load_engine
from benchmarks.processes import work
from benchmarks.questions import CLASSES, FACETS

__all__ = ["Answers", "ask_classes"]

_KINDS = ("cached", "empty", "read", "page", "parse", "plain")


Answers = dict[str, dict[str, Asked]]


def ask_classes(bench: Bench, engines: Iterable[str], scale: float) -> Answers:
    """Ask every class of every engine at a scale; by engine, then by the name of the class.

    The engines take turns, so that a machine that grows slower does so for all; the
    slow have one turn.
    """
    wanted = list(engines)
    new: Answers = {engine: {} for engine in wanted if (engine, scale) not in bench.answers}
    for number in range(bench.rounds):
        for engine, asked in new.items():
            if number and load_engine(engine).slow:
                continue
            say(f"asking {engine} at scale {scale:g}, round {number + 1}")
            for name, one in _ask(bench, engine, scale).items():
                _pool(asked, name, one)
    bench.answers |= {(engine, scale): asked for engine, asked in new.items()}
    return {engine: bench.answers[engine, scale] for engine in wanted}


def _ask(bench: Bench, engine: str, scale: float) -> dict[str, dict[str, Any]]:
    """Ask all classes of an engine, and its facets, in one process."""
    asked = work(
        "ask",
        engine=engine,
        index=bench.index(engine, scale),
        questions=[question.as_plain() for question in CLASSES],
        facets=FACETS.as_plain(),
        seconds=bench.seconds,
    )
    return {question.name: one for question, one in zip((*CLASSES, FACETS), asked, strict=True)}


def _pool(asked: dict[str, Asked], name: str, one: dict[str, Any]) -> None:
    into = asked.setdefault(name, Asked(one["total"], one.get("names", 0)))
    for kind in _KINDS:
        into.times.setdefault(kind, []).extend(one.get(kind, ()))
