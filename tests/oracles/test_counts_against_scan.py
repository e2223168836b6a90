"""Counts by keys are those of a brute-force scan, add up, and lead to what they count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles.scan import Any, Paragraph, Pattern, Phrase, Question, Quoted, Speaker, Word, days_of, spelt
from oracles.test_against_scan import (
    LETTERS,
    SPEAKERS,
    TYPED,
    Asked,
    History,
    as_written,
    corpora,
    histories,
    patterns,
    played,
    questions,
)

from onrecord import Mode
from onrecord.search.research.counts.cells import Cell
from onrecord.search.research.counts.counts import Counts

Keys = tuple[str | None, ...]


def stretches(question: Question, paragraph: Paragraph) -> int | None:
    """Count the stretches of words that a question marks; None where it asks for several things at once."""
    spans = sorted(span for spans in places(question, paragraph) for span in spans)
    merged = 0
    reached = -1
    for first, last in spans:
        merged += first > reached
        reached = max(reached, last)
    return merged


def places(question: Question, paragraph: Paragraph) -> Iterator[list[tuple[int, int]]]:
    """Yield the first and the last letter of each place, by a regular expression over the line."""
    match question:
        case Word():
            yield found(question.word, paragraph)
        case Phrase():
            yield found(" ".join(question.words), paragraph)
        case Pattern():
            yield found(spelt(question.pattern), paragraph, spelled=True)
        case Quoted():
            yield found(" ".join(map(spelt, question.runs[0])), paragraph, spelled=True)
        case Any():
            for part in question.parts:
                yield from places(part, paragraph)


def found(words: str, paragraph: Paragraph, *, spelled: bool = False) -> list[tuple[int, int]]:
    pattern = words if spelled else re.escape(words)
    return [(at.start(1), at.end(1)) for at in re.finditer(f"(?<= )(?=({pattern}) )", paragraph.line)]


def placed() -> st.SearchStrategy[Question]:
    """Ask for words and phrases, and for alternatives of these."""
    word = st.sampled_from(TYPED)
    some = st.lists(st.sampled_from(["mine", "mines", "of", "the", "ban"]), min_size=2, max_size=4).map(tuple)
    closed = patterns().filter(lambda one: one.pattern[0] != "*" and one.pattern[-1] != "?")
    run = st.tuples(closed.map(lambda one: one.pattern), st.sampled_from(LETTERS))
    leaves = st.one_of(word.map(Word), some.map(Phrase), patterns(), run.map(lambda words: Quoted((words,))))
    return leaves | st.lists(leaves, min_size=2, max_size=4).map(Any)


def by_hand(asked: Asked, question: Question, keys: Callable[[Paragraph], Keys]) -> dict[Keys, list[int]]:
    """Scan: occurrences, paragraphs, statements, words in each cell, and the last three of all."""
    cells: dict[Keys, list[int]] = defaultdict(lambda: [0] * 7)
    statements: dict[Keys, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for paragraph in asked.paragraphs.values():
        key, words = keys(paragraph), len(paragraph.line.split())
        holds = question.holds(paragraph)
        added = [stretches(question, paragraph) or 0, 1, words] if holds else [0, 0, 0]
        numbers = [added[0], added[1], 0, added[2], 1, 0, words]
        cells[key] = [one + more for one, more in zip(cells[key], numbers, strict=True)]
        statements[key][1].add(paragraph.statement)
        if holds:
            statements[key][0].add(paragraph.statement)
    for key, (held, there) in statements.items():
        cells[key][2], cells[key][5] = len(held), len(there)
    return dict(cells)


def counted(counts: Counts) -> dict[Keys, list[int | None]]:
    return {
        cell.keys: [
            cell.occurrences,
            cell.paragraphs,
            cell.statements,
            cell.words,
            cell.of_paragraphs,
            cell.of_statements,
            cell.of_words,
        ]
        for cell in counts
        if cell.of_paragraphs  # the years between are rows too
    }


def time(paragraph: Paragraph, unit: int) -> str | None:
    """Return the year or the month of a paragraph, by the letters of its first and last day."""
    if paragraph.date is None:
        return None
    first, last = (str(day)[:unit] for day in days_of(paragraph.date))
    return first if first == last else "date not certain"


KEYS: dict[tuple[str, ...], Callable[[Paragraph], Keys]] = {
    (): lambda _: (),
    ("year",): lambda one: (time(one, 4),),
    ("month",): lambda one: (time(one, 7),),
    ("speaker",): lambda one: (one.speaker,),
    ("language",): lambda one: (one.language,),
    ("year", "speaker"): lambda one: (time(one, 4), one.speaker),
    ("language", "month", "speaker"): lambda one: (one.language, time(one, 7), one.speaker),
}


@corpora
@given(histories(), st.lists(placed(), min_size=1, max_size=8), st.sampled_from(sorted(KEYS)))
def test_each_cell_has_the_numbers_of_a_scan(
    history: History, questions: list[Question], by: tuple[str, ...]
) -> None:
    with played(history) as asked:
        for question in questions:
            counts = asked.index.count(question.typed(), by=by, mode=Mode.EXACT)
            assert counted(counts) == by_hand(asked, question, KEYS[by]), question.typed()


@corpora
@given(histories(), st.lists(questions(), min_size=1, max_size=6), st.sampled_from(Mode))
def test_totals_are_those_of_a_search_and_occurrences_the_stretches_that_it_marks(
    history: History, questions: list[Question], mode: Mode
) -> None:
    with played(history) as asked:
        for question in questions:
            results = asked.index.search(question.typed(), mode=mode, limit=None)
            total = asked.index.count(question.typed(), by=(), mode=mode).total
            assert (total.paragraphs, total.statements) == (results.total, results.statements)
            assert total.speakers == len({hit.delegation_code or hit.speaker for hit in results})
            if total.occurrences is not None:
                marked = sum(len(hit.highlights) for hit in results)
                assert total.occurrences == marked, question.typed()


@corpora
@given(histories(), st.lists(questions(), min_size=1, max_size=3), st.sampled_from(sorted(KEYS)))
def test_the_query_of_a_cell_finds_what_it_counts(
    history: History, questions: list[Question], by: tuple[str, ...]
) -> None:
    with played(history) as asked:
        for question in questions:
            for cell in asked.index.count(question.typed(), by=by):
                if cell.query is not None:
                    results = asked.index.search(cell.query)
                    found = (results.total, results.statements)
                    assert found == (cell.paragraphs, cell.statements), cell.query
                else:
                    assert "date not certain" in cell.keys


@corpora
@given(histories(), st.lists(questions(), min_size=1, max_size=3), st.booleans())
def test_the_cells_of_any_keys_add_up_to_the_whole(
    history: History, questions: list[Question], fold: bool
) -> None:
    with played(history) as asked:
        for question in questions:
            whole = asked.index.count(question.typed(), by=(), fold=fold).total
            for by in KEYS:
                counts = asked.index.count(question.typed(), by=by, fold=fold)
                assert counts.total == whole
                assert added_up(counts.rows) == [*numbers(whole)], (question.typed(), by)
                of_statements = [sum(cell.statements for cell in counts), whole.statements]
                assert len(set(of_statements)) == 1 or "language" in by


def numbers(cell: Cell) -> Iterator[int]:
    yield cell.occurrences or 0
    yield from (cell.paragraphs, cell.words, cell.of_paragraphs, cell.of_words)


def added_up(cells: Sequence[Cell]) -> list[int]:
    return [sum(column) for column in zip(*map(numbers, cells), strict=True)] or [0] * 5


@corpora
@given(histories(), placed(), st.sampled_from(sorted(SPEAKERS)))
def test_what_passes_a_filter_is_what_there_is(history: History, question: Question, name: str) -> None:
    with played(history) as asked:
        given = asked.index.count(question.typed(), by="year", mode="exact", speaker=f"={name}")
        typed = asked.index.count(f'speaker:"={name}" ({question.typed()})', by="year", mode="exact")
        assert counted(given) == counted(typed)
        own = {at: one for at, one in asked.paragraphs.items() if one.speaker == name}
        assert given.total.of_paragraphs == len(own)
        assert given.total.of_words == sum(len(one.line.split()) for one in own.values())


@pytest.mark.parametrize("question", [Speaker("Guinea"), as_written(Word("ban"))], ids=["field", "word"])
def test_a_scan_knows_what_it_is_asked(question: Question) -> None:
    paragraph = Paragraph("Here the ban. Ban.", speaker="Guinea")
    assert question.holds(paragraph)
    assert stretches(Word("ban"), paragraph) == 2
