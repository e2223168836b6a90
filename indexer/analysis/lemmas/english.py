"""English, which is spelt in two ways: ``defence`` and "defense" are one word, and so have one lemma.

The pairs are those of a maintained list (``spellings.csv``), less the words that are
another word in the other country: a "tyre" is a tire, but to tire is not to tyre.
"""

from __future__ import annotations

import csv
import re
from importlib.resources import files

from onrecord.indexer.analysis.lemmas.lexicon import Lexicon

__all__ = ["EnglishDictionary", "spellings"]

# "Organise", "organiser", "organisation": American, and Oxford's, with a z.
_WITH_S = re.compile("(?<=..)is(e|er|able|ation|ational)$")
# The family of "prise", "vise" and others that are spelt with an s everywhere, and so is "advertise".
_ALWAYS_S = re.compile(
    "(adverti|advi|ari|chasti|circumci|compri|compromi|crui|demi|despi|devi|disgui|enterpri|exci|exerci|experti"
    "|franchi|improvi|inci|merchandi|mispri|prai|premi|appri|repri|^pri|promi|rai|revi|supervi|surpri|televi|sei)s"
)


class EnglishDictionary(Lexicon):
    """The English word list, with one lemma for the spellings of a word."""

    __slots__ = ("_spellings",)

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._spellings = spellings()

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemmas of a word in their American spelling."""
        return frozenset(map(self._spelt, super().lemmas(word) or (word.lower(),)))

    def _spelt(self, lemma: str) -> str:
        """Return the one spelling of a lemma."""
        listed = self._spellings.get(lemma)
        if listed is not None:
            return listed
        ending = _WITH_S.search(lemma) if "is" in lemma else None
        if ending is None or _ALWAYS_S.search(lemma):
            return lemma
        with_z = f"{lemma[: ending.start()]}iz{ending[1]}"
        return with_z if ending[1].startswith("ation") or with_z in self else lemma


def spellings() -> dict[str, str]:
    """Return the lemma in American spelling of each that is spelt otherwise."""
    text = files(__package__).joinpath("spellings.csv").read_text(encoding="utf-8")
    return {row["spelling"]: row["lemma"] for row in csv.DictReader(text.splitlines())}
