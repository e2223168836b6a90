"""Our query nodes, evaluated by stock Whoosh: what they find and what they score."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.filedb.filestore import RamStorage

from onrecord.indexer.whoosh.schema import Words
from onrecord.search.query import Constant, Either, ExactPhrase, Filter, Inflected, Near, Quotation, Without
from onrecord.search.query.quotation import Slot

SCHEMA = fields.Schema(name=fields.ID(stored=True, unique=True), text=Words())
# Each list is a segment.
SEGMENTS = [["mine", "mine field", "field"], ["bomb", "mine bomb", "peace"]]
LETTERS = st.lists(st.sampled_from(["a", "b", "ab", "ba"]), max_size=8).map(" ".join)
WORDS = st.lists(st.sampled_from("abc"), max_size=8).map(" ".join)


@contextmanager
def searching(segments: list[list[str]], deleted: Set[str] = frozenset()) -> Iterator[Any]:
    """Index texts, a segment each list, and search them; a document's name is ``segment.place``."""
    index = RamStorage().create_index(SCHEMA)
    for number, texts in enumerate(segments):
        writer = index.writer()
        for place, text in enumerate(texts):
            writer.add_document(name=f"{number}.{place}", text=text)
        writer.commit(merge=False)
    if deleted:
        writer = index.writer()
        for name in sorted(deleted):
            writer.delete_by_term("name", name)
        writer.commit(merge=False)
    with index.searcher() as searcher:
        yield searcher


def scores(
    tree: query.Query, segments: list[list[str]] = SEGMENTS, *, terms: bool = False
) -> dict[str, float]:
    with searching(segments) as searcher:
        return {hit["name"]: hit.score for hit in searcher.search(tree, limit=None, terms=terms)}


def word(text: str) -> query.Term:
    return query.Term("text", text)


def stands_near(words: list[str], text: str, within: int) -> bool:
    """Try every choice of places for the words."""
    stream = text.split()
    places = [[place for place, one in enumerate(stream) if one == wanted] for wanted in words]
    return any(
        len(set(chosen)) == len(words) and max(chosen) - min(chosen) + 1 - len(words) <= within
        for chosen in product(*places)
    )


@settings(max_examples=300, deadline=None)
@given(
    segments=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3),
    deleted=st.sets(st.sampled_from(["0.0", "0.1", "1.0", "2.0"])),
    words=st.lists(st.sampled_from("abc"), min_size=2, max_size=4),
    within=st.integers(0, 4),
)
def test_near_finds_what_a_search_by_hand_finds(
    segments: list[list[str]], deleted: set[str], words: list[str], within: int
) -> None:
    by_hand = {
        f"{number}.{place}"
        for number, texts in enumerate(segments)
        for place, text in enumerate(texts)
        if stands_near(words, text, within)
    } - deleted
    tree = Near("text", words, within)
    with searching(segments, deleted) as searcher:
        found = {hit["name"] for hit in searcher.search(tree, limit=None)}
        first = {hit["name"] for hit in searcher.search(tree, limit=100)}
        among = {hit["name"] for hit in searcher.search(query.And([tree, word(words[0])]), limit=None)}
        whole = {searcher.stored_fields(document)["name"] for document in tree.docs(searcher)}
    assert found == first == among == whole == by_hand


SLOTS: dict[str, Slot] = {
    "a": "a",
    "b": "b",
    "ab": "ab",
    "a*": query.Prefix("text", "a"),
    "?": query.Wildcard("text", "?"),
}
RUNS = st.lists(st.lists(st.sampled_from(sorted(SLOTS)), min_size=1, max_size=3), min_size=1, max_size=3)


def is_quoted(runs: list[list[str]], text: str) -> bool:
    """Look for a quotation letter by letter."""
    spelt = [" ".join(run).replace("*", "[^ ]*").replace("?", "[^ ]") for run in runs]
    return re.search(f" {' (?:[^ ]+ )*'.join(spelt)} ", f" {text} ") is not None


