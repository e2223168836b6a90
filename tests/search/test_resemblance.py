"""Near-identical statements are linked where their runs of words say so, and folded when asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from oracles.speeches import Speech, write

from onrecord import Folded, Index, build, open_index
from onrecord.indexer.segments.writing.sketcher import RUN, Sketcher
from onrecord.indexer.segments.writing.vocabulary import Vocabulary
from onrecord.search.duplicates.resemblance import ALIKE, estimated

WORDS = [f"word{number}" for number in range(3000)]


def spoken(seed: int, *, words: int = 400) -> list[str]:
    """Make up a speech."""
    return random.Random(seed).choices(WORDS, k=words)


def edited(words: Sequence[str], *, every: int) -> list[str]:
    """Write another word in place of every so many."""
    return [f"other{at}" if at % every == 0 else word for at, word in enumerate(words)]


def runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def resemblance(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how much of the wording of two texts is common, by comparing all of it."""
    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def by_sketch(one: Sequence[str], other: Sequence[str]) -> float:
    vocabulary = Vocabulary()
    read = vocabulary.read([" ".join(one), " ".join(other)])
    sketches = Sketcher().sketch(read, vocabulary.spellings, paragraphs=[1, 1])
    return float(estimated(sketches[0], sketches[1]))


@pytest.mark.parametrize("words", [200, 400, 3000])
@pytest.mark.parametrize("every", [3, 8, 15, 50])
def test_a_sketch_estimates_what_a_comparison_of_all_runs_says(words: int, every: int) -> None:
    pairs = [(text, edited(text, every=every)) for text in (spoken(seed, words=words) for seed in range(20))]
    errors = [by_sketch(*pair) - resemblance(*pair) for pair in pairs]
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.1


def test_capitals_and_ends_of_paragraphs_make_no_difference() -> None:
    vocabulary, words = Vocabulary(), spoken(1)
    shouted = " ".join(words[200:]).upper()
    read = vocabulary.read([" ".join(words), " ".join(words[:200]), shouted])
    one, other = Sketcher().sketch(read, vocabulary.spellings, paragraphs=[1, 2])
    assert np.array_equal(one, other)


def test_fewer_than_fifty_words_have_no_sketch() -> None:
    vocabulary = Vocabulary()
    read = vocabulary.read([" ".join(spoken(1, words=49)), " ".join(spoken(1, words=50))])
    assert len(Sketcher().sketch(read, vocabulary.spellings, paragraphs=[1, 1])) == 1


def test_a_sketch_depends_on_no_other_text() -> None:
    words = " ".join(spoken(1))
    alone, among = Vocabulary(), Vocabulary()
    one = Sketcher().sketch(alone.read([words]), alone.spellings, paragraphs=[1])
    read = among.read([" ".join(spoken(2)), words])
    assert np.array_equal(Sketcher().sketch(read, among.spellings, paragraphs=[1, 1])[1], one[0])


@pytest.fixture
def indexed(tmp_path: Path) -> Callable[..., Index]:
    """Index speeches, each in a file of its own."""

    def opened(**speeches: Speech) -> Index:
        texts = write(tmp_path / "texts", {name: (speech,) for name, speech in speeches.items()})
        build(texts, into=tmp_path / "index")
        return open_index(tmp_path / "index")

    return opened


def said(words: Sequence[str], **facts: str | None) -> Speech:
    return Speech(f"here {' '.join(words[:200])}\nhere {' '.join(words[200:])}", **facts)  # type: ignore[arg-type]


def links(index: Index) -> set[frozenset[str]]:
    """Return the pairs of files whose statements are linked, as `show` has it."""
    hits = index.search("here", limit=None).hits
    file_of = {hit.statement: Path(hit.source).stem for hit in hits}
    return {
        frozenset({file_of[slug], file_of[other]})
        for slug in file_of
        for other in index.show(slug).hits[0].also_as
    }


def test_links_are_those_that_a_comparison_of_all_with_all_gives(indexed: Callable[..., Index]) -> None:
    texts = {
        f"{name}{every}": edited(spoken(seed), every=every)
        for seed, name in enumerate("abcde")
        for every in (3, 15, 400)
    }
    with indexed(**{name: said(words) for name, words in texts.items()}) as index:
        assert links(index) == {
            frozenset(pair)
            for pair in combinations(texts, 2)
            if resemblance(*map(texts.get, pair)) > ALIKE  # type: ignore[arg-type]
        }


