"""Whoosh's own searcher finds, scores and counts in our segments what it does in its own index."""

from __future__ import annotations

import marshal
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from oracles.query_trees import DAYS, TREES
from oracles.twins import Twins, our_searcher, statements, twins
from whoosh import query, scoring, sorting
from whoosh.filedb.structfile import StructFile
from whoosh.qparser import QueryParser
from whoosh.searching import Searcher

from onrecord.indexer.whoosh.reader import open_reader

# How many statements there are in each segment, and every how-manieth is deleted.
SHAPES = {"one": ([40], 0), "one with gaps": ([40], 4), "three": ([30, 1, 20], 0), "gaps": ([30, 2, 20], 3)}
FIELDS = (
    *("address", "behalf", "behalf_code", "delegation", "delivered", "delivered_code", "first", "forum"),
    *("language", "last", "person", "place", "post", "role", "speaker", "statement", "stem", "text", "title"),
)
SCORED = ("text", "stem", "speaker", "forum", "place", "title", "person", "post", "behalf", "delivered")
MINES = query.Or([query.Term("text", text) for text in ("mine", "mines", "of", "united")])


@pytest.fixture(scope="module", params=SHAPES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    with twins(tmp_path_factory.mktemp("segments"), *invented(request.param)) as opened:
        yield opened


def invented(shape: str) -> tuple[list[Any], set[str]]:
    counts, every = SHAPES[shape]
    segments = [statements(seed, count) for seed, count in enumerate(counts, 7)]
    slugs = [statement.slug for segment in segments for statement in segment]
    return segments, set(slugs[::every]) if every else set()


def found(searcher: Any, tree: query.Query, **options: Any) -> list[tuple[str, float]]:
    """List addresses and scores in their order."""
    return [(hit["address"], hit.score) for hit in searcher.search(tree, limit=None, **options)]


def addresses(hits: list[tuple[str, float]]) -> list[str]:
    return [address for address, _ in hits]


def approximately(hits: list[tuple[str, float]]) -> Any:
    return [(address, pytest.approx(score)) for address, score in hits]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES)
def test_a_query_finds_and_scores_the_same(pair: Twins, tree: query.Query) -> None:
    try:
        expected = found(pair.stock, tree)
    except Exception:  # Stock Whoosh trips over its own matchers where one has come to its end.
        reject()
    assert found(pair.ours, tree) == approximately(expected)


@pytest.mark.parametrize(
    "weighting", [scoring.TF_IDF(), scoring.Frequency(), scoring.BM25F(B=0.3, K1=2.0, speaker_B=0.1)]
)
def test_other_weightings_score_the_same(pair: Twins, weighting: Any) -> None:
    tree = query.Or(
        [query.Term("text", "mine"), query.Term("stem", "en:nation"), query.Term("speaker", "japan")]
    )
    ours, stock = (Searcher(one.reader(), weighting=weighting) for one in (pair.ours, pair.stock))
    assert found(ours, tree) == approximately(found(stock, tree))


def test_the_terms_are_the_same(pair: Twins) -> None:
    assert list(pair.ours.reader().all_terms()) == list(pair.stock.reader().all_terms())


@pytest.mark.parametrize("field", FIELDS)
def test_the_lexicon_of_a_field_is_the_same(pair: Twins, field: str) -> None:
    assert list(pair.ours.lexicon(field)) == list(pair.stock.lexicon(field))


@pytest.mark.parametrize("field", FIELDS)
def test_the_statistics_of_every_term_are_the_same(pair: Twins, field: str) -> None:
    assert statistics(pair.ours.reader(), field) == statistics(pair.stock.reader(), field)


def statistics(reader: Any, field: str) -> list[tuple[Any, ...]]:
    return [
        (
            text,
            *(info.weight(), info.max_weight(), info.doc_frequency()),
            *(info.min_id(), info.max_id(), info.min_length() or 0, info.max_length()),
            *(reader.frequency(field, text), reader.doc_frequency(field, text)),
        )
        for text in reader.lexicon(field)
        for info in [reader.term_info(field, text)]
    ]


