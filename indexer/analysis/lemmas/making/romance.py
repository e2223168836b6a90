"""What Italian, Spanish and Portuguese share: adjectives in -o whose feminine is a noun as well."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["masculine"]


def masculine(word: str, words: WordList, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the adjective in -o that a word is the feminine or a plural of.

    That there is an adverb tells it from a noun that is merely alike: "logica" is of
    ``logico`` for there is "logicamente"; ``punta`` is not of "punto".
    """
    for ending in endings:
        stem = word.removesuffix(ending)
        known = stem != word and len(stem) > 2 and words.is_lemma(f"{stem}o")
        if known and (f"{stem}amente" in words.lemma or f"{stem}amente" in words.frequency):
            yield f"{stem}o"
