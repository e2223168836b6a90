"""Sorted by ``statement``, the rest of what its statement says counts for a paragraph too."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query

from onrecord import Index, build, open_index

WORDS = ("mine", "ban", "canal", "ship", "river")
paragraph = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
texts = st.lists(st.lists(paragraph, min_size=1, max_size=6), min_size=1, max_size=6)

Words = list[str]
# What scores in a question: how often it stands in words, and the words whose rarities it has.
Leaf = tuple[Callable[[Words], int], tuple[str, ...]]


def word(asked: str) -> Leaf:
    return lambda words: words.count(asked), (asked,)


def phrase(first: str, second: str) -> Leaf:
    return lambda words: list(pairwise(words)).count((first, second)), (first, second)


QUESTIONS: dict[str, tuple[list[Leaf], Callable[[Words], bool]]] = {
    "mine": ([word("mine")], lambda words: "mine" in words),
    "mine OR canal OR river": (
        [word("mine"), word("canal"), word("river")],
        lambda words: bool({"mine", "canal", "river"} & set(words)),
    ),
    "mine ban": ([word("mine"), word("ban")], lambda words: {"mine", "ban"} <= set(words)),
    '"mine ban" OR ship': (
        [phrase("mine", "ban"), word("ship")],
        lambda words: "ship" in words or phrase("mine", "ban")[0](words) > 0,
    ),
    "mine -ban": ([word("mine")], lambda words: "mine" in words and "ban" not in words),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("statements")


def indexed(folder: Path, statements: Sequence[Sequence[str | dict[str, str]]]) -> Index:
    lines = [
        json.dumps({"title": f"s{number}", "language": "en", "paragraphs": paragraphs})
        for number, paragraphs in enumerate(statements)
    ]
    (folder / "texts.jsonl").write_text("\n".join(lines), "utf-8")
    build(folder / "texts.jsonl", into=folder / "index")
    return open_index(folder / "index")


def bm25(counted: list[tuple[int, float]], length: int, *, average: float) -> float:
    """Score counts, each with its rarity, by the formula as it is printed (k1 1.2, b 0.75)."""
    norm = 1.2 * (1 - 0.75 + 0.75 * length / average)
    return sum(idf * tf * 2.2 / (tf + norm) for tf, idf in counted)


def by_hand(statements: list[list[Words]], asked: str) -> dict[tuple[str, int], float]:
    leaves, matches = QUESTIONS[asked]
    paragraphs = [words for statement in statements for words in statement]
    tokens = sum(map(len, paragraphs))
    held = {one: sum(one in words for words in paragraphs) for one in WORDS}
    rarity = {one: log(1 + (len(paragraphs) - n + 0.5) / (n + 0.5)) for one, n in held.items()}
    weights = [sum(map(rarity.__getitem__, words)) for _, words in leaves]
    scores = {}
    for number, statement in enumerate(statements):
        counts = [[count(words) for count, _ in leaves] for words in statement]
        whole = bm25(
            list(zip(map(sum, zip(*counts, strict=True)), weights, strict=True)),
            sum(map(len, statement)),
            average=tokens / len(statements),
        )
        for place, words in enumerate(statement):
            counted = list(zip(counts[place], weights, strict=True))
            own = bm25(counted, len(words), average=tokens / len(paragraphs))
            if matches(words):
                scores[f"s{number}", place + 1] = own + whole / 2
    return scores


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=texts, asked=st.sampled_from(sorted(QUESTIONS)))
def test_a_paragraph_scores_its_own_and_half_of_what_its_statement_would_score_as_one(
    folder: Path, statements: list[list[Words]], asked: str
) -> None:
    with indexed(folder, [list(map(" ".join, statement)) for statement in statements]) as index:
        results = index.search(asked, mode="exact", sort="statement", limit=None)
        found = {(str(hit.title), hit.number): hit.score for hit in results}
        assert found == pytest.approx(by_hand(statements, asked), rel=1e-5)
        assert [hit.score for hit in results] == sorted(found.values(), reverse=True)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statements=texts,
    typed=st.sampled_from([*QUESTIONS, "m*", '"mine … ban"', '"mine ban"~3', "NOT mine", "language:en ship"]),
    size=st.integers(1, 5),
)
def test_the_same_is_found_and_counted_in_another_order(
    folder: Path, statements: list[list[Words]], typed: str, size: int
) -> None:
    with indexed(folder, [list(map(" ".join, statement)) for statement in statements]) as index:
        plain, whole = (
            index.search(typed, sort=sort, limit=None, fold=False) for sort in ("relevance", "statement")
        )
        assert {hit.address for hit in whole} == {hit.address for hit in plain}
        assert (whole.total, whole.statements) == (plain.total, plain.statements)
        page = index.search(typed, sort="statement", limit=size)
        assert [(hit.address, hit.score) for hit in page] == [
            (hit.address, hit.score) for hit in whole[:size]
        ]


ABOUT = [
    "We came here to speak of the mines.",
    "Children step on the mines and lose a leg, and mines lie in every field.",
    "The ban is what we ask of you today.",
]
OTHER = ["The canal is open to all.", "The ban is what we ask of you today.", "Let ships of all flags pass."]


def test_of_two_paragraphs_alike_that_comes_first_whose_statement_is_about_it(tmp_path: Path) -> None:
    with indexed(tmp_path, [OTHER, ABOUT]) as index:
        plain, whole = (
            {hit.title: hit.score for hit in index.search("ban OR mines", sort=sort) if hit.text == ABOUT[2]}
            for sort in ("relevance", "statement")
        )
        assert plain["s0"] == plain["s1"]
        assert whole["s0"] < whole["s1"]


def test_a_greeting_stays_below_the_substance_of_its_statement(tmp_path: Path) -> None:
    greeting = {"text": "Mr. President, Excellencies,", "role": "greeting"}
    text: list[str | dict[str, str]] = [
        greeting,
        "The President of the Conference has spoken of the mines at length.",
    ]
    with indexed(tmp_path, [text]) as index:
        assert [hit.number for hit in index.search("president", sort="statement")] == [2, 1]


def test_a_tree_that_only_whoosh_knows_is_ordered_by_its_own_scores(tmp_path: Path) -> None:
    tree = query.DisjunctionMax([query.Term("text", "mines"), query.Term("text", "ban")])
    with indexed(tmp_path, [OTHER, ABOUT]) as index:
        assert [(hit.address, hit.score) for hit in index.search(tree, sort="statement")] == [
            (hit.address, hit.score) for hit in index.search(tree)
        ]
