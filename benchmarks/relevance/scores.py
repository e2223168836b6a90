"""What an engine's run of a collection comes to: measures topic by topic, and their means."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.relevance.collection import Run
from benchmarks.relevance.measures import average_precision, ndcg, precision, recall

__all__ = ["MEASURES", "Scores", "score"]

_MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "nDCG@10": lambda ranked, gains: ndcg(ranked, gains, depth=10),
    "MAP": average_precision,
    "Recall@100": lambda ranked, gains: recall(ranked, gains, depth=100),
    "P@5": lambda ranked, gains: precision(ranked, gains, depth=5),
    "nDCG@5": lambda ranked, gains: ndcg(ranked, gains, depth=5),
    "five that answer": lambda ranked, gains: precision(ranked, gains, depth=5, least=2),
    "five judged": lambda ranked, gains: precision(ranked, gains, depth=5, least=0),
    "first answers": lambda ranked, gains: precision(ranked, gains, depth=1, least=2),
}
#: The measures of every collection; the others are of graded judgements, where 2 answers and 1 touches.
MEASURES = ("nDCG@10", "MAP", "Recall@100", "P@5")


@dataclass(frozen=True, slots=True)
class Scores:
    """Each measure of each topic that has an answer, in the order of the judgements."""

    by_topic: dict[str, tuple[float, ...]]
    none_found: float  #: the share of topics for which nothing was found

    def mean(self, measure: str) -> float:
        """Return the mean of a measure over the topics."""
        return statistics.fmean(self.by_topic[measure])


def score(run: Run, gains: Mapping[str, Mapping[str, int]]) -> Scores:
    """Measure a run; a topic that no document answers is left out, as nothing can be said of it."""
    found = [run.get(topic, []) for topic in gains]
    return Scores(
        {
            name: tuple(measure(ranked, judged) for ranked, judged in zip(found, gains.values(), strict=True))
            for name, measure in _MEASURES.items()
        },
        sum(not ranked for ranked in found) / len(found),
    )
