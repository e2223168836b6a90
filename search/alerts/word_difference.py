"""Two versions of a paragraph word by word: what both have, what was left out, what was added."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Piece", "alike", "difference", "words_in"]

# Words, characters of scripts that do not part words, spaces, and signs: together they are the text.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w(?:(?![\u3040-\u9fff])\w)*|\s+|[^\w\s]")
# Words above which two versions are set side by side whole: to compare them takes the square of that.
_MOST = 5_000


class Piece(NamedTuple):
    """A stretch of text: in both versions ("same"), in the former ("left out") or in the later ("added")."""

    kind: str
    text: str


def difference(before: str, now: str) -> tuple[Piece, ...]:
    """Set two versions of a text side by side, word by word.

    What is the same and what was left out is the former text, what is the same and what was added the later.

    >>> [*map(tuple, difference("We clear mines.", "We clear all mines."))]
    [('same', 'We clear '), ('added', 'all '), ('same', 'mines.')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    if len(old) > _MOST or len(new) > _MOST:
        pieces = [Piece("left out", before), Piece("added", now)] if before != now else [Piece("same", now)]
        return tuple(piece for piece in pieces if piece.text)
    pieces = []
    for kind, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[first:last])))
            continue
        if begin < end:
            pieces.append(Piece("left out", "".join(old[begin:end])))
        if first < last:
            pieces.append(Piece("added", "".join(new[first:last])))
    return tuple(pieces)


def words_in(text: str) -> Counter[str]:
    """Count the words of a text."""
    return Counter(filter(str.isalnum, _TOKEN.findall(text.casefold())))


def alike(words: Counter[str], others: Counter[str]) -> float:
    """Return which part of their words two texts have in common, from 0 to 1, wherever the words stand.

    >>> alike(words_in("we clear mines"), words_in("all clear mines")), alike(words_in("a"), words_in("b"))
    (0.6666666666666666, 0.0)
    """
    every = words.total() + others.total()
    return 2 * (words & others).total() / every if every else 0.0
