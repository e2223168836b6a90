"""Questions made to take all there is are answered, or refused by the name of a limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import query

from onrecord import Index, build, open_index, update
from onrecord.indexer.errors import QueryError
from onrecord.search.language import read_filters
from onrecord.search.query import Constant, Filter, Near, Quotation, limits
from onrecord.search.query.expansion import fits
from onrecord.search.query.limits import LIMITS, QueryLimit

DOCUMENT = Path(__file__).parents[2] / "docs" / "limits.md"


def term(word: str = "mine") -> query.Query:
    return query.Term("text", word)


def deep(depth: int) -> query.Query:
    tree = term()
    for _ in range(depth):
        tree = query.And([tree, query.Not(term())])
    return tree


def endless() -> query.Query:
    tree = query.And([term()])
    tree.subqueries = [tree]
    return tree


BEYOND = [
    ('"' * 20_000, "LENGTH"),
    ("mine " * 1_001, "WORDS"),
    ('"' + "mine " * 1_001 + '"', "WORDS"),
    ("不" * 1_001, "WORDS"),
    ("(" * 51 + "mine" + ")" * 51, "DEPTH"),
    ("-(" * 26 + "mine" + ")" * 26, "DEPTH"),
    ("NOT " * 51 + "mine", "DEPTH"),
    ("m* " * 51, "PATTERNS"),
    ("mine~ " * 51, "PATTERNS"),
    ('"' + "m* " * 51 + '"', "PATTERNS"),
    ('"*m … *n" ' * 3, "OPEN_PATTERNS"),
    (Constant(Quotation("text", [["mine"] * 1_001])), "WORDS"),
    ("*m OR " * 5 + "*m", "OPEN_PATTERNS"),
    ("?m " * 6, "OPEN_PATTERNS"),
    ("m" * 51 + "~", "FUZZY_LENGTH"),
    ('"mine ban"~5 ' * 11, "NEAR_GROUPS"),
    (deep(100), "DEPTH"),
    (deep(100_000), "DEPTH"),
    (endless(), "DEPTH"),
    (query.Or([term()] * 1_001), "WORDS"),
    (Filter(query.Or([query.And([term()]) for _ in range(10_000)])), "WORDS"),
    (query.Phrase("text", ["mine"] * 1_001), "WORDS"),
    (Near("text", ["mine"] * 1_001, 5), "WORDS"),
    (Near("text", ["mine", "ban"], 10_000), "NEARNESS"),
    (query.And([Constant(query.Prefix("text", "m"))] * 51), "PATTERNS"),
    (query.Or([Constant(query.Wildcard("text", "*"))] * 6), "OPEN_PATTERNS"),
    (query.Or([query.Regex("text", ".*")] * 6), "OPEN_PATTERNS"),
    (Constant(query.FuzzyTerm("text", "mine", maxdist=1_000_000)), "FUZZY_DISTANCE"),
    (Constant(query.FuzzyTerm("text", "m" * 51)), "FUZZY_LENGTH"),
]


@pytest.mark.parametrize(("asked", "limit"), BEYOND, ids=lambda value: str(type(value).__name__)[:20])
def test_a_question_beyond_a_limit_is_refused_by_its_name(
    index: Index, asked: str | query.Query, limit: str
) -> None:
    with pytest.raises(QueryError) as caught:
        index.search(asked)
    assert (caught.value.limit, str(caught.value)) == (limit, getattr(limits, limit).sentence)


@pytest.mark.parametrize(
    "asked",
    [
        "m*" + "*" * 9_000,
        "m" + "*n" * 400,
        '"' + "m* " * 50 + '"',
        '"' + "the … " * 1_000 + '"',
        '"' + "*a … " * 5 + '"',
        '"the ' + "“" * 9_000 + '"',
        '“a" ' * 1_000,
        "peace " + "[" * 9_000,
        "51" + "(2)" * 900,
        "mine " * 1_000,
        '"' + "the " * 1_000 + '"',
        '"' + "the " * 1_000 + '"~9999',
        "m" * 10_000,
        "a" + "\u0301\u0323" * 4_999,
        "(" * 50 + "mine" + ")" * 50,
        "(mine -(ban OR " * 16 + "peace" + ")" * 32,
        "date:0001..9999",
        "speaker:" + "a" * 9_000,
        query.Every(),
        Constant(query.Wildcard("text", "*")),
        Constant(query.Wildcard("text", "?*?*?")),
        deep(45),
        query.NullQuery,
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_question_within_the_limits_is_answered(index: Index, asked: str | query.Query) -> None:
    assert index.search(asked).total >= 0


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        (query.Term("text", 5), "A Term asks for what is no text; give it strings."),
        (query.Term("text", "\ud800"), "A Term asks for what is no text; give it strings."),
        (query.Phrase("text", ["mine", "\udcff"]), "A Phrase asks for what is no text; give it strings."),
        (query.Term("text", "a", boost=float("nan")), "A Term has a boost that is no number; give it one."),
        (query.ColumnQuery("speaker", "a"), "A ColumnQuery cannot be searched for; ask with other nodes."),
        (
            query.Regex("text", "("),
            "Whoosh cannot answer this Regex (missing ), unterminated subpattern at position 0);"
            " correct the tree.",
        ),
        (query.Every("nowhere"), "Whoosh cannot answer this Every (No field 'nowhere'); correct the tree."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_tree_that_is_not_well_made_is_refused(index: Index, tree: query.Query, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        index.search(tree)
    assert str(caught.value) == sentence


def test_a_filter_beyond_a_limit_is_refused() -> None:
    with pytest.raises(QueryError) as long:
        read_filters(speaker="a" * 10_001)
    with pytest.raises(QueryError) as many:
        read_filters(speaker=["a"] * 1_001)
    assert (long.value.limit, many.value.limit) == ("LENGTH", "WORDS")


def test_a_word_of_many_stars_is_held_against_a_long_word_in_the_time_of_its_length() -> None:
    assert not fits(query.Wildcard("text", "*a" * 500 + "b"))("a" * 100_000)


@pytest.mark.parametrize(
    ("wildcards", "word", "fit"),
    [
        ("a*b*c", "abc", True),
        ("a*b*c", "axbxbxc", True),
        ("a*b*c", "acb", False),
        ("*ab*ab", "abab", True),
        ("*ab*ab", "aba", False),
        ("?*?", "ab", True),
        ("?*?", "a", False),
        ("m?n*", "mine", True),
        ("a.c", "abc", False),
    ],
)
def test_stars_stand_for_any_letters(wildcards: str, word: str, fit: bool) -> None:
    assert bool(fits(query.Wildcard("text", wildcards))(word)) is fit


def test_whoosh_answers_from_every_segment(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{name}.txt").write_text("The canal is ours.\n")
        (update if name == "other" else build)(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search(query.Variations("text", "canal")).total == 2


def test_whoosh_is_given_so_much_time(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "onrecord.search.engine.whoosh_fallback.TIME", QueryLimit("TIME", -1, limits.TIME.sentence)
    )
    with pytest.raises(QueryError) as caught:
        index.search(query.Every("text"))
    assert caught.value.limit == "TIME"


def test_limits_are_called_by_their_names() -> None:
    assert [limit for limit in LIMITS if getattr(limits, limit.name) is not limit] == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_the_document_holds_every_limit_and_its_sentence(limit: QueryLimit) -> None:
    text = " ".join(DOCUMENT.read_text("utf-8").split())
    assert (f"`{limit.name}`" in text, limit.sentence in text) == (True, True)
