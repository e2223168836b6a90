"""The measures of relevance are those of the literature, and the benchmark of relevance still runs."""

from __future__ import annotations

import itertools
import json
import random
import statistics
import subprocess
import sys
from collections.abc import Sequence
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.goals import Goal
from benchmarks.relevance.capitals import Occurrence, first_for_capitals
from benchmarks.relevance.collection import Collection, collections_below, plain_words, typed_words
from benchmarks.relevance.general_debate import general_debate, share_judged
from benchmarks.relevance.measures import average_precision, ndcg, precision, recall
from benchmarks.relevance.randomisation import randomisation_p
from benchmarks.relevance.ranker import why_left_out
from benchmarks.relevance.scores import score

ROOT = Path(__file__).parent.parent
DOCUMENTS = "abcdefgh"
# Answers at places 1, 3 and 6 of ten, of four that there are.
RANKED = ["R", "x", "S", "y", "z", "T", "u", "v", "w", "q"]
FOUR = dict.fromkeys("RSTU", 1)

rankings = st.permutations(DOCUMENTS).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda count: order[:count])
)
judgements = st.dictionaries(st.sampled_from(DOCUMENTS + "xyz"), st.integers(0, 2), min_size=1)


def test_average_precision_is_the_mean_of_precisions_at_each_answer() -> None:
    assert average_precision(RANKED, FOUR) == pytest.approx((1 / 1 + 2 / 3 + 3 / 6) / 4)


def test_precision_counts_places_that_are_empty() -> None:
    assert precision(["R"], FOUR, depth=5) == 0.2


def test_precision_may_ask_for_a_gain() -> None:
    assert precision(["a", "b"], {"a": 2, "b": 1}, depth=2, least=2) == 0.5


def test_what_was_judged_is_told_from_what_was_not() -> None:
    assert precision(["a", "x"], {"a": 0, "b": 1}, depth=2, least=0) == 0.5


def test_recall_is_of_all_answers() -> None:
    assert recall(RANKED, FOUR, depth=5) == 0.5


def test_ndcg_discounts_by_place_and_compares_with_the_best_order() -> None:
    # Järvelin and Kekäläinen's gains 3, 2, 3, 0, 1, 2, of which the best order is 3, 3, 2, 2, 1, 0.
    gains = dict(zip("abcdef", (3, 2, 3, 0, 1, 2), strict=True))
    found, best = (3, 2, 3, 0, 1, 2), (3, 3, 2, 2, 1, 0)
    expected = _discounted(found) / _discounted(best)
    assert ndcg(list("abcdef"), gains, depth=6) == pytest.approx(expected)
    assert expected == pytest.approx(0.9608, abs=5e-5)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


@given(rankings, judgements)
def test_the_measures_are_those_of_trec_eval(ranked: list[str], gains: dict[str, int]) -> None:
    pytrec_eval = pytest.importorskip("pytrec_eval")
    names = {"ndcg_cut_10", "map", "recall_100", "P_5", "ndcg_cut_5"}
    scored = {document: float(-place) for place, document in enumerate(ranked)}
    told = pytrec_eval.RelevanceEvaluator({"t": gains}, {"ndcg_cut", "map", "recall", "P"})
    theirs = told.evaluate({"t": scored or {"nothing": 0.0}})["t"]
    ours = {
        "ndcg_cut_10": ndcg(ranked, gains, depth=10),
        "ndcg_cut_5": ndcg(ranked, gains, depth=5),
        "map": average_precision(ranked, gains),
        "recall_100": recall(ranked, gains, depth=100),
        "P_5": precision(ranked, gains, depth=5),
    }
    assert ours == pytest.approx({name: theirs[name] for name in names})


@given(rankings, judgements)
def test_every_measure_lies_between_nothing_and_all(ranked: list[str], gains: dict[str, int]) -> None:
    depth = len(DOCUMENTS)
    for measured in (
        ndcg(ranked, gains, depth=depth),
        average_precision(ranked, gains),
        recall(ranked, gains, depth=depth),
        precision(ranked, gains, depth=depth),
    ):
        assert 0 <= measured <= 1 + 1e-12


@given(judgements)
def test_the_best_order_has_all_of_the_gain(gains: dict[str, int]) -> None:
    best = sorted(gains, key=lambda document: -gains[document])
    assert ndcg(best, gains, depth=10) == pytest.approx(1.0 if any(gains.values()) else 0.0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9))
def test_p_is_that_of_all_ways_to_toss(pairs: list[tuple[int, int]]) -> None:
    one, other = [pair[0] / 9 for pair in pairs], [pair[1] / 9 for pair in pairs]
    observed = abs(sum(one) - sum(other)) - 1e-9
    tossed = [
        abs(sum(sign * (first - second) for sign, first, second in zip(signs, one, other, strict=True)))
        for signs in itertools.product((1, -1), repeat=len(pairs))
    ]
    exact = statistics.fmean(sum_ >= observed for sum_ in tossed)
    assert randomisation_p(one, other) == pytest.approx(exact, abs=0.025)


