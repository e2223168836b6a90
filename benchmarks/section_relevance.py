"""Relevance: do the best come first? Judged collections, questions to the General Debate, capitals."""

from __future__ import annotations

from benchmarks.bench import Bench, Finding, say
from benchmarks.corpus import records
from benchmarks.engine import OURS
from benchmarks.processes import work
from benchmarks.relevance.capitals import WORDS
from benchmarks.relevance.collection import Collection, collections_below
from benchmarks.relevance.general_debate import general_debate, share_judged
from benchmarks.relevance.ranker import RANKERS, Runs, load_ranker, why_left_out
from benchmarks.relevance.runs import RunStore
from benchmarks.relevance.scores import score
from benchmarks.relevance.tables import (
    WITH_STATEMENT,
    Judged,
    figures_of,
    figures_of_questions,
    table_of_questions,
    tables_of,
)
from benchmarks.table import Table

__all__ = ["measure_relevance"]

# Of a corpus that lacks more of the judged paragraphs nothing can be said.
_LEAST_JUDGED = 0.95
_WORDS_WHEN_QUICK = 20


def measure_relevance(bench: Bench) -> Finding:
    """Rank the judged collections that were given, and ask the corpus, where there is one."""
    engines = [name for name in RANKERS if name not in bench.without]
    missing = {name: why for name in engines if (why := why_left_out(name))}
    for name, why in missing.items():
        say(f"{name} is left out of relevance: {why}")
    here = [name for name in engines if name not in missing]
    found = [_collections(bench, here)] if bench.judged is not None else []
    if bench.texts is not None:
        found += [*_questions(bench, here), _capitals(bench)]
    tables = [table for one in found for table in one.tables]
    if missing:
        rows = tuple(missing.items())
        tables.append(Table("Relevance: left out", ("engine", "why"), rows))
    return Finding(tables, {name: figure for one in found for name, figure in one.figures.items()})


def _collections(bench: Bench, engines: list[str]) -> Finding:
    store, judged, languages = RunStore(bench.cache), {}, {}
    for collection in collections_below(bench.judged) if bench.judged is not None else ():
        runs = {engine: store.runs(engine, collection) for engine in engines}
        judged[collection.name] = _scored(collection, runs)
        languages[collection.name] = collection.language()
    if not judged:
        say(f"{bench.judged} has no folder with docs.jsonl, queries.tsv and qrels.tsv in it")
        return Finding([])
    return Finding(tables_of(judged, languages), figures_of(judged, languages))


def _questions(bench: Bench, engines: list[str]) -> list[Finding]:
    """Ask about the General Debate, if the texts are it; slow engines are not asked."""
    lines = bench.lines(bench.scale)
    collection = general_debate(records(lines), bench.work / f"general-debate-{bench.scale:g}")
    share = share_judged(collection)
    if share < _LEAST_JUDGED:
        say(
            f"questions to the General Debate are left out: the corpus has {share:.0%} of the paragraphs"
            " that were judged"
        )
        return []
    store = RunStore(bench.cache)
    index = bench.index(OURS, bench.scale)
    runs = {
        name: store.runs_of_index(index, collection, name=name, sort=sort)
        for name, sort in ((OURS, "relevance"), (WITH_STATEMENT, "statement"))
    }
    for engine in engines:
        if engine != OURS and not load_ranker(engine).slow:
            runs[engine] = store.runs(engine, collection)
    judged = _scored(collection, runs)
    return [Finding([table_of_questions(judged, share=share)], figures_of_questions(judged))]


def _scored(collection: Collection, runs: dict[str, Runs]) -> Judged:
    gains = collection.gains()
    return {
        engine: {joint: score(run, gains) for joint, run in by_joint.items()}
        for engine, by_joint in runs.items()
    }


def _capitals(bench: Bench) -> Finding:
    say("asking the commonest words one by one")
    asked = _WORDS_WHEN_QUICK if bench.quick else WORDS
    index, lines = bench.index(OURS, bench.scale), bench.lines(bench.scale)
    found = work("capitals", index=index, lines=lines, asked=asked)
    first = found["first"]
    row = (f"{found['asked']:,}", str(len(first)), ", ".join(first[:20]))
    table = Table(
        "Relevance: first for capitals",
        ("words asked", "first hit first for its capitals", "of these, the commonest"),
        (row,),
        note="The first hit has the word in capitals, and another of its page, which has not, is above it "
        "by BM25 of the word in any form.",
    )
    return Finding([table], {"first for capitals": len(first)})
