"""Where sentences begin in a paragraph: a guess, by signs and abbreviations.

A sentence ends at a stop, a question mark or an exclamation mark with white space behind it, and at their
counterparts in Chinese and Japanese (which need no space), Arabic, Indian languages and Armenian. It does not
end where the next word begins with a small letter, behind an abbreviation (those that stand before names in
records, and those of ``abbreviations.csv``, in whatever language: a paragraph may quote another), behind an
initial, or behind a number at its beginning.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from onrecord.indexer.turns.words import is_any

__all__ = ["sentence_starts"]

_CLOSING = "[\"'”’»)\\]」』）]*"
# A stop, what closes behind it, the figure of a note; then white space, or nothing behind an ideographic one.
# It begins where no stop stands before: else a long run of stops would be looked through from each of them.
_END = re.compile(
    rf"(?:(?<![.?!…؟۔।։])[.?!…؟۔।։]+{_CLOSING}(?:\[\d{{1,3}}\]|[¹²³⁰⁴-⁹]+)?\s+|[。！？｡]+{_CLOSING}\s*)"
)
_OPENING = "\"'“”‘«»(¿¡[„「『（—–- "
_WORD_BEFORE = re.compile(r"([^\s\"'“”‘’«»()\[\]„]+)\.$")
_INITIAL = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_LONGEST_WORD = 40


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a paragraph begin, as they are guessed; the first begins at 0.

    >>> text = "We thank Mr. Vega. What now? Art. 5 says it."
    >>> [text[start:start + 4] for start in sentence_starts(text)]
    ['We t', 'What', 'Art.']
    """
    starts = [0]
    for found in _END.finditer(text):
        if found.end() < len(text) and _ends(text, starts[-1], found):
            starts.append(found.end())
    return starts


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a sentence that begins at ``start`` ends at a sign."""
    if text[found.start()] != ".":
        return not _goes_on(text, found.end())
    before = _WORD_BEFORE.search(text, max(start, found.start() - _LONGEST_WORD), found.start() + 1)
    if before is not None and found[0].rstrip() == ".":
        word = before[1].casefold()
        if (_INITIAL.fullmatch(word) and (len(word) > 1 or before[1].isupper())) or _is_abbreviation(word):
            return False
        if word.isdecimal() and before.start(1) == start:
            return False
    return not _goes_on(text, found.end())


def _goes_on(text: str, place: int) -> bool:
    """Tell whether what stands at a place begins no sentence: a small letter."""
    first = text[place : place + _LONGEST_WORD].lstrip(_OPENING)[:1]
    return first.islower()


def _is_abbreviation(word: str) -> bool:
    return is_any(word, "abbreviated") or word in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    table = files(__package__).joinpath("abbreviations.csv").read_text("utf-8")
    return frozenset(word for row in csv.DictReader(table.splitlines()) for word in row["words"].split())