def test_p_is_the_same_every_time_and_either_way() -> None:
    chance = random.Random(1)
    one, other = ([chance.random() for _ in range(40)] for _ in range(2))
    assert randomisation_p(one, other) == randomisation_p(one, other) == randomisation_p(other, one)


def test_a_difference_on_every_topic_is_no_chance() -> None:
    assert randomisation_p([0.5] * 50, [0.4] * 50) < 0.001


def test_a_topic_that_nothing_answers_is_left_out(tmp_path: Path) -> None:
    collection = write_collection(tmp_path / "one", qrels="1\ta\t1\n2\ta\t0\n")
    assert collection.gains() == {"1": {"a": 1}}


def test_a_topic_that_was_not_answered_counts_as_nothing() -> None:
    scores = score({"1": ["a"]}, {"1": {"a": 1}, "2": {"a": 1}})
    assert (scores.mean("nDCG@10"), scores.none_found) == (0.5, 0.5)


def test_paragraphs_and_title_are_one_text(tmp_path: Path) -> None:
    documents = [{"id": "a", "title": "T", "paragraphs": ["one", "two"]}, {"id": "b", "text": ""}]
    collection = write_collection(tmp_path / "one", documents=documents)
    assert [tuple(document) for document in collection.documents()] == [("a", "T one two", None)]


def test_only_folders_with_all_three_files_are_collections(tmp_path: Path) -> None:
    write_collection(tmp_path / "one")
    (tmp_path / "other").mkdir()
    assert [collection.name for collection in collections_below(tmp_path)] == ["one"]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("what did Japan say?", "what did Japan say"),
        ('"air-to-air" (or) NOT -this', "air-to-air or not this"),
        ("- من هو جمال؟", "من هو جمال؟"),
        ("speaker:japan 2(4) a*b ~", "speaker japan 2 4 a b"),
        ("l'identité « nationale »", "l'identité nationale"),
    ],
)
def test_signs_of_query_languages_are_taken_off(topic: str, words: str) -> None:
    assert " ".join(typed_words(topic)) == words


def test_marks_stay_with_their_letters() -> None:
    assert plain_words("مَن e\u0301t, x-y") == ["مَن", "e\u0301t", "x", "y"]


def test_a_hit_is_first_for_its_capitals_where_another_has_more_of_the_word() -> None:
    assert first_for_capitals([Occurrence(1, True, 90), Occurrence(3, False, 90)], 90.0)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (Occurrence(3, True, 90), Occurrence(1, False, 90), "it has more of the word"),
        (Occurrence(1, False, 90), Occurrence(3, False, 90), "it has no capitals"),
        (Occurrence(1, True, 90), Occurrence(3, True, 90), "the other has capitals too"),
        (Occurrence(1, True, 20), Occurrence(1, False, 90), "it is shorter"),
    ],
)
def test_a_hit_that_is_first_for_another_reason_does_not_count(
    first: Occurrence, second: Occurrence, why: str
) -> None:
    assert not first_for_capitals([first, second], 90.0), why


def test_a_goal_may_be_a_least() -> None:
    assert not Goal("f", 0.95, "words", at_least=True).holds(0.94)
    assert not Goal("f", 0.95, "words").holds(0.96)


def test_another_corpus_is_not_asked_about_the_general_debate(tmp_path: Path) -> None:
    assert share_judged(general_debate([], tmp_path / "debate")) == 0


def test_lucene_is_left_out_in_so_many_words_where_there_is_no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert why_left_out("Lucene") == "java and mvn not found"


def test_judged_collections_alone_are_measured_and_peers_runs_kept(tmp_path: Path) -> None:
    documents = [
        {"id": "a", "title": "", "text": "Landmines kill children.", "language": "en"},
        {"id": "b", "title": "", "text": "The children of the world.", "language": "en"},
        {"id": "c", "title": "", "text": "Trade in cereals.", "language": "en"},
    ]
    write_collection(tmp_path / "judged" / "small", documents=documents, topics="1\twhat kills a child?\n")
    first = run_relevance(tmp_path)
    assert "| small " in first
    assert "Goals" in first
    assert (tmp_path / "cache" / "small" / "FTS5.json").exists()
    assert run_relevance(tmp_path) == first


def run_relevance(folder: Path) -> str:
    command = [sys.executable, "-m", "benchmarks", "--only", "relevance", "--quick"]
    options = {"--judged": folder / "judged", "--cache": folder / "cache", "--out": folder / "out.md"}
    told = [str(part) for option in options.items() for part in option]
    subprocess.run([*command, *told, "--without", "Lucene,bm25s"], cwd=ROOT, check=True, capture_output=True)
    _, _, tables = (folder / "out.md").read_text("utf-8").partition("## ")
    return tables


def write_collection(
    folder: Path,
    *,
    documents: Sequence[object] = ({"id": "a", "text": "one"},),
    topics: str = "1\tone\n",
    qrels: str = "1\ta\t1\n",
) -> Collection:
    folder.mkdir(parents=True)
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    (folder / "docs.jsonl").write_text(lines, "utf-8")
    (folder / "queries.tsv").write_text(topics, "utf-8")
    (folder / "qrels.tsv").write_text(qrels, "utf-8")
    return Collection(folder)