TEXT = spoken(7)
ANEW = edited(TEXT, every=20)


@pytest.mark.parametrize(
    ("one", "other", "linked", "why"),
    [
        (said(TEXT), said(ANEW), True, "as prepared and as delivered"),
        (said(TEXT), said(ANEW, date=None), True, "posted again without its date"),
        (said(TEXT), said(ANEW, date="2021"), True, "dated by the year"),
        (said(TEXT), said(TEXT, place=None), True, "the same without its place"),
        (said(TEXT), said(ANEW, speaker=None), True, "a speaker who is not known"),
        (said(TEXT), said(ANEW, date="2022-09-20"), False, "read out again in another year"),
        (said(TEXT), said(ANEW, speaker="Chad"), False, "another delegation says nearly the same"),
        (said(TEXT), said(edited(TEXT, every=2)), False, "other words"),
        (Speech("here we thank you"), Speech("here we thank you all"), False, "too short to tell"),
    ],
)
def test_statements_are_linked_where_words_are_alike_and_facts_agree(
    indexed: Callable[..., Index], one: Speech, other: Speech, linked: bool, why: str
) -> None:
    with indexed(one=one, other=other) as index:
        assert links(index) == ({frozenset({"one", "other"})} if linked else set()), why


@pytest.fixture
def index(indexed: Callable[..., Index]) -> Index:
    """Index a speech as prepared, as delivered with another paragraph, and one of another speaker."""
    return indexed(
        prepared=said(TEXT),
        delivered=Speech(said(ANEW).text + "\nhere also this"),
        chad=said(spoken(8), speaker="Chad"),
    )


def test_nothing_is_folded_unless_asked(index: Index) -> None:
    results = index.search("here")
    assert (results.total, results.statements, results.folded) == (7, 3, None)


def test_folded_totals_count_one_of_those_alike_and_say_what_was_left_out(index: Index) -> None:
    results = index.search("here", fold=True)
    assert (results.total, results.statements, results.folded) == (5, 2, Folded(statements=1, paragraphs=2))


def test_the_one_with_the_most_matches_stands_for_the_others(index: Index) -> None:
    sources = {Path(hit.source).stem for hit in index.search("here", fold=True)}
    assert sources == {"delivered", "chad"}


def test_where_only_one_matches_it_is_returned(index: Index) -> None:
    results = index.search(TEXT[0], fold=True)
    assert ([Path(hit.source).stem for hit in results], results.folded) == (["prepared"], Folded(0, 0))


def test_a_folded_hit_says_what_it_stands_for(index: Index) -> None:
    (prepared,) = {hit.statement for hit in index.search("here") if "prepared" in hit.source}
    first = index.search("also", fold=True).hits[0]
    assert first.also_as == (prepared,)


def test_facets_are_folded_too(index: Index) -> None:
    speakers = index.search("here", fold=True).facets().speakers
    assert {count.name: (count.statements, count.paragraphs) for count in speakers} == {
        "Japan": (1, 3),
        "Chad": (1, 2),
    }


@pytest.mark.parametrize("sort", ["relevance", "statement", "newest", "oldest"])
def test_folded_pages_put_together_are_all_hits(index: Index, sort: str) -> None:
    whole = index.search("here", sort=sort, limit=None, fold=True).hits
    pages = [index.search("here", sort=sort, limit=2, offset=at, fold=True) for at in (0, 2, 4)]
    assert [hit for page in pages for hit in page] == list(whole)


def test_an_undated_statement_brings_no_speeches_of_two_days_together(indexed: Callable[..., Index]) -> None:
    texts = {"a": said(TEXT), "b": said(TEXT, date=None), "c": said(ANEW, date="2022-09-20")}
    with indexed(**texts) as index:
        results = index.search("here", fold=True)
    assert (results.statements, results.folded) == (2, Folded(statements=1, paragraphs=2))


def test_no_pair_is_left_out_among_many_versions_of_one_text(indexed: Callable[..., Index]) -> None:
    versions = {f"v{every}": said(edited(TEXT, every=every)) for every in range(30, 70)}
    with indexed(**versions) as index:
        assert index.search("here", fold=True).statements == 1
