"""The Arabic table: the forms of our lexicon, and how likely each word, place and clitic is.

Likelihoods are estimated by expectation-maximisation, as for the other languages
(`onrecord.indexer.analysis.lemmas.making.likelihood`), with what stands before and behind a word as
further unknowns.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import Place
from onrecord.indexer.analysis.lemmas.arabic_forms.readings import Meanings, readings
from onrecord.indexer.analysis.lemmas.arabic_forms.table import rows as rows_of_table
from onrecord.indexer.analysis.lemmas.making.arabic_costs import UNLIKELY, estimated
from onrecord.indexer.analysis.lemmas.making.arabic_derived import derived
from onrecord.indexer.analysis.lemmas.making.arabic_guesses import Entry, from_word_list, from_writing
from onrecord.indexer.analysis.lemmas.making.arabic_nouns import noun_forms
from onrecord.indexer.analysis.lemmas.making.arabic_spelling import before_enclitic
from onrecord.indexer.analysis.lemmas.making.arabic_verbs import verb_forms
from onrecord.indexer.analysis.lemmas.making.hand import rows
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["Paradigm", "arabic_rows", "lexicon", "meanings", "with_guesses"]

#: The forms of a lemma with their places.
Paradigm = dict[Place, dict[str, None]]
# The vowel that the past of a verb ends in tells it from the noun that is written alike.
_VERB_ENDING = "\u064e"
# Verbs that no rule inflects.
_IRREGULAR = {
    "ليس": {
        "past ": "ليس", "past ت": "ليست", "past وا": "ليسوا", "past ا": "ليسا", "past تا": "ليستا",
        "past +ت": "لست", "past +نا": "لسنا", "past +تم": "لستم", "past +ن": "لسن",
    }
}  # fmt: skip
# A verbal noun or a participle that is less frequent is none.
_RAREST = 1e-7


def lexicon() -> dict[str, Paradigm]:
    """Return the forms of the entries that were written by hand, by lemma."""
    found: dict[str, Paradigm] = {}
    for row in rows("arabic_nouns.csv"):
        forms = noun_forms(row["word"], row["kind"], row["plurals"].split())
        _add(found.setdefault(_name(row, found), {}), forms)
    for row in rows("arabic_verbs.csv"):
        _add(found.setdefault(_verb_name(row, found), {}), _verb(row))
    for past, by_place in _IRREGULAR.items():
        found[past + _VERB_ENDING] = {Place("verb", name): {form: None} for name, form in by_place.items()}
    return found


def with_guesses(found: dict[str, Paradigm], words: WordList) -> dict[str, Paradigm]:
    """Add what simplemma's list knows beyond the entries, and then what is often written with clitics."""
    nominal = _forms(found, verbs=False)
    verbal = _forms(found, verbs=True)
    for row in rows("arabic_verbs.csv"):
        for entry in derived(row["past"], row["imperfect"], doubled=row["note"] == "doubled"):
            if entry.word not in nominal and entry.word not in found and _is_written(entry, words):
                _add(found.setdefault(entry.word, {}), noun_forms(*entry))
    nominal |= _forms(found, verbs=False)
    for entry in from_word_list(words.lemma, words.frequency, nominal, verbal):
        if entry.word not in found:
            _add(found.setdefault(entry.word, {}), noun_forms(*entry))
    forms = meanings(found)
    unknown = {
        word: often
        for word, often in words.frequency.items()
        if not readings(word, lambda form: forms.get(form, ()))
    }
    for entry in from_writing(unknown, set(forms)):
        _add(found.setdefault(entry.word, {}), noun_forms(*entry))
    return _beside_nouns({lemma: paradigm for lemma, paradigm in found.items() if paradigm})


def _forms(paradigms: Mapping[str, Paradigm], *, verbs: bool) -> set[str]:
    """Return the forms of verbs, or of all else."""
    return {
        form
        for paradigm in paradigms.values()
        for place, forms in paradigm.items()
        if (place.kind == "verb") is verbs
        for form in forms
    }


