"""All speeches of the UN General Debate: every file is accounted for, and 200 totals are those of a scan.

Run it with::

    ONRECORD_TEXTS=TXT pytest -m long tests/long/test_general_debate.py --log-cli-level=INFO

``ONRECORD_TEXTS`` names the folder of the corpus (doi:10.7910/DVN/0TJX8Y), and
``ONRECORD_LONG_INDEX`` a folder where the index is kept for the next run; without
it the index is made anew every time. Delete it after a change in how texts are
read or indexed.

The scan is independent of the index: it takes the paragraphs from the reader, reads
their words by its own rules (`scan.read_words`) and looks for each question in every
paragraph, letter by letter. No list of words and places takes part in it.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from scan import All, Any, Forms, Not, Paragraph, Phrase, Question, Word

from indexer import Progress, Report, SourceError, inspect, update
from search import Index, Mode, open_index

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
SEED = 1945
LOG_EVERY = 500  # files
COMMONEST = 40  # words that make the phrases with the longest lists of places


@pytest.fixture(scope="module")
def texts() -> Path:
    folder = os.environ.get("ONRECORD_TEXTS")
    if not folder:
        pytest.skip("ONRECORD_TEXTS does not name the folder of the UN General Debate corpus")
    return Path(folder).expanduser()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("ONRECORD_LONG_INDEX")
    return Path(kept).expanduser() if kept else tmp_path_factory.mktemp("long") / "index"


@pytest.fixture(scope="module")
def report(texts: Path, folder: Path) -> Report:
    """Index the corpus, or bring the kept index up to date."""
    done = update(texts, into=folder, progress=log_progress)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    log.info("%s added, %s unchanged in %.0f s", done.added, done.unchanged, done.seconds)
    log.info("%d skipped, %d failed, %.0f MB", len(done.skipped), len(done.failed), size / 1e6)
    return done


def log_progress(progress: Progress) -> None:
    if progress.done % LOG_EVERY == 0:
        log.info("%d of %d files", progress.done, progress.total)


@pytest.fixture(scope="module")
def index(report: Report, folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def paragraphs(texts: Path) -> list[Paragraph]:
    """Read every paragraph for the scan."""
    began = time.monotonic()
    read = [paragraph for path in files_below(texts) for paragraph in read_file(path)]
    log.info("%d paragraphs read for the scan in %.0f s", len(read), time.monotonic() - began)
    return read


def files_below(folder: Path) -> list[Path]:
    """List all files, also those of folders that are links."""
    return [
        Path(root, name) for root, _, names in os.walk(folder, followlinks=True) for name in sorted(names)
    ]


def read_file(path: Path) -> list[Paragraph]:
    if path.name.startswith("."):
        return []
    try:
        statements = [inspection.statement for inspection in inspect(path)]
    except SourceError:
        return []
    return [
        Paragraph(
            paragraph.text,
            statement=f"{path}:{ordinal}",
            language=known.language.value if known.language else None,
        )
        for ordinal, statement in enumerate(statements)
        for known in [statement.metadata]
        for paragraph in statement.paragraphs
    ]


@pytest.fixture(scope="module")
def questions(paragraphs: list[Paragraph]) -> list[tuple[Question, Mode]]:
    """Draw 200 questions from the texts."""
    began = time.monotonic()
    drawn = list(Draw(paragraphs).questions())
    log.info("%d questions drawn in %.0f s", len(drawn), time.monotonic() - began)
    return drawn


class Draw:
    """Draws questions from the words that stand in the paragraphs, the same ones every time."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.random = random.Random(SEED)
        self.paragraphs = paragraphs
        self.counts: Counter[str] = Counter()
        for paragraph in paragraphs:
            self.counts.update(paragraph.written.split())
        small = [word for word, _ in self.counts.most_common() if word.islower() and word.isalpha()]
        self.commonest = small[:COMMONEST]
        self.acronyms = sorted(word for word in self.counts if word.isupper() and word.isalpha())

    def questions(self) -> Iterator[tuple[Question, Mode]]:
        for count, draw, mode in (
            (60, self.phrase, Mode.NORMAL),
            (25, self.common_phrase, Mode.NORMAL),
            (25, self.words_as_written, Mode.EXACT),
            (40, self.words_in_any_form, Mode.NORMAL),
            (10, self.acronym, Mode.NORMAL),
            (15, self.with_a_number, Mode.NORMAL),
            (25, self.with_operators, Mode.NORMAL),
        ):
            yield from ((draw(), mode) for _ in range(count))

    def phrase(self) -> Question:
        return Phrase(self.run(self.random.randint(1, 6)))

    def common_phrase(self) -> Question:
        return Phrase(tuple(self.random.choices(self.commonest, k=self.random.randint(2, 3))))

    def words_as_written(self) -> Question:
        return All([Word(word) for word in self.several()])

    def words_in_any_form(self) -> Question:
        return All([self.any_form(word) for word in self.several()])

    def acronym(self) -> Question:
        word = self.random.choice(self.acronyms)
        return Forms(word, (f" {word} ", f" {word.lower()} "))

    def with_a_number(self) -> Question:
        return Phrase(self.run(self.random.randint(1, 4), fits=lambda words: any(map(str.isdigit, words))))

    def with_operators(self) -> Question:
        first, second, third = self.phrase(), self.any_form(self.word()), self.any_form(self.word())
        forms: list[Question] = [
            Any([first, second]),
            All([second, Not(third)]),
            All([Any([first, second]), Not(third)]),
        ]
        return self.random.choice(forms)

    def run(self, length: int, *, fits: Callable[[tuple[str, ...]], bool] = bool) -> tuple[str, ...]:
        """Draw words that stand side by side in a paragraph."""
        while True:
            words = self.random.choice(self.paragraphs).line.split()
            start = self.random.randrange(max(1, len(words) - length + 1))
            drawn = tuple(words[start : start + length])
            if drawn and fits(drawn):
                return drawn

    def several(self) -> list[str]:
        """Draw one to three words of one paragraph, so that together they find something."""
        words = [word for word in self.random.choice(self.paragraphs).written.split() if word.isalpha()]
        small = [word for word in words if word.islower()] or self.commonest
        return self.random.choices(small, k=self.random.randint(1, 3))

    def word(self) -> str:
        return self.several()[0]

    def any_form(self, word: str) -> Forms:
        return Forms.among(self.counts, of=word, language="en")


def test_every_file_is_indexed_skipped_or_failed(texts: Path, report: Report) -> None:
    statements = (report.added + report.changed + report.unchanged).statements
    assert statements + len(report.skipped) + len(report.failed) == len(files_below(texts))


def test_every_paragraph_is_indexed(index: Index, paragraphs: list[Paragraph]) -> None:
    assert index.status().paragraphs == len(paragraphs)


def test_totals_are_those_of_a_scan(
    index: Index, paragraphs: list[Paragraph], questions: list[tuple[Question, Mode]]
) -> None:
    differing = []
    for question, mode in questions:
        began = time.monotonic()
        results = index.search(question.typed(), mode=mode, limit=1)
        answered = time.monotonic()
        found = [paragraph.statement for paragraph in paragraphs if question.holds(paragraph)]
        log.info(
            "%7d paragraphs, %5.0f ms (scan %4.0f ms): %s",
            results.total,
            (answered - began) * 1e3,
            (time.monotonic() - answered) * 1e3,
            question.typed(),
        )
        if (results.total, results.statements) != (len(found), len(set(found))):
            differing.append((question.typed(), results.total, len(found)))
    assert differing == []
