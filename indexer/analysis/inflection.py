"""Which word forms belong together: the inflections of a word in one language.

A group is named after its language and Snowball stem (``en:weapon``); a word that
is not inflected, because it is an acronym, holds a digit or stands in a language
without a stemmer, is a group of its own (``=who``). Stems are taken of folded
words, so that a word typed without its accents meets the same group.

Algorithms: Porter, "Snowball: a language for stemming algorithms" (2001), as
compiled in PyStemmer, and what they leave out of words that statements are full of:

- The Spanish, Portuguese and Italian ones take no ending off a short word that begins with a vowel, so
  that ``arma`` and ``armas``, ``año`` and ``años``, ``anno`` and ``anni`` would stay apart. A word that
  they leave whole loses its plural's ``s`` or, in Italian, its last vowel.
- The Arabic one knows the article, alone or behind "with", "like" and "for", and not behind "and" and
  "so" (``والأسلحة``, and the weapons): these two are taken off first. Folded, the ending of the feminine
  is the letter for "his"; it is taken for the former, whose stem is that of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import local

import Stemmer

from onrecord.indexer.analysis.words import acronyms, words

__all__ = ["INFLECTED_LANGUAGES", "inflection_group", "inflection_groups", "paragraph_groups"]

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

# "And" or "so" before the article and a noun of three letters or more.
_AND_THE = re.compile("[وف]ال...")
# The ending of the feminine, as it is folded.
_FEMININE = re.compile("(?<=...)ه$")
# Endings that Snowball leaves on a word of four letters or more, the last letter of which is taken off.
_ENDINGS = {
    "es": re.compile("..[aeo]s$"),
    "it": re.compile("...[aeio]$"),
    "pt": re.compile("..[aeo]s$"),
}


# Each thread has stemmers of its own: one that is at work on a word cannot begin another.
_THREAD = local()


def _stemmer(language: str) -> Stemmer.Stemmer:
    made: Stemmer.Stemmer | None = getattr(_THREAD, language, None)
    if made is None:
        made = Stemmer.Stemmer(INFLECTED_LANGUAGES[language])
        setattr(_THREAD, language, made)
    return made


@lru_cache(maxsize=1 << 18)
def inflection_group(word: str, language: str | None) -> str:
    """Name the group that a folded word belongs to in a text of this language.

    >>> inflection_group("weapons", "en"), inflection_group("weapons", None)
    ('en:weapon', '=weapons')
    """
    if language not in INFLECTED_LANGUAGES or not word.isalpha():
        return f"={word}"
    return f"{language}:{_stem(word, language)}"


def _stem(word: str, language: str) -> str:
    """Return the stem of a folded word."""
    stemmer = _stemmer(language)
    if language == "ar":
        word = _FEMININE.sub("ة", word[1:] if _AND_THE.match(word) else word)
    stem = stemmer.stemWord(word)
    ending = _ENDINGS.get(language)
    if stem == word and ending is not None and ending.search(word):
        stem = stemmer.stemWord(word[:-1])
    return str(stem)


def inflection_groups(word: str, languages: Iterable[str]) -> list[str]:
    """Name every group in which a folded word, typed by someone, may be meant.

    >>> inflection_groups("mines", ["en", "fr"])
    ['=mines', 'en:mine', 'fr:min']
    """
    return list(_groups(word, tuple(languages)))


@lru_cache(maxsize=1 << 12)
def _groups(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({f"={word}", *(inflection_group(word, language) for language in languages)}))


def paragraph_groups(text: str, language: str | None) -> list[str]:
    """Return the inflection group of each word of a paragraph, in their order.

    >>> paragraph_groups("Weapons and AIDS", "en")
    ['en:weapon', 'en:and', '=aids']
    """
    untouched = acronyms(text)
    return [
        inflection_group(word, None if position in untouched else language)
        for position, word in enumerate(words(text))
    ]
