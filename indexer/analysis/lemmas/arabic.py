"""Arabic: a word is taken apart into proclitics, a base and an enclitic, and the cheapest reading counts.

"And with his weapons" is one word, ``وبأسلحته``. simplemma's word list knows the lemma of many bases, broken
plurals among them, and of few words with clitics. Each way to take a word apart costs something: the
clitics, the ending of the base, and how few forms the list has of the lemma. This is the least sure of our
dictionaries: docs/lemmas.md has the figures.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

__all__ = ["ArabicDictionary"]

# Vowel signs and the letter stretcher, which nobody searches for.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
# And, so; with, for, like; the article; the future. What each costs was tuned on a development table.
_PROCLITICS = {
    "": 0, "ال": 1, "و": 1.2, "ف": 1.6, "ب": 1.3, "ل": 1.3, "ك": 2.2, "س": 1.4, "وال": 1.5, "فال": 2,
    "بال": 1.3, "لل": 1.3, "كال": 2,
    "وب": 2, "ول": 2, "وس": 2, "فس": 2.2, "وبال": 2, "ولل": 2, "فب": 3, "فل": 3, "وك": 3,
}  # fmt: skip
_ARTICLES = ("", "ال", "وال", "بال", "لل", "فال", "كال", "ولل", "وبال", "و")
_ENCLITICS = {
    "": 0,
    "ه": 0.8,
    "ها": 0.8,
    "هم": 0.8,
    "هما": 0.8,
    "هن": 0.8,
    "ك": 1.2,
    "كم": 0.8,
    "نا": 0.8,
    "ني": 0.8,
    "ي": 1.2,
}
_SHORTEST_BASE = 3
# A lemma of which the list has few forms is less likely meant: so much for each halving below 64.
_RARE, _FORMS_OF_A_COMMON_LEMMA = 0.25, 6
_FEW_FORMS = 3
# Readings that cost so little more than the cheapest count as well.
_AS_LIKELY = 0.15
# Names of countries end so, and lose nothing: "ألمانيا" is not of "ألماني".
_COUNTRY = "يا"
_BEFORE_COUNTRY = ("", "و", "ل", "ب", "ف")
# "To be", the most frequent verb, whose short forms look like much else.
_BE = re.compile("[وف]?[سل]?[يتنأ]كو?ن(وا|ون)?$")
# A verbal noun is a word of its own; the list has many under their verb.
_VERBAL_NOUN = re.compile("(إ..ا.|ت..ي.|ا.ت.ا.|ان..ا.|است..ا.|استفا.)ة?$")
_IMPERFECT = re.compile("([يتنأ])(.{2,}?)(ون|وا|ان|ين|ن|ا|)$")
_PAST_ENDINGS = ("تم", "نا", "وا", "تا", "تما", "تن", "ت", "ن", "ا")

#: What a word may be a form of, and what it costs to believe so.
_Readings = Iterator[tuple[str, float]]


class ArabicDictionary:
    """simplemma's Arabic word list, and what is put before and behind its words."""

    __slots__ = ("_analysed", "_forms", "_listed")

    def __init__(self, language: str) -> None:
        listed = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
        self._listed = {form: _MARKS.sub("", lemma) for form, lemma in listed.items()}
        self._forms = Counter(self._listed.values())
        self._analysed = lru_cache(maxsize=1 << 14)(self._analyse)

    def __contains__(self, word: str) -> bool:
        """Tell whether the word list has the word, as it stands or without its vowel signs."""
        return word in self._listed or _MARKS.sub("", word) in self._listed

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemma of the cheapest readings of a word."""
        return self._analysed(_MARKS.sub("", word))

    def _analyse(self, word: str) -> frozenset[str]:
        if _BE.match(word):
            return frozenset(("كان",))
        for before in _BEFORE_COUNTRY:
            rest = word.removeprefix(before)
            if len(rest) + len(before) == len(word) and self._is_country(rest):
                return frozenset((rest,))
        cheapest: dict[str, float] = {}
        for lemma, cost in self._readings(word):
            total = cost + self._rarity(lemma)
            cheapest[lemma] = min(total, cheapest.get(lemma, total))
        least = min(cheapest.values(), default=0)
        likely = {lemma for lemma, cost in cheapest.items() if cost <= least + _AS_LIKELY}
        return frozenset(likely.union(self._as_listed(word)))

    def _as_listed(self, word: str) -> Iterator[str]:
        """Yield the lemma that the list has of a word, or of one behind an article: it is never unlikely."""
        for before in _ARTICLES:
            form = word.removeprefix(before)
            lemma = self._listed.get(form)
            cut = len(form) + len(before) == len(word) and len(form) >= _SHORTEST_BASE
            if cut and lemma and lemma != form and _word_of_its_own(form, lemma) is None:
                yield lemma

    def _is_country(self, word: str) -> bool:
        """Tell a country from an adverb that ends alike: "internationally" is of ``دولي``, beside "state"."""
        return (
            word.endswith(_COUNTRY) and self._listed.get(word) == word and f"{word[:-2]}ة" not in self._listed
        )

    def _rarity(self, lemma: str) -> float:
        return max(0.0, _RARE * (_FORMS_OF_A_COMMON_LEMMA - math.log2(1 + self._forms[lemma])))

    def _readings(self, word: str) -> _Readings:
        """Yield each lemma that a word can be taken apart to."""
        for proclitic, cost in _PROCLITICS.items():
            rest = word.removeprefix(proclitic)
            if len(rest) + len(proclitic) != len(word) or (proclitic and len(rest) < _SHORTEST_BASE):
                continue
            with_article = proclitic.endswith(("ال", "لل"))
            for enclitic, cost_behind in _ENCLITICS.items():
                if enclitic and (with_article or not _may_end_with(rest, enclitic)):
                    continue
                for base, cost_of_base in _bases(rest, enclitic):
                    spent = cost + cost_behind + cost_of_base
                    if proclitic[-1:] != "س":
                        yield from self._nouns(base, enclitic, spent)
                    if not with_article and proclitic[-1:] not in ("ب", "ك"):
                        yield from self._verbs(base, proclitic, spent)

    def _nouns(self, base: str, enclitic: str, spent: float) -> _Readings:
        for noun, cost in _nouns_of(base):
            lemma = self._listed.get(noun)
            if lemma is None or len(noun) < 2 or (enclitic and base.endswith("ة") and noun != base):
                continue
            if (
                noun != lemma
                and len(noun) > 2
                and self._forms[noun] >= _FEW_FORMS
                and not lemma.endswith("ي")
            ):
                yield noun, spent + cost
            own = _word_of_its_own(noun, lemma)
            if own is not None:
                yield own, spent + cost
                continue
            with_article = self._listed.get(f"ال{noun}")
            if with_article is not None and _word_of_its_own(noun, with_article) is None:
                yield with_article, spent + cost
            alone = lemma == noun and self._forms[noun] < _FEW_FORMS
            yield lemma, spent + cost + (1.3 if alone else 0)

    def _verbs(self, base: str, proclitic: str, spent: float) -> _Readings:
        if proclitic[-1:] in ("س", "ل") and proclitic and base[:1] not in "يتنأ":
            return
        listed = self._listed.get(base)
        if proclitic[-1:] == "س" and listed is not None and listed != base:
            yield listed, spent
        for verb, cost in _verbs_of(base):
            lemma = self._listed.get(verb)
            if lemma is not None and (lemma == verb or self._forms[verb]):
                yield verb, spent + cost + (0.6 if self._forms[verb] < _FEW_FORMS else 0)


def _word_of_its_own(form: str, listed: str) -> str | None:
    """Return the word that a form is where the list has what it is derived from: a verbal noun, a nisba."""
    bare = form.removeprefix("ال").removesuffix("ة")
    if _VERBAL_NOUN.match(form):
        return form
    return bare if len(bare) > 3 and bare == f"{listed}ي" else None


def _may_end_with(rest: str, enclitic: str) -> bool:
    shortest = _SHORTEST_BASE if len(enclitic) == 1 else 2
    return rest.endswith(enclitic) and len(rest) - len(enclitic) >= shortest


def _bases(rest: str, enclitic: str) -> _Readings:
    """Yield what a word was before an enclitic was put to it, which opens a closed ending."""
    base = rest.removesuffix(enclitic)
    if not enclitic:
        yield base, 0
    elif base.endswith("ت"):
        yield f"{base[:-1]}ة", 0.2
        yield base, 0.2
    else:
        yield base, 0
        if base.endswith("ا"):
            yield f"{base[:-1]}ى", 0.2
        elif base[-1] in "ئؤ":
            yield f"{base[:-1]}ء", 0.1
        elif base.endswith("و"):
            yield f"{base}ا", 0.3


def _nouns_of(base: str) -> _Readings:
    """Yield what a noun or an adjective may be a regular form of."""
    yield base, 0
    if len(base) > 4:
        if base.endswith("ات"):
            yield f"{base[:-2]}ة", 0.6
            yield base[:-2], 0.7
        if base.endswith(("تين", "تان")):
            yield f"{base[:-3]}ة", 0.6
        if base.endswith(("ين", "ون", "ان")):
            yield base[:-2], 0.7
        if base.endswith("ة"):
            yield base[:-1], 0.5
    if len(base) > 3 and base.endswith("ا") and not base.endswith(_COUNTRY):
        yield base[:-1], 0.5
    if len(base) > 3 and base.endswith("ت"):
        yield f"{base[:-1]}ة", 0.6


def _verbs_of(base: str) -> _Readings:
    """Yield the third persons of the past that a verb's form may be of: its dictionary word."""
    found = _IMPERFECT.match(base)
    if found:
        whole = found[2] + found[3]
        yield from ((past, 0.8 + cost) for past, cost in _pasts_of(whole))
        if found[3] and len(found[2]) > 2:
            yield from ((past, 0.9 + cost) for past, cost in _pasts_of(found[2]))
    for ending in _PAST_ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 2:
            yield from _past_without(base.removesuffix(ending), ending)


