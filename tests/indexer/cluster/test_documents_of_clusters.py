"""The documents of a cluster say what the texts say: words in their order, groups as often as they stand."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.invented import segment_of, spoken, statement_lists

from onrecord.indexer.analysis.inflection import compound_of, lemmas_of, paragraph_groups
from onrecord.indexer.analysis.words import words
from onrecord.indexer.cluster.documents import Standing, StatementDocuments, living
from onrecord.indexer.cluster.mapping import document_id, index_term, mapping, whole_term
from onrecord.indexer.cluster.word_documents import word_lines
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.statement import Statement

# Forms that stand for one group here and for another there, and compounds.
AMBIGUOUS = [
    "who",
    "WHO",
    "WHOs",
    "aids",
    "AIDS",
    "us",
    "US",
    "co-operation",
    "U.N.",
    "1,250",
    "peace",
    "Left",
]
TEXTS = st.lists(st.sampled_from(AMBIGUOUS), max_size=9).map(" ".join)
Json = dict[str, Any]


def documents(segment: Segment) -> list[Json]:
    count = len(segment.statements)
    writer = StatementDocuments(segment, Standing(order=range(count), groups=[0] * count))
    return [json.loads(line) for lines in writer.lines(living(segment)) for line in lines[1::2]]


def paragraphs(statements: Sequence[Statement], segment: Segment) -> Iterator[tuple[str, str | None, Json]]:
    """Yield the text and the language of each paragraph that was written, with its document."""
    number = 0
    for document in documents(segment):
        if document["part"] != "statement":
            yield document.get("text", ""), segment.paragraphs.language(number), document
            number += 1
    assert number == sum(len(statement.paragraphs) for statement in statements)


@settings(max_examples=50)
@given(statement_lists() | statement_lists(texts=TEXTS))
def test_a_paragraph_has_its_words_in_their_order(statements: list[Statement]) -> None:
    for text, _, document in paragraphs(statements, segment_of(statements)):
        assert document.get("words", "").split(" ") == [index_term(word) for word in words(text)] or [""]
        assert document["length"] == len(words(text))


@settings(max_examples=50)
@given(statement_lists() | statement_lists(texts=TEXTS))
def test_a_paragraph_has_the_group_of_each_word_and_then_those_of_compounds(
    statements: list[Statement],
) -> None:
    for text, language, document in paragraphs(statements, segment_of(statements)):
        expected = [index_term(group) for group in paragraph_groups(text, language)]
        groups = document["groups"].split(" ") if document["groups"] else []
        of_words = len(words(text))
        assert (groups[:of_words], Counter(groups)) == (expected[:of_words], Counter(expected))


@settings(max_examples=25)
@given(statement_lists())
def test_all_fields_are_known_to_the_mapping(statements: list[Statement]) -> None:
    known = mapping()["properties"].keys()
    assert all(document.keys() <= known for document in documents(segment_of(statements)))


@settings(max_examples=50)
@given(statement_lists() | statement_lists(texts=TEXTS))
def test_words_have_the_groups_that_a_reading_of_all_texts_finds(statements: list[Statement]) -> None:
    segment = segment_of(statements)
    groups_of: defaultdict[str, set[str]] = defaultdict(set)
    forms_of: defaultdict[str, set[str]] = defaultdict(set)
    holders: Counter[tuple[str, str]] = Counter()
    for text, language, _ in paragraphs(statements, segment):
        groups = paragraph_groups(text, language)
        for form, group in zip(words(text), groups, strict=False):
            groups_of[form].add(group)
            forms_of[group].add(form)
        holders.update(("form", form) for form in {*words(text)})
        holders.update(("group", group) for group in {*groups})
        forms_of.update({group: set() for group in groups if compound_of(group)})
    said = [json.loads(lines[1]) for lines in word_lines([segment])]
    forms = {one["form"]: set(one["groups"]) for one in said if one["kind"] == "form"}
    assert forms == groups_of
    assert {one["group"]: set(one["forms"]) for one in said if one["kind"] == "group"} == forms_of
    assert {(one["kind"], one[one["kind"]]): one["paragraphs"] for one in said} == holders
    for one in said:
        if one["kind"] == "group":
            compound = compound_of(one["group"])
            assert set(one["lemmas"]) == {*lemmas_of(one["group"]), *([f"~{compound}"] if compound else [])}


def test_words_of_deleted_statements_alone_are_left_out_and_others_are_counted_with_them() -> None:
    statements = [spoken("a", "mines and WHO"), spoken("b", "mines and who"), spoken("c", "mine peace")]
    said = [json.loads(lines[1]) for lines in word_lines([segment_of(statements, deleted=frozenset({0, 2}))])]
    forms = {one["form"]: (one["groups"], one["paragraphs"]) for one in said if one["kind"] == "form"}
    assert forms == {"mines": (["en:mine"], 2), "and": (["en:and"], 2), "who": (["en:who"], 2)}
    groups = {one["group"]: (one["forms"], one["paragraphs"]) for one in said if one["kind"] == "group"}
    assert groups == {"en:mine": (["mines"], 3), "en:and": (["and"], 2), "en:who": (["who"], 1)}


def test_words_of_several_segments_are_one() -> None:
    segments = [segment_of([spoken("a", "who mines")]), segment_of([spoken("b", "The WHO mine mines")])]
    said = [json.loads(lines[1]) for lines in word_lines(segments)]
    who, mine = (
        next(one for one in said if one.get(kind) == name)
        for kind, name in (("form", "who"), ("group", "en:mine"))
    )
    assert (who["groups"], who["paragraphs"]) == (["=who", "en:who"], 2)
    assert (mine["forms"], mine["paragraphs"]) == (["mine", "mines"], 2)


@pytest.mark.parametrize("letter", ["a", "é", "不"])
def test_a_word_too_long_for_a_term_is_its_beginning_and_its_hash(letter: str) -> None:
    long, other = letter * 40_000, letter * 40_001
    term = index_term(long)
    assert term.startswith(letter * 1000)
    assert len(term.encode()) < 32_766
    assert term not in (long, index_term(other))
    assert index_term(whole_term(long)) == term
    assert " " not in term


def test_a_name_too_long_for_an_identifier_is_its_hash() -> None:
    assert document_id("2021-japan#1") == "2021-japan#1"
    assert len(document_id("不" * 400).encode()) <= 512
    assert document_id("不" * 400) != document_id("不" * 401)
