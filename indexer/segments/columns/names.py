"""Columns of names: speakers, forums, places, titles, delegations, persons of statements.

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

from onrecord.indexer.analysis.words import words
from onrecord.indexer.segments.columns.terms import TermList, term_arrays
from onrecord.indexer.segments.container import Array, Container
from onrecord.indexer.segments.layout import NAME_GAP, SEVERAL
from onrecord.indexer.segments.records import plain_data
from onrecord.indexer.segments.validation import are_offsets, checked_below

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
        self.terms = TermList(container, f"{name}.words")

    @cached_property
    def of(self) -> Ints:
        """The number of each statement's value, 0 where it has none."""
        return checked_below(self._container, f"{self._name}.of", len(self.values) + 1)

    @cached_property
    def values(self) -> list[Value]:
        """The different values; value number ``n`` is at ``n - 1``."""
        name = f"{self._name}.values"
        try:
            read = plain_data(self._container.data(name))
        except (ValueError, RecursionError) as error:
            raise self._container.damaged(name) from error
        if not isinstance(read, list) or not all(self._is_value(value) for value in read):
            raise self._container.damaged(name)
        return [tuple(value) for value in read]

    @cached_property
    def all_places(self) -> Ints:
        """Where the words stand, as rows of (value number, position), word after word."""
        name = f"{self._name}.places"
        places = self._container[name].reshape(-1, 2)
        if len(places) and not 1 <= int(places[:, 0].min()) <= int(places[:, 0].max()) <= len(self.values):
            raise self._container.damaged(name)
        return places

    @cached_property
    def _places_at(self) -> Ints:
        at = self._container[f"{self._name}.places.at"]
        if not are_offsets(at, len(self.all_places)) or len(at) != len(self.terms) + 1:
            raise self._container.damaged(f"{self._name}.places.at")
        return at

    def places(self, word: bytes) -> Ints:
        """Return where a word stands, as rows of (value number, position)."""
        at, places = self._places_at, self.all_places
        found = self.terms.find(word)
        return places[:0] if found is None else places[int(at[found]) : int(at[found + 1])]

    def coded(self, code: str, *, at: int) -> npt.NDArray[np.bool_]:
        """Mark the statements whose value has a code at a place of its names."""
        wanted = [number for number, value in enumerate(self.values, 1) if value[at : at + 1] == (code,)]
        return np.isin(self.of, wanted)

    def _is_value(self, value: object) -> bool:
        """Tell whether a value is one name, or several where a column may have them."""
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return False
        return len(value) == 1 or (len(value) > 1 and self._name in SEVERAL)

    def statements(self, phrase: Sequence[bytes]) -> npt.NDArray[np.bool_]:
        """Mark the statements whose value holds these words in this order."""
        standing = {tuple(place) for place in self.places(phrase[0]).tolist()}
        for offset, word in enumerate(phrase[1:], 1):
            standing &= {(value, position - offset) for value, position in self.places(word).tolist()}
        fitting = np.zeros(len(self.values) + 1, bool)
        fitting[[value for value, _ in standing]] = True
        return fitting[self.of]
