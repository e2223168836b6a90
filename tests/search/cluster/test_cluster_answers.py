"""A cluster answers what the local engine answers: totals, statements, hits in order, all that is said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cluster.nodes import Hosts
from hypothesis import given, settings
from oracles.our_trees import SORTS, TREES, write_statements
from oracles.questions import drawn
from whoosh import query

from onrecord import Index, QueryError, Request, build, update
from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cluster.backend import ClusterBackend, open_cluster
from onrecord.search.cluster.loading import load_index
from onrecord.search.engine.evaluator import Evaluator, UnsupportedQuery
from onrecord.search.engine.local import LocalBackend, open_local
from onrecord.search.query import Constant, Quotation
from onrecord.search.request import Sort

TESTS = Path(__file__).parents[2]
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
# Questions and trees that are put to both, in a run of the suite.
QUESTIONS = int(os.environ.get("ONRECORD_QUESTIONS", "114"))
TREES_DRAWN = int(os.environ.get("ONRECORD_TREES", "100"))


@dataclass(frozen=True)
class Both:
    """One state of an index: in a folder, and in a cluster."""

    local: LocalBackend
    remote: ClusterBackend

    def indexes(self) -> tuple[Index, Index]:
        """Return both as they are asked."""
        return Index(self.local), Index(self.remote)


def both(folder: Path, hosts: Hosts) -> Iterator[Both]:
    """Load an index into a cluster."""
    name = f"t{uuid4().hex[:12]}"
    try:
        load_index(folder, into=hosts.address(name))
        yield Both(open_local(folder), open_cluster(hosts.address(name)))
    finally:
        hosts.ask("DELETE", f"/{name}*")


def change(texts: Path) -> None:
    """Take some texts away, and add a paragraph to others: what is deleted counts until it is merged."""
    for number, path in enumerate(sorted(texts.iterdir())):
        if number % 11 == 3:
            path.unlink()
        elif number % 11 == 5:
            path.write_text(f"{path.read_text('utf-8')}\nNon-nuclear fields of mines.\n", "utf-8")


@pytest.fixture(scope="module")
def speeches(hosts: Hosts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Statements of all formats that the tests have, some of them copied, some nearly so."""
    texts = tmp_path_factory.mktemp("speeches") / "texts"
    shutil.copytree(TESTS / "indexer" / "sources", texts / "sources")
    shutil.copytree(TESTS / "corpus", texts / "corpus")
    write_statements(texts / "made", 60, seed=SEED)
    folder = tmp_path_factory.mktemp("index")
    build(texts, into=folder)
    change(texts / "made")
    update(texts, into=folder)
    yield from both(folder, hosts)


@pytest.fixture(scope="module")
def made(hosts: Hosts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Statements of a handful of words."""
    texts = tmp_path_factory.mktemp("made") / "texts"
    write_statements(texts, 120, seed=SEED)
    folder = tmp_path_factory.mktemp("index")
    build(texts, into=folder)
    yield from both(folder, hosts)


def said(index: Index, request: Request) -> object:
    """Return all that an index says to a question, or the sentence that refuses it."""
    try:
        results = index.ask(request)
        return results.as_dict(), results.facets()
    except QueryError as error:
        return str(error)


def test_questions_of_all_kinds_are_answered_alike(speeches: Both) -> None:
    local, remote = speeches.indexes()
    hits = local.search("-absent", limit=None, sort="address").hits
    for request in drawn(hits, QUESTIONS, seed=SEED):
        assert said(remote, request) == said(local, request), request


def test_the_statements_and_addresses_are_the_same_to_the_last(speeches: Both) -> None:
    local, remote = speeches.indexes()
    hits = local.search("-absent", limit=None, sort="address").hits
    for request in drawn(hits, QUESTIONS // 3, seed=SEED + 1):
        try:
            here = local.ask(request).answer
        except QueryError:
            continue
        assert list(remote.ask(request).answer.standing()) == list(here.standing()), request


def test_the_index_has_deleted_statements_and_copies(speeches: Both) -> None:
    engine = speeches.local.engine
    assert any(segment.statements.deleted for segment in engine.segments)
    assert any(engine.copies.hidden(segment) for segment in engine.segments)
    assert engine.resemblance.groups.any()


def answered(backend: LocalBackend | ClusterBackend, tree: query.Query, sort: Sort) -> object:
    request = Request(tree, limit=20, sort=sort)
    answer = backend.answer(tree, within=None, request=request)
    return answer.total, answer.statements(), [(hit.address, hit.score) for hit in answer.unmarked().hits()]


@settings(max_examples=TREES_DRAWN, deadline=None)
@given(tree=TREES, sort=SORTS)
def test_every_tree_that_the_local_engine_evaluates_is_evaluated_alike(
    made: Both, tree: query.Query, sort: Sort
) -> None:
    try:
        Evaluator(made.local.engine.terms).scorer(tree)
    except UnsupportedQuery:
        return
    assert answered(made.remote, tree, sort) == answered(made.local, tree, sort)


@pytest.mark.parametrize("sort", Sort)
def test_all_hits_are_read_in_order_however_many(made: Both, sort: Sort) -> None:
    local, remote = made.indexes()
    options: dict[str, Any] = {"sort": sort, "limit": None, "context": 1}
    assert list(remote.stream("mines", **options)) == list(local.stream("mines", **options))


def test_a_page_far_down_is_the_page_of_the_local_engine(made: Both) -> None:
    local, remote = made.indexes()
    for offset in (0, 7, 150, 10_000):
        assert remote.search("mine", offset=offset).hits == local.search("mine", offset=offset).hits


def test_a_sample_and_the_hits_of_some_statements_are_the_same(made: Both) -> None:
    local, remote = (index.search("field", limit=None).answer for index in made.indexes())
    assert remote.sample(9, seed=3).hits() == local.sample(9, seed=3).hits()
    slugs = {hit.statement for hit in local.hits()[::5]}
    assert remote.among(slugs).hits() == local.among(slugs).hits()
    assert remote.unmarked().hits() == local.unmarked().hits()


@pytest.mark.parametrize("pattern", ["m*", "?ine*", "*e*", "c?*", "*"])
def test_a_pattern_of_a_phrase_is_parted_where_it_stands_for_many(
    made: Both, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.search.cluster.translate.MOST_FORMS", 1)
    tree = Constant(Quotation("text", [[query.Wildcard("text", pattern), "of"]]))
    made.remote.forget()
    assert answered(made.remote, tree, Sort.ADDRESS) == answered(made.local, tree, Sort.ADDRESS)


def test_a_tree_of_other_nodes_needs_a_local_index(made: Both) -> None:
    with pytest.raises(NeedsLocalIndex, match="a tree of nodes that the query language"):
        made.remote.answer(query.Regex("text", "m.*"), within=None, request=Request("mines"))


def test_more_words_than_lucene_takes_need_a_local_index(made: Both) -> None:
    words = [query.Term("text", f"mines{number}") for number in range(1_100)]
    with pytest.raises(NeedsLocalIndex, match="more forms than it takes at once"):
        made.remote.answer(query.Or(words), within=None, request=Request("mines"))
