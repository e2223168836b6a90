"""Which words in capitals are acronyms, and which are words that someone stressed.

A word is in capitals if it has two letters or more and all of them are. In a text that is in capitals
throughout none is an acronym. Elsewhere one is, unless the dictionary of its language has it in small letters
and

- it has `LONG` letters or more (``LANDMINES``): acronyms of that length are rarely words, or
- it stands in a row with others, more than half of which the dictionary has, one of them a long one
  (``A BAN ON ALL MINES``); single letters and numbers do not end a row.

So ``WHO``, ``US``, ``IT`` and ``AIDS`` stay acronyms among words in small letters, and a heading is none. The
plural of an acronym ends in a small s (``NGOs``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["LONG", "acronyms", "has_small_letter", "is_acronym_plural", "is_in_capitals", "stressed"]

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

#: Letters from which on a word of the dictionary is no acronym.
LONG = 5
_PLURAL = re.compile(r"[^\W\d_]{2,}s")


def is_in_capitals(word: str) -> bool:
    """Tell whether a word as written is in capitals."""
    return len(word) > 1 and word.isupper()


def is_acronym_plural(word: str) -> bool:
    """Tell whether a word as written is the plural of an acronym: ``NGOs``, ``IEDs``."""
    return word[-1:] == "s" and word[:-1].isupper() and _PLURAL.fullmatch(word) is not None


def stressed(places: Places, paragraphs: Places, *, capital: Flags, known: Flags, long: Flags) -> Flags:
    """Tell which words in capitals are stressed words.

    ``places`` are the rising positions of words without a small letter, ``paragraphs`` tells those of one
    paragraph from another's. ``capital`` says which are in capitals, and of these ``known`` which the
    dictionary has, ``long`` which have `LONG` letters or more.
    """
    begins = np.ones(len(places), bool)
    begins[1:] = (np.diff(places) != 1) | (np.diff(paragraphs) != 0)
    row = np.cumsum(begins) - 1
    known = known & capital
    words, of_dictionary = np.bincount(row, capital), np.bincount(row, known)
    shouted = (2 * of_dictionary > words) & (np.bincount(row, known & long) > 0)
    answer: Flags = known & (long | shouted[row])
    return answer


def acronyms(words: Sequence[str], is_word: Callable[[str], bool]) -> set[int]:
    """Return the positions of the acronyms among the words of one text, as written; their plurals are apart.

    ``is_word`` tells whether the dictionary has a word that is in capitals.

    >>> acronyms("Land and AIDS and the WHO".split(), {"AIDS", "WHO"}.__contains__)
    {2, 5}
    >>> acronyms("We call for A BAN ON ALL MINES".split(), {"BAN", "ON", "ALL", "MINES"}.__contains__)
    set()
    >>> acronyms("STATEMENT BY JAPAN".split(), {"BY"}.__contains__)
    set()
    """
    capital = {place for place, word in enumerate(words) if is_in_capitals(word)}
    large = [place for place, word in enumerate(words) if not has_small_letter(word)]
    if not capital or not any(has_small_letter(word) and not is_acronym_plural(word) for word in words):
        return set()
    places = np.array(large)
    flags = np.array([place in capital for place in large], bool)
    known = np.array([place in capital and is_word(words[place]) for place in large], bool)
    long = np.array([len(words[place]) >= LONG for place in large], bool)
    shout = stressed(places, np.zeros_like(places), capital=flags, known=known, long=long)
    return set(places[flags & ~shout].tolist())


def has_small_letter(word: str) -> bool:
    """Tell whether a word as written has a small letter."""
    return any(map(str.islower, word))
