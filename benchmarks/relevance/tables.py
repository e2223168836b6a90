"""The tables of relevance, and the figures that are held against the goals."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.engine import OURS
from benchmarks.relevance.randomisation import randomisation_p
from benchmarks.relevance.ranker import ALL, ANY
from benchmarks.relevance.scores import MEASURES, Scores
from benchmarks.table import ABSENT, Table

__all__ = [
    "WITH_STATEMENT",
    "Judged",
    "figures_of",
    "figures_of_questions",
    "table_of_questions",
    "tables_of",
]

#: The scores of one collection: by engine, then by how its words were joined.
Judged = Mapping[str, Mapping[str, Scores]]

#: Ours in the order in which the whole statement counts: no peer of ours.
WITH_STATEMENT = f"{OURS} by statement"

_CHINESE = "zh"
_MAIN = "nDCG@10"
_OF_QUESTIONS = "nDCG@5"
_SIGNIFICANT = 0.05


def tables_of(judged: Mapping[str, Judged], languages: Mapping[str, str]) -> list[Table]:
    """Lay out all collections: beside each other, their means, and one by one."""
    counted = {name: one for name, one in judged.items() if languages[name] != _CHINESE}
    means = [_means(counted)] if counted else []
    return [_overview(judged, counted), *means, *(_collection(name, one) for name, one in judged.items())]


def figures_of(judged: Mapping[str, Judged], languages: Mapping[str, str]) -> dict[str, float]:
    """Return what the goals are about; Chinese collections have a goal of their own."""
    counted = [one for name, one in judged.items() if languages[name] != _CHINESE]
    chinese = [one[OURS][ANY].mean(_MAIN) for name, one in judged.items() if languages[name] == _CHINESE]
    figures: dict[str, float] = {"worst Chinese": min(chinese)} if chinese else {}
    if counted and _peers(counted[0]):
        figures["collections below"] = sum(map(_is_below, counted))
        means = {engine: _mean(counted, engine) for engine in counted[0]}
        figures["mean lead"] = means.pop(OURS) - max(means.values())
    return figures


def figures_of_questions(judged: Judged) -> dict[str, float]:
    """Return how far ours is above the best peer on the questions to the General Debate."""
    peers = [judged[engine][ANY].mean(_OF_QUESTIONS) for engine in _peers(judged)]
    return {"UN lead": judged[OURS][ANY].mean(_OF_QUESTIONS) - max(peers)} if peers else {}


def table_of_questions(judged: Judged, *, share: float) -> Table:
    """Lay out the questions to the General Debate."""
    measures = (_OF_QUESTIONS, "five that answer", "P@5", "five judged", "first answers")
    rows = [
        (
            engine if joint == ANY else f"{engine}, AND",
            *(f"{scores.mean(measure):.3f}" for measure in measures),
            f"{scores.none_found:.0%}",
            _p(judged, engine, scores, _OF_QUESTIONS),
        )
        for joint in (ANY, ALL)
        for engine, by_joint in judged.items()
        if (scores := by_joint.get(joint)) is not None
    ]
    topics = len(judged[OURS][ANY].by_topic[_MAIN])
    return Table(
        "Relevance: questions to the General Debate",
        (
            "engine",
            "nDCG@5",
            "first five that answer",
            "answer or touch",
            "were judged",
            "first hit answers",
            "none found",
            "p",
        ),
        tuple(rows),
        note=f"{topics} questions, any of their words, then all; the corpus has {share:.0%} of the judged "
        "paragraphs. What was not judged counts as no answer. p: of the difference in nDCG@5 from ours, any "
        "of the words.",
    )


def _overview(judged: Mapping[str, Judged], counted: Mapping[str, Judged]) -> Table:
    engines = list(next(iter(judged.values())))
    rows = []
    for name, one in judged.items():
        shown = (f"{one[engine][ANY].mean(_MAIN):.4f}" for engine in engines)
        topics = len(one[OURS][ANY].by_topic[_MAIN])
        rows.append((name, str(topics), *shown, *_beside_best(one)))
    if counted:
        means = (f"{_mean(list(counted.values()), engine):.4f}" for engine in engines)
        rows.append((f"mean of {len(counted)}", ABSENT, *means, *[ABSENT] * 3))
    return Table(
        "Relevance: nDCG@10, any of the words",
        ("collection", "topics", *engines, "best peer", "ours less it", "p"),
        tuple(rows),
        note="The mean leaves out collections in Chinese. p: paired randomisation, 10,000 rounds, two-sided.",
    )


def _means(counted: Mapping[str, Judged]) -> Table:
    rows = []
    for joint in (ANY, ALL):
        for engine in next(iter(counted.values())):
            scores = [one[engine][joint] for one in counted.values() if joint in one[engine]]
            if scores:
                means = (statistics.fmean(one.mean(measure) for one in scores) for measure in MEASURES)
                none = statistics.fmean(one.none_found for one in scores)
                name = engine if joint == ANY else f"{engine}, AND"
                rows.append((name, *(f"{mean:.4f}" for mean in means), f"{none:.0%}"))
    return Table(
        "Relevance: means",
        ("engine", *MEASURES, "none found"),
        tuple(rows),
        note=f"Of {len(counted)} collections, those in Chinese left out: any of the words, then all of them.",
    )


def _collection(name: str, judged: Judged) -> Table:
    rows = []
    for joint in (ANY, ALL):
        for engine, by_joint in judged.items():
            if joint in by_joint:
                scores = by_joint[joint]
                cells = (f"{scores.mean(measure):.4f}" for measure in MEASURES)
                peer = engine if joint == ANY else f"{engine}, AND"
                difference = scores.mean(_MAIN) - judged[OURS][ANY].mean(_MAIN)
                shown = ABSENT if scores is judged[OURS][ANY] else f"{-difference:+.4f}"
                rows.append(
                    (peer, *cells, f"{scores.none_found:.0%}", shown, _p(judged, engine, scores, _MAIN))
                )
    return Table(
        f"Relevance: {name}",
        ("engine", *MEASURES, "none found", "ours less it", "p"),
        tuple(rows),
        note="Any of the words, then all of them; the difference is in nDCG@10 from ours, any of the words.",
    )


def _p(judged: Judged, engine: str, scores: Scores, measure: str) -> str:
    ours = judged[OURS][ANY]
    if scores is ours:
        return ABSENT
    return _shown_p(randomisation_p(ours.by_topic[measure], scores.by_topic[measure]))


def _shown_p(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _peers(judged: Judged) -> list[str]:
    return [engine for engine in judged if engine not in (OURS, WITH_STATEMENT)]


def _beside_best(judged: Judged) -> Sequence[str]:
    if not _peers(judged):
        return [ABSENT] * 3
    best, difference, p = _best(judged)
    return best, f"{difference:+.4f}", _shown_p(p)


def _best(judged: Judged) -> tuple[str, float, float]:
    """Return the best peer of a collection, how far ours is above it, and p."""
    best = max(_peers(judged), key=lambda engine: judged[engine][ANY].mean(_MAIN))
    ours, other = judged[OURS][ANY], judged[best][ANY]
    return (
        best,
        ours.mean(_MAIN) - other.mean(_MAIN),
        randomisation_p(ours.by_topic[_MAIN], other.by_topic[_MAIN]),
    )


def _is_below(judged: Judged) -> bool:
    _, difference, p = _best(judged)
    return difference < 0 and p < _SIGNIFICANT


def _mean(collections: Sequence[Judged], engine: str) -> float:
    return statistics.fmean(one[engine][ANY].mean(_MAIN) for one in collections)
