"""Words that are written in parts, and are one word all the same: ``co-operation``, ``U.N.``, ``1,250``.

A *compound* is a row of words with one sign between each two, by which someone may have written one word:

- a hyphen, but not between two numbers (``peace-keeping``, ``COVID-19``);
- a full stop between capital letters that each stand alone (``U.N.``);
- a comma between digits and three digits (``1,250``);
- a space behind a beginning that is no word by itself (``co operation``; `BEGINNINGS`).

Its parts stay words at positions of their own. Which word it is, if any, is for the dictionaries to say
(`onrecord.indexer.analysis.inflection`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import written

__all__ = ["BEGINNINGS", "Compound", "compounds_in", "parts_of", "rows", "signs_between"]

Indices = npt.NDArray[np.intp]
Signs = npt.NDArray[np.uint8]

#: Beginnings of English words that are also written apart. Behind others a space parts two words ("in
#: human").
BEGINNINGS = frozenset(
    ["co", "non", "anti", "pre", "multi", "sub", "inter", "neo", "semi", "socio", "micro", "macro"]
)
# The longest compound, in words and in bytes; longer rows are lists, or nothing.
_MOST_PARTS = 4
_LONGEST = 48
_NOTHING, _HYPHEN, _STOP, _COMMA, _SPACE = (np.uint8(ord(sign)) for sign in "\0-., ")
_ZERO, _CAPITAL_A = np.uint8(ord("0")), np.uint8(ord("A"))
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
_PARTS = re.compile("[-., ]")
# What a text must have that has a compound, and one that has a compound with a space.
_SIGNED = re.compile(rf"[^\W_][-.,][^\W_]|\b(?:{'|'.join(sorted(BEGINNINGS))}) ", re.IGNORECASE)
_BEGINNING = re.compile(rf"\b(?:{'|'.join(sorted(BEGINNINGS))}) ", re.IGNORECASE)
# Digits in groups of three.
_NUMBER = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")


class Compound(NamedTuple):
    """A compound as written, with the positions of its first and its last word."""

    text: str
    first: int
    last: int


def signs_between(buffer: bytes, starts: Indices, ends: Indices, beginning: npt.NDArray[np.bool_]) -> Signs:
    """Return of each word the sign that may join it to the next, 0 where none does.

    ``buffer`` is text as `words.written` leaves it, in UTF-8; ``starts`` and ``ends`` are the edges of its
    words, ``beginning`` marks those that are `BEGINNINGS`.
    """
    signs = np.zeros(len(starts), np.uint8)
    if len(starts) < 2:
        return signs
    letters = np.frombuffer(buffer, np.uint8)
    close = np.flatnonzero(starts[1:] == ends[:-1] + 1)
    between = letters[ends[close]]
    joined = (between == _HYPHEN) | (between == _STOP) | (between == _COMMA)
    joined |= (between == _SPACE) & beginning[close]
    close, between = close[joined], between[joined]
    heads, lengths = letters[starts], ends - starts
    figures = heads[close] - _ZERO < 10, heads[close + 1] - _ZERO < 10
    capital = (heads - _CAPITAL_A < 26) & (lengths == 1)
    holds = (between == _SPACE) & ~figures[1]
    holds |= (between == _HYPHEN) & ~(figures[0] & figures[1])
    holds |= (between == _STOP) & capital[close] & capital[close + 1]
    holds |= (between == _COMMA) & figures[0] & figures[1] & (lengths[close] <= 3) & (lengths[close + 1] == 3)
    signs[close[holds]] = between[holds]
    return signs


def rows(signs: Signs) -> tuple[Indices, Indices]:
    """Return the first and the last word of each row of words that signs of one kind join."""
    joined = signs != _NOTHING
    changes = np.diff(signs.astype(np.int16), prepend=np.int16(0), append=np.int16(0)) != 0
    first, last = np.flatnonzero(joined & changes[:-1]), np.flatnonzero(joined & changes[1:]) + 1
    few = last - first < _MOST_PARTS
    return first[few], last[few]


def compounds_in(text: str) -> Iterator[Compound]:
    """Yield the compounds of a text in their order.

    >>> [compound.text for compound in compounds_in("The U.N. Anti-Personnel co operation, 1990-1995, 1,250")]
    ['U.N', 'Anti-Personnel', 'co operation', '1,250']
    """
    text = written(text)
    if _SIGNED.search(text) is None:
        return
    buffer = text.encode("utf-8", "surrogatepass")
    spans = [found.span() for found in _WORD.finditer(buffer)]
    edges = np.array(spans, np.intp).reshape(-1, 2)
    beginning = np.zeros(len(spans), bool)
    if _BEGINNING.search(text) is not None:
        words = [buffer[first:last].lower() for first, last in spans]
        beginning = np.array([word.decode("utf-8", "surrogatepass") in BEGINNINGS for word in words], bool)
    signs = signs_between(buffer, edges[:, 0], edges[:, 1], beginning)
    for first, last in zip(*rows(signs), strict=True):
        yield Compound(buffer[spans[first][0] : spans[last][1]].decode(), int(first), int(last))


def parts_of(compound: str) -> tuple[str, list[str]]:
    """Return the sign of a compound as written, and its words; none where it is too long, or no number.

    >>> parts_of("Co-operation"), parts_of("1,2b0")
    (('-', ['Co', 'operation']), (',', []))
    """
    found = _PARTS.search(compound)
    if found is None or len(compound) > _LONGEST:
        return "", []
    sign = found[0]
    if sign == "," and _NUMBER.fullmatch(compound) is None:
        return sign, []
    return sign, compound.split(sign)