def test_the_postings_are_the_same(pair: Twins) -> None:
    assert postings(pair.ours.reader()) == postings(pair.stock.reader())


def postings(reader: Any) -> list[tuple[Any, ...]]:
    """List all postings; stock Whoosh has None for the value of a format without values."""
    return [(*posting, value or b"") for *posting, value in reader.iter_postings()]


@pytest.mark.parametrize("field", SCORED)
def test_lengths_are_the_same(pair: Twins, field: str) -> None:
    assert lengths(pair.ours.reader(), field) == lengths(pair.stock.reader(), field)


def lengths(reader: Any, field: str) -> tuple[int, list[int]]:
    count = reader.doc_count_all()
    each = [reader.doc_field_length(number, field) or 0 for number in range(count)]
    return reader.field_length(field), each


def test_the_shortest_and_the_longest_are_the_same(pair: Twins) -> None:
    ours, stock = pair.ours.reader(), pair.stock.reader()
    assert (ours.min_field_length("text"), ours.max_field_length("stem")) == (
        stock.min_field_length("text"),
        stock.max_field_length("stem"),
    )


def test_stored_fields_are_the_same(pair: Twins) -> None:
    assert list(pair.ours.reader().iter_docs()) == list(pair.stock.reader().iter_docs())


def test_the_same_paragraphs_are_deleted(pair: Twins) -> None:
    assert deleted(pair.ours.reader()) == deleted(pair.stock.reader())


def deleted(reader: Any) -> tuple[int, int, bool, list[bool]]:
    count = reader.doc_count_all()
    return (reader.doc_count(), count, reader.has_deletions(), [*map(reader.is_deleted, range(count))])


@pytest.mark.parametrize("field", ["address", "statement", "first"])
def test_columns_are_the_same(pair: Twins, field: str) -> None:
    ours, stock = (
        [list(leaf.column_reader(field)) for leaf, _ in one.reader().leaf_readers()]
        for one in (pair.ours, pair.stock)
    )
    assert ours == stock


ORDERS: list[tuple[Any, bool]] = [
    *(
        (field, reverse)
        for field in ("address", "statement", "first", "last", "role")
        for reverse in (False, True)
    ),
    (sorting.FieldFacet("first", reverse=True), False),
    (sorting.FieldFacet("statement", reverse=True), False),
    (sorting.MultiFacet(["first", sorting.ScoreFacet(), "address"]), False),
]


@pytest.mark.parametrize(("order", "reverse"), ORDERS)
def test_sorting_gives_the_same_order(pair: Twins, order: Any, reverse: bool) -> None:
    options = {"sortedby": order, "reverse": reverse}
    assert found(pair.ours, MINES, **options) == found(pair.stock, MINES, **options)


@pytest.mark.parametrize(
    "facet",
    [
        *map(sorting.FieldFacet, ("statement", "first", "role", "language", "delegation")),
        sorting.FieldFacet("speaker", allow_overlap=True),
        sorting.StoredFieldFacet("forum"),
        sorting.RangeFacet("first", DAYS[1], DAYS[3], 100),
        sorting.QueryFacet({"mine": query.Term("text", "mine"), "war": query.Prefix("text", "wa")}),
    ],
)
def test_facets_group_the_same(pair: Twins, facet: Any) -> None:
    assert groups(pair.ours, facet) == groups(pair.stock, facet)


def groups(searcher: Any, facet: Any) -> dict[Any, list[int]]:
    named: dict[Any, list[int]] = searcher.search(MINES, limit=None, groupedby={"facet": facet}).groups(
        "facet"
    )
    return named


