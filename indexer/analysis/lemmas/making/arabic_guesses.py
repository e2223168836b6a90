"""Arabic nouns that our lexicon lacks: simplemma's, and what is often written with an article or a clitic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import PROCLITICS
from onrecord.indexer.analysis.lemmas.making.arabic_nouns import noun_forms

__all__ = ["Entry", "from_word_list", "from_writing"]

# Vowel signs and the letter stretcher.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ARTICLE = "ال"
# Sound endings, which are no broken plurals; and how the list spells an alef without its hamza.
_SOUND_ENDINGS = ("ان", "ين", "ون", "ات")
_SHORTEST = 3
_RAREST = 1e-7
# A word that stands with the article less often is a name.
_WITH_ARTICLE = 0.02
# A base is believed to be inflected from a stem that is so much as frequent.
_OF_THE_STEM = 0.1
_BEHIND = {
    "ها": ("", "ة"), "هم": ("",), "هما": ("",), "نا": ("",), "كم": ("",), "ه": ("", "ة"), "ا": ("",),
    "ي": ("ة",), "ات": ("", "ة"), "ون": ("",), "ين": ("",), "ان": ("",), "تها": ("ة",), "ته": ("ة",),
    "تين": ("ة",), "تان": ("ة",), "تي": ("ة",), "تهم": ("ة",), "تنا": ("ة",), "ئها": ("ء",), "ئه": ("ء",),
    "ئهم": ("ء",), "تك": ("ة",), "ك": ("",),
}  # fmt: skip


class Entry(NamedTuple):
    """A word that may be inflected, as in ``arabic_nouns.csv``."""

    word: str
    kind: str
    plurals: tuple[str, ...]


def from_word_list(
    listed: Mapping[str, str], frequency: Mapping[str, float], known: Set[str], verbal: Set[str]
) -> Iterator[Entry]:
    """Yield nouns and adjectives of simplemma's list that have an article there; ``known`` has our forms."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in listed.items():
        forms[_MARKS.sub("", lemma)].add(_MARKS.sub("", form))
    entries: list[Entry] = []
    for word, of_word in forms.items():
        nominal = {form for form in of_word if _ARTICLE + form in of_word}
        # A list that was made by rules has "I know" for an elative, "they were" for a noun.
        with_article = frequency.get(_ARTICLE + word, 0)
        is_verb = word in verbal and with_article < _WITH_ARTICLE * frequency.get(word, 0)
        if word in nominal and not is_verb and len(word) >= _SHORTEST and not _likes(word) & known:
            entries.append(_entry(word, nominal, frequency, known))
    inflected = {form for entry in entries for form in _regular(entry)}
    words = {entry.word for entry in entries}
    for entry in entries:
        if _is_cut(entry.word, frequency, known):
            continue
        is_hasty = entry.word[0] == "ا" and words.intersection(_likes(entry.word) - {entry.word})
        if entry.word not in inflected and not is_hasty:
            yield entry


def _is_cut(word: str, frequency: Mapping[str, float], known: Set[str]) -> bool:
    """Tell a word that is rather a known one behind a particle: "to them", "with the role of"."""
    rest = word[1:]
    often = frequency.get(word, 0)
    return (
        word[0] in "وفبلك"
        and rest in known
        and frequency.get(rest, 0) > often
        and frequency.get(_ARTICLE + word, 0) < _WITH_ARTICLE * often
    )


def _regular(entry: Entry) -> Iterator[str]:
    """Yield the forms of an entry that are written otherwise than it, and without a pronoun."""
    yield from (
        f
        for place, f in noun_forms(*entry)
        if place.free and place.name != "unlisted plural" and f != entry.word
    )


def _likes(word: str) -> set[str]:
    """Return a word and what is typed for it or it for."""
    firsts = "اأإآ" if word[0] in "اأإآ" else word[0]
    lasts = {"ه": "هة", "ى": "ىي", "ي": "يى"}.get(word[-1], word[-1])
    return {first + word[1:-1] + last for first in firsts for last in lasts}


def _entry(word: str, nominal: Set[str], frequency: Mapping[str, float], known: Set[str]) -> Entry:
    stem = word.removesuffix("ة")
    plurals = [
        *(ending for ending in ("ات", "ون") if stem + ending in nominal),
        *sorted(form for form in nominal if _is_broken_plural(form, word, frequency, known)),
    ]
    kind = "adjective" if f"{word}ة" in nominal else "noun"
    return Entry(word, kind, tuple(plurals))


def _is_broken_plural(form: str, word: str, frequency: Mapping[str, float], known: Set[str]) -> bool:
    if form.endswith(_SOUND_ENDINGS) or form[0] == "ا" or form in known or len(form) < _SHORTEST:
        return False
    often = max(frequency.get(form, 0), frequency.get(_ARTICLE + form, 0))
    return often > _RAREST and form not in {f for _, f in noun_forms(word, "adjective", ("ات",))}


def from_writing(unknown: Mapping[str, float], known: Set[str]) -> Iterator[Entry]:
    """Yield words that are written in two ways at least: alone, with the article, with a particle."""
    ways: dict[str, dict[str, float]] = defaultdict(dict)
    for word, often in unknown.items():
        for before in PROCLITICS:
            base = word[len(before.written) :]
            if word.startswith(before.written) and len(base) >= _SHORTEST and before.particle != "س":
                ways[base][before.written] = often
    evidence = {base: sum(of_base.values()) for base, of_base in ways.items()}
    for base, of_base in ways.items():
        if (
            _is_alone(base, of_base, evidence)
            and not _is_inflected(base, evidence)
            and not _is_hasty(base, evidence, known)
        ):
            yield _written(base, of_base, evidence)


def _is_alone(base: str, of_base: Mapping[str, float], evidence: Mapping[str, float]) -> bool:
    """Tell whether a base is written by itself or with the article, and is none itself."""
    if _ARTICLE in of_base:
        return not base.startswith("ال")
    if base.startswith(("ال", "وال", "بال", "لل")):
        return False
    of_rest = evidence.get(base[1:], 0) - of_base.get("", 0) if base[0] in "وفبلك" else 0
    return of_base.get("", 0) > of_rest


def _written(base: str, of_base: Mapping[str, float], evidence: Mapping[str, float]) -> Entry:
    with_article = sum(often for before, often in of_base.items() if before.endswith(("ال", "لل")))
    if with_article <= _WITH_ARTICLE * evidence[base]:
        return Entry(base, "name", ())
    if base.endswith("ة") and evidence.get(base[:-1]) and (base[0] == "م" or base.endswith("ية")):
        return Entry(base[:-1], "adjective", ())
    if base.endswith("ي") or (base[0] == "م" and evidence.get(f"{base}ة")):
        return Entry(base, "adjective", ())
    return Entry(base, "noun", () if base.endswith("ة") else ("ات", "ون"))


def _is_inflected(base: str, evidence: Mapping[str, float]) -> bool:
    """Tell whether a base is another with something behind it."""
    return any(
        evidence.get(stem, 0) > _OF_THE_STEM * evidence[base]
        for ending, puts in _BEHIND.items()
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST
        for stem in (base.removesuffix(ending) + put for put in puts)
    )


def _is_hasty(base: str, evidence: Mapping[str, float], known: Set[str]) -> bool:
    """Tell whether a base is another with a letter typed for its like."""
    others = _likes(base) - {base}
    return any(other in known or evidence.get(other, 0) > evidence[base] for other in others)
