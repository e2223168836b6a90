"""The door to Whoosh: its own searcher on the open index, with its parser, sorting and highlighting."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.highlight import UppercaseFormatter
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.query import Every, Term

from onrecord import Index, build, open_index


def test_the_query_parser_of_whoosh_asks_the_index(index: Index) -> None:
    with index.whoosh_searcher() as searcher:
        tree = MultifieldParser(["text", "speaker"], searcher.schema).parse("panama AND canal")
        found = {hit["address"] for hit in searcher.search(tree, limit=None)}
    assert found == {hit.address for hit in index.search("canal", speaker="Panama", mode="exact", limit=None)}


def test_hits_are_sorted_by_a_column(index: Index) -> None:
    with index.whoosh_searcher() as searcher:
        hits = searcher.search(Every(), limit=None, sortedby="first")
        dates = [hit["date"] for hit in hits if "date" in hit]
    assert dates == sorted(dates)
    assert len(set(dates)) > 1


def test_matched_words_are_highlighted(index: Index) -> None:
    with index.whoosh_searcher() as searcher:
        hits = searcher.search(QueryParser("text", searcher.schema).parse('"free navigation"'))
        hits.formatter = UppercaseFormatter()
        assert hits[0].highlights("text").startswith("FREE NAVIGATION through the")


def test_statistics_are_those_of_the_index(index: Index) -> None:
    with index.whoosh_searcher() as searcher:
        assert searcher.doc_frequency("text", "canal") == index.search("canal", mode="exact").total


def test_it_answers_from_the_generation_that_was_open(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    build(text, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index, index.whoosh_searcher() as searcher:
        text.write_text("Statement by Panama\n\nThe sea is ours.", "utf-8")
        build(text, into=tmp_path / "index")
        assert [hit["text"] for hit in searcher.search(Term("text", "canal"))] == ["The canal is ours."]
        assert index.refresh()
        with index.whoosh_searcher() as newer:
            assert [hit["text"] for hit in newer.search(Term("text", "sea"))] == ["The sea is ours."]


def test_an_index_without_statements_has_a_searcher_too(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    build(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index, index.whoosh_searcher() as searcher:
        assert len(searcher.search(Every())) == 0


def test_it_cannot_be_written_through(index: Index) -> None:
    with index.whoosh_searcher() as searcher, pytest.raises(NotImplementedError):
        searcher.leaf_searchers()[0][0].reader().segment().delete_document(0)
