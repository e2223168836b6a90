"""The words by which a record names who speaks, and the words of speech; kept in ``words.csv``.

Those of presiding are in `register.offices`.

article     "The", "M. le": stands before an office
honorific   "Mr", "Abg": stands before a name
vocative    "Monsieur": with an office and no name it addresses someone
modifier    "Deputy": stands before the word that names an office
office      "Minister": has the floor by its office
member      "Member": behind a name and a comma it says, with "of", as what someone speaks
manner      "in writing": behind a name it says how words were given
speaker     "Speaker": presides where members say so as they address the chair
several     "members": no one by name
interjecting "interjecting": the last word of a line about those who call out
asks        "Question": the parts of an interview
surname     "김": with which the names of a people begin
particle    "van", "of": small words inside a name or an office
asked       "asked": the record tells who put the question that follows
abbreviated "Mr", "Asst": behind its full stop no sentence begins
unsaid      "said", "is": no name and no office holds them
spoken      "I", "we": somebody speaks
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from onrecord.indexer.register.tables import rows

__all__ = ["bare", "is_any", "is_spoken"]

# No word of the table is longer, and what is kept of longer ones would take the memory of many texts.
_LONGEST_KEPT = 80
# Where no spaces part the words, and where endings tell it.
_SPOKEN_SIGNS = re.compile("[我你您谢謝私]|(?:ます|です|ました|습니다|합니다)")


@cache
def _words(kind: str) -> frozenset[str]:
    table = rows("words.csv", beside=__file__)
    return frozenset(bare(word) for row in table if row["kind"] == kind for word in row["words"].split("|"))


def bare(token: str) -> str:
    """Return a word without case, accents and the signs around it: capitals are often set without accents.

    >>> bare("(Mr.,"), bare("H.E.")
    ('mr', 'h.e')
    """
    return _bare(token) if len(token) <= _LONGEST_KEPT else _bare.__wrapped__(token)


@lru_cache(maxsize=65536)
def _bare(token: str) -> str:
    plain = token.strip(".,;:*_()[]“”\"'’«»").casefold()
    if plain.isascii():
        return plain
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def is_any(token: str, *kinds: str) -> bool:
    """Tell whether a word is of one of these kinds.

    >>> is_any("Sra.", "honorific"), is_any("Minister", "honorific", "office")
    (True, True)
    """
    return len(token) <= _LONGEST_KEPT and _is_any(token, kinds)


@lru_cache(maxsize=65536)
def _is_any(token: str, kinds: tuple[str, ...]) -> bool:
    word = bare(token)
    return any(word in _words(kind) for kind in kinds)


def is_spoken(text: str) -> bool:
    """Tell whether someone speaks of himself in a text, or to those present.

    >>> is_spoken("Let us begin."), is_spoken("The US was a founder.")
    (True, False)
    """
    spoken = _words("spoken")
    for token in text.split():
        if bare(token) in spoken and (not token.isupper() or token == "I"):  # "US", "Annex I,"
            return True
    return _SPOKEN_SIGNS.search(text) is not None
