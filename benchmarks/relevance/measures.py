"""How well one list of documents answers one topic: functions of the list and of what was judged.

``ranked`` are documents, the best first, each once; ``gains`` are the documents judged, with the gain of
each: 0 is no answer. What was not judged has no gain. Each function returns 0 to 1, and gives what
trec_eval does under the name in its docstring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

__all__ = ["average_precision", "ndcg", "precision", "recall"]

Gains = Mapping[str, int]


def ndcg(ranked: Sequence[str], gains: Gains, *, depth: int) -> float:
    """Return the discounted gain of the first so many, beside that of the best order there is (ndcg_cut).

    (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, with the discount
    ``1 / log2(1 + place)``.)

    >>> round(ndcg(["b", "a", "x"], {"a": 2, "b": 1, "c": 0}, depth=10), 4)
    0.8597
    """
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted([gains.get(document, 0) for document in ranked[:depth]]) / best if best else 0.0


def average_precision(ranked: Sequence[str], gains: Gains) -> float:
    """Return the mean, over all answers, of the precision down to each; 0 for one not found (map).

    >>> round(average_precision(["a", "x", "b"], {"a": 1, "b": 1, "c": 1}), 4)
    0.5556
    """
    precisions, found = 0.0, 0
    for place, document in enumerate(ranked, start=1):
        if gains.get(document, 0) > 0:
            found += 1
            precisions += found / place
    answers = _answers(gains)
    return precisions / answers if answers else 0.0


def recall(ranked: Sequence[str], gains: Gains, *, depth: int) -> float:
    """Return the share of all answers that is among the first so many (recall).

    >>> recall(["a", "x", "b"], {"a": 1, "b": 1}, depth=2)
    0.5
    """
    answers = _answers(gains)
    return _found(ranked, gains, depth) / answers if answers else 0.0


def precision(ranked: Sequence[str], gains: Gains, *, depth: int, least: int = 1) -> float:
    """Return how many of the first so many places hold a gain of at least ``least``; empty ones do not (P).

    >>> precision(["a", "x"], {"a": 1, "b": 1}, depth=5)
    0.2
    """
    return sum(document in gains and gains[document] >= least for document in ranked[:depth]) / depth


def _discounted(gains: Sequence[int]) -> float:
    return sum(max(gain, 0) / log2(1 + place) for place, gain in enumerate(gains, start=1))


def _answers(gains: Gains) -> int:
    return sum(gain > 0 for gain in gains.values())


def _found(ranked: Sequence[str], gains: Gains, depth: int) -> int:
    return sum(gains.get(document, 0) > 0 for document in ranked[:depth])
