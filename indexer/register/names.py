"""Names in running text: a table of names, and where they are mentioned.

Names are compared as folded words, so case, accents, hyphens and apostrophes
do not matter: ``COTE D’IVOIRE`` is ``Côte d'Ivoire``. The longest name wins and
takes its words with it: in "Guinea-Bissau" there is no Guinea.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from onrecord.indexer.analysis.words import Word, words, words_with_offsets

__all__ = ["KEPT", "Mention", "NameTable"]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value]):
    """A name where it stands: what it means, the words as printed, their offsets."""

    value: Value
    text: str
    start: int  #: in characters, counted from 0
    end: int  #: the first character after it


# How many lines keep what was found in them: a heading is asked many times about each of its few lines.
KEPT = 512

# Stands between names that are folded in one go, which saves a call a name; no name has this word.
_NEXT = "0next0"


class NameTable(Generic[Value]):
    """Names and what they mean; of two meanings of one name the first given is kept.

    >>> table = NameTable([("Guinea", "GIN"), ("Guinea-Bissau", "GNB")])
    >>> [mention.value for mention in table.find("GUINEA BISSAU, Guinea")]
    ['GNB', 'GIN']
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._meanings: dict[tuple[str, ...], Value] = {}
        self._lengths: dict[str, list[int]] = {}
        given = list(entries)
        for key, (_, value) in zip(_keys(name for name, _ in given), given, strict=True):
            self._add(key, value=value)

    @classmethod
    def of_keys(cls, entries: Iterable[tuple[tuple[str, ...], Value]]) -> NameTable[Value]:
        """Make a table of names that are folded words already."""
        table = cls(())
        for key, value in entries:
            table._add(key, value=value)
        return table

    def _add(self, key: tuple[str, ...], *, value: Value) -> None:
        if key and key not in self._meanings:
            self._meanings[key] = value
            lengths = self._lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
                lengths.sort(reverse=True)

    def get(self, name: str) -> Value | None:
        """Return what the whole of ``name`` means, or None."""
        return self._meanings.get(tuple(words(name)))

    def find(self, text: str) -> tuple[Mention[Value], ...]:
        """Find the names mentioned in a text, in order, the longest at each place."""
        return tuple(self._mentions(text))

    def _mentions(self, text: str) -> Iterator[Mention[Value]]:
        folded, found = _words_of(text)
        at = 0
        while at < len(found):
            length = self._longest_at(folded, at=at) if folded[at] in self._lengths else 0
            if length:
                start, end = found[at].start, found[at + length - 1].end
                yield Mention(self._meanings[folded[at : at + length]], text[start:end], start, end)
            at += length or 1

    def _longest_at(self, folded: tuple[str, ...], *, at: int) -> int:
        """Return how many words the longest name that begins at ``at`` has, 0 where none does."""
        left = len(folded) - at
        lengths = (length for length in self._lengths[folded[at]] if length <= left)
        return next((length for length in lengths if folded[at : at + length] in self._meanings), 0)


@lru_cache(maxsize=KEPT)
def _words_of(text: str) -> tuple[tuple[str, ...], list[Word]]:
    """Return the folded words of a text, and where they stand: every table asks for them."""
    found = words_with_offsets(text)
    return tuple(word.text for word in found), found


def _keys(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the folded words of each name."""
    key: list[str] = []
    for word in words("".join(f"{name} {_NEXT} " for name in names)):
        if word == _NEXT:
            yield tuple(key)
            key = []
        else:
            key.append(word)
