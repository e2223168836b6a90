"""A word as it may have been meant, typed without its accents.

Texts are searched folded, so that people leave accents out; dictionaries have words with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

__all__ = ["accented"]

# Letters of a language that are typed as another.
_MEANT = {
    "ar": {"ا": "أإآ", "ه": "ة", "ي": "ىئ", "و": "ؤ", "ك": "ک"},
    "de": {"a": "ä", "o": "ö", "u": "ü"},
    "es": {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"},
    "fr": {"a": "àâ", "c": "ç", "e": "éèêë", "i": "îï", "o": "ô", "u": "ùûü"},
    "it": {"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"},
    "nl": {"e": "éèë", "i": "ï", "o": "öó", "u": "ü", "a": "á"},
    "pt": {"a": "áâãà", "c": "ç", "e": "éê", "i": "í", "o": "óôõ", "u": "ú"},
    "ru": {"е": "ё"},
    "sv": {"a": "åä", "e": "é", "o": "ö"},
    "tr": {"c": "ç", "g": "ğ", "i": "ı", "o": "ö", "s": "ş", "u": "ü"},
}
# Letters that end a word of Arabic, and stand nowhere else in it.
_ENDINGS = "ةى"
# Accents of one word, at most; of 100 French words with accents one has more.
_MOST = 3
# Readings of a word that are tried; a long word has thousands with three accents.
_TRIED = 5_000


def accented(word: str, language: str) -> Iterator[str]:
    """Yield what a word in small letters may have been, those with fewest accents put on first.

    >>> list(accented("a", "fr")), "négociations" in accented("negociations", "fr")
    (['à', 'â'], True)
    """
    table = _MEANT.get(language, {})
    last = len(word) - 1
    meant = [
        table.get(letter, "") if place == last else table.get(letter, "").strip(_ENDINGS)
        for place, letter in enumerate(word)
    ]
    places = [place for place, letters in enumerate(meant) if letters]
    tried = 0
    for count in range(1, _MOST + 1):
        for chosen in combinations(places, count):
            for letters in product(*(meant[place] for place in chosen)):
                tried += 1
                if tried > _TRIED:
                    return
                spelt = list(word)
                for place, letter in zip(chosen, letters, strict=True):
                    spelt[place] = letter
                yield "".join(spelt)