def _is_written(entry: Entry, words: WordList) -> bool:
    """Tell whether a word that rules give is written at all."""
    ways = (entry.word, f"ال{entry.word}", f"{entry.word}ة", f"ال{entry.word}ة")
    return sum(words.frequency.get(way, 0) for way in ways) > _RAREST


def arabic_rows(words: WordList) -> Iterator[str]:
    """Yield the rows of the table."""
    paradigms = with_guesses(lexicon(), words)
    forms = meanings(paradigms)
    shares = estimated(words.frequency, forms)
    lemmas = {lemma: _cost(shares.lemma[lemma]) for lemma in paradigms}
    yield from rows_of_table(forms, lemmas, {key: _cost(share) for key, share in shares.rest.items()})


def _cost(share: float) -> int:
    return round(-100 * math.log(share))


def _beside_nouns(paradigms: Mapping[str, Paradigm]) -> dict[str, Paradigm]:
    """Tell feminines that are written as a noun apart: "resistance" is hardly ever a woman who resists."""
    return {
        lemma: {
            place._replace(name=f"{UNLIKELY}{place.name}")
            if place.name.startswith("feminine") and _is_noun(f"{lemma.partition('/')[0]}ة", paradigms)
            else place: forms
            for place, forms in paradigm.items()
        }
        for lemma, paradigm in paradigms.items()
    }


def _is_noun(word: str, paradigms: Mapping[str, Paradigm]) -> bool:
    """Tell a noun that is written so; "atomic" and "offspring" are equally often meant by the same word."""
    return not word.endswith("ية") and any(place.kind == "noun" for place in paradigms.get(word, ()))


def meanings(paradigms: Mapping[str, Paradigm]) -> dict[str, Meanings]:
    """Return what each form may be."""
    found: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for lemma, paradigm in paradigms.items():
        for place, forms in paradigm.items():
            for form in forms:
                if not _is_country(form, lemma, paradigms):
                    found[form].append((lemma, place))
    return {form: tuple(places) for form, places in found.items()}


def _is_country(form: str, lemma: str, paradigms: Mapping[str, Paradigm]) -> bool:
    """Tell a country or a science from an adverb: Germany, ``ألمانيا``, is not "in a German way"."""
    names = paradigms.get(form, ()) if form == f"{lemma}ا" and form.endswith("يا") else ()
    return any(place.kind in ("name", "noun") for place in names)


def _name(row: Mapping[str, str], taken: Mapping[str, Paradigm]) -> str:
    """Name a lemma; another word that is written alike bears its plural or its kind too.

    "General" is another word than "year", while someone responsible is the adjective.
    """
    word, kind, plurals = row["word"], row["kind"], row["plurals"].split()
    if word not in taken or (kind == "noun" and "ون" in plurals and _kinds(taken[word]) == {"adjective"}):
        return word
    return f"{word}/{plurals[0] if kind == 'noun' and plurals else kind}"


def _kinds(paradigm: Paradigm) -> set[str]:
    return {place.kind for place in paradigm}


def _verb_name(row: Mapping[str, str], taken: Mapping[str, Paradigm]) -> str:
    """Name a verb by its past with the vowel sign, and a second one by its imperfect too."""
    past = row["past"] + _VERB_ENDING
    return f"{past}/{row['imperfect']}" if past in taken else past


def _verb(row: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    note = row["note"]
    for name, form in verb_forms(
        row["past"], row["imperfect"], doubled=note == "doubled", transitive=note != "intransitive"
    ):
        is_passive = name.startswith("passive")
        yield Place("verb", name), form
        for bound in () if is_passive else before_enclitic(form):
            yield Place("verb", name, free=False, enclitic=True), bound


def _add(paradigm: Paradigm, forms: Iterable[tuple[Place, str]]) -> None:
    for place, form in forms:
        if len(form) > 1 or place.kind == "particle":
            paradigm.setdefault(place, {}).update(dict.fromkeys((form, form.replace("ؤو", "ئو"))))
