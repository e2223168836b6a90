"""The words of statements one after the other: what a quotation is held against.

A statement is a number here, which means nothing outside the generation that gave it; its words are counted
from 0 over all its paragraphs, so that what runs over from one paragraph into the next stands together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.search.results.hits import Hit

__all__ = ["Numbers", "Runs", "SpokenWords", "Stretch"]

Numbers = npt.NDArray[np.int64]


class Runs(NamedTuple):
    """Where some words stand side by side: of each place the statement and the number of the first word."""

    statements: Numbers
    starts: Numbers

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.statements)


class Stretch(NamedTuple):
    """Paragraphs of a statement that follow each other, each with the number of its first word."""

    number: int  #: of the first of them, counted from 1
    texts: tuple[str, ...]
    firsts: tuple[int, ...]


class SpokenWords(Protocol):
    """The words of the statements that count: none is deleted, and none stands behind its copy."""

    def frequency(self, word: str) -> int:
        """Return how often a folded word stands anywhere, deleted statements included."""

    def runs(self, words: Sequence[str]) -> Runs:
        """Find every place at which folded words stand side by side in one statement, over paragraphs too."""

    def some_runs(self, words: Sequence[str], *, below: int) -> Runs | None:
        """Find the same where there are fewer places than a number; None where an engine finds too many."""

    def agreement(self, words: Sequence[tuple[int, str]], places: Runs) -> Numbers:
        """Count of each place how many of some words stand so far behind it, or two words beside that.

        It is a guess of how near the passages that begin there are, made without reading any.
        """

    def length(self, statement: int) -> int:
        """Return how many words a statement has."""

    def stretch(self, statement: int, first: int, end: int) -> Stretch:
        """Read the paragraphs that hold some words of a statement."""

    def addresses(self, places: Runs) -> list[str]:
        """Return the addresses of the paragraphs in which some words stand."""

    def hits(self, statement: int, numbers: range) -> tuple[Hit, ...]:
        """Read some paragraphs of a statement, by their numbers from 1."""

    def passing(self, within: Query, places: Runs) -> npt.NDArray[np.bool_]:
        """Mark the words whose paragraphs a filter lets pass."""

    def named(self, slug: str) -> int | None:
        """Return the statement with a slug, None where none that counts has it."""
