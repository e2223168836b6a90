"""Columns of names: speakers, forums, places, titles, delegations, languages of statements.

A column keeps each different value once, and for each statement the number of its
value (0 where it has none). A value is one or several names; their words are
inverted, so that a word or a phrase of a name leads to the values and they to the
statements.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.analysis import words
from indexer.codec.container import Array, Container
from indexer.codec.terms import TermList, term_arrays
from indexer.schema import NAME_GAP

__all__ = ["NameColumn", "Value", "name_arrays"]

Ints = npt.NDArray[np.uint32]
Value = tuple[str, ...]


def name_arrays(name: str, values: Sequence[Value]) -> dict[str, Array | bytes]:
    """Pack a column for a container: a value, maybe empty, for each statement."""
    different = sorted({*values} - {()})
    number = {(): 0} | {value: at for at, value in enumerate(different, 1)}
    places: defaultdict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for value in different:
        for position, word in placed_words(value):
            places[word.encode()].append((number[value], position))
    terms = sorted(places)
    return {
        f"{name}.of": np.array([number[value] for value in values], np.uint32),
        f"{name}.values": json.dumps(different, ensure_ascii=False).encode(),
        **term_arrays(f"{name}.words", terms),
        f"{name}.places.at": np.cumsum([0, *(len(places[term]) for term in terms)], dtype=np.uint32),
        f"{name}.places": np.array([place for term in terms for place in places[term]], np.uint32),
    }


def placed_words(value: Value) -> list[tuple[int, str]]:
    """Split the names of a value into words with their positions, a gap between two names."""
    placed = []
    position = 0
    for name in value:
        for word in words(name):
            placed.append((position, word))
            position += 1
        position += NAME_GAP
    return placed


class NameColumn:
    """A column of a container."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name
        self.of: Ints = container[f"{name}.of"]
        self.terms = TermList(container, f"{name}.words")

    @cached_property
    def values(self) -> list[Value]:
        """The different values; value number ``n`` is at ``n - 1``."""
        return [tuple(value) for value in json.loads(bytes(self._container.data(f"{self._name}.values")))]

    def places(self, word: bytes) -> Ints:
        """Return where a word stands, as rows of (value number, position)."""
        at = self._container[f"{self._name}.places.at"]
        found = self.terms.find(word)
        places = self._container[f"{self._name}.places"].reshape(-1, 2)
        return places[:0] if found is None else places[int(at[found]) : int(at[found + 1])]

    def statements(self, phrase: Sequence[bytes]) -> npt.NDArray[np.bool_]:
        """Mark the statements whose value holds these words in this order."""
        standing = {tuple(place) for place in self.places(phrase[0]).tolist()}
        for offset, word in enumerate(phrase[1:], 1):
            standing &= {(value, position - offset) for value, position in self.places(word).tolist()}
        fitting = np.zeros(len(self.values) + 1, bool)
        fitting[[value for value, _ in standing]] = True
        return fitting[self.of]
