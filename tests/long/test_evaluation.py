"""5,000 questions over the speeches of the UN General Debate: the paragraphs of a scan, the scores of Whoosh.

Run it with::

    ONRECORD_TEXTS=TXT pytest -m long tests/long/test_evaluation.py --log-cli-level=INFO

``ONRECORD_TEXTS`` names the folder of the corpus, ``ONRECORD_QUESTIONS`` how many questions
to ask, ``ONRECORD_SEED`` (a number) which ones. The corpus is indexed in four commits, so that
there are several segments; then every twentieth file is removed, and every thirtieth changed,
so that there are deletions.

The scan knows its words by its own rules (`scan.read_words`) and looks at each paragraph
that holds all words a question needs. Whoosh's own searcher reads the same segments.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from oracles.debate import Draw, files_below, read_file
from oracles.scan import All, Any, AnyForm, Paragraph, Phrase, Question, Word
from whoosh.query import Query
from whoosh.searching import Searcher

from onrecord import Index, build, open_index, remove, update
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.local import LocalBackend
from onrecord.search.engine.postings import Candidates
from onrecord.search.engine.scorers import live
from onrecord.search.language import read_query

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
Numbers = npt.NDArray[np.uint32]
# Scores are 32-bit sums, Whoosh's 64-bit ones.
TOLERANCE = 1e-6
COMMITS = 4


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the corpus, index it in several commits, and change it."""
    corpus = os.environ.get("ONRECORD_TEXTS")
    if not corpus:
        pytest.skip("ONRECORD_TEXTS does not name the folder of the UN General Debate corpus")
    folder = tmp_path_factory.mktemp("evaluation")
    shutil.copytree(Path(corpus).expanduser(), folder / "texts")
    sessions = sorted((folder / "texts").iterdir())
    for commit in range(COMMITS):
        (update if commit else build)(sessions[commit::COMMITS], into=folder / "index")
    files = files_below(folder / "texts")
    remove(files[::20], into=folder / "index")
    for file in files[::20]:
        file.unlink()
    for file in files[7::30]:
        if file.exists() and file.suffix == ".txt":
            file.write_text(file.read_text("utf-8", "replace") + "\n\nThat is all.\n", "utf-8")
    update(sessions, into=folder / "index")
    return folder


class Scan:
    """Finds paragraphs by looking at them, at those that hold the words a question needs."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.paragraphs = paragraphs
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, paragraph in enumerate(paragraphs):
            for word in set(paragraph.line.split()):
                holders[word].append(number)
        self.holders = {word: np.array(numbers, np.uint32) for word, numbers in holders.items()}
        self.all = np.arange(len(paragraphs), dtype=np.uint32)

    def find(self, question: Question) -> list[Paragraph]:
        maybe = (self.paragraphs[number] for number in self.needed(question).tolist())
        return [paragraph for paragraph in maybe if question.holds(paragraph)]

    def needed(self, question: Question) -> Numbers:
        """Return the paragraphs that hold the words without which the question cannot hold."""
        match question:
            case Phrase():
                return self.meet([self.holding(word) for word in question.words])
            case Word():
                return self.holding(question.word)
            case AnyForm():
                return self.join([self.holding(form) for form in sorted(question.forms())])
            case All():
                return self.meet([self.needed(part) for part in question.parts])
            case Any():
                return self.join([self.needed(part) for part in question.parts])
            case _:
                return self.all

    def holding(self, word: str) -> Numbers:
        return self.holders.get(word, self.all[:0])

    def meet(self, parts: list[Numbers]) -> Numbers:
        met = self.all
        for part in sorted(parts, key=len):
            met = np.intersect1d(met, part, assume_unique=True)
        return met

    def join(self, parts: list[Numbers]) -> Numbers:
        return np.unique(np.concatenate([self.all[:0], *parts]))


def test_questions_are_answered_as_by_a_scan_and_scored_as_by_whoosh(texts: Path) -> None:
    scan = Scan([paragraph for path in files_below(texts / "texts") for paragraph in read_file(path)])
    draw = Draw(scan.paragraphs)
    wanted = int(os.environ.get("ONRECORD_QUESTIONS", "5000"))
    asked, differing, began = 0, [], time.monotonic()
    with open_index(texts / "index") as index:
        assert (
            index.status().paragraphs
            == len(scan.paragraphs)
            >= int(os.environ.get("ONRECORD_LEAST", "200000"))
        )
        searcher = index.whoosh_searcher()
        while asked < wanted:
            for question, mode in draw.questions():
                asked += 1
                results = index.search(question.typed(), mode=mode, limit=0)
                found = scan.find(question)
                if (results.total, results.statements) != (len(found), len({one.statement for one in found})):
                    differing.append(f"{question.typed()}: {results.total} paragraphs, the scan {len(found)}")
                tree = read_query(question.typed(), mode=mode, lexicon=engine_of(index).lexicon).query
                differing += differences(index, searcher, tree)
            log.info("%d questions, %d differ, %.0f s", asked, len(differing), time.monotonic() - began)
            for difference in differing:
                log.info("%s", difference)
    assert differing == []


def engine_of(index: Index) -> Engine:
    assert isinstance(index._backend, LocalBackend)
    return index._backend.engine


def differences(index: Index, searcher: Searcher, tree: Query) -> list[str]:
    """Compare all paragraphs and scores with those of Whoosh's searcher."""
    engine = engine_of(index)
    hits = searcher.search(tree, limit=None)
    whoosh = {document: score for score, document in hits.top_n}
    scorer = engine.scorer(tree)
    found = live(scorer.found, engine.collection)
    scores = scorer.scores(Candidates(found.array, engine.collection))
    ours = dict(zip(whoosh_numbers(engine, found.array), scores.tolist(), strict=True))
    if ours.keys() != whoosh.keys():
        return [f"{tree!r}: {len(ours)} paragraphs, Whoosh {len(whoosh)}"]
    far = [
        document
        for document, score in ours.items()
        if abs(score - whoosh[document]) > TOLERANCE * max(1.0, abs(whoosh[document]))
    ]
    return [f"{tree!r}: {len(far)} scores differ, as in {far[0]}"] if far else []


def whoosh_numbers(engine: Engine, paragraphs: Numbers) -> list[int]:
    """Number paragraphs as Whoosh does: segment after segment, with nothing between."""
    first = dict(zip(engine.segments, np.cumsum([0, *map(len, engine.segments)]).tolist(), strict=False))
    return [
        number + first[segment]
        for _, segment, some in engine.collection.split(paragraphs)
        for number in some.tolist()
    ]
