"""What the project promised of its speed, and whether this run keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.table import Table

__all__ = ["GOALS", "Goal", "hold_against_goals"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure by its name, what it may be at most, and what it is in words."""

    figure: str
    at_most: float
    words: str
    unit: str = ""
    divisor: float = 1.0


GOALS = (
    Goal("build / fastest", 0.7, "build, times the fastest native peer"),
    Goal("texts / build", 3, "build from text files, times that from paragraphs"),
    Goal("peak", 1024, "peak memory of a build, all processes", "MiB", 2**20),
    Goal("size / tantivy", 1.25, "size on disk, times the smallest of tantivy's"),
    Goal("queries cached / tantivy", 0.5, "classes with a warm cache, times tantivy, geometric mean"),
    Goal("queries empty / tantivy", 1.0, "classes with an empty cache, times tantivy, geometric mean"),
    Goal("worst heavy class / tantivy", 0.6, "worst class of those that cost tantivy 1 ms or more"),
    Goal("slowest light class", 0.3, "slowest class of those that cost tantivy less", "ms", 1e-3),
    Goal("random AND any / tantivy", 1.3, "random AND of any words, times tantivy, median"),
    Goal("random AND content / tantivy", 1.3, "random AND of content words, times tantivy, median"),
    Goal("random OR / tantivy", 0.5, "random OR, times tantivy, median"),
    Goal("random phrase / tantivy", 0.8, "random phrase, times tantivy, median"),
    Goal("facets add", 1.0, "what facets over a hundred thousand hits add to the query", "ms", 1e-3),
    Goal("page adds", 0.8, "what ten hits read as plain data add to the search, median", "ms", 1e-3),
    Goal("page / tantivy", 2.5, "a page with snippets, times tantivy, geometric mean"),
    Goal("page / FTS5", 0.7, "a page with snippets, times FTS5, geometric mean"),
    Goal("open", 40, "opening, warm", "ms", 1e-3),
    Goal("cold command", 0.3, "the command line, cold", "s"),
    Goal("stream first", 0.5, 'the first line of all hits of "the", cold', "s"),
    Goal("stream seconds a hit", 1 / 15, 'all hits of "the" as JSON, each', "ms", 1e-3),
    Goal("stream peak", 200, "the most memory that takes", "MiB", 2**20),
    Goal("update", 0.3, "one statement added and found", "s"),
    Goal("update growth", 1.5, "the same, times that at a tenth of the corpus"),
    Goal("unchanged the texts", 0.4, "an update of 9,793 files of which none has changed", "s"),
    Goal("unchanged small files", 6, "the same of 200,000 small ones", "s"),
    Goal("unchanged small files peak", 300, "the most memory that takes", "MiB", 2**20),
    Goal("worst growth", 12, "worst growth of a class from the corpus to ten times"),
    Goal("wrong totals of classes", 0, "totals of classes that a scan does not confirm"),
    Goal("wrong totals of random queries", 0, "totals of random queries that a scan does not confirm"),
    Goal("lost updates", 0, "added statements that were not found"),
)


def hold_against_goals(figures: Mapping[str, float]) -> Table:
    """Lay the figures of a run beside the goals; what it did not measure is left out."""
    rows = [
        (
            goal.words,
            _shown(figures[goal.figure] / goal.divisor, goal),
            _shown(goal.at_most, goal),
            _verdict(goal, figures),
        )
        for goal in GOALS
        if goal.figure in figures
    ]
    return Table(
        "Goals",
        ("what", "measured", "at most", "held"),
        tuple(rows),
        note="Set for the whole UN General Debate corpus.",
    )


def _shown(value: float, goal: Goal) -> str:
    return f"{value:.3g} {goal.unit}".rstrip() if value < 1000 else f"{value:,.0f} {goal.unit}".rstrip()


def _verdict(goal: Goal, figures: Mapping[str, float]) -> str:
    return "yes" if figures[goal.figure] / goal.divisor <= goal.at_most else "NO"
