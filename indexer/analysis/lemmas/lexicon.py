"""The word list of a language: the lemma that simplemma has of a form, and ours where a form has others.

simplemma keeps one lemma of a form. The tables beside this module, written by
``generate.py``, have the forms that belong to several or that it has wrong.
What neither has, simplemma's rules may still take apart: a clitic, a compound's last
part, an ending that only one kind of word has.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from importlib.resources import files

from simplemma.strategies import DefaultStrategy

from onrecord.indexer.analysis.lemmas.packed_words import PackedWords
from onrecord.indexer.analysis.lemmas.word_list_file import OneList, word_list

__all__ = ["Lexicon", "table"]


class Lexicon:
    """The forms of a language and their lemmas. Words of most languages are looked up in small letters."""

    __slots__ = ("_language", "_listed", "_rules", "_table")

    def __init__(self, language: str) -> None:
        self._language = language
        self._listed = word_list(language)
        self._rules = DefaultStrategy(dictionary_factory=OneList(self._listed))
        self._table = PackedWords.of(_rows(language))

    def __contains__(self, word: str) -> bool:
        """Tell whether the word is listed, exactly as written."""
        return self._table.get(word.encode()) is not None or self._listed.get(word) is not None

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemmas of a word: those of its small form, or of a name listed with its capital."""
        small = word.lower()
        return (
            self.listed(small) or (self.listed(word) if word != small else frozenset()) or self.guessed(small)
        )

    def listed(self, word: str) -> frozenset[str]:
        """Return the lemmas that the lists have of a word exactly as written."""
        known = self.tabled(word)
        if known:
            return known
        lemma = self._listed.get(word)
        return frozenset((lemma.lower(),)) if lemma is not None else frozenset()

    def tabled(self, word: str) -> frozenset[str]:
        """Return the lemmas that our table has of a word exactly as written."""
        known = self._table.get(word.encode())
        return frozenset(known.decode().split(" ")) if known is not None else frozenset()

    def guessed(self, word: str) -> frozenset[str]:
        """Return the lemma that simplemma's rules make out in a word that is not listed."""
        lemma = self._rules.get_lemma(word, self._language)
        return frozenset((lemma.lower(),)) if lemma else frozenset()


def table(language: str) -> dict[str, frozenset[str]]:
    """Return the forms of a language that the table beside this module has, each with its lemmas."""
    return {form.decode(): frozenset(lemmas.decode().split(" ")) for form, lemmas in _rows(language)}


def _rows(language: str) -> Iterator[tuple[bytes, bytes]]:
    file = files(__package__).joinpath("tables", f"{language}.tsv.xz")
    if file.is_file():
        for line in lzma.decompress(file.read_bytes()).splitlines():
            form, _, lemmas = line.partition(b"\t")
            yield form, lemmas
