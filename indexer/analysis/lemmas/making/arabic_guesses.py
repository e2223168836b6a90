"""Arabic nouns that our lexicon lacks: simplemma's, and words that are often written with an article or a clitic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.arabic_clitics import PROCLITICS
from onrecord.indexer.analysis.lemmas.making.arabic_nouns import noun_forms

__all__ = ["Entry", "from_word_list", "from_writing"]

# Vowel signs and the letter stretcher.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ARTICLE = "ال"
# Sound endings, which are no broken plurals; and how the list spells an alef without its hamza.
_SOUND_ENDINGS = ("ان", "ين", "ون", "ات")
_SHORTEST = 3
_RAREST = 1e-7


class Entry(NamedTuple):
    """A word that may be inflected, as in ``arabic_nouns.csv``."""

    word: str
    kind: str
    plurals: tuple[str, ...]


def from_word_list(
    listed: Mapping[str, str], frequency: Mapping[str, float], known: Collection[str]
) -> Iterator[Entry]:
    """Yield nouns and adjectives of simplemma's list that have an article there; ``known`` has our forms."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in listed.items():
        forms[_MARKS.sub("", lemma)].add(_MARKS.sub("", form))
    entries = []
    for word, of_word in forms.items():
        nominal = {form for form in of_word if _ARTICLE + form in of_word}
        if word in nominal and word not in known and len(word) >= _SHORTEST:
            entries.append(_entry(word, nominal, frequency, known))
    plurals = {plural for entry in entries for plural in entry.plurals}
    yield from (entry for entry in entries if entry.word not in plurals)


def _entry(word: str, nominal: Collection[str], frequency: Mapping[str, float], known: Collection[str]) -> Entry:
    stem = word.removesuffix("ة")
    plurals = [
        *(ending for ending in ("ات", "ون") if stem + ending in nominal),
        *sorted(form for form in nominal if _is_broken_plural(form, word, frequency, known)),
    ]
    kind = "adjective" if f"{word}ة" in nominal else "noun"
    return Entry(word, kind, tuple(plurals))


def _is_broken_plural(
    form: str, word: str, frequency: Mapping[str, float], known: Collection[str]
) -> bool:
    if form.endswith(_SOUND_ENDINGS) or form[0] == "ا" or form in known or len(form) < _SHORTEST:
        return False
    often = max(frequency.get(form, 0), frequency.get(_ARTICLE + form, 0))
    return often > _RAREST and form not in {f for _, f in noun_forms(word, "adjective", ("ات",))}


def from_writing(unknown: Mapping[str, float]) -> Iterator[Entry]:
    """Yield words that are written in two ways at least: alone, with the article, with a particle."""
    ways: dict[str, dict[str, float]] = defaultdict(dict)
    for word, often in unknown.items():
        for before in PROCLITICS:
            base = word[len(before.written) :]
            if word.startswith(before.written) and len(base) >= _SHORTEST and before.particle != "س":
                ways[base][before.written] = often
    for base, of_base in ways.items():
        entry = _written(base, of_base, unknown, ways)
        if entry is not None:
            yield entry


def _written(
    base: str, of_base: Mapping[str, float], unknown: Mapping[str, float], ways: Mapping[str, Mapping[str, float]]
) -> Entry | None:
    with_article = sum(often for before, often in of_base.items() if before.endswith(("ال", "لل")))
    if "" not in of_base and _ARTICLE not in of_base:
        return None
    if base.startswith(("ال", "وال", "بال", "لل")) or base[:1] in "وفبلك" and of_base.get("", 0) < sum(ways.get(base[1:], {}).values()):
        return None
    if base.endswith(("ه", "ها", "هم", "ات", "ون", "ين", "ان", "ة")) and _stem_is_known(base, ways):
        return None
    if with_article > 0.02 * sum(of_base.values()):
        kind = "adjective" if base.endswith("ي") else "noun"
        plurals = ("ات", "ون") if kind == "noun" else ()
        return Entry(base, kind, plurals)
    return Entry(base, "name", ()) if "" in of_base else None


def _stem_is_known(base: str, ways: Mapping[str, Mapping[str, float]]) -> bool:
    for ending in ("ها", "هم", "ات", "ون", "ين", "ان", "ه", "ة"):
        if base.endswith(ending):
            stem = base.removesuffix(ending)
            return len(stem) >= _SHORTEST and sum(ways.get(stem, {}).values()) > sum(ways[base].values())
    return False
