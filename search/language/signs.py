"""Signs around words: which of them mean something, and which are named as left out."""

from __future__ import annotations

import re
import unicodedata

from onrecord.indexer.analysis.words import words
from onrecord.search.language.quotation_marks import QUOTES

__all__ = ["DASHES", "reference_end", "signs_around"]

#: Dashes of any kind: directly before a word each is a minus.
DASHES = "-‐‑‒–—―−﹘﹣－"
# Punctuation that ordinary text has before a word, and behind one.
_BEFORE = frozenset("¿¡(")
_BEHIND = frozenset(".,;:!?…)'’、。，；：？！،؛؟۔।॥")
# Brackets glued to a word, one word in each: 51(2)(a).
_GLUED = re.compile(r"(?:\(\w{1,12}\))+")
_REST = re.compile(rf"[^\s(){QUOTES}]*")
_ROMAN = re.compile(r"[IVXLC]+")


def reference_end(typed: str, start: int, end: int) -> int:
    """Return where a reference such as ``2(4)`` or ``51(2)(a)`` ends, whose first word ends at ``end``.

    It is one where the word or what stands in brackets is a number, and all of it is typed together.

    >>> [reference_end(typed, 0, typed.index("(")) for typed in ("51(2)(a), b", "weapon(s)", "XIV(b)")]
    [9, 6, 6]
    """
    first, glued = typed[start:end], _GLUED.match(typed, end)
    if glued is None or not first[-1].isalnum():
        return end
    inner = re.findall(r"\w+", glued.group())
    last = re.split(r"\W", first)[-1]
    if not (last[-1].isdigit() or _ROMAN.fullmatch(last) or any(part[0].isdigit() for part in inner)):
        return end
    rest = _REST.match(typed, glued.end())
    return rest.end() if rest else glued.end()


def signs_around(text: str) -> list[str]:
    """Name the signs before and behind a word that mean nothing, ordinary punctuation left aside.

    >>> signs_around("#mines,"), signs_around("C++,"), signs_around("(mines)."), signs_around("$100")
    (['#'], ['++'], [], ['$'])
    """
    if text.isalnum():
        return []
    inside = [place for place, letter in enumerate(text) if letter in "*?" or words(letter)]
    if not inside:
        return []
    before, behind = text[: inside[0]], text[inside[-1] + 1 :]
    tilde = behind.startswith("~")  # it was read
    named = [_only_signs(before, _BEFORE), _only_signs(behind[tilde:], _BEHIND)]
    return [signs for signs in named if signs]


def _only_signs(text: str, ordinary: frozenset[str]) -> str:
    return "".join(sign for sign in text if sign not in ordinary and unicodedata.category(sign)[0] in "PS")