def _past_without(stem: str, ending: str) -> _Readings:
    if len(stem) > 2:
        yield stem, 0.8
    else:
        yield f"{stem[0]}ا{stem[1]}", 0.9
    if len(stem) > 2 and stem[-1] in "يو":
        yield f"{stem[:-1]}{'ى' if stem[-1] == 'ي' else 'ا'}", 0.9
    if len(stem) > 2 and ending in ("ت", "تا", "وا"):
        yield f"{stem}ى", 1
    if len(stem) > 2 and stem[0] in "أا" and ending not in ("وا", "تا"):
        yield f"{stem[:-1]}ا{stem[-1]}", 1


def _pasts_of(stem: str) -> _Readings:
    """Yield the pasts of an imperfect's stem, of form I first: "قول" is of ``قال``, "ريد" of ``أراد``."""
    if len(stem) == 2:
        yield from ((f"{stem[0]}ا{stem[1]}", 0.3), (f"و{stem}", 0.3), (f"{stem}ى", 0.3), (f"{stem}ا", 0.4))
        return
    if len(stem) < 2:
        return
    yield from ((stem, 0), (f"أ{stem}", 0.35))
    if len(stem) == 3 and stem[1] in "وي":
        yield f"{stem[0]}ا{stem[2]}", 0
    if stem[-1] in "يو":
        yield from ((f"{stem[:-1]}ى", 0.1), (f"{stem[:-1]}ا", 0.1))
    if stem[-1] == "ي":
        yield f"أ{stem[:-1]}ى", 0.3
    if len(stem) > 3:
        yield from _longer_pasts_of(stem)


def _longer_pasts_of(stem: str) -> _Readings:
    yield f"ا{stem}", 0.1
    if stem[-2] == "ي":
        hollow = f"{stem[:-2]}ا{stem[-1]}"
        yield from ((hollow, 0.15), (f"أ{hollow}", 0.1), (f"ا{hollow}", 0.1))
    if stem[-1] in "يى":
        yield f"ا{stem[:-1]}ى", 0.1