@pytest.mark.parametrize(
    "options",
    [
        {"collapse": "statement"},
        {"collapse": "statement", "collapse_limit": 2, "collapse_order": "address"},
        {"filter": query.Term("language", "en")},
        {"mask": query.Term("role", "body")},
        {"terms": True},
        {"reverse": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_the_options_of_a_search_do_the_same(pair: Twins, options: dict[str, Any]) -> None:
    assert found(pair.ours, MINES, **options) == approximately(found(pair.stock, MINES, **options))


def answers(searcher: Any) -> dict[str, Any]:
    """Ask what a searcher can be asked beside a search."""
    reader = searcher.reader()
    hits = searcher.search(MINES, limit=None, terms=True)
    first = hits[0]
    asked = QueryParser("text", searcher.schema).parse("minse AND natoin")
    return {
        "highlights": [hit.highlights("text") for hit in hits],
        "matched terms": [sorted(hit.matched_terms()) for hit in hits],
        "suggest": [
            searcher.suggest("text", text, maxdist=2, limit=9) for text in ("minse", "elefant", "wr")
        ],
        "correct": searcher.correct_query(asked, "minse AND natoin", prefix=0, maxdist=2).string,
        "more like": [hit["address"] for hit in first.more_like_this("text", top=20)],
        "key terms": hits.key_terms("text", docs=5, numterms=8),
        "frequent": reader.most_frequent_terms("text", 9, "m"),
        "distinctive": reader.most_distinctive_terms("text", 9),
        "number": searcher.document_number(address=first["address"]),
        "documents": [fields["address"] for fields in searcher.documents(statement=first["statement"])],
        "every": sum(1 for _ in searcher.documents()),
        "phrase": addresses(found(searcher, query.Phrase("text", ["the", "mines"], slop=3))),
        "since": addresses(found(searcher, query.NumericRange("first", DAYS[2], None))),
        "newest": addresses(found(searcher, MINES, sortedby=["first", "address"], reverse=True)),
        "by speaker": groups(searcher, sorting.FieldFacet("speaker", allow_overlap=True)),
        "words": [text.decode() for text in searcher.lexicon("stem")],
        "postings": postings(reader),
    }


@pytest.mark.parametrize("shape", ["one with gaps", "gaps"])
def test_nothing_is_unpickled(shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segments, gone = invented(shape)
    with twins(tmp_path, segments, gone) as pair:
        expected = answers(pair.stock)
        forbid_pickles(monkeypatch)
        with our_searcher(tmp_path, segments, gone) as ours:
            assert answers(ours) == expected


def forbid_pickles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make all that reads pickles raise, under whatever name Whoosh has imported it."""

    def refuse(*arguments: Any, **options: Any) -> None:
        raise AssertionError("a pickle was read")

    readers = [pickle.load, pickle.loads, pickle.Unpickler, marshal.load, marshal.loads]
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"whoosh", "pickle", "marshal"}:
            for attribute, value in list(vars(module).items()):
                if any(value is one for one in readers):
                    monkeypatch.setattr(module, attribute, refuse)
    monkeypatch.setattr(StructFile, "read_pickle", refuse)


def test_stock_whoosh_does_unpickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with twins(tmp_path, *invented("one")) as pair:
        forbid_pickles(monkeypatch)
        with pytest.raises(Exception, match="a pickle was read"):
            found(pair.stock, MINES)


@pytest.mark.parametrize("writer", ["per_document_writer", "field_writer"])
def test_whooshs_writers_are_refused(pair: Twins, writer: str) -> None:
    leaf, _ = pair.ours.reader().leaf_readers()[0]
    with pytest.raises(NotImplementedError, match=r"^Segments are written in bulk by SegmentWriter"):
        getattr(leaf.codec(), writer)(leaf.storage(), leaf.segment())


def test_no_segments_hold_nothing() -> None:
    with Searcher(open_reader([])) as searcher:
        assert found(searcher, query.Every()) == []


def test_a_matcher_goes_where_it_is_sent(pair: Twins) -> None:
    leaf, _ = pair.ours.reader().leaf_readers()[0]
    matcher = leaf.postings("text", "mine")
    documents = list(matcher.copy().all_ids())
    matcher.skip_to(documents[2])
    copied = matcher.copy()
    matcher.reset()
    assert (matcher.id(), copied.id()) == (documents[0], documents[2])
