"""Which word forms belong together: the inflections of a word, and its spellings.

A word belongs to its *lemmas*, the words under which a dictionary lists it: ``left`` to "leave" and to
"left". Two words in one language are forms of one word where they share a lemma; derivations share none
(``nationalism`` and ``nation``). An *inflection group* is all words of a language with the same lemmas, and
is named after them:

- ``en:leave,left``: the language and the lemmas, which `onrecord.indexer.analysis.lemmas` knows;
- ``=ngo``: what is not inflected. That is an acronym, by its singular, and a word with a digit in it;
- ``?landmines``: a word in a text whose language is not known, as it is written;
- ``en:cooperation~co-operation``: a compound (`onrecord.indexer.analysis.compounds`) that may be one word,
  behind what it is then. It is a group beside those of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.indexer.analysis.accents import accented
from onrecord.indexer.analysis.capitals import acronyms, is_acronym_plural, is_in_capitals
from onrecord.indexer.analysis.compounds import BEGINNINGS, compounds_in, parts_of
from onrecord.indexer.analysis.joined_words import is_joined_word
from onrecord.indexer.analysis.lemmas import dictionary
from onrecord.indexer.analysis.words import folded, written

__all__ = [
    "acronym_group",
    "compound_group",
    "compound_of",
    "form_of",
    "is_acronym_shaped",
    "is_in_script",
    "is_of_language",
    "is_surely_one_word",
    "lemmas_of",
    "meant_words",
    "paragraph_groups",
    "spelling_of",
    "word_group",
    "words_as_written",
]

_COMPOUND = "~"
# The letters of languages that have their own, and those that none of the others has.
_SCRIPTS = {"ar": re.compile("[\u0600-\u06ff]"), "ru": re.compile("[\u0400-\u04ff]")}
_OTHER_SCRIPTS = re.compile("[\u0400-\u04ff\u0600-\u06ff]")
# Beginnings that make a word of any other behind a hyphen.
_PREFIXES = BEGINNINGS | frozenset(
    [
        "bi",
        "bio",
        "counter",
        "cyber",
        "eco",
        "extra",
        "geo",
        "hyper",
        "infra",
        "intra",
        "narco",
        "post",
        "tri",
        "trans",
        "ultra",
        "under",
    ]
)


def word_group(word: str, language: str | None) -> str:
    """Name the group of a word as written that is no acronym, in a text of this language.

    >>> word_group("Children", "en"), word_group("children", None), word_group("P5", "en")
    ('en:child', '?children', '=p5')
    """
    if is_acronym_plural(word):
        return acronym_group(word)
    form = form_of(word)
    if not word.isalpha():
        return f"={form}"
    if not language:
        return f"?{form}"
    return f"{language}:{','.join(_lemmas(word, language))}"


def acronym_group(word: str) -> str:
    """Name the group of an acronym, or of the plural of one, as written.

    >>> acronym_group("NGOs"), acronym_group("NGO")
    ('=ngo', '=ngo')
    """
    return f"={form_of(word[:-1] if is_acronym_plural(word) else word)}"


def compound_group(compound: str, language: str | None) -> str | None:
    """Name the group of a compound as written; None where it is no word.

    >>> compound_group("Co-operation", "en"), compound_group("U.N", None), compound_group("1,250", None)
    ('en:cooperation~co-operation', '=un~u.n', '=1250~1,250')
    >>> compound_group("land-based", "en") is None
    True
    """
    sign, parts = parts_of(compound)
    if not parts:
        return None
    joined = "".join(parts)
    if sign in ",.":
        return f"={form_of(joined)}{_COMPOUND}{spelling_of(compound)}"
    if language not in dictionary.LANGUAGES or (sign == " " and language != "en"):
        return None
    if not (parts[0].isupper() and len(parts[0]) > 1 and not joined.isupper()):
        joined = parts[0] + "".join(parts[1:]).lower()
    if not _is_one_word(joined, language, beginning=parts[0]):
        return None
    return f"{word_group(joined, language)}{_COMPOUND}{spelling_of(compound)}"


def _is_one_word(joined: str, language: str, *, beginning: str) -> bool:
    return _is_surely_one_word(joined, beginning=beginning) or dictionary.is_word(joined, language)


def _is_surely_one_word(joined: str, *, beginning: str) -> bool:
    if beginning.lower() in _PREFIXES:
        return not joined[-1].isdigit()
    return is_joined_word(joined)


def is_surely_one_word(compound: str) -> bool:
    """Tell whether a compound as written is one word whatever a dictionary says."""
    sign, parts = parts_of(compound)
    return sign in ("-", " ") and bool(parts) and _is_surely_one_word("".join(parts), beginning=parts[0])


def spelling_of(compound: str) -> str:
    """Fold a compound as written, but for its signs."""
    sign, parts = parts_of(compound)
    return sign.join(map(form_of, parts))


def is_acronym_shaped(word: str) -> bool:
    """Tell whether a word as written by itself is an acronym, or the plural of one."""
    return word.isalpha() and (is_in_capitals(word) or is_acronym_plural(word))


def is_of_language(group: str) -> bool:
    """Tell whether a group is of words in a language that is known."""
    return group[0] not in "=?"


def lemmas_of(group: str) -> list[str]:
    """Name the groups of each lemma of a group by itself.

    >>> lemmas_of("en:leave,left"), lemmas_of("en:cooperation~co-operation"), lemmas_of("=ngo")
    (['en:leave', 'en:left'], ['en:cooperation'], ['=ngo'])
    """
    plain = group.partition(_COMPOUND)[0]
    if "," not in plain:
        return [plain]
    language, _, lemmas = plain.partition(":")
    return [f"{language}:{lemma}" for lemma in lemmas.split(",")]


def compound_of(group: str) -> str:
    """Return the compound of a group, "" where it is of plain words.

    >>> compound_of("en:cooperation~co-operation")
    'co-operation'
    """
    return group.partition(_COMPOUND)[2]


def paragraph_groups(text: str, language: str | None) -> list[str]:
    """Return the group of each word of a paragraph, in their order, and then those of its compounds.

    >>> paragraph_groups("The children and AIDS", "en")
    ['en:the', 'en:child', 'en:and', '=aids']
    """
    words = words_as_written(text)
    untouched = acronyms(words, lambda word: _is_listed(word, language))
    groups = [
        acronym_group(word) if place in untouched else word_group(word, language)
        for place, word in enumerate(words)
    ]
    return [*groups, *_compound_groups(text, language)]


def _compound_groups(text: str, language: str | None) -> Iterator[str]:
    for compound in compounds_in(text):
        group = compound_group(compound.text, language)
        if group is not None:
            yield group


def words_as_written(text: str) -> list[str]:
    """Return the words of a text as they are written, at the positions of `words.words`.

    >>> words_as_written("l’armée re-use")
    ['l', 'armée', 're', 'use']
    """
    return "".join(letter if letter.isalnum() or letter > "\x7f" else " " for letter in written(text)).split()


def is_in_script(word: str, language: str) -> bool:
    """Tell whether a word may be of a language by its letters, so that its dictionary need be asked.

    >>> is_in_script("mines", "ru"), is_in_script("мины", "ru"), is_in_script("mines", "fr")
    (False, True, True)
    """
    script = _SCRIPTS.get(language)
    return script.search(word) is not None if script else _OTHER_SCRIPTS.search(word) is None


def meant_words(word: str, language: str) -> list[str]:
    """Return the words of a language that someone may have typed so, with accents and capital or without.

    >>> meant_words("negociations", "fr"), meant_words("haus", "de"), meant_words("negotiations", "en")
    (['negociations', 'négociations'], ['haus', 'Haus'], ['negotiations'])
    """
    if language not in dictionary.LANGUAGES:
        return [word]
    small = word.lower()
    others = [
        *([small.capitalize()] if language == "de" and word == small else ()),
        *accented(small, language),
    ]
    return [word, *(other for other in others if other != word and dictionary.is_word(other, language))]


def _is_listed(word: str, language: str | None) -> bool:
    return language in dictionary.LANGUAGES and dictionary.is_word(word, str(language))


def _lemmas(word: str, language: str) -> tuple[str, ...]:
    if language not in dictionary.LANGUAGES:
        return (form_of(word),)
    return dictionary.lemmas(word, language)


def form_of(word: str) -> str:
    """Fold a word as written to its form."""
    return word.lower() if word.isascii() else folded(word).casefold().strip()
