"""The words near what a question marks, counted beside all other words."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Neighbour", "Neighbours"]


class Neighbour(NamedTuple):
    """A word as it is written, folded: how often it stands near, and how often elsewhere."""

    word: str
    near: int
    elsewhere: int


class Neighbours(NamedTuple):
    """The words that stand near, sorted, and how many words there are on both sides.

    A word that is near two places counts once. The words of the places themselves are on neither side.
    """

    words: tuple[Neighbour, ...]
    places: int  #: what was marked
    near: int  #: words near it
    elsewhere: int  #: all other words
