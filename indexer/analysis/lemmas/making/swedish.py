"""Swedish: verbs by their conjugation, and nouns that the dictionary takes for archaic forms of verbs.

simplemma has old subjunctives and imperatives ("boken" of ``boka``, "ställe" of ``ställa``) and
imperatives that no verb in -ar has ("design" of ``designa``) in the place of nouns. They
are refused, and the noun is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.indexer.analysis.lemmas.making.hand import irregular, rows
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further", "is_declined", "is_refused", "verbs_of"]

_ENDINGS = (
    ("nde", ""), ("ande", "a"), ("ad", "a"), ("ade", "a"), ("ades", "a"), ("at", "a"), ("ats", "a"),
    ("d", "a"), ("t", "a"), ("da", "a"), ("dd", ""),
    ("dda", ""), ("dde", ""), ("ta", "a"), ("de", "a"), ("te", "a"),
)  # fmt: skip
# Taken for a verb's by the dictionary, as old imperatives and subjunctives; most are a noun's.
_ARCHAIC = ("", "s", "e", "en")
# Behind these, an e is the ending of the past: "använde", "fäste".
_PAST_IN_E = re.compile("(nd|rd|st|ft|kt|mt|lt|tt|dd)$")
# What a noun has behind its dictionary word. A plural needs a definite plural beside it to be believed.
_SINGULAR = ("", "en", "et", "n", "t")
_PLURAL = (("or", "a", "orna"), ("ar", "", "arna"), ("er", "", "erna"), ("n", "", "na"), ("ar", "e", "arna"))
# The imperative of "skvallra" is "skvallra", and ``skvaller`` is gossip.
_LIQUID = re.compile("[bcdfghjklmnpqrstvx][lnr]$")
_PREFIXES = [
    "an",
    "av",
    "be",
    "bort",
    "efter",
    "fast",
    "fram",
    "för",
    "före",
    "genom",
    "hop",
    "igen",
    "in",
    "med",
    "miss",
    "mot",
    "ned",
    "ner",
    "om",
    "på",
    "sam",
    "till",
    "til",
    "und",
    "under",
    "upp",
    "ut",
    "van",
    "vid",
    "åter",
    "över",
]


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the verbs and nouns that the endings of a word give, where the dictionary has them."""
    yield from verbs_of(word, words)
    if word.endswith("s") and len(word) > 3:
        yield from _active(word[:-1], words)
    yield from _nouns(word, words)
    if (
        word.endswith("tt")
        and len(word) > 3
        and words.is_lemma(word[:-2])
        and words.lemma.get(word, word) == word
    ):
        yield word[:-2]
    if word.endswith("s") and len(word) > 4:
        yield from _nouns(word[:-1], words)


def verbs_of(word: str, words: WordList) -> Iterator[str]:
    """Yield the verbs that a word is the past, the supine or a participle of."""
    yield from _strong(word, words)
    if word.endswith("a") and _is_in_ar(word, words):
        return
    weak = f"{word[:-1]}a"
    if (
        word.endswith("e")
        and _PAST_IN_E.search(word[:-1])
        and words.is_inflected(weak)
        and not _is_in_ar(weak, words)
    ):
        yield weak
    for ending, infinitive in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            verb = word.removesuffix(ending) + infinitive
            strong = verb in _infinitives() and ending not in ("ande", "nde")
            if words.is_inflected(verb) and _is_regular(verb, ending, words) and not strong:
                yield verb


def is_declined(form: str, lemma: str) -> bool:
    """Tell whether a form is declined as a participle is: "sålda" of ``såld``, not "följder" of ``följd``."""
    if lemma.endswith("nde"):
        return False
    stem = lemma[:-2] if lemma.endswith("en") else lemma
    return form in (
        lemma,
        f"{stem}a",
        f"{stem}e",
        f"{stem}na",
        f"{stem}ne",
        f"{lemma[:-1]}t",
        f"{lemma[:-1]}tt",
        f"{lemma}s",
    )


def _strong(word: str, words: WordList) -> Iterator[str]:
    if word.endswith("et") and _is_noun(word[:-2], words):
        # Far more often the noun's definite form: "skriket" is the cry.
        return
    yield from _strong_verbs().get(word, ())
    for before in _PREFIXES:
        if word.startswith(before):
            for verb in _strong_verbs().get(word.removeprefix(before), ()):
                if words.is_lemma(before + verb):
                    yield before + verb


