"""The lemmas of a word: the dictionary words that it is a form of.

A form may belong to several: English ``left`` to "left" and to "leave", French
``été`` to "été" and to "être". Two words are forms of one word when they share
a lemma. Derivations are other words: ``nationalism`` has nothing to do with "nation".

A dictionary is loaded when its first word is asked for, and kept; whoever writes
segments of many languages lets those go that were used longest ago (`keep_latest`).
Any number of threads may ask. What a dictionary is made of, how well it
does and what it costs is in docs/lemmas.md.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from threading import Lock
from typing import Protocol

__all__ = ["LANGUAGES", "Dictionary", "is_word", "keep_latest", "lemmas", "release"]

#: ISO 639-1 codes of the languages that have a dictionary.
LANGUAGES = frozenset(("ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "sv", "tr"))

# Dictionaries that stay loaded, as many as texts in the languages of the United Nations need; each takes 4
# to 30 MB, and 0.1 to 2 seconds to load.
_KEPT = 6


class Dictionary(Protocol):
    """What is asked of the dictionary of one language, whose values never change once it is loaded."""

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the lemmas of a word as written; none if neither it nor a rule has the word."""
        ...

    def __contains__(self, word: str) -> bool:
        """Tell whether the dictionary itself has the word."""
        ...


#: By language, that used last at the end.
_LOADED: dict[str, Dictionary] = {}
_LOADING = Lock()
# The language that was asked last.
_latest = ""


def _unlock() -> None:
    """Give a process that was forked off a lock that no thread of its parent holds."""
    global _LOADING
    _LOADING = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)


def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of a word as written, in order; an unknown word is its own, in small letters.

    The word is letters and digits alone: an apostrophe or a hyphen is a matter of
    the caller, and so is what capitals mean: a word in capitals is taken for its
    small form here. An unknown language raises ``KeyError``.

    >>> lemmas("Children", "en"), lemmas("left", "en"), lemmas("defences", "en"), lemmas("nationalism", "en")
    (('child',), ('leave', 'left'), ('defense',), ('nationalism',))
    """
    word = word if word.isascii() else unicodedata.normalize("NFC", word)
    found = _dictionary(language).lemmas(_unshouted(word))
    return tuple(sorted(found)) if found else (word.lower(),)


def is_word(word: str, language: str) -> bool:
    """Tell whether the dictionary of the language has a word, in small letters or as written.

    >>> is_word("Weapons", "en"), is_word("wepons", "en")
    (True, False)
    """
    word = unicodedata.normalize("NFC", word)
    dictionary = _dictionary(language)
    return word in dictionary or word.lower() in dictionary


def keep_latest() -> None:
    """Let go of the dictionaries that were used longest ago, where more than six are loaded."""
    if len(_LOADED) > _KEPT:
        with _LOADING:
            for language in list(_LOADED)[:-_KEPT]:
                del _LOADED[language]


def release(language: str) -> None:
    """Forget the dictionary of a language, if it is loaded."""
    with _LOADING:
        _LOADED.pop(language, None)


def _unshouted(word: str) -> str:
    """Return the small form of a word in capitals."""
    return word.lower() if len(word) > 1 and word.isupper() else word


def _dictionary(language: str) -> Dictionary:
    global _latest
    loaded = _LOADED.get(language)
    if loaded is None or language != _latest:
        with _LOADING:
            loaded = _LOADED.pop(language, None) or _loader(language)(language)
            _LOADED[language] = loaded
            _latest = language
    return loaded


def _loader(language: str) -> Callable[[str], Dictionary]:
    """Return what loads a dictionary; a language with rules of its own has a module of its own."""
    if language not in LANGUAGES:
        raise KeyError(language)
    match language:
        case "ar":
            from onrecord.indexer.analysis.lemmas.arabic import ArabicDictionary

            return ArabicDictionary
        case "de":
            from onrecord.indexer.analysis.lemmas.german import GermanDictionary

            return GermanDictionary
        case "en":
            from onrecord.indexer.analysis.lemmas.english import EnglishDictionary

            return EnglishDictionary
        case "ru":
            from onrecord.indexer.analysis.lemmas.russian import RussianDictionary

            return RussianDictionary
    from onrecord.indexer.analysis.lemmas.lexicon import Lexicon

    return Lexicon
