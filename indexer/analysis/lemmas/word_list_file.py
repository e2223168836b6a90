"""The word lists of simplemma, read into little memory.

simplemma keeps the list of a language as a compressed stream of records: a word by what it has in common with
the word before it, and its lemma by what it has in common with the word. It makes a dictionary of Python of
these, of 22 to 115 MB a language, or looks words up in the stream itself, which takes six times as long.
"""

from __future__ import annotations

import lzma
from array import array
from collections.abc import Mapping
from importlib.resources import files
from typing import Protocol, cast

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from onrecord.indexer.analysis.lemmas.packed_words import CAN_PACK, PackedWords

__all__ = ["ListedWords", "OneList", "WordList", "packed", "word_list"]

# How a stream begins that is of this version, and of words that are sorted from their first letter on.
_SIGNATURE = b"SMFC1\x00"
# What stands for how many bytes go: the lemma is that of the word before, or stands there as a whole.
_AS_BEFORE, _WHOLE = 254, 255


class WordList(Protocol):
    """What is asked of a list."""

    def get(self, word: str, /) -> str | None:
        """Return the lemma of a word exactly as written; None where it is not listed."""
        ...


class ListedWords:
    """A list whose words are packed."""

    __slots__ = ("_words",)

    def __init__(self, words: PackedWords) -> None:
        self._words = words

    def get(self, word: str, /) -> str | None:
        """Return the lemma of a word exactly as written; None where it is not listed."""
        lemma = self._words.get(word.encode())
        return None if lemma is None else lemma.decode()


class OneList:
    """What simplemma's rules take their dictionary from: the list of one language, whichever they name."""

    __slots__ = ("_listed",)

    def __init__(self, listed: WordList) -> None:
        self._listed = listed

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """Return the list, of which the rules ask nothing but `WordList.get`."""
        return cast("Mapping[str, str]", self._listed)


def word_list(language: str) -> WordList:
    """Read the list of a language: packed, or by simplemma itself where it keeps it in another way."""
    file = files("simplemma.strategies.dictionaries").joinpath("data", f"{language}.plzma")
    if CAN_PACK and file.is_file():
        stream = lzma.decompress(file.read_bytes())
        if stream.startswith(_SIGNATURE):
            return ListedWords(packed(stream))
    return DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)


def packed(stream: bytes) -> PackedWords:
    """Pack the words of a stream.

    It begins with how many there are. A record is the length that a word shares with the word before it, the
    length of the rest and the rest; then how many bytes of the word go, the length of what comes instead,
    and that.
    """
    words, at = _number_at(stream, len(_SIGNATURE))
    hashes, numbers, ends = array("q", bytes(8 * words)), array("I", bytes(4 * words)), array("I", [0, 0])
    lemmas = bytearray()
    word, lemma = b"", 0  # what is before the first of them is empty
    for number in range(words):
        # A length below 128, as nearly each is, is one byte; to call for it takes as long as all the rest.
        shared, length, at = stream[at], stream[at + 1], at + 2
        if shared > 127 or length > 127:
            shared, at = _number_at(stream, at - 2)
            length, at = _number_at(stream, at)
        word = word[:shared] + stream[at : at + length]
        at += length + 1
        less = stream[at - 1]
        if less != _AS_BEFORE:
            length, at = _number_at(stream, at)
            if less != _WHOLE:
                lemmas += word[: len(word) - less]
            lemmas += stream[at : at + length]
            at += length
            ends.append(len(lemmas))
            lemma += 1
        hashes[number], numbers[number] = hash(word), lemma
    if at != len(stream):
        raise ValueError("a word list of simplemma does not end where it says")
    return PackedWords(hashes, numbers, bytes(lemmas), ends)


def _number_at(stream: bytes, at: int) -> tuple[int, int]:
    """Return a number, seven bits a byte and the lowest first, and where it ends."""
    number = shift = 0
    while stream[at] > 127:
        number |= (stream[at] & 127) << shift
        shift, at = shift + 7, at + 1
    return number | stream[at] << shift, at + 1
