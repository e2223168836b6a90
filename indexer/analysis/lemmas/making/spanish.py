"""Spanish: verbs whose stem changes, what is put behind them, plurals that are listed wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.romance import masculine
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further", "is_refused"]

_PLAIN = str.maketrans("áéíóú", "aeiou")
_SUPERLATIVE = re.compile("(.+)ísim[oa]s?$")
_CLITICS = "(?:me|te|se|nos|os)?(?:l[oae]s?)|me|te|se|nos|os"
_WITH_CLITICS = re.compile(f"(.+?)({_CLITICS})$")
_SHORT_IMPERATIVE = re.compile(f"(d[aé]|di|haz|pon|ten|ven|s[aá]l|est[aá])({_CLITICS})$")
_SHORT_VERBS = {
    "da": "dar", "dé": "dar", "di": "decir", "haz": "hacer", "pon": "poner", "ten": "tener", "ven": "venir",
    "sal": "salir", "sál": "salir", "esta": "estar", "está": "estar",
}  # fmt: skip
_ADJECTIVE = re.compile("(.+(?:an|ian|rican|os|iv|ari|ic|esc|izad))[ae]s?$")
_INFINITIVE = re.compile("[aeí]r$|ir$")
# The endings of the present, indicative and subjunctive, that have the stress before them.
_PRESENT = ("o", "a", "as", "an", "e", "es", "en")
_LEAST_SISTERS = 2
# Before e, the sound of these letters is written otherwise.
_RESPELT = (("qu", "c"), ("gu", "g"), ("c", "z"))
# The vowel of the infinitive, and what it becomes under stress.
_STRESSED = (("e", "ie"), ("o", "ue"), ("u", "ue"), ("u", "ú"), ("i", "í"))
_DIMINUTIVE = re.compile("..it[oa]s?$")
_ITSELF = re.compile("(it.*|r)$")
_PLURALS = (
    ("iones", "ión"),
    ("ones", "ón"),
    ("anes", "án"),
    ("eses", "és"),
    ("ines", "ín"),
    ("enes", "en"),
    ("es", ""),
)


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the lemmas that the endings of a word give, where the dictionary has them."""
    if found := _SUPERLATIVE.match(word):
        yield from (words.lemma[c] for c in (f"{found[1]}o", f"{found[1]}e", found[1]) if c in words.lemma)
    yield from masculine(word, words, ("a", "as", "os"))
    yield from words.singular(word)
    yield from _singular(word, words)
    yield from _by_sisters(word, words)
    found = _ADJECTIVE.match(word) if len(word) >= 7 else None
    if found and words.is_inflected(f"{found[1]}o"):
        yield f"{found[1]}o"
    if found := _SHORT_IMPERATIVE.match(word):
        yield _SHORT_VERBS[found[1]]
    if found := _WITH_CLITICS.match(word):
        yield from _before_clitics(word, found[1], words)


def _singular(word: str, words: WordList) -> Iterator[str]:
    """Yield the noun of a plural that is listed under a verb only: "colecciones" under ``coleccionar``."""
    for plural, singular in _PLURALS:
        stem = word.removesuffix(plural)
        if stem != word and len(stem) > 1 and stem[-1:] not in "aeiou" and words.is_lemma(stem + singular):
            yield stem + singular
            return


def _by_sisters(word: str, words: WordList) -> Iterator[str]:
    """Yield the verbs that two other forms of the present with the same stem belong to."""
    for ending in _PRESENT:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        sisters = [words.lemma.get(sister, "") for sister in _sisters(stem, ending) if sister != word]
        yield from (v for v in set(sisters) if sisters.count(v) >= _LEAST_SISTERS and _INFINITIVE.search(v))


def _sisters(stem: str, ending: str) -> Iterator[str]:
    """Yield the forms of the present with the same stem: "toqu" before e is "toc" before o."""
    before_e = ending.startswith("e")
    alike = [end for end in _PRESENT if end.startswith("e") == before_e]
    others = [end for end in _PRESENT if end not in alike]
    respelt = [stem.removesuffix(a) + b for a, b in _RESPELT if before_e and stem.endswith(a)]
    unchanged = [] if stem.endswith(("c", "g", "z")) else [stem]
    yield from (stem + end for end in alike)
    yield from (other + end for other in respelt or unchanged for end in others)


def _before_clitics(word: str, stem: str, words: WordList) -> Iterator[str]:
    plain = stem.translate(_PLAIN)
    if re.search("[aeií]r$", stem):
        yield from (verb for verb in (stem, plain) if verb in words.forms)
    elif plain.endswith("ndo") and words.lemma.get(plain, "").endswith("r"):
        yield words.lemma[plain]
    elif len(plain) > 3 and (
        plain != stem or (word not in words.lemma and not word.endswith(("nte", "ete", "ate", "ote")))
    ):
        yield from (
            v for v in (words.lemma.get(plain, ""), *_by_sisters(plain, words)) if _INFINITIVE.search(v)
        )


def _is_verb(stem: str, lemma: str, words: WordList) -> bool:
    """Tell a verb from a noun in -ar, such as ``lunar``, that has the forms of a verb by mistake."""
    return any(words.lemma.get(stem + ending) == lemma for ending in ("ando", "aron", "aba", "ó", "arán"))


def is_refused(form: str, lemma: str, words: WordList) -> bool:
    """Tell whether a lemma is an error: "costa" is not of ``costar``, which has "cuesta"."""
    stem = lemma[:-2]
    if _DIMINUTIVE.search(form) and not _ITSELF.search(lemma):
        return True
    if lemma.endswith("ar") and form not in (lemma, f"{lemma}es") and not _is_verb(stem, lemma, words):
        return True
    if form.endswith("ades") and lemma.endswith("ar") and words.is_lemma(form[:-2]):
        return True
    if not _INFINITIVE.search(lemma) or form not in {stem + ending for ending in _PRESENT}:
        return False
    for vowel, stressed in _STRESSED:
        head, found, tail = stem.rpartition(vowel)
        changed = f"{head}{stressed}{tail}"
        if found and any(words.lemma.get(changed + ending) == lemma for ending in _PRESENT):
            return True
    return False
