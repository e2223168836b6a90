"""The stretches of text that a question marks, one by one and in an order: what a concordance is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import NamedTuple, Protocol

__all__ = ["REACH", "LineSort", "Stretch", "StretchOrder", "Stretches", "draw_of"]

#: Words on a side that an order by context looks at, from the stretch outwards.
REACH = 5


class LineSort(Enum):
    """The order of the lines of a concordance; what is equal is in order of address and place.

    Words are compared folded, letter by letter, `REACH` of them from the stretch outwards; a line whose
    paragraph ends earlier comes first. Lines without a date or a speaker come last.
    """

    RIGHT = "right"  #: by the words behind the stretch
    LEFT = "left"  #: by the words before it, the nearest first
    NODE = "node"  #: by its own first words, then by those behind it
    NEWEST = "newest"
    OLDEST = "oldest"
    SPEAKER = "speaker"
    ADDRESS = "address"


class StretchOrder(NamedTuple):
    """Which stretches are wanted: in an order, a page of them, of all or of ``sample`` drawn by ``seed``."""

    sort: LineSort = LineSort.RIGHT
    sample: int | None = None
    seed: int = 0
    limit: int | None = 50
    offset: int = 0

    @property
    def stop(self) -> int | None:
        """How many there are up to the end of the page, None for all."""
        return None if self.limit is None else self.offset + self.limit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text of a paragraph, counted from 1 there, with what is told of it."""

    address: str
    occurrence: int
    text: str  #: of the paragraph
    start: int
    end: int
    speaker: str | None
    forum: str | None
    date: str | None
    place: str | None
    language: str | None
    title: str | None


class Stretches(Protocol):
    """What an engine found, counted; it may be asked after the index was closed."""

    @property
    def total(self) -> int:
        """The number of stretches."""

    @property
    def sampled(self) -> int:
        """How many of them were drawn: all, where no sample was asked for."""

    def read(self) -> Iterator[Stretch]:
        """Read those of the page, one after the other."""


def draw_of(seed: int, address: str, occurrence: int) -> bytes:
    """Return the lot of a stretch: a sample is those with the smallest.

    It follows from the address and the seed alone, so that a sample is the same in every index of these
    texts, on any machine.
    """
    return sha256(f"{seed}\0{address}\0{occurrence}".encode()).digest()
