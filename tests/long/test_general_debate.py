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
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from oracles.debate import Draw, files_below, read_file
from oracles.scan import Paragraph, Question

from onrecord import Folded, Index, Mode, Progress, Report, open_index, update

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
LOG_EVERY = 500  # files


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


@pytest.fixture(scope="module")
def questions(paragraphs: list[Paragraph]) -> list[tuple[Question, Mode]]:
    """Draw 200 questions from the texts."""
    began = time.monotonic()
    drawn = list(Draw(paragraphs).questions())
    log.info("%d questions drawn in %.0f s", len(drawn), time.monotonic() - began)
    return drawn


def test_every_file_is_indexed_skipped_or_failed(texts: Path, report: Report) -> None:
    statements = (report.added + report.changed + report.unchanged).statements
    assert statements + len(report.skipped) + len(report.failed) == len(files_below(texts))


def test_every_paragraph_is_indexed(index: Index, paragraphs: list[Paragraph]) -> None:
    assert index.status().paragraphs == len(paragraphs)


def test_no_speech_is_taken_for_another(index: Index) -> None:
    assert index.search("the", mode="exact", limit=0, fold=True).folded == Folded(0, 0)


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