def _is_regular(verb: str, ending: str, words: WordList) -> bool:
    """Tell whether a verb has forms with this ending: "boka" has "bokade", "ställa" has "ställde"."""
    if not verb.endswith("a"):
        return words.lemma.get(f"{verb}r") == verb
    first = _is_in_ar(verb, words)
    if ending in ("ande", "nde"):
        return first or words.lemma.get(f"{verb[:-1]}er") == verb
    return first == ending.startswith("a")


@cache
def _strong_verbs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("swedish_verbs.csv"):
        verb, participle = row["infinitive"], row["participle"]
        forms = {row["past"], row["supine"], participle}
        if participle.endswith("en"):
            forms |= {f"{participle[:-1]}t", f"{participle[:-2]}na", f"{participle[:-2]}ne"}
        elif participle:
            forms |= {f"{participle}a", f"{participle}e"}
        for form in forms - {""}:
            found.setdefault(form, []).append(verb)
    return found


@cache
def _infinitives() -> frozenset[str]:
    """Return the strong verbs, which have no weak past."""
    return frozenset(
        row["infinitive"] for row in rows("swedish_verbs.csv") if row["participle"].endswith("en")
    )


def _is_in_ar(verb: str, words: WordList) -> bool:
    first = sum(words.lemma.get(f"{verb}{ending}") == verb for ending in ("de", "des", "t", "ts", "r"))
    return first > _forms_in_er(verb, words)


def _forms_in_er(verb: str, words: WordList) -> int:
    return sum(words.lemma.get(f"{verb[:-1]}{ending}") == verb for ending in ("er", "te", "de", "tes", "des"))


def _active(form: str, words: WordList) -> Iterator[str]:
    """Yield the verbs that the active form of a passive belongs to."""
    yield from _strong(form, words)
    verb = words.lemma.get(form)
    if verb is None or not verb.endswith("a") or len(form) < 4 or len(verb) > len(form) + 1:
        return
    if verb == form or form.endswith(("de", "te")) or (form.endswith(("r", "t")) and form != verb[:-1]):
        yield verb


def _is_noun(word: str, words: WordList) -> bool:
    """Tell whether a word may be a noun's lemma: it is listed as one, or as a form that no verb has."""
    lemma = words.lemma.get(word)
    return len(word) > 1 and (lemma == word or (lemma is not None and is_refused(word, lemma, words)))


def _nouns(word: str, words: WordList) -> Iterator[str]:
    listed = words.lemma.get(word, "")
    if is_refused(word, listed, words):
        for ending in _SINGULAR:
            noun = word.removesuffix(ending)
            if len(word) - len(noun) == len(ending) and noun != listed and _is_noun(noun, words):
                yield noun
    for plural, singular, definite in _PLURAL:
        noun = word.removesuffix(plural) + singular
        beside = word.removesuffix(plural) + definite
        if (
            word.endswith(plural)
            and len(noun) > 2
            and _is_noun(noun, words)
            and words.lemma.get(beside) == noun
        ):
            yield noun


def is_refused(form: str, lemma: str, words: WordList) -> bool:
    """Tell whether a verb that is listed for a form has no such form in the language of today."""
    stem = lemma[:-1]
    if lemma == f"{form}e" and lemma.endswith("are"):
        return True
    if _LIQUID.search(stem) and form == f"{stem[:-1]}e{stem[-1]}":
        return form not in irregular("sv") and _is_in_ar(lemma, words)
    if (
        not lemma.endswith("a")
        or form in irregular("sv")
        or form not in {stem + ending for ending in _ARCHAIC}
    ):
        return False
    if lemma in _strong_verbs().get(form, ()):
        return False
    if form in (stem, f"{stem}s"):
        return _is_in_ar(lemma, words) or not _forms_in_er(lemma, words)
    if form == f"{stem}e" and _PAST_IN_E.search(stem) and not _is_in_ar(lemma, words):
        return False
    if form == f"{stem}en":
        return not any(words.lemma.get(f"{stem}{end}") == lemma for end in ("it", "its"))
    return True
