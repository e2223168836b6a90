"""Which word forms belong together: the inflections of a word in one language.

A group is named after its language and Snowball stem (``en:weapon``); a word that
is not inflected, because it is an acronym, holds a digit or stands in a language
without a stemmer, is a group of its own (``=who``). Stems are taken of folded
words, so that a word typed without its accents meets the same group.

Algorithms: Porter, "Snowball: a language for stemming algorithms" (2001), as
compiled in PyStemmer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

__all__ = ["INFLECTED_LANGUAGES", "inflection_group", "inflection_groups"]

#: ISO 639-1 code to the name of the Snowball algorithm.
INFLECTED_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(INFLECTED_LANGUAGES[language])


@lru_cache(maxsize=1 << 18)
def inflection_group(word: str, language: str | None) -> str:
    """Name the group that a folded word belongs to in a text of this language.

    >>> inflection_group("weapons", "en"), inflection_group("weapons", None)
    ('en:weapon', '=weapons')
    """
    if language not in INFLECTED_LANGUAGES or not word.isalpha():
        return f"={word}"
    return f"{language}:{_stemmer(language).stemWord(word)}"


def inflection_groups(word: str, languages: Iterable[str]) -> list[str]:
    """Name every group in which a folded word, typed by someone, may be meant.

    >>> inflection_groups("mines", ["en", "fr"])
    ['=mines', 'en:mine', 'fr:min']
    """
    return list(_groups(word, tuple(languages)))


@lru_cache(maxsize=1 << 12)
def _groups(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({f"={word}", *(inflection_group(word, language) for language in languages)}))
