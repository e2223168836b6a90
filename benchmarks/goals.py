"""What the project promised of its speed and its order, and whether this run keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.table import Table

__all__ = ["GOALS", "Goal", "hold_against_goals"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure by its name, what it may be at most, or at least, and what it is in words."""

    figure: str
    bound: float
    words: str
    unit: str = ""
    divisor: float = 1.0
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a figure keeps the goal."""
        value /= self.divisor
        return value >= self.bound if self.at_least else value <= self.bound


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
    Goal("collections below", 0, "judged collections significantly below the best peer, Chinese apart"),
    Goal("mean lead", -0.003, "mean nDCG@10 of these, less the best peer's", at_least=True),
    Goal("worst Chinese", 0.95, "nDCG@10 of the Chinese collection that fares worst", at_least=True),
    Goal("UN lead", 0, "nDCG@5 of the questions to the General Debate, less the best peer's", at_least=True),
    Goal("first for capitals", 0, "common words whose first hit is first for its capitals"),
)


def hold_against_goals(figures: Mapping[str, float]) -> Table:
    """Lay the figures of a run beside the goals; what it did not measure is left out."""
    rows = [
        (
            goal.words,
            _shown(figures[goal.figure] / goal.divisor, goal),
            f"at {'least' if goal.at_least else 'most'} {_shown(goal.bound, goal)}",
            "yes" if goal.holds(figures[goal.figure]) else "NO",
        )
        for goal in GOALS
        if goal.figure in figures
    ]
    return Table(
        "Goals",
        ("what", "measured", "promised", "held"),
        tuple(rows),
        note="Those of speed are set for the whole UN General Debate corpus.",
    )


def _shown(value: float, goal: Goal) -> str:
    return f"{value:.3g} {goal.unit}".rstrip() if value < 1000 else f"{value:,.0f} {goal.unit}".rstrip()
