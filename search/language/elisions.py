"""Articles and other small words that are written on to the next with an apostrophe: ``l'identité``.

French and Italian leave out a vowel between two words; what was meant is the second. Names that are not of
such a pair (``O'Brien``) stay what they are, and so do those that have one in them (``Côte d'Ivoire``).
"""

from __future__ import annotations

import re

__all__ = ["APOSTROPHES", "elided"]

#: Where a vowel was left out.
APOSTROPHES = frozenset("'’ʼ‘")

_SMALL_WORDS = (
    "l|d|qu|j|m|t|s|n|c|jusqu|lorsqu|puisqu|quoiqu|"  # French, some of them Italian too
    "un|dell|all|nell|sull|dall|coll|quest|quell|bell|sant|gl"
)
# Compiled when a word is first looked at that is not of letters alone; most questions have none.
_ELIDED = rf"\W*(({_SMALL_WORDS})[{''.join(APOSTROPHES)}])([^\W\d_]{{2,}})\W*"
# What stands before a capital letter inside a name.
_OF_NAMES = frozenset(("d", "sant"))


def elided(typed: str) -> tuple[str, str] | None:
    """Part a word from the small one that is written on to it; None where there is none.

    >>> elided("l’identité"), elided("O'Brien"), elided("dell'acqua,")
    (('l’', 'identité'), None, ("dell'", 'acqua'))
    >>> elided("l'Allemagne"), elided("d'Ivoire"), elided("D'IVOIRE")
    (("l'", 'Allemagne'), None, None)
    """
    if typed.isalpha():  # as most words are
        return None
    found = re.fullmatch(_ELIDED, typed, re.IGNORECASE)
    if found is None or (found[2].lower() in _OF_NAMES and found[3][0].isupper()):
        return None
    return found[1], found[3]
