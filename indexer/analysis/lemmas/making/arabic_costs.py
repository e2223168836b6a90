"""How likely Arabic words, places, clitics and slips of the pen are, by expectation-maximisation.

A reading is worth the product of the shares of its lemma, of its place, of what stands before and
behind it, and of the slip, if any. All are unknown where words have several readings, and are
estimated in turns, as in `onrecord.indexer.analysis.lemmas.making.likelihood`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from onrecord.indexer.analysis.lemmas.arabic_forms.readings import Meanings, Reading, kinds, readings

__all__ = ["UNLIKELY", "Shares", "estimated"]

#: How the name of a place begins that is unlikely beside another word that is written so.
UNLIKELY = "unlikely "
# How much less likely it is than the place is otherwise.
_UNLIKELY = 0.15

_ROUNDS = 15
# One very frequent word must not decide how likely a place is.
_HEAVIEST = 2e-5
# What a share is at least, so that nothing that the rules allow is impossible.
_LEAST = 2e-8
_LEAST_PLACE = 1e-5
_FIRST_GUESS_OF_HASTE = 0.05
# wordfreq counts subtitles and posts as well, which say "my" and command more than statements do. An
# adjective in -i, "of the theatre", is written as "my theatre".
_FORMAL = {
    ("noun", "dual construct"): 0.3,
    ("verb", "imperative "): 0.3,
    ("verb", "imperfect أ"): 0.3,
}
# How much of a lemma's weight may lie in one form: so many times that of the others, and a share of it.
_TIMES_THE_REST, _OF_ONE_FORM = 4, 0.05
_OF_ONE_FORM_BY_NATURE = ("name", "particle")


class Shares:
    """Shares of lemmas among words, and by kind those of places, clitics and slips."""

    def __init__(self) -> None:
        self.lemma: dict[str, float] = defaultdict(lambda: _LEAST)
        self.rest: dict[tuple[str, str], float] = defaultdict(lambda: _LEAST_PLACE)

    def worth(self, reading: Reading) -> float:
        """Return how likely a reading is."""
        worth = self.lemma[reading.lemma]
        for key in kinds(reading):
            worth *= self.rest[key]
        return worth


def estimated(frequency: Mapping[str, float], forms: Mapping[str, Meanings]) -> Shares:
    """Estimate the shares from how frequent words are."""
    understood: dict[str, list[Reading]] = {}
    for word in frequency:
        found = readings(word, lambda form: forms.get(form, ()))
        if found:
            understood[word] = found
    shares = _counted(frequency, understood, None)
    for _ in range(_ROUNDS):
        shares = _counted(frequency, understood, shares)
    for key, factor in _FORMAL.items():
        shares.rest[key] *= factor
    for kind, name in list(shares.rest):
        if name.startswith(UNLIKELY):
            shares.rest[kind, name] = _UNLIKELY * shares.rest[kind, name.removeprefix(UNLIKELY)]
    return shares


def _counted(
    frequency: Mapping[str, float], understood: Mapping[str, list[Reading]], before: Shares | None
) -> Shares:
    lemma: dict[str, float] = defaultdict(float)
    hasty: dict[str, float] = defaultdict(float)
    heaviest: dict[str, float] = defaultdict(float)
    rest: dict[tuple[str, str], float] = defaultdict(float)
    for word, found in understood.items():
        worth = [before.worth(r) if before else _FIRST_GUESS_OF_HASTE ** bool(r.haste) for r in found]
        scale = frequency[word] / sum(worth)
        of_word: dict[str, float] = defaultdict(float)
        for reading, value in zip(found, worth, strict=True):
            weight = value * scale
            (hasty if reading.haste else lemma)[reading.lemma] += weight
            if reading.place.kind not in _OF_ONE_FORM_BY_NATURE:
                of_word[reading.lemma] += weight
            for key in kinds(reading):
                rest[key] += min(weight, _HEAVIEST)
        for name, weight in of_word.items():
            heaviest[name] = max(weight, heaviest[name])
    for name, weight in hasty.items():
        lemma[name] += min(weight, lemma[name])
    believed = {name: _believed(weight, heaviest[name]) for name, weight in lemma.items()}
    return _normalised(believed, rest)


def _believed(all_: float, heaviest: float) -> float:
    """Return how much of a lemma to believe in: one frequent form proves little where others are rare.

    "More" is written as a verb's past, which has hardly another form that anyone writes.
    """
    return min(all_, _TIMES_THE_REST * max(0.0, all_ - heaviest) + _OF_ONE_FORM * all_)


def _normalised(lemma: Mapping[str, float], rest: Mapping[tuple[str, str], float]) -> Shares:
    shares = Shares()
    total = sum(lemma.values())
    shares.lemma.update((key, count / total + _LEAST) for key, count in lemma.items())
    totals: dict[str, float] = defaultdict(float)
    for (kind, _), count in rest.items():
        totals[kind] += count
    shares.rest.update((key, count / totals[key[0]] + _LEAST_PLACE) for key, count in rest.items())
    return shares
