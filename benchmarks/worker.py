"""One task in a process of its own: arguments as JSON on stdin, the result as JSON on stdout.

Loads the library of the one engine it measures and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.engine import Session, load_engine
from benchmarks.questions import UPDATE_WORD, Question
from benchmarks.relevance.collection import Collection
from benchmarks.relevance.ranker import Runs
from benchmarks.timing import once, repeated

__all__ = ["TASKS", "main"]


def main() -> None:
    """Do the task that stdin names."""
    arguments = json.load(sys.stdin)
    result = TASKS[arguments.pop("task")](**arguments)
    json.dump(result, sys.stdout)


def read_corpus(texts: str, into: str) -> None:
    """Write the JSON lines of a corpus."""
    from benchmarks.corpus import write_corpus

    write_corpus(Path(texts), Path(into))


def rescale(corpus: str, into: str, scale: float) -> int:
    """Write the JSON lines of a corpus at a scale; return the number of paragraphs."""
    from benchmarks.corpus import rescale_corpus

    return rescale_corpus(Path(corpus), Path(into), scale=scale)


def read_lines(lines: str) -> float:
    """Time the reading of JSON lines alone, which every build from them includes."""
    from benchmarks.corpus import records

    return once(lambda: sum(1 for _ in records(Path(lines))))


def read_file(path: str, first: str = "") -> dict[str, float | str]:
    """Read a file into statements; return what they hold, the seconds of computing and the bytes it took.

    What reading a small ``first`` file loads is counted neither as time nor as memory.
    """
    import resource

    from onrecord.indexer.errors import SourceError
    from onrecord.indexer.paths import SourceFile
    from onrecord.indexer.reading.statements import read_statements

    file = SourceFile.alone(Path(path))
    if first:
        read_statements(SourceFile.alone(Path(first)), content_hash="")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    try:
        found, kind = read_statements(file, content_hash="") or [], "not read"
    except SourceError:
        found, kind = [], "refused"
    seconds = time.process_time() - began
    return {
        "format": found[0].source.format if found else kind,
        "seconds": seconds,
        "peak": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024,
        "statements": len(found),
        "paragraphs": sum(len(one.paragraphs) for one in found),
        "letters": sum(len(paragraph.text) for one in found for paragraph in one.paragraphs),
    }


def build(engine: str, lines: str, into: str) -> float:
    """Time a build from JSON lines, imports left out."""
    built = load_engine(engine)
    return once(lambda: built.build(Path(lines), Path(into)))


def build_texts(texts: str, into: str) -> float:
    """Time our build from the text files, end to end."""
    from onrecord.indexer.building import build

    return once(lambda: build.build(Path(texts), into=Path(into)))


def ask(
    engine: str, index: str, questions: list[dict[str, Any]], facets: dict[str, Any], seconds: float
) -> list[dict[str, Any]]:
    """Time questions: with what was kept of the asking before, with an empty cache, with ten read, as a page.

    The last of the answers is that of the facets.
    """
    session = load_engine(engine).open(Path(index))
    asked = [_asked(session, question, seconds) for question in _questions(questions)]
    return [*asked, _counted(session, Question.from_plain(facets), seconds)]


def ask_drawn(engine: str, index: str, questions: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Ask each question once with the cache empty at the start, then once more; pages are in memory."""
    session = load_engine(engine).open(Path(index))
    asked = _questions(questions)
    parses = [once(parse) for parse in map(session.parse, asked) if parse is not None]
    actions = [session.search(question) for question in asked]
    totals = [action() for action in actions]
    session.forget()
    first = [once(action) for action in actions]
    second = [once(action) for action in actions]
    return {
        "totals": list(totals),
        "first": first,
        "second": second,
        "parse": parses,
    }


def answer(engine: str, index: str, question: dict[str, Any]) -> int:
    """Open an index, ask one question, return the total; the caller times the process."""
    asked = Question.from_plain(question)
    return load_engine(engine).open(Path(index)).search(asked)()


def nothing() -> int:
    """Do nothing: what a process costs before it has an engine."""
    return 0


