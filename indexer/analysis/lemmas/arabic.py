"""Arabic: a word is taken apart into proclitics, a form and an enclitic, and the likely readings count.

"And with his weapons" is one word, ``وبأسلحته``. The table has the forms of our lexicon, how
frequent each lemma is, and how often words of a kind stand at a place or with a clitic
(`onrecord.indexer.analysis.lemmas.making.arabic`). docs/lemmas.md has the figures.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import takes, without_proclitics
from onrecord.indexer.analysis.lemmas.arabic_forms.readings import Reading, kinds, readings
from onrecord.indexer.analysis.lemmas.arabic_forms.table import ArabicTable
from onrecord.indexer.analysis.lemmas.arabic_forms.unknown import guessed

__all__ = ["ArabicDictionary"]

# Vowel signs and the letter stretcher, which nobody searches for.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
# A reading counts that is a fiftieth as likely as the likeliest; costs are hundredths of logarithms. With a
# twentieth one pair in a hundred that should meet does not, and no fewer meet that should not.
_AS_LIKELY = 400
# Adjectives in -i, "of the theatre", are written as "my theatre", which statements say less than the posts
# and subtitles whose words were counted.
_MINE, _RATHER_OF = "ي", 350
# What is a word as it stands is taken apart less readily: "card" is also "with energy".
_RATHER_WHOLE = 300


class ArabicDictionary:
    """The table of Arabic forms, and what may stand before and behind them."""

    __slots__ = ("_analysed", "_table")

    def __init__(self, language: str) -> None:
        self._table = ArabicTable.load(language)
        self._analysed = lru_cache(maxsize=1 << 14)(self._analyse)

    def __contains__(self, word: str) -> bool:
        """Tell whether the table has a word as it is spelt, alone or behind an article or a particle."""
        bare = _MARKS.sub("", word)
        return any(
            takes(place, before, "")
            for before, base in without_proclitics(bare)
            for _, place in self._table.meanings(base)
        )

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemmas that are likely meant by a word."""
        return self._analysed(_MARKS.sub("", word))

    def _analyse(self, word: str) -> frozenset[str]:
        cheapest: dict[str, int] = {}
        found = readings(word, self._table.meanings)
        is_of, is_whole = any(map(_is_of, found)), any(map(_is_whole, found))
        for reading in found:
            cost = self._table.cost(reading.lemma, kinds(reading))
            if reading.behind == _MINE and is_of:
                cost += _RATHER_OF
            if reading.before.written and is_whole:
                cost += _RATHER_WHOLE
            cheapest[reading.lemma] = min(cost, cheapest.get(reading.lemma, cost))
        if not cheapest:
            return frozenset((guessed(word),)) if word else frozenset()
        most = min(cheapest.values()) + _AS_LIKELY
        return frozenset(lemma for lemma, cost in cheapest.items() if cost <= most)


def _is_of(reading: Reading) -> bool:
    """Tell the reading of a word in -i as an adjective."""
    of = reading.place.kind == "adjective" and not reading.behind
    return of and reading.lemma.partition("/")[0].endswith(_MINE)


def _is_whole(reading: Reading) -> bool:
    """Tell the reading of a word as it stands, that of a verb apart: "he described" is also "and a row"."""
    return reading.place.kind != "verb" and not (reading.before.written or reading.behind or reading.haste)
