"""Which of the old encodings of the West a text is in, told by where its letters stand.

A Macintosh (Mac Roman) and DOS (cp850) had the letters of Windows-1252 in other places, so that a text of
theirs reads as ``dÕavoir convoquŽ`` or ``convoqu‚``. A detector counts pairs of bytes, of which a text in the
Latin alphabet has few beyond ASCII. Here it counts where a sign stands: no capital follows a small letter, no
currency stands within a word, a quotation mark opens before a word and closes behind one. Whatever was
written in Windows-1252 or Latin-1 stands as it should, and is left as it is.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["western_encoding"]

_WINDOWS: Final = "windows-1252"
_OTHERS = ("mac-roman", "cp850")
_SMALL = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšž")
_CAPITAL = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸŒŠŽ")
# Letters that are words by themselves in some language.
_WORDS = frozenset("àáéèìóòùåøæöÀÁÉÈÓÅØÖ")
_OPENING, _CLOSING = frozenset("“«„‚‹¿¡"), frozenset("”»›")
# What stands within words in one language or another, or between them without a space.
_ANYWHERE = frozenset("’‘–—…\u00a0\u00ad·")
_BEYOND = re.compile(r"[^\x00-\x7f]")
# What stands on one side of a word: "m²", "n°", "µg".
_BESIDE = frozenset("®©™²³¹°ºªµ±")
# A dash may stand between two words, and is amiss there only where other signs are, so many at least.
_DASHES, _FEWEST_BESIDE_DASHES = frozenset("–—"), 2
# So many signs must stand where none does, and be this part of all; in another encoding hardly any may.
_FEWEST, _MANY, _FEW = 3, 0.3, 0.1


def western_encoding(data: bytes) -> tuple[str, bool]:
    """Return the encoding of a text that looks like Windows-1252, and whether that is in doubt.

    >>> western_encoding("Nous vous remercions d’avoir convoqué cette séance à l’été.".encode("mac-roman"))
    ('mac-roman', False)
    >>> western_encoding("Nous vous remercions d’avoir convoqué cette séance.".encode("cp1252"))
    ('windows-1252', False)
    """
    amiss, share = _amiss(data.decode(_WINDOWS, errors="replace"))
    if amiss < _FEWEST or share < _MANY:
        return _WINDOWS, False
    shares = sorted((_amiss(data.decode(name))[1], name) for name in _OTHERS)
    (best, name), (second, _) = shares
    told = best <= _FEW and 2 * best < second
    return (name, False) if told else (_WINDOWS, True)


def _amiss(text: str) -> tuple[int, float]:
    """Count the signs beyond ASCII that stand where none does, and tell which part of all they are."""
    well = amiss = dashes = 0
    for sign in _BEYOND.finditer(text):
        before, after = text[sign.start() - 1 : sign.start()], text[sign.end() : sign.end() + 1]
        verdict = _stands_well(before, sign[0], after)
        well += verdict is True
        amiss += verdict is False
        dashes += sign[0] in _DASHES and before.islower() and after.islower()
    if amiss >= _FEWEST_BESIDE_DASHES:
        amiss += dashes
    return amiss, amiss / (amiss + well) if amiss else 0.0


def _stands_well(before: str, sign: str, after: str) -> bool | None:
    """Tell whether a sign may stand between two others; None where it tells nothing."""
    if sign in _SMALL or sign in _CAPITAL:
        if not before.isalpha() and not after.isalpha():
            return sign in _WORDS
        return not after.isupper() if sign in _SMALL else not before.islower()
    if sign in _ANYWHERE:
        return True if before.isalpha() and after.isalpha() and sign in "’‘" else None
    if sign in _OPENING:
        return not before.isalnum()
    if sign in _CLOSING:
        return not after.isalnum()
    small = (before.islower(), after.islower())
    return False if (all(small) if sign in _BESIDE else any(small)) else None