def open_index(engine: str, index: str, seconds: float) -> list[float]:
    """Time the opening of an index whose library is loaded and whose pages are in memory."""
    opened = load_engine(engine)
    opened.open(Path(index)).close()
    return repeated(lambda: opened.open(Path(index)).close(), seconds=seconds)


def update(engine: str, index: str, text: str, count: int) -> dict[str, Any]:
    """Add statements one by one; time each until an open index finds it, count those ``lost`` to it."""
    added, lost = load_engine(engine), 0
    session = added.open(Path(index))
    times = []
    for _ in range(count):
        word = f"{UPDATE_WORD}{time.time_ns()}"
        find = session.search(Question("update", every=(word,)))
        began = time.perf_counter()
        added.add(Path(index), name=word, text=f"{word} {text}")
        session.refresh()
        found = find()
        times.append(time.perf_counter() - began)
        lost += found != 1
    return {"times": times, "lost": lost}


def draw(lines: str, each: int) -> list[dict[str, Any]]:
    """Draw random questions from the text."""
    from benchmarks.drawn import draw_questions

    return [question.as_plain() for question in draw_questions(Path(lines), each=each)]


def scan(engine: str, lines: str, questions: list[dict[str, Any]]) -> list[int | None]:
    """Count by reading every paragraph what an engine should find; None where only it knows."""
    from benchmarks.scan import scan_totals

    return scan_totals(Path(lines), _questions(questions), load_engine(engine))


def rank(engine: str, collection: str, into: str) -> None:
    """Write what an engine answers to the topics of a judged collection."""
    from benchmarks.relevance.ranker import load_ranker

    _write(load_ranker(engine).rank(Collection(Path(collection))), into)


def rank_index(index: str, collection: str, into: str, sort: str) -> None:
    """Write what an index of ours answers to the topics of a collection of its paragraphs."""
    from benchmarks.relevance.rank_ours import rank_index

    topics = Collection(Path(collection)).topics()
    _write(rank_index(Path(index), topics, named=lambda hit: hit.hash, sort=sort), into)


def capitals(index: str, lines: str, asked: int) -> dict[str, Any]:
    """Ask the commonest words one by one; tell which have a first hit that is first for its capitals."""
    from benchmarks.relevance.capitals import count_first_for_capitals

    return count_first_for_capitals(Path(index), Path(lines), asked=asked)


TASKS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(read_corpus, rescale, read_lines, read_file, build, build_texts, open_index, update),
        *(ask, ask_drawn, answer, nothing, draw, scan, rank, rank_index, capitals),
    )
}


def _write(runs: Runs, into: str) -> None:
    Path(into).write_text(json.dumps(runs), "utf-8")


def _questions(plain: list[dict[str, Any]]) -> list[Question]:
    return list(map(Question.from_plain, plain))


def _asked(session: Session, question: Question, seconds: float) -> dict[str, Any]:
    search = session.search(question)
    timed = _timed(session, search, seconds)
    parse = session.parse(question)
    return timed | {
        "total": search(),
        "read": repeated(session.read(question), seconds=seconds),
        "page": [] if (page := session.page(question)) is None else repeated(page, seconds=seconds),
        "parse": [] if parse is None else repeated(parse, seconds=seconds),
    }


def _counted(session: Session, question: Question, seconds: float) -> dict[str, Any]:
    """Time the counting of facets, and as ``plain`` the same question without."""
    count, search = session.facets(question), session.search(question)
    known = {"total": search(), "names": count(), "plain": repeated(search, seconds=seconds)}
    return known | _timed(session, count, seconds)


def _timed(session: Session, action: Callable[[], int], seconds: float) -> dict[str, list[float]]:
    """Time an action that was done once before; without a cache, ``empty`` is ``cached``."""
    action()
    cached = repeated(action, seconds=seconds)
    keeps = session.forget()
    return {
        "cached": cached,
        "empty": repeated(action, seconds=seconds, before=session.forget) if keeps else cached,
    }


if __name__ == "__main__":
    main()
