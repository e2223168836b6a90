"""The words that are read in bulk are the words of the analysis, and so are the acronyms and compounds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.indexer.analysis.compounds import compounds_in
from onrecord.indexer.analysis.inflection import form_of, paragraph_groups
from onrecord.indexer.analysis.words import words
from onrecord.indexer.segments.writing.keys import key_words
from onrecord.indexer.segments.writing.vocabulary import Tokens, Vocabulary

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)
# Few letters, so that words meet again; of one byte and of more.
SCRIPTED = st.text("abAB12 ,éЯя不²\u0301\u200b\0ｶﾞﾟア№º¬ʻ", max_size=60)
# Words in capitals and compounds, among others.
SHOUTED = st.lists(
    st.sampled_from(
        ["MINES", "BAN", "WHO", "NGOs", "NATO", "A", "3", "mine", "co-operation", "Co", "operation"]
    )
    | st.sampled_from(
        ["U.N.", "1,250", "1,25", "non-state", "land-based", "armé", "arme", "CO-OPERATION", "x-"]
    ),
    max_size=12,
).map(" ".join)
LONGER_THAN_A_KEY = st.text("aB", min_size=7, max_size=40)
PARAGRAPHS = st.lists(st.one_of(TEXTS, SCRIPTED, LONGER_THAN_A_KEY), max_size=8)


def read(*batches: Sequence[str], vocabulary: Vocabulary | None = None) -> list[list[str]]:
    """Read batches of paragraphs one after the other; return the folded words of each paragraph."""
    vocabulary = vocabulary or Vocabulary()
    return [words for batch in batches for words in by_paragraph(vocabulary.read(batch), vocabulary)]


def by_paragraph(tokens: Tokens, vocabulary: Vocabulary) -> list[list[str]]:
    folded = [form_of(vocabulary.spellings[number].decode()) for number in tokens.spellings.tolist()]
    ends = [0, *tokens.counts.cumsum().tolist()]
    return [folded[begin:end] for begin, end in pairwise(ends)]


def groups_of(paragraphs: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
    """Return the groups of the words of each paragraph, and then those of its compounds, read in bulk."""
    vocabulary = Vocabulary()
    keyed = key_words([vocabulary.read(paragraphs)], vocabulary, languages)
    (stretch,) = keyed.stretches
    groups = [keyed.groups[group].decode() for group in keyed.group_of[stretch.keys].tolist()]
    ends = [0, *stretch.lengths.cumsum().tolist()]
    found = [groups[begin:end] for begin, end in pairwise(ends)]
    for key, paragraph in zip(stretch.compounds.tolist(), stretch.compound_paragraphs.tolist(), strict=True):
        group = int(keyed.group_of_compound[key])
        if group < len(keyed.groups):
            found[paragraph].append(keyed.groups[group].decode())
    return found


@given(PARAGRAPHS)
def test_words_are_those_of_the_analysis(paragraphs: list[str]) -> None:
    assert read(paragraphs) == [words(text) for text in paragraphs]


@settings(deadline=None)  # dictionaries are loaded
@given(
    st.lists(st.one_of(SHOUTED, SCRIPTED), min_size=1, max_size=6), st.sampled_from(["en", "fr", "", "zh"])
)
def test_groups_are_those_of_the_analysis(paragraphs: list[str], language: str) -> None:
    languages = [language, *["en"] * (len(paragraphs) - 1)]
    assert groups_of(paragraphs, languages) == [
        paragraph_groups(text, one) for text, one in zip(paragraphs, languages, strict=True)
    ]


@given(PARAGRAPHS)
def test_compounds_are_those_of_the_analysis(paragraphs: list[str]) -> None:
    vocabulary = Vocabulary()
    tokens = vocabulary.read(paragraphs)
    found = zip(tokens.compound_paragraphs.tolist(), tokens.compounds.tolist(), strict=True)
    assert [(at, vocabulary.compounds[number].decode()) for at, number in found] == [
        (at, compound.text) for at, text in enumerate(paragraphs) for compound in compounds_in(text)
    ]


@given(PARAGRAPHS, PARAGRAPHS)
def test_words_are_known_again(first: list[str], second: list[str]) -> None:
    assert read(first, second) == [words(text) for text in [*first, *second]]


@given(PARAGRAPHS)
def test_each_spelling_has_one_number(paragraphs: list[str]) -> None:
    vocabulary = Vocabulary()
    vocabulary.read(paragraphs)
    vocabulary.read(paragraphs)
    assert len(set(vocabulary.spellings)) == len(vocabulary.spellings)


@given(st.lists(PARAGRAPHS, max_size=4))
def test_words_that_want_the_same_slot_are_told_apart(batches: list[list[str]]) -> None:
    crowded = Vocabulary(first_slots=1)
    assert read(*batches, vocabulary=crowded) == [words(text) for batch in batches for text in batch]


def test_every_character_is_read_as_the_analysis_reads_it() -> None:
    sampled = [f"a{chr(code)}b {chr(code)} " for code in range(sys.maxunicode + 1)]
    paragraphs = ["".join(sampled[first : first + 256]) for first in range(0, len(sampled), 256)]
    assert read(paragraphs) == [words(text) for text in paragraphs]


@pytest.mark.parametrize("length", [1, 7, 8, 9, 15, 16, 17, 24, 300])
def test_a_word_ends_where_it_ends(length: int) -> None:
    word = "abcdefghijklmnopqrstuvwxyz"[:length].ljust(length, "z")
    texts = [word, word + "a", "a" + word, word[:-1], f"{word} {word}", f"{word},{word}"]
    assert read(texts) == [words(text) for text in texts]


@pytest.mark.parametrize("length", [4, 5, 8, 9])
def test_a_word_of_two_bytes_a_letter_ends_where_it_ends(length: int) -> None:
    word = "абвгдежзиклм"[:length]
    texts = [word, word + "а", word + "a", word[:-1]]
    assert read(texts) == [words(text) for text in texts]


def test_thousands_of_new_words_are_numbered_at_once() -> None:
    texts = [" ".join(f"word{number}" for number in range(first, first + 5000)) for first in (0, 2500, 10000)]
    assert read(texts) == [text.split() for text in texts]


def test_the_table_grows_under_old_and_new_words() -> None:
    batches = [
        [f"w{number} long{number:020}" for number in range(first, first + 900)] for first in (0, 500, 0)
    ]
    assert read(*batches, vocabulary=Vocabulary(first_slots=8)) == [
        text.split() for batch in batches for text in batch
    ]


def test_words_keep_their_numbers_when_the_table_grows() -> None:
    vocabulary = Vocabulary(first_slots=8)
    texts = ["a b c", " ".join(f"w{number}" for number in range(50))]
    before = vocabulary.read(texts[:1]).spellings.tolist()
    vocabulary.read(texts[1:])
    assert vocabulary.read(texts[:1]).spellings.tolist() == before


def test_the_order_of_first_turning_up_numbers_the_words() -> None:
    vocabulary = Vocabulary()
    vocabulary.read(["zebra apple", "mango apple"])
    assert vocabulary.spellings == [b"zebra", b"apple", b"mango"]


def test_a_paragraph_without_words_has_none() -> None:
    assert read(["", "one", " … ", "two three", ""]) == [[], ["one"], [], ["two", "three"], []]


def test_no_paragraphs_are_no_words() -> None:
    assert read([]) == []
