"""German, whose nouns have a capital: "Essen" is a meal and "essen" to eat."""

from __future__ import annotations

from onrecord.indexer.analysis.lemmas.lexicon import Lexicon

__all__ = ["GermanDictionary"]


class GermanDictionary(Lexicon):
    """The German word list, in which case is kept."""

    __slots__ = ()

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemmas of a word as written, or with its first letter in the other case.

        A word with a capital that is no noun begins a sentence; a noun without one was typed in haste.
        """
        other = word.lower() if word[:1].isupper() else word[:1].upper() + word[1:]
        return self.listed(word) or self.listed(other) or self.guessed(word)

    def listed(self, word: str) -> frozenset[str]:
        """Return the lemmas that the lists have of a word exactly as written, nouns with their capital."""
        known = self.tabled(word)
        if known:
            return known
        lemma = self._listed.get(word)
        return frozenset((lemma,)) if lemma is not None else frozenset()

    def guessed(self, word: str) -> frozenset[str]:
        """Return the lemma that simplemma's rules make out in a word that is not listed."""
        lemma = self._rules.get_lemma(word, self._language)
        return frozenset((lemma,)) if lemma else frozenset()
