"""Collocates: counted as a scan counts them, weighed as other programs weigh them."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracles.lines import small_words, stretches

from onrecord import Index, QueryError, build, open_index, update
from onrecord.search.cli import main
from onrecord.search.engine import stretches as engine_stretches
from onrecord.search.research.comparisons.collocates import CollocateMeasure, weighed
from onrecord.search.results.neighbours import Neighbour

WORDS = [
    *(
        "the",
        "of",
        "mine",
        "mines",
        "weapon",
        "weapons",
        "nuclear",
        "free",
        "zone",
        "treaty",
        "1",
        "76",
        "côte",
    ),
    *("united", "nations"),
]
SPEAKERS = ("Guinea", "Japan")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts in two segments, one of which has changed since."""
    folder, chance = tmp_path_factory.mktemp("near"), random.Random(4)
    (folder / "texts").mkdir()
    for numbers in (range(12), (*range(12, 20), 3)):
        for number in numbers:
            paragraphs = [
                f"Here {' '.join(chance.choices(WORDS, k=chance.randrange(1, 30)))}." for _ in range(3)
            ]
            text = f"---\nspeaker: {SPEAKERS[number % 2]}\nlanguage: en\n---\n\n" + "\n\n".join(paragraphs)
            (folder / "texts" / f"{number}.md").write_text(text + "\n", "utf-8")
        (update if (folder / "index").exists() else build)(folder / "texts", into=folder / "index")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder / "index") as opened:
        yield opened


def paragraphs(folder: Path, speaker: str | None) -> Iterator[list[str]]:
    for path in (folder / "texts").iterdir():
        _, facts, text = path.read_text("utf-8").split("---\n")
        if speaker is None or speaker in facts:
            yield from map(small_words, text.strip().split("\n\n"))


@given(
    phrase=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    window=st.integers(0, 6) | st.just(99),
    speaker=st.none() | st.sampled_from(SPEAKERS),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_counted_near_and_elsewhere_as_by_a_scan(
    index: Index,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    phrase: list[str],
    window: int,
    speaker: str | None,
) -> None:
    phrase = small_words(" ".join(phrase))
    near, elsewhere, places = Counter[str](), Counter[str](), 0
    for words in paragraphs(folder, speaker):
        found = stretches(words, [phrase])
        places += len(found)
        inside = {at for first, last in found for at in range(first, last)}
        around = {at for first, last in found for at in range(first - window, last + window)} - inside
        near.update(word for at, word in enumerate(words) if at in around)
        elsewhere.update(word for at, word in enumerate(words) if at not in around | inside)
    for many in (1 << 30, 0):
        monkeypatch.setattr(engine_stretches, "MANY", many)
        got = index.near(f'"{" ".join(phrase)}"', window=window, minimum=1, limit=None, speaker=speaker)
        assert (got.places, got.near_words, got.other_words) == (places, near.total(), elsewhere.total())
        assert {row.word: (row.near, row.elsewhere) for row in got} == {
            word: (count, elsewhere[word])
            for word, count in near.items()
            if count * elsewhere.total() > elsewhere[word] * near.total()
        }


TABLES = st.tuples(
    st.integers(1, 10**5), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**8)
).map(lambda drawn: (drawn[0], drawn[1], drawn[0] + drawn[2], drawn[1] + drawn[3] + 1))


@given(TABLES)
@settings(max_examples=1000)
def test_the_measures_are_those_of_their_definitions(table: tuple[int, int, int, int]) -> None:
    near, elsewhere, near_words, other_words = table
    row = weighed(Neighbour("x", near, elsewhere), near_words=near_words, other_words=other_words)
    # NLTK's BigramAssocMeasures, of n_ii, n_ix, n_xi and n_xx.
    n_ii, n_ix, n_xi, n_xx = near, near_words, near + elsewhere, near_words + other_words
    cells = (n_ii, n_xi - n_ii, n_ix - n_ii, n_xx - n_ix - n_xi + n_ii)
    with localcontext(prec=50):
        expected = [Decimal(cells[i] + cells[i ^ 1]) * (cells[i] + cells[i ^ 2]) / n_xx for i in range(4)]
        ll = 2 * sum(cell * (cell / mean).ln() for cell, mean in zip(cells, expected, strict=True) if cell)
    assert row.ll == pytest.approx(max(float(ll), 0), rel=1e-9, abs=1e-12)
    assert row.mi == pytest.approx(math.log2(n_ii * n_xx) - math.log2(n_ix * n_xi), rel=1e-9, abs=1e-9)
    assert row.dice == pytest.approx(2 * n_ii / (n_ix + n_xi), rel=1e-12)
    ratio = (near / near_words) / ((elsewhere or 0.5) / other_words)
    assert row.log_ratio == pytest.approx(math.log2(ratio), rel=1e-9, abs=1e-9)


@given(TABLES)
def test_likelihood_and_chance_are_those_of_scipy(table: tuple[int, int, int, int]) -> None:
    statistics = pytest.importorskip("scipy.stats")
    near, elsewhere, near_words, other_words = table
    cells = [[near, near_words - near], [elsewhere, other_words - elsewhere]]
    if not (cells[0][1] + cells[1][1]):
        return  # a table of one column has no likelihood
    found = statistics.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
    row = weighed(Neighbour("x", near, elsewhere), near_words=near_words, other_words=other_words)
    assert row.ll == pytest.approx(max(found.statistic, 0), rel=1e-9, abs=1e-6)
    # SciPy's own rounding may leave a little less than nothing, of which it has no chance.
    chance = found.pvalue if found.statistic >= 0 else 1.0
    assert row.p == pytest.approx(chance, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("measure", list(CollocateMeasure))
def test_the_strongest_come_first(index: Index, measure: CollocateMeasure) -> None:
    found = index.near("nuclear", measure=measure, minimum=2, limit=None)
    assert [row.word for row in found] == [
        row.word for row in sorted(found, key=lambda row: (-row.by(measure), row.word))
    ]
    assert found.total == len(found) > 2
    assert [row.word for row in index.near("nuclear", measure=measure.value, minimum=2, limit=2)] == [
        row.word for row in found[:2]
    ]


def test_a_word_that_stands_nowhere_has_no_collocates(index: Index) -> None:
    found = index.near("zebra")
    assert (len(found), found.total, found.places, found.near_words) == (0, 0, 0, 0)


def test_what_is_no_measure_is_refused(index: Index) -> None:
    with pytest.raises(QueryError) as error:
        index.near("mines", measure="t")
    assert str(error.value) == '"t" is no measure; write ll or log-ratio or mi or dice.'


def test_the_command_prints_a_table_or_a_line_of_json_each(folder: Path, index: Index) -> None:
    args = ["near", "nuclear", "--min", "2", "--limit", "4", "-i", str(folder / "index")]
    table = CliRunner().invoke(main, args)
    found = index.near("nuclear", minimum=2, limit=4)
    heading, *rows = table.stdout.splitlines()
    assert heading.split() == ["word", "near", "elsewhere", "ll", "log", "ratio", "mi", "dice"]
    assert [row.split()[:2] for row in rows] == [[row.word, f"{row.near:,}"] for row in found]
    assert f"{found.near_words:,} words near" in table.stderr
    lines = CliRunner().invoke(main, [*args, "--json"]).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [row.as_dict() for row in found]
    json.dumps(found.as_dict())
