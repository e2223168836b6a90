"""Russian, by pymorphy3: a form has the lemmas of all its likely readings, and ``ё`` is "е"."""

from __future__ import annotations

import re

import pymorphy3

__all__ = ["RussianDictionary"]

# Readings less likely than this join what nobody takes for one word (``стали``: steel, and to become).
_LEAST_SCORE = 0.05
_CYRILLIC = re.compile("[\u0400-\u04ff]+")


class RussianDictionary:
    """The OpenCorpora dictionary of pymorphy3, and its guesses on words that it has not."""

    __slots__ = ("_analyser",)

    def __init__(self, language: str) -> None:
        self._analyser = pymorphy3.MorphAnalyzer(lang=language)

    def __contains__(self, word: str) -> bool:
        """Tell whether the dictionary has the word."""
        return _CYRILLIC.fullmatch(word) is not None and bool(self._analyser.word_is_known(word))

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the normal form of each likely reading of a word; none of one in another script."""
        if _CYRILLIC.fullmatch(word) is None:
            return frozenset()
        readings = self._analyser.parse(word.lower().replace("ё", "е"))
        likely = [reading for reading in readings if reading.score >= _LEAST_SCORE] or readings[:1]
        return frozenset(reading.normal_form.replace("ё", "е") for reading in likely)
