"""How likely each reading of a form is, by expectation-maximisation over lemmas and places in a paradigm.

A reading is worth the share of its lemma times how often words of its kind stand at its
place. Both are unknown where forms have several readings, and are estimated in turns.
Algorithm: Dempster, Laird, Rubin, "Maximum likelihood from incomplete data via the EM
algorithm", Journal of the Royal Statistical Society B 39 (1977).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping

from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["Readings", "likelihoods"]

#: By form, its lemmas, each with its place: the kind of word and the rule.
Readings = Mapping[str, Mapping[str, tuple[str, Hashable]]]

_ROUNDS = 20
# One very frequent word must not decide how likely a place is.
_HEAVIEST = 2e-5
_TINY_SHARE, _TINY_PLACE = 1e-8, 1e-4


def likelihoods(words: WordList, readings: Readings) -> dict[str, dict[str, float]]:
    """Return, by form, how likely each of its lemmas is; they add up to 1."""
    found = {form: dict.fromkeys(lemmas, 1 / len(lemmas)) for form, lemmas in readings.items()}
    for _ in range(_ROUNDS):
        share, place = _estimated(words, readings, found)
        for form, lemmas in readings.items():
            if len(lemmas) > 1:
                worth = {m: (share[m] + _TINY_SHARE) * place.get(at, _TINY_PLACE) for m, at in lemmas.items()}
                total = sum(worth.values())
                found[form] = {lemma: value / total for lemma, value in worth.items()}
    return found


def _estimated(
    words: WordList, readings: Readings, found: Mapping[str, Mapping[str, float]]
) -> tuple[dict[str, float], dict[tuple[str, Hashable], float]]:
    """Estimate the share of each lemma, and of each place among words of its kind."""
    share: dict[str, float] = defaultdict(float)
    places: dict[tuple[str, Hashable], float] = defaultdict(float)
    kinds: dict[str, float] = defaultdict(float)
    for form, lemmas in readings.items():
        frequency = words.share(form)
        for lemma, at in lemmas.items():
            likelihood = found[form][lemma]
            share[lemma] += frequency * likelihood
            weight = min(frequency, _HEAVIEST) * likelihood
            places[at] += weight
            kinds[at[0]] += weight
    return share, {at: (weight + 1e-7) / (kinds[at[0]] + 1e-6) for at, weight in places.items()}
