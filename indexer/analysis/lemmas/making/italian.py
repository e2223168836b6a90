"""Italian: what is put behind a verb, superlatives, plurals of adjectives, and the second person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.romance import masculine
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further", "is_refused"]

_SUPERLATIVE = re.compile("(.+)issim[oaie]$")
_SHORT_IMPERATIVE = re.compile(
    "(da|di|fa|sta|va)(mm[aeio]l?[aoei]?|tt[aeio]|cc[ieo]|ll[aoie]|nne|gli(el[aoie])?)$"
)
_SHORT_VERBS = {"da": "dare", "di": "dire", "fa": "fare", "sta": "stare", "va": "andare"}
_ADJECTIVE = re.compile("(.+(?:an|rican|os|iv|ari|ic|esc|izzat|logic))[aeh]+s?$")
_PLURAL_IN_CHI = re.compile("(.+(?:ic|esc))(he|hi|i)$")
_CLITICS = re.compile("(.+?)((?:me|te|se|ce|ve|glie)?(?:l[oaie]|ne)|mi|ti|si|ci|vi|gli)$")
_NO_CLITIC = re.compile("(ale|ile|ole|ele|one|ine)$")
_FORMS_OF_A_VERB = 5
_INFINITIVE = re.compile("([aei]re|rre)$")


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the lemmas that the endings of a word give, where the dictionary has them."""
    if found := _SUPERLATIVE.match(word):
        stem = found[1].removesuffix("h")
        yield from (words.lemma[c] for c in (f"{stem}o", f"{stem}e", f"{stem}io") if c in words.lemma)
    yield from masculine(word, words, ("a", "e", "i", "he", "hi"))
    if word.endswith("i"):
        yield from (
            c for c in _second_person(word) if words.forms[c] >= _FORMS_OF_A_VERB and words.is_lemma(c)
        )
        if words.is_lemma(f"{word}o"):
            yield f"{word}o"
    if found := _SHORT_IMPERATIVE.match(word):
        yield _SHORT_VERBS[found[1]]
    if len(word) >= 7:
        yield from _adjectives(word, words)
    if found := _CLITICS.match(word):
        yield from _before_clitics(word, found[1], found[2], words)


def _second_person(word: str) -> Iterator[str]:
    """Yield the verbs in -are that may have a form in -i: c and g take an h before it."""
    yield f"{word}are"
    if word.endswith(("chi", "ghi")):
        yield f"{word[:-2]}are"
    elif not word.endswith(("ci", "gi")):
        yield f"{word[:-1]}are"


def _adjectives(word: str, words: WordList) -> Iterator[str]:
    for pattern in (_ADJECTIVE, _PLURAL_IN_CHI):
        found = pattern.match(word)
        if found and words.is_inflected(f"{found[1]}o"):
            yield f"{found[1]}o"


def _before_clitics(word: str, stem: str, clitics: str, words: WordList) -> Iterator[str]:
    for verb in (f"{stem}e", f"{stem}re", f"{stem}{stem[-1]}e"):
        if _INFINITIVE.search(verb) and words.is_inflected(verb):
            yield verb
    lemma = words.lemma.get(stem, "")
    if (stem.endswith("ndo") and lemma.endswith("re")) or (
        len(stem) > 3
        and len(clitics) > 1
        and not _NO_CLITIC.search(word)
        and re.search("[aei]re$", lemma)
        and word not in words.lemma
    ):
        yield lemma


def is_refused(form: str, lemma: str, words: WordList) -> bool:
    """Tell whether a lemma is an error: "favori" is not of ``favorire``, whose present is in -isco."""
    if lemma.endswith("are") and form in (f"{lemma[:-2]}le", f"{lemma[:-2]}li"):
        # "Postale" is of the post; that someone posts it to her is said otherwise.
        return True
    stem = lemma.removesuffix("ire")
    return stem != lemma and form == f"{stem}i" and words.lemma.get(f"{stem}isce") == lemma
