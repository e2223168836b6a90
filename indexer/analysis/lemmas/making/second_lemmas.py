"""Makes the table of a language: the forms whose lemmas are not just the one that simplemma has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from onrecord.indexer.analysis.lemmas.making.candidates import candidates, canonical
from onrecord.indexer.analysis.lemmas.making.english import is_verb_of
from onrecord.indexer.analysis.lemmas.making.hand import irregular
from onrecord.indexer.analysis.lemmas.making.likelihood import Readings, likelihoods
from onrecord.indexer.analysis.lemmas.making.paradigms import further_lemmas
from onrecord.indexer.analysis.lemmas.making.rules import Rule, rule_of
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["second_lemmas"]

# How sure a hole in a paradigm must be: English has few forms a word, and each says more.
_LIKELY = {"en": (0.5, 0.3)}
_LIKELY_ELSEWHERE = (0.75, 0.55)
# A lemma whose own forms are rarer than this share of the form is not what anyone means by it.
_LEAST_SHARE = 0.05
_LEAST_LIKELIHOOD = 0.004
_SURE_HOLE = 0.6
_VERBS = {
    "de": re.compile("(en|ern|eln)$"),
    "es": re.compile("[aeií]r$"),
    "fr": re.compile("(er|ir|re)$"),
    "it": re.compile("([aei]re|rre)$"),
    "pt": re.compile("[aeioô]r$"),
    "sv": re.compile("a$"),
}
_FORMS_OF_A_VERB = 5

_Holes = Mapping[str, Mapping[str, float]]


def second_lemmas(words: WordList) -> dict[str, frozenset[str]]:
    """Return the forms of a language that have other lemmas than simplemma's one, or further ones."""
    likely, likely_of_few = _LIKELY.get(words.language, _LIKELY_ELSEWHERE)
    holes: _Holes = further_lemmas(words, likely=likely, likely_of_few=likely_of_few)
    readings = _readings(words, holes)
    likelihood = likelihoods(words, readings)
    unambiguous = _unambiguous(words, readings)
    table = {}
    for form in readings:
        kept = frozenset(_kept(form, words, likelihood[form], unambiguous, holes.get(form, {})))
        if kept != {words.lemma.get(form)}:
            table[form] = kept
    return table


def _readings(words: WordList, holes: _Holes) -> Readings:
    found = {}
    kinds: dict[str, str] = {}
    for form in words.written():
        lemmas = candidates(form, words, holes.get(form, {}))
        for lemma in lemmas:
            if lemma not in kinds:
                kinds[lemma] = _kind(lemma, words)
        if lemmas:
            unlike = Rule("", "?", "?")
            found[form] = {m: (kinds[m], rule_of(form, m, words.language) or unlike) for m in sorted(lemmas)}
    return found


def _kind(lemma: str, words: WordList) -> str:
    """Return what kind of word a lemma is, as far as its shape and its forms tell."""
    if lemma[:1].isupper():
        return "name"
    if words.language == "en":
        return "verb" if is_verb_of(lemma, f"{lemma}s", words) else "other"
    verb = _VERBS[words.language].search(lemma)
    return f"verb in {lemma[-2:]}" if verb and words.forms[lemma] >= _FORMS_OF_A_VERB else "other"


def _unambiguous(words: WordList, readings: Readings) -> Mapping[str, float]:
    """Return, by lemma, the share of those of its forms that have no other lemma."""
    share: dict[str, float] = defaultdict(float)
    for form, lemmas in readings.items():
        if len(lemmas) == 1:
            share[next(iter(lemmas))] += words.share(form)
    return share


def _kept(
    form: str,
    words: WordList,
    likelihood: Mapping[str, float],
    unambiguous: Mapping[str, float],
    holes: Mapping[str, float],
) -> list[str]:
    """Return the lemmas of a form that someone may mean by it."""
    first = canonical(words.lemma[form], words.language) if form in words.lemma else None
    by_hand = irregular(words.language).get(form, ())

    def is_meant(lemma: str) -> bool:
        if len(likelihood) == 1 or lemma in by_hand or lemma == form:
            return True
        share = unambiguous.get(lemma, 0.0)
        if lemma == first:
            if lemma.lower() not in words.frequency and any(other in words.frequency for other in likelihood):
                return False
            return max(share, words.share(lemma)) >= _LEAST_SHARE * words.share(form)
        if share < _LEAST_SHARE * words.share(form):
            return False
        return likelihood[lemma] >= _LEAST_LIKELIHOOD or holes.get(lemma, 1.0) >= _SURE_HOLE

    kept = [lemma for lemma in likelihood if is_meant(lemma)]
    return kept or [max(likelihood, key=lambda lemma: (likelihood[lemma], lemma))]
