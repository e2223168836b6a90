"""The word lists of simplemma, packed, beside the dictionaries that simplemma makes of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from onrecord.indexer.analysis.lemmas import word_list_file
from onrecord.indexer.analysis.lemmas.packed_words import PackedWords
from onrecord.indexer.analysis.lemmas.word_list_file import ListedWords, packed, word_list

WORDS = st.text("abcé", max_size=5) | st.text("ab", min_size=120, max_size=300) | st.text(max_size=4)


def length(number: int) -> bytes:
    """Write a number as a stream of simplemma has it."""
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])


def shared(one: bytes, other: bytes) -> int:
    return next(
        (at for at, (first, second) in enumerate(zip(one, other, strict=False)) if first != second),
        min(len(one), len(other)),
    )


def stream(lemmas: dict[bytes, bytes]) -> bytes:
    """Write a word list as simplemma keeps it."""
    written = b"SMFC1\x00" + length(len(lemmas))
    last = b""  # the lemma of the word before
    for before, word in pairwise([b"", *sorted(lemmas)]):
        same, lemma = shared(before, word), lemmas[word]
        written += length(same) + length(len(word) - same) + word[same:]
        kept = shared(word, lemma)
        if lemma == last:
            written += b"\xfe"
        elif len(word) - kept < 254:
            written += bytes([len(word) - kept]) + length(len(lemma) - kept) + lemma[kept:]
        else:
            written += b"\xff" + length(len(lemma)) + lemma
        last = lemma
    return written


@given(st.dictionaries(WORDS, WORDS), WORDS)
def test_a_packed_list_has_its_words_and_no_others(lemmas: dict[str, str], other: str) -> None:
    listed = ListedWords(packed(stream({word.encode(): lemma.encode() for word, lemma in lemmas.items()})))
    assert {word: listed.get(word) for word in lemmas} == lemmas
    assert listed.get(other) == lemmas.get(other)


@given(st.dictionaries(st.binary(max_size=3), st.binary(max_size=3)), st.binary(max_size=3))
def test_packed_words_are_a_dictionary(lemmas: dict[bytes, bytes], other: bytes) -> None:
    words = PackedWords.of(lemmas.items())
    assert (len(words), words.get(other)) == (len(lemmas), lemmas.get(other))
    assert {word: words.get(word) for word in lemmas} == lemmas


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_that_of_simplemma(language: str) -> None:
    theirs, ours = DefaultDictionaryFactory().get_dictionary(language), word_list(language)
    assert isinstance(ours, ListedWords)
    assert [word for word in theirs if ours.get(word) != theirs[word]] == []
    others = [f"{word}qx" for word in theirs]
    assert [word for word in others if ours.get(word) != theirs.get(word)] == []


def test_a_list_that_ends_early_or_late_is_refused() -> None:
    whole = stream({b"mice": b"mouse", b"mine": b"mine"})
    for wrong in (whole + b"\x00", whole[:-9]):
        with pytest.raises((ValueError, IndexError)):
            packed(wrong)


def test_a_list_that_is_kept_in_another_way_is_read_by_simplemma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_list_file, "_SIGNATURE", b"SMFC2\x00")
    listed = word_list("en")
    assert not isinstance(listed, ListedWords)
    assert listed.get("mice") == "mouse"
