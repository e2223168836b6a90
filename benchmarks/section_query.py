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
    tables = [_warm(answers), _read(answers), _page(answers), counts, _names(answers)]
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


def _page(answers: Answers) -> Table:
    ours = answers[OURS]
    peers = [
        one for one in answers if one != OURS and any(asked.times["page"] for asked in answers[one].values())
    ]
    rows = [
        (
            name,
            milliseconds(asked.spread("page")),
            f"{1e3 * (_page_adds(asked) or 0.0):.2f}",
            *(cell for peer in peers for cell in _pages_beside(asked, answers[peer][name])),
        )
        for name, asked in ours.items()
        if asked.times["page"]
    ]
    means = [f"{_pages(ours, answers[peer]):.2f}" for peer in peers]
    rows.append(("geometric mean", *[ABSENT] * 2, *(cell for mean in means for cell in (ABSENT, mean))))
    return Table(
        "A page, warm (ms)",
        ("class", "ours", "more than the search", *(head for one in peers for head in (one, "ours / it"))),
        tuple(rows),
        note="Ten best and exact total, and of the ten text, facts and a snippet with what matched, as plain "
        "data; the peers' snippets are of their own makers.",
    )


def _pages_beside(ours: Asked, theirs: Asked) -> tuple[str, str]:
    return milliseconds(theirs.spread("page")), ratio(ours.median("page"), theirs.median("page"))


def _pages(ours: dict[str, Asked], theirs: dict[str, Asked]) -> float:
    """Return how many times theirs our pages take, in the mean."""
    pairs = [(asked.median("page"), theirs[name].median("page")) for name, asked in ours.items()]
    return geometric_mean([one / other for one, other in pairs if one and other])


def _page_adds(asked: Asked) -> float | None:
    page, search = asked.median("page"), asked.median("cached")
    return None if page is None or search is None else max(0.0, page - search)


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
        **_page_figures(answers),
    }


def _page_figures(answers: Answers) -> dict[str, float]:
    """Return what a page takes beside the peers' that make snippets, and beside the search alone."""
    ours = answers[OURS]
    added = sorted(add for asked in ours.values() if (add := _page_adds(asked)) is not None)
    beside = {f"page / {peer}": _pages(ours, answers[peer]) for peer in (_TANTIVY, "FTS5") if peer in answers}
    return {"page adds": added[len(added) // 2] if added else 0.0, **beside}


def _facets_add(ours: dict[str, Asked]) -> dict[str, float]:
    """Return what facets add to the same query without them."""
    counted, plain_query = (ours[FACETS.name].median(kind) or 0.0 for kind in ("cached", "plain"))
    return {"facets add": max(0.0, counted - plain_query)}
