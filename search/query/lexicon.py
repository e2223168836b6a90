"""What a typed word stands for: the inflection groups that it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, Protocol

__all__ = ["Dictionaries", "Lexicon", "Meaning", "Stands"]


class Stands(Enum):
    """What a word stands for beside itself, as an answer says it."""

    FORMS = "any form or spelling"  #: its inflections and spellings in each of the languages that it is of
    ACRONYM = "in capitals"  #: the acronym alone, and its plural
    WRITTEN = "as written"  #: nothing: it is a word of no language that is known


class Meaning(NamedTuple):
    """The groups that a word asks for, sorted, and what that makes it stand for."""

    groups: tuple[str, ...]
    stands: Stands


class Lexicon(Protocol):
    """What knows the words of an index."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the index, ISO 639-1, sorted."""

    def meaning(self, word: str) -> Meaning:
        """Return what one word, as it was typed, stands for."""

    def joined(self, compound: str) -> Meaning | None:
        """Return what a compound as it was typed (``co-operation``) stands for as one word, if it is one."""

    def is_grammatical(self, word: str, groups: tuple[str, ...]) -> bool:
        """Tell whether a word, folded, is one of grammar, where most of what it stands for lies.

        ``groups`` are what it stands for: English "war" is not the German.
        """


class Dictionaries:
    """The lexicon of an index of which nothing is known but its languages, ISO 639-1.

    >>> Dictionaries(["en"]).meaning("mines").groups
    ('=mines', '?mines', 'en:mine')
    """

    def __init__(self, languages: Iterable[str]) -> None:
        self._languages = tuple(languages)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it was given."""
        return self._languages

    def meaning(self, word: str) -> Meaning:
        """Return the lemmas of a word in each language, and the word in none."""
        from onrecord.indexer.analysis import inflection  # an index seldom needs its dictionaries

        if inflection.is_acronym_shaped(word):
            return Meaning((inflection.acronym_group(word),), Stands.ACRONYM)
        form = inflection.form_of(word)
        if not word.isalpha():
            return Meaning((f"={form}",), Stands.WRITTEN)
        groups = self.groups(word)
        stands = Stands.FORMS if groups else Stands.WRITTEN
        return Meaning((f"={form}", f"?{form}", *groups), stands)

    def groups(self, word: str) -> list[str]:
        """Name the group of each lemma of a word by itself, in each language."""
        from onrecord.indexer.analysis.inflection import is_in_script, lemmas_of, meant_words, word_group

        return sorted(
            {
                lemma
                for language in self._languages
                if is_in_script(word, language)
                for meant in meant_words(word, language)
                for lemma in lemmas_of(word_group(meant, language))
            }
        )

    def is_grammatical(self, word: str, groups: tuple[str, ...]) -> bool:
        """Tell whether a word is one of grammar in one of the languages."""
        from onrecord.indexer.analysis.function_words import function_words

        return any(word in function_words(language) for language in self._languages)

    def joined(self, compound: str) -> Meaning | None:
        """Return what a compound stands for as one word."""
        from onrecord.indexer.analysis.inflection import compound_group, lemmas_of

        groups = {
            name
            for language in self._languages
            if (group := compound_group(compound, language)) is not None
            for name in (group, *lemmas_of(group))
        }
        return Meaning(tuple(sorted(groups)), Stands.FORMS) if groups else None
