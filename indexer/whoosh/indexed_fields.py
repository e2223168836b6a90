"""The fields that Whoosh searches, over the arrays of a segment: the words and the inflection groups.

A field has sorted terms with numbers, and tells where a term occurs and how long it
is in each paragraph. The fields of facts about a statement are in `fact_fields`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.occurrences import Occurrences

__all__ = ["Groups", "IndexedField", "SortedTerms", "Terms", "Words"]

Ints = npt.NDArray[np.uint32]


class Terms(Protocol):
    """Sorted terms; `TermList` is one."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> bytes: ...
    def place(self, term: bytes) -> int:
        """Return where a term stands, or would stand."""


class SortedTerms(list[bytes]):
    """A list of terms, sorted.

    >>> SortedTerms([b"a", b"c"]).place(b"b")
    1
    """

    def place(self, term: bytes) -> int:
        """Return where a term stands, or would stand."""
        return bisect_left(self, term)


class IndexedField(ABC):
    """A field of a segment; `find` gives the number by which it knows a term."""

    @property
    @abstractmethod
    def terms(self) -> Terms:
        """The terms that occur, in deleted paragraphs too."""

    @property
    def lengths(self) -> Ints | None:
        """Words in each paragraph; None where the field is not scored."""
        return None

    @abstractmethod
    def occurrences(self, number: int) -> Occurrences:
        """Return where a term occurs, deleted paragraphs included."""

    def find(self, term: bytes) -> int | None:
        """Return the number of a term, None where it does not occur."""
        place = self.terms.place(term)
        return place if place < len(self.terms) and self.terms[place] == term else None

    def paragraph_count(self, number: int) -> int:
        """Count the paragraphs of a term, deleted ones included."""
        return len(self.occurrences(number).documents)

    def frequency(self, number: int) -> int:
        """Count how often a term occurs, in deleted paragraphs too."""
        return int(self.occurrences(number).frequencies.sum(dtype=np.int64))

    @cached_property
    def total_length(self) -> int:
        """The number of words in all paragraphs; 0 where the field is not scored."""
        return 0 if self.lengths is None else int(self.lengths.sum(dtype=np.int64))


class Words(IndexedField):
    """The words as written, with their positions in the paragraph."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @property
    def terms(self) -> Terms:
        """The word forms."""
        return self._segment.words.forms

    @property
    def lengths(self) -> Ints:
        """Words in each paragraph."""
        return self._segment.paragraphs.lengths

    def occurrences(self, number: int) -> Occurrences:
        """Return where a form occurs: its positions, cut wherever the paragraph changes."""
        segment = self._segment
        positions = segment.words.positions.array(number)
        paragraphs = segment.words.paragraphs_of(positions)
        begins = np.flatnonzero(np.diff(paragraphs, prepend=np.uint32(len(segment))))
        return Occurrences(
            documents=paragraphs[begins],
            frequencies=np.diff(begins, append=len(positions)),
            positions=positions - segment.paragraphs.starts[paragraphs],
            begins=begins,
        )

    def paragraph_count(self, number: int) -> int:
        """Count the paragraphs of a form."""
        return int(self._segment.words.form_paragraphs[number])

    def frequency(self, number: int) -> int:
        """Count how often a form occurs."""
        return int(self._segment.words.form_frequency[number])


class Groups(IndexedField):
    """The inflection groups, without positions."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @property
    def terms(self) -> Terms:
        """The names of the groups."""
        return self._segment.words.groups

    @property
    def lengths(self) -> Ints:
        """Words in each paragraph: each is in one group."""
        return self._segment.paragraphs.lengths

    def occurrences(self, number: int) -> Occurrences:
        """Return where a group occurs."""
        return Occurrences(
            self._segment.words.documents.array(number), self._segment.words.frequencies(number)
        )

    def paragraph_count(self, number: int) -> int:
        """Count the paragraphs of a group."""
        return int(self._segment.words.group_paragraphs[number])
