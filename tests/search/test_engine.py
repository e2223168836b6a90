"""The engine's shortcuts give what it would give without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query

from onrecord import Facets, Index, build, open_index
from onrecord.search.collection import FORMALITY_WEIGHT
from onrecord.search.engine import max_score, phrases, rank
from onrecord.search.query.limits import OPEN_PATTERNS

WORDS = ("mine", "mines", "ban", "canal", "ship", "the", "WHO", "who", "river")
paragraph = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
asked = st.lists(st.sampled_from((*WORDS, "nowhere")), min_size=1, max_size=4, unique=True)
question = asked.map(" OR ".join) | asked.map(" ".join)
# Whoosh finds copies too, so there are none.
texts = st.lists(st.lists(paragraph, min_size=1, max_size=8), min_size=2, max_size=6, unique_by=tuple)


@pytest.fixture(autouse=True)
def _every_question_is_worth_a_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(max_score, "_FEW", 0)
    monkeypatch.setattr(rank, "_FEW", 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


def indexed(folder: Path, statements: list[list[str]]) -> Index:
    for old in folder.glob("*.txt"):
        old.unlink()
    for number, paragraphs in enumerate(statements):
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), "utf-8")
    build(folder, into=folder / "index")
    return open_index(folder / "index")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=texts, typed=question, count=st.integers(0, 5))
def test_a_page_is_the_beginning_of_all_hits(
    folder: Path, statements: list[list[str]], typed: str, count: int
) -> None:
    with indexed(folder, statements) as index:
        everything = [(hit.address, hit.score) for hit in index.search(typed, limit=None)]
        assert [(hit.address, hit.score) for hit in index.search(typed, limit=count)] == everything[:count]


def test_a_question_is_answered_alike_with_an_empty_cache(index: Index) -> None:
    before = index.search('"the canal" OR mines -ban').hits
    index.forget()
    assert index.search('"the canal" OR mines -ban').hits == before


quoted = (
    st.lists(
        st.lists(st.sampled_from((*WORDS, "m*", "?h*")), min_size=1, max_size=3).map(" ".join),
        min_size=1,
        max_size=3,
    )
    .map(lambda runs: f'"{" … ".join(runs)}"')
    .filter(lambda typed: typed.count("?h*") <= OPEN_PATTERNS.most)
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(statements=texts, typed=quoted)
def test_words_that_stand_in_many_places_are_found_where_few_are(
    folder: Path, statements: list[list[str]], typed: str
) -> None:
    with indexed(folder, statements) as index, pytest.MonkeyPatch.context() as patch:
        few = index.search(typed, limit=None).hits
        patch.setattr(phrases, "_MANY_PLACES", 0)
        index.forget()
        assert index.search(typed, limit=None).hits == few


def test_facets_count_every_hit(index: Index) -> None:
    results = index.search("president", mode="exact", limit=1)
    assert sum(count.paragraphs for count in results.facets().speakers) == results.total


def test_facets_leave_out_a_year_that_is_not_known(index: Index) -> None:
    years = {
        count.name for count in index.search("speaker:guinea-bissau OR symbols OR volume").facets().years
    }
    assert years == {"2001"}


def test_hits_may_be_read_after_the_index_was_closed(index_folder: Path) -> None:
    with open_index(index_folder) as index:
        results = index.search('"free navigation"')
    assert [hit.speaker for hit in results] == ["Panama"]


TREES = [
    (query.And([query.Term("text", "mine"), query.Not(query.Term("text", "ban"))]), "a negation inside"),
    (query.Or([query.Term("text", "canal", boost=2.0), query.Term("text", "mine")]), "a boost"),
    (query.Phrase("text", ["free", "navigation"], slop=2), "a stock phrase"),
    (query.Term("speaker", "panama"), "a word of a name, scored"),
    (query.Regex("text", "^nav"), "a regular expression"),
    (query.Not(query.Term("text", "the")), "a negation alone"),
    (query.TermRange("text", "nav", "naw"), "a range of words"),
]


@pytest.mark.parametrize(("tree", "why"), TREES)
def test_any_tree_of_whoosh_is_answered_as_whoosh_answers_it(
    index: Index, tree: query.Query, why: str
) -> None:
    with index.whoosh_searcher() as searcher:
        expected = {hit["address"]: hit.score for hit in searcher.search(tree, limit=None)}
    found = {
        hit.address: hit.score / (1 if hit.role == "body" else FORMALITY_WEIGHT)
        for hit in index.search(tree, limit=None)
    }
    assert found == pytest.approx(expected), why


def test_nothing_is_counted_in_an_empty_index(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    build(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as empty:
        assert empty.search("canal").facets() == Facets((), (), ())


def test_a_tree_of_whoosh_finds_nothing_in_an_empty_index(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    build(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as empty:
        assert empty.search(query.Term("speaker", "panama")).total == 0
