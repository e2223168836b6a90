"""Whether the language of a text has a word: asked where the two halves of a broken word are joined.

The dictionary of a language takes between 0.1 and 1.1 seconds of computing and up to 30 MB to load, once for
all texts (English 0.3, and 4 MB). It is loaded when a break is met that neither the text nor the words
that statements are full of can decide: in the General Debate one text in twenty has such a one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from onrecord.indexer.analysis.languages import language_of
from onrecord.indexer.analysis.lemmas.dictionary import LANGUAGES, is_word, lemmas

__all__ = ["WordList"]

# Languages that write any two nouns as one word, which no list can hold: the last part is looked up.
_COMPOUNDING = frozenset(("de", "nl", "sv"))


class WordList:
    """The words of the language that a text is in."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _language(self) -> str | None:
        """The language of the text; English where it is too short to tell, None where there is no text."""
        return (language_of(self._lines) or "en") if self._lines else None

    def has(self, word: str) -> bool | None:
        """Tell whether a word in small letters is one; None where there is no list.

        >>> words = WordList(["We welcome the report of the Secretary-General on the work of this year."])
        >>> words.has("undertaking"), words.has("showwindows"), WordList([]).has("showwindows")
        (True, False, None)
        """
        language = self._language
        if language not in LANGUAGES:
            return None
        if is_word(word, language):
            return True
        return language in _COMPOUNDING and lemmas(word, language) != (word,)
