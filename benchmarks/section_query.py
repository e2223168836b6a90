"""Query: the classes and the facets, warm, from every engine, and whether they found the same."""

from __future__ import annotations

from benchmarks.agreement import compare_totals
from benchmarks.answers import Answers, ask_classes
from benchmarks.asked import Asked
from benchmarks.bench import Bench, Finding
from benchmarks.engine import OURS
from benchmarks.questions import CLASSES, FACETS
from benchmarks.table import ABSENT, Table, geometric_mean, milliseconds, ratio

__all__ = ["measure_query"]

_TANTIVY = "tantivy"
# The goals part the classes at a millisecond of tantivy's.
_PART = 1e-3


def measure_query(bench: Bench) -> Finding:
    """Ask everything of everyone, and compare the totals with a scan."""
    answers = ask_classes(bench, bench.queried(), bench.scale)
    questions = (*CLASSES, FACETS)
    totals = {engine: [asked[one.name].total for one in questions] for engine, asked in answers.items()}
    counts, wrong = compare_totals(bench, questions, totals, title="Totals of the classes")
    tables = [_warm(answers), _read(answers), counts, _names(answers)]
    return Finding(tables, _figures(answers) | {"wrong totals of classes": wrong})


def _warm(answers: Answers) -> Table:
    ours, peers = answers[OURS], [engine for engine in answers if engine != OURS]
    rows = []
    for name, asked in ours.items():
        shown = [asked.spread("cached"), asked.spread("empty"), asked.spread("parse")]
        row = [name, f"{asked.total:,}", *map(milliseconds, shown)]
        for peer in peers:
            theirs = answers[peer][name]
            row += _beside(asked, theirs)
        rows.append(tuple(row))
    heads = [head for peer in peers for head in (peer, "cached / it", "empty / it")]
    means = [mean for peer in peers for mean in (ABSENT, *_means(ours, answers[peer]))]
    rows.append(("geometric mean", *[ABSENT] * 4, *means))
    return Table(
        "Queries, warm (ms)",
        ("class", "hits", "ours, cached", "ours, empty cache", "of it parsing", *heads),
        tuple(rows),
        note="Ten best and exact total, parsing included: median, and p10 to p90 in brackets. Facets are "
        "counted by speaker, forum and year. The peers keep no cache of decoded terms, so both of ours are "
        "held against the same time of theirs.",
    )


def _beside(ours: Asked, theirs: Asked) -> tuple[str, str, str]:
    other = theirs.median("cached")
    cached, empty = ours.median("cached"), ours.median("empty")
    return milliseconds(theirs.spread("cached")), ratio(cached, other), ratio(empty, other)


def _ratios(ours: dict[str, Asked], theirs: dict[str, Asked], kind: str) -> dict[str, float]:
    shared = (
        (name, ours[name].median(kind), theirs[name].median("cached")) for name in ours if name in theirs
    )
    return {name: one / other for name, one, other in shared if one and other}


def _means(ours: dict[str, Asked], theirs: dict[str, Asked]) -> list[str]:
    means = (geometric_mean(_ratios(ours, theirs, kind).values()) for kind in ("cached", "empty"))
    return [f"{mean:.2f}" for mean in means]


def _read(answers: Answers) -> Table:
    peers = [engine for engine in answers if engine != OURS]
    rows = []
    for name, asked in answers[OURS].items():
        if asked.times["read"]:
            row = [name, milliseconds(asked.spread("read"))]
            for peer in peers:
                theirs = answers[peer][name]
                row += [
                    milliseconds(theirs.spread("read")),
                    ratio(asked.median("read"), theirs.median("read")),
                ]
            rows.append(tuple(row))
    return Table(
        "Queries, warm, and ten hits read (ms)",
        ("class", "ours", *(head for peer in peers for head in (peer, "ours / it"))),
        tuple(rows),
        note="The same, and the stored text of the ten. Ours are whole hits: with what a citation needs, the "
        "words that matched and a snippet; the peers give the text.",
    )


def _names(answers: Answers) -> Table:
    counted = {engine: asked[FACETS.name] for engine, asked in answers.items()}
    peers = [one for engine, one in counted.items() if engine != OURS]
    by_total = {(one.total, one.names) for one in peers}
    agree = len(by_total) == len({total for total, _ in by_total})
    rows = [(engine, f"{one.total:,}", f"{one.names:,}") for engine, one in counted.items()]
    rows.append(("verdict of the peers", ABSENT, "equal totals, equal names" if agree else "NOT EQUAL"))
    return Table(
        "Facets: how many speakers, forums and years were counted",
        ("engine", "hits", "names"),
        tuple(rows),
        note="Ours counts forums under the name of the register, so that all sessions of the general "
        "debate are one; the peers count them as printed.",
    )


def _figures(answers: Answers) -> dict[str, float]:
    if _TANTIVY not in answers:
        return _facets_add(answers[OURS])
    ours, theirs = answers[OURS], answers[_TANTIVY]
    cached, empty = (_ratios(ours, theirs, kind) for kind in ("cached", "empty"))
    base = {name: theirs[name].median("cached") or 0.0 for name in cached}
    heavy = [cached[name] for name in cached if base[name] >= _PART]
    light = [ours[name].median("cached") or 0.0 for name in cached if base[name] < _PART]
    return {
        "queries cached / tantivy": geometric_mean(cached.values()),
        "queries empty / tantivy": geometric_mean(empty.values()),
        "worst heavy class / tantivy": max(heavy, default=0.0),
        "slowest light class": max(light, default=0.0),
        **_facets_add(ours),
    }


def _facets_add(ours: dict[str, Asked]) -> dict[str, float]:
    """Return what facets add to the same query without them."""
    counted, plain_query = (ours[FACETS.name].median(kind) or 0.0 for kind in ("cached", "plain"))
    return {"facets add": max(0.0, counted - plain_query)}
