"""Quotation marks: which mark closes the one that opens a phrase.

Marks pair by kind: straight ones, curly ones, guillemets, each of them with others inside. Where a mark can
open and close, such as a straight one, what stands around it tells: a mark opens before a word
and behind a space, and closes behind a word and before a space.
"""

from __future__ import annotations

import re

__all__ = ["QUOTES", "closing_mark"]

#: Every mark that opens or closes a phrase; apostrophes do not.
QUOTES = '"“”„‟«»＂'
# In Hebrew a straight mark inside a word belongs to it: צה"ל.
_QUOTE = re.compile(rf"(?<![א-ת])[{QUOTES}]|[{QUOTES}](?![א-ת])")
_STRAIGHT = '"＂'
# What closes a phrase that a mark opens, in the languages that write it so.
_CLOSED_BY = {"“": "”“", "„": "“”", "”": "”", "‟": "”", "«": "»", "»": "«»"} | dict.fromkeys(
    _STRAIGHT, _STRAIGHT
)
# Those that always open where they do not close.
_OPENING = "“„‟«"
# Phrases in each other; nobody quotes deeper.
_DEEPEST = 8
_KINDS = (_STRAIGHT, "“”„‟", "«»")
# Signs before which a phrase may end, and behind which one may begin.
_BEHIND_THE_END = frozenset(".,;:!?…)]}~^*'’/—–-、。，；：？！،؛؟")
_BEFORE_THE_BEGINNING = frozenset("([{-–—−‑‐﹣－:'‘/¿¡…")


def closing_mark(typed: str, start: int) -> int | None:
    """Return the place of the mark that closes the phrase opened at ``start``, None where none does.

    >>> closing_mark('"he said "never again" and left" OR "bombs"', 0)
    31
    >>> closing_mark('"mine action" "bombs"', 0), closing_mark("« a “b” »", 0), closing_mark('“mines"', 0)
    (12, 8, 6)
    """
    open_marks = [typed[start]]
    others = None
    for found in _QUOTE.finditer(typed, start + 1):
        mark, place = found.group(), found.start()
        if others is None and not _of_one_kind(mark, typed[start]):
            others = place
        opens = _looks_opening(typed, place)
        closed = None if opens else _closed(open_marks, mark)
        if closed is not None:
            del open_marks[closed:]
            if not open_marks:
                return place
        elif opens or mark in _OPENING:
            open_marks.append(mark)
            if len(open_marks) > _DEEPEST:
                break
    return others  # keyboards and word processors mix them


def _closed(open_marks: list[str], mark: str) -> int | None:
    """Return which of the open marks a mark closes; those inside it were never closed."""
    depth = range(len(open_marks) - 1, -1, -1)
    return next((place for place in depth if mark in _CLOSED_BY[open_marks[place]]), None)


def _of_one_kind(mark: str, other: str) -> bool:
    return any(mark in kind and other in kind for kind in _KINDS)


def _looks_opening(typed: str, place: int) -> bool:
    """Tell whether a mark that can open and close would open here."""
    before, behind = typed[place - 1 : place], typed[place + 1 : place + 2]
    may_begin = not before or before.isspace() or before in _BEFORE_THE_BEGINNING or before in QUOTES
    may_end = not behind or behind.isspace() or behind in _BEHIND_THE_END or behind in QUOTES
    return may_begin and not may_end