@settings(max_examples=300, deadline=None)
@given(
    segments=st.lists(st.lists(LETTERS, min_size=1, max_size=4), min_size=1, max_size=3),
    deleted=st.sets(st.sampled_from(["0.0", "0.1", "1.0", "2.0"])),
    runs=RUNS,
)
def test_a_quotation_finds_what_a_search_by_hand_finds(
    segments: list[list[str]], deleted: set[str], runs: list[list[str]]
) -> None:
    by_hand = {
        f"{number}.{place}"
        for number, texts in enumerate(segments)
        for place, text in enumerate(texts)
        if is_quoted(runs, text)
    } - deleted
    tree = Quotation("text", [[SLOTS[slot] for slot in run] for run in runs])
    with searching(segments, deleted) as searcher:
        found = {hit["name"] for hit in searcher.search(tree, limit=None)}
        among = {hit["name"] for hit in searcher.search(query.And([tree, query.Every()]), limit=None)}
    assert found == among == by_hand


def test_a_quotation_prints_as_it_is_typed() -> None:
    tree = Quotation("text", [["we", query.Wildcard("text", "m?st")], [query.Prefix("text", "act")]])
    assert str(tree) == 'text:"we m?st … act*"'


def test_quotations_are_equal_when_all_they_say_is() -> None:
    trees = {Quotation("text", runs) for runs in ([["a", "b"]], [["a", "b"]], [["a"], ["b"]])}
    assert len(trees) == 2


def test_a_quotation_names_its_words_when_phrases_are_asked_for() -> None:
    tree = Quotation("text", [["a", query.Prefix("text", "b")], ["c"]])
    assert (list(tree.terms(phrases=True)), list(tree.terms())) == ([("text", "a"), ("text", "c")], [])


@settings(max_examples=200, deadline=None)
@given(
    segments=st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=2),
    deleted=st.sets(st.sampled_from(["0.0", "0.3", "1.1"])),
)
def test_without_finds_what_a_search_by_hand_finds(segments: list[list[str]], deleted: set[str]) -> None:
    by_hand = {
        f"{number}.{place}"
        for number, texts in enumerate(segments)
        for place, text in enumerate(texts)
        if "a" in text and "b" not in text
    } - deleted
    with searching(segments, deleted) as searcher:
        hits = searcher.search(Without(word("a"), word("b")), limit=None)
        assert {hit["name"] for hit in hits} == by_hand


def test_without_checks_the_first_match() -> None:
    assert scores(Without(word("a"), word("b")), [["b", "a b"]]) == {}


def test_without_scores_what_is_wanted() -> None:
    mines = scores(word("mine"))
    del mines["1.1"]
    assert scores(Without(word("mine"), word("bomb"))) == mines


@pytest.mark.parametrize(
    ("words", "text", "within", "why"),
    [
        (["a", "b"], "a b", 0, "side by side leaves no other word"),
        (["a", "b"], "b a", 0, "any order"),
        (["a", "b"], "a x x b", 2, "two words between"),
        (["a", "a"], "a x a", 1, "a word given twice stands in two places"),
        (["a", "b", "c"], "b x a x x b c", 2, "the closest choice counts"),
    ],
)
def test_near_matches(words: list[str], text: str, within: int, why: str) -> None:
    assert scores(Near("text", words, within), [[text]]), why


@pytest.mark.parametrize(
    ("words", "text", "within", "why"),
    [
        (["a", "b"], "a x x b", 1, "one word too many"),
        (["a", "a"], "a x x", 5, "the second place is missing"),
        (["a", "b"], "a", 5, "a word is missing"),
        (["a", "b", "c"], "a x b x c", 1, "others are counted in all, not from word to word"),
    ],
)
def test_near_passes_over(words: list[str], text: str, within: int, why: str) -> None:
    assert not scores(Near("text", words, within), [[text]]), why


def test_near_scores_the_sum_of_its_terms() -> None:
    both = scores(query.And([word("mine"), word("bomb")]))
    assert scores(Near("text", ["mine", "bomb"], 0)) == pytest.approx(both)


def test_near_scores_a_word_given_twice_twice_as_a_phrase_does() -> None:
    segments = [["a a", "b"]]
    phrase = scores(ExactPhrase("text", ["a", "a"]), segments)
    assert scores(Near("text", ["a", "a"], 0), segments) == pytest.approx(phrase)


def test_a_phrase_scores_how_often_it_stands_there() -> None:
    once, twice = (
        scores(ExactPhrase("text", ["a", "b"]), [[text, "c"]]) for text in ("a b a c b", "a b a a b")
    )
    assert once["0.0"] < twice["0.0"]


