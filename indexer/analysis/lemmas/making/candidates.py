"""Every lemma that a form may have: the dictionary's, itself, those with a hole for it, those by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from onrecord.indexer.analysis.lemmas.making import (
    english,
    french,
    german,
    italian,
    portuguese,
    spanish,
    swedish,
)
from onrecord.indexer.analysis.lemmas.making.hand import corrections, endings, irregular
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["candidates", "canonical"]

_RULES: Mapping[str, Callable[[str, WordList], Iterator[str]]] = {
    "de": german.further,
    "en": english.further,
    "es": spanish.further,
    "fr": french.further,
    "it": italian.further,
    "pt": portuguese.further,
    "sv": swedish.further,
}
_REFUSED: Mapping[str, Callable[[str, str, WordList], bool]] = {
    "es": spanish.is_refused,
    "it": italian.is_refused,
    "pt": portuguese.is_refused,
    "sv": swedish.is_refused,
}
_REFLEXIVES = {"es": re.compile("(?<=[aeií]r)se$"), "it": re.compile("(?<=[aei]r)si$")}
_LONGEST_ENDING = 9


def candidates(form: str, words: WordList, holes: Mapping[str, float]) -> set[str]:
    """Return every lemma that a form may have."""
    language = words.language
    if form in corrections(language):
        return set(corrections(language)[form])
    if language == "en" and form.endswith(("ed", "ing")):
        holes = {lemma: likely for lemma, likely in holes.items() if english.is_verb_of(lemma, form, words)}
    found = {*holes, *irregular(language).get(form, ()), *_by_ending(form, words)}
    if form in words.lemma:
        found.add(words.lemma[form])
        if language == "sv" and swedish.is_declined(form, words.lemma[form]):
            # A participle is a form of its verb.
            found.update(swedish.verbs_of(words.lemma[form], words))
    if form in words.forms:
        found.add(form)
    found.update(_RULES[language](form, words))
    if refused := _REFUSED.get(language):
        found = {lemma for lemma in found if not refused(form, lemma, words)} or {_itself(form, language)}
    return {canonical(lemma, language) for lemma in found if lemma}


def canonical(lemma: str, language: str) -> str:
    """Return one name for one word: a reflexive infinitive is its verb."""
    reflexive = _REFLEXIVES.get(language)
    if reflexive is None or not reflexive.search(lemma):
        return lemma
    return lemma[:-2].replace("ír", "ír") if language == "es" else f"{lemma[:-2]}e"


def _itself(form: str, language: str) -> str:
    """Return the lemma of an unknown form: itself, or its singular where the plural takes an s."""
    return form if language in ("it", "sv") else form.removesuffix("s")


def _by_ending(form: str, words: WordList) -> Iterator[str]:
    known = endings(words.language)
    for length in range(2, min(len(form), _LONGEST_ENDING) + 1):
        for ending in known.get(form[-length:], ()):
            lemma = form[:-length] + ending
            if words.is_inflected(lemma):
                yield lemma
