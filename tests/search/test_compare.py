"""Two sides compared: rates, intervals, and the words that mark each."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from math import isnan, log2
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from oracles.scan import read_words

from onrecord import Index, QueryError, open_index, update
from onrecord.search.cli import main
from onrecord.search.research.comparisons.keyness import (
    chi_squared,
    log_likelihood,
    log_ratio,
    ratio_of_rates,
)

TABLES = [
    (
        random.Random(seed).randint(0, 40),
        random.Random(seed + 1000).randint(0, 40),
        50 + 7 * seed,
        60 + 3 * seed,
    )
    for seed in range(200)
]


@pytest.mark.parametrize(("a", "b", "of_a", "of_b"), TABLES)
def test_a_ratio_and_its_interval_are_those_of_scipy(a: int, b: int, of_a: int, of_b: int) -> None:
    contingency = pytest.importorskip("scipy.stats.contingency")
    ours = ratio_of_rates(a, b, of_a, of_b)
    if not b:  # SciPy gives no number, or an infinite one
        assert ours == (None, None, None)
        return
    theirs = contingency.relative_risk(a, of_a, b, of_b)
    assert ours.ratio == pytest.approx(theirs.relative_risk, rel=1e-9)
    interval = theirs.confidence_interval(0.95)
    assert ours.low == pytest.approx(interval.low, rel=1e-9)
    assert isnan(interval.high) if ours.high is None else ours.high == pytest.approx(interval.high, rel=1e-9)


@pytest.mark.parametrize(("a", "b", "of_a", "of_b"), TABLES[::4])
def test_measures_of_words_are_those_of_scipy(a: int, b: int, of_a: int, of_b: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    if not (a or b):
        return
    expected = [(a + b) * size / (of_a + of_b) for size in (of_a, of_b)]
    observed = [one or 1e-300 for one in (a, b)]
    two_cells = stats.power_divergence(observed, expected, lambda_="log-likelihood").statistic
    assert log_likelihood(a, b, of_a, of_b) == pytest.approx(two_cells, rel=1e-9, abs=1e-9)
    whole = stats.chi2_contingency([[a, b], [of_a - a, of_b - b]], correction=False).statistic
    assert chi_squared(a, b, of_a, of_b) == pytest.approx(whole, rel=1e-9, abs=1e-9)
    if a and b:
        assert log_ratio(a, b, of_a, of_b) == pytest.approx(log2(a / of_a / (b / of_b)), rel=1e-9, abs=1e-9)


def test_of_many_words_each_is_measured_as_it_is_alone() -> None:
    a, b = np.array([[a, b] for a, b, _, _ in TABLES]).T
    for measure in (log_likelihood, log_ratio, chi_squared):
        alone = [float(measure(one, other, 5000, 7000)) for one, other in zip(a, b, strict=True)]
        assert measure(a, b, 5000, 7000).tolist() == pytest.approx(alone, rel=1e-12)


TEXTS = {
    "japan-1.md": ("Japan", ["Security is human security.", "Human security and mines."]),
    "japan-2.md": ("Japan", ["Mines are cleared here today.", "We thank the chair of the meeting."]),
    "chile-1.md": ("Chile", ["Copper and mines, mines and copper.", "The security of the sea is ours."]),
    "chile-2.md": ("Chile", ["Copper is mined and sold abroad."]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    texts = folder / "texts"
    texts.mkdir()
    for number, (name, (speaker, paragraphs)) in enumerate(TEXTS.items()):
        head = f"---\nspeaker: {speaker}\ndate: 2020-01-0{number + 1}\nlanguage: en\n---\n\n"
        (texts / name).write_text(head + "\n\n".join(paragraphs) + "\n", "utf-8")
        update(texts, into=folder / "index")  # a segment each, with words of its own
    return folder / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


def words_of(speaker: str) -> Counter[str]:
    texts = [text for name, paragraphs in TEXTS.values() if name == speaker for text in paragraphs]
    return Counter(word.casefold() for text in texts for word in read_words(text))


def test_words_are_counted_as_by_hand(index: Index) -> None:
    result = index.compare("speaker:japan", "speaker:chile", words=1000, minimum=1)
    ours, theirs = words_of("Japan"), words_of("Chile")
    assert {one.word: (one.a, one.b) for one in result.words} == {
        word: (ours[word], theirs[word]) for word in ours.keys() | theirs.keys()
    }
    assert (result.a.words, result.b.words) == (ours.total(), theirs.total())
    assert result.both == 0


def test_the_words_of_a_side_are_in_the_order_of_their_measure(index: Index) -> None:
    result = index.compare("speaker:japan", "speaker:chile", words=3, minimum=2)
    assert next(one.word for one in result.words if one.side == "a") == "human"
    assert next(one.word for one in result.words if one.side == "b") == "copper"
    told = [one.log_likelihood for one in result.words if one.side == "a"]
    assert told == sorted(told, reverse=True)
    assert all(one.a + one.b >= 2 for one in result.words)


def test_a_question_is_counted_on_each_side(index: Index) -> None:
    result = index.compare("speaker:japan", "speaker:chile", "mines", mode="exact")
    rates = {rate.unit: (rate.a, rate.of_a, rate.b, rate.of_b) for rate in result.rates}
    assert rates == {
        "occurrences": (2, result.a.words, 2, result.b.words),
        "paragraphs": (2, 4, 1, 3),
        "statements": (2, 2, 1, 2),
    }


def test_a_side_may_be_words(index: Index) -> None:
    result = index.compare("security", "mines", "human")
    assert (result.a.paragraphs, result.b.paragraphs, result.both) == (3, 4, 1)
    assert [rate.a for rate in result.rates] == [2, 2, 1]


def test_what_is_asked_of_several_things_at_once_has_no_occurrences(index: Index) -> None:
    result = index.compare("speaker:japan", "speaker:chile", "human security")
    assert [rate.unit for rate in result.rates] == ["paragraphs", "statements"]
    assert "What asks for several things at once has paragraphs and no occurrences." in result.notes


def test_a_measure_that_is_none_is_refused(index: Index) -> None:
    with pytest.raises(QueryError) as refused:
        index.compare("japan", "chile", measure="tfidf")
    assert str(refused.value) == '"tfidf" is no measure of words; write ll or log-ratio or chi2.'


def test_the_command_takes_a_side_that_leaves_something_out(folder: Path) -> None:
    asked = ["compare", "speaker:japan", "-speaker:japan", "mines", "--json", "-i", str(folder)]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["unit"] for row in rows] == ["occurrences", "paragraphs", "statements"]
    assert "every paragraph; not speaker Japan" in done.stderr