def test_near_keeps_a_boost() -> None:
    plain = scores(Near("text", ["mine", "bomb"], 0))
    boosted = scores(Near("text", ["mine", "bomb"], 0).with_boost(2.0))
    assert boosted == pytest.approx({name: 2 * score for name, score in plain.items()})


def test_near_gives_the_span_of_its_words() -> None:
    with searching([["x a y b"]]) as searcher:
        spans = Near("text", ["b", "a"], 1).matcher(searcher).spans()
    assert [(span.start, span.end) for span in spans] == [(1, 3)]


def test_a_near_matcher_begins_again_after_reset() -> None:
    with searching([["a b", "a x b", "b a"]]) as searcher:
        matcher = Near("text", ["a", "b"], 0).matcher(searcher)
        found = list(matcher.all_ids())
        matcher.reset()
        again = list(matcher.all_ids())
    assert found == again == [0, 2]


def test_near_names_its_words_when_phrases_are_asked_for() -> None:
    tree = Near("text", ["a", "b"], 5)
    assert (list(tree.terms(phrases=True)), list(tree.terms())) == ([("text", "a"), ("text", "b")], [])


def test_nears_are_equal_when_all_they_say_is() -> None:
    trees = {Near("text", ["a", "b"], 5), Near("text", ["a", "b"], 5), Near("text", ["a", "b"], 4)}
    assert len(trees) == 2


def test_near_prints_as_it_is_typed() -> None:
    assert str(Near("text", ["a", "b"], 5)) == 'text:"a b"~5'


@pytest.mark.parametrize("terms", [False, True])
@pytest.mark.parametrize(
    "child",
    [word("mine"), query.Prefix("text", "mi"), query.Or([word("mine"), word("bomb"), word("field")])],
)
def test_a_constant_scores_the_same_everywhere(child: query.Query, terms: bool) -> None:
    assert set(scores(Constant(child, score=1.0), terms=terms).values()) == {1.0}


@pytest.mark.parametrize("terms", [False, True])
def test_a_filter_scores_nothing(terms: bool) -> None:
    assert scores(Filter(word("bomb")), terms=terms) == {"1.0": 0.0, "1.1": 0.0}


@pytest.mark.parametrize("terms", [False, True])
def test_a_filter_adds_nothing_to_what_must_hold_too(terms: bool) -> None:
    narrowed = scores(query.And([word("mine"), Filter(word("bomb"))]), terms=terms)
    assert narrowed == {"1.1": scores(word("mine"))["1.1"]}


@pytest.mark.parametrize("others", [[], ["field"], ["field", "peace"]])
def test_either_keeps_what_only_a_filter_matches(others: list[str]) -> None:
    tree = Either([word("mine"), Filter(word("bomb")), *(Filter(word(other)) for other in others)])
    mines = scores(word("mine"))
    wanted = {"mine", "bomb", *others}
    by_hand = {
        f"{number}.{place}": mines.get(f"{number}.{place}", 0.0)
        for number, segment in enumerate(SEGMENTS)
        for place, text in enumerate(segment)
        if not wanted.isdisjoint(text.split())
    }
    assert scores(tree) == by_hand


def test_a_filter_that_matches_nothing_is_no_trouble() -> None:
    assert scores(Filter(word("absent"))) == {}


def test_a_filter_keeps_its_name_when_the_tree_is_changed() -> None:
    tree = query.And([Filter(word("a"), described="speaker A"), word("b")]).accept(lambda node: node)
    assert tree[0].described == "speaker A"


def test_a_word_keeps_its_forms_when_the_tree_is_changed() -> None:
    tree = query.And([Inflected("mines", ["en:mine"]), word("b")]).accept(lambda node: node)
    assert tree[0].word == "mines"


def test_a_word_stays_itself_when_normalized() -> None:
    tree = Inflected("mines", ["en:mine"])
    assert tree.normalize() is tree


def test_a_word_stays_one_when_it_is_simplified() -> None:
    word_in_two_languages = Inflected("mines", ["en:mine", "fr:min"])
    with searching(SEGMENTS) as searcher:
        assert word_in_two_languages.simplify(searcher.reader()) is word_in_two_languages


def test_nodes_can_be_copied_deeply() -> None:
    tree = query.And([Inflected("mines", ["en:mine"]), Filter(word("a")), Near("text", ["a", "b"], 1)])
    tree = query.And([tree, Constant(Quotation("text", [["a"], [query.Prefix("text", "b")]]))])
    assert copy.deepcopy(tree) == tree
