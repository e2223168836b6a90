"""The postings of a term: the paragraphs that hold it, how often, and what that scores.

Scores are BM25: ``idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * l / average))``, in 32 bits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.indexer.segments.bm25 import K1
from onrecord.indexer.segments.picking import picked
from onrecord.search.collection import Collection, Floats, Ints
from onrecord.search.engine.paragraph_set import ParagraphSet

__all__ = ["Candidates", "Frequencies", "Places", "Postings", "narrowed", "together"]

#: Paragraphs as the places of an array.
Places = npt.NDArray[np.intp]
#: How often a term stands in each of some paragraphs.
Frequencies = npt.NDArray[np.uint8 | np.float32]


class Candidates:
    """Candidates: the paragraphs whose scores are wanted, in rising order.

    What the score of every term needs of them, such as their norms, is looked up here once.
    """

    __slots__ = ("_at", "_collection", "_norms", "paragraphs")

    def __init__(self, paragraphs: Ints, collection: Collection) -> None:
        self.paragraphs = paragraphs
        self._collection = collection
        self._at: Places | None = None
        self._norms: Floats | None = None

    @property
    def at(self) -> Places:
        """The paragraphs as the type that `numpy.take` works on, which would turn them into it each time."""
        if self._at is None:
            self._at = self.paragraphs.astype(np.intp)
        return self._at

    @property
    def norms(self) -> Floats:
        """What BM25 adds to a frequency below the line, of each paragraph."""
        if self._norms is None:
            self._norms = picked(self._collection.norms, self.at)
        return self._norms

    @property
    def formal(self) -> npt.NDArray[np.bool_]:
        """Whether each paragraph is a greeting or a closing."""
        return picked(self._collection.formal, self.at)

    def only(self, some: npt.NDArray[np.bool_]) -> Candidates:
        """Return those of them that are marked."""
        return Candidates(self.paragraphs[some], self._collection)

    def __len__(self) -> int:
        return len(self.paragraphs)


class Postings:
    """The postings of a term: the paragraphs in which it stands, and how often it stands in each.

    A phrase that was found has postings too. It is a `Scorer`; what is decoded stays with it.
    ``frequencies`` gives how often the term stands in each paragraph that was found, ``at`` how
    often in any paragraphs, or None where a search in the list is cheaper. ``peak`` is the most
    that ``tf / (tf + norm)`` can be.
    """

    __slots__ = ("_at", "_frequencies", "_make", "_peak", "_weight", "found")

    #: A paragraph in which the term does not stand scores 0.
    zero_elsewhere = True

    def __init__(
        self,
        found: ParagraphSet,
        idf: float,
        frequencies: Callable[[], Frequencies],
        *,
        at: Callable[[Candidates], Frequencies | None] | None = None,
        peak: float | None = None,
    ) -> None:
        self.found = found
        self._weight = np.float32(idf * (K1 + 1))
        self._make = frequencies
        self._frequencies: Frequencies | None = None
        self._at = at
        self._peak = peak

    @property
    def share(self) -> float:
        """The most that ``tf / (tf + norm)`` can be; 1 where nothing is known of it."""
        return 1.0 if self._peak is None else self._peak

    @property
    def nbytes(self) -> int:
        """What is decoded of it takes of memory, in bytes."""
        return self.found.nbytes + (0 if self._frequencies is None else self._frequencies.nbytes)

    def scores(self, candidates: Candidates) -> Floats:
        """Score paragraphs: 0 where the term does not stand."""
        tf = self.frequencies(candidates)
        scored: Floats = tf / (tf + candidates.norms)
        scored *= self._weight
        return scored

    def in_statements(self, collection: Collection) -> Floats:
        """Score statements: each as if it were one paragraph, among paragraphs as long as statements are."""
        owners = collection.statement_of.take(self.found.array)
        tf = np.bincount(owners, self.all_frequencies(), collection.statements).astype(np.float32)
        scored: Floats = tf / (tf + collection.statement_norms)
        scored *= self._weight
        return scored

    def peak(self, collection: Collection) -> float:
        """Return a bound that no paragraph's score is above."""
        if self._peak is None:
            if not self.found.count:
                return 0.0
            return float(self.scores(Candidates(self.found.array, collection)).max())
        return float(self._weight) * self._peak

    def weighing(self, factor: float) -> Postings:
        """Return the same postings, whose scores are so many times as high; what is decoded is shared."""
        others = Postings(self.found, 0.0, self.all_frequencies, at=self._at, peak=self._peak)
        others._weight = self._weight * np.float32(factor)
        return others

    def frequencies(self, candidates: Candidates) -> Frequencies:
        """Return how often the term stands in each of some paragraphs."""
        found, paragraphs = self.found, candidates.paragraphs
        if found.array_is(paragraphs):
            return self.all_frequencies()
        if self._at is not None and (known := self._at(candidates)) is not None:
            return known
        holders = found.array
        if len(holders) < len(paragraphs):
            return _spread(self.all_frequencies(), holders, over=paragraphs)
        at = holders.searchsorted(paragraphs)
        held = holders.take(at, mode="clip") == paragraphs
        tf: Frequencies = self.all_frequencies().take(at, mode="clip") * held
        return tf

    def all_frequencies(self) -> Frequencies:
        """Return how often the term stands in each paragraph that was found."""
        if self._frequencies is None:
            self._frequencies = self._make()
        return self._frequencies


def together(
    parts: Sequence[Postings],
    *,
    idf: Callable[[ParagraphSet], float],
    common: Callable[[int], bool],
    put: np.ufunc = np.add,
) -> Postings:
    """Put the postings of several terms together as those of one; a paragraph may hold several of them.

    ``idf`` weighs the paragraphs that hold any, ``common`` judges how many they are. Of a common term the
    frequencies are added up where they are asked for, of another all at once; or ``put`` together otherwise.
    """
    found = ParagraphSet(bitmap=BitMap.union(*(part.found.bitmap for part in parts)))

    def all_frequencies() -> Frequencies:
        paragraphs = found.array
        added = np.zeros(len(paragraphs), np.float32)
        for part in parts:
            held = paragraphs.searchsorted(part.found.array)
            added[held] = put(added[held], part.all_frequencies())
        return added

    def at(candidates: Candidates) -> Frequencies:
        first, *others = (part.frequencies(candidates) for part in parts)
        added = first.astype(np.float32)
        for other in others:
            put(added, other, out=added)
        return added

    return Postings(
        found,
        idf(found),
        all_frequencies,
        at=at if common(found.count) else None,
        peak=min(1.0, sum(part.share for part in parts)),
    )


def narrowed(part: Postings, passing: BitMap) -> Postings:
    """Return the postings of a term in some paragraphs alone; they have no rarity of their own."""
    found = ParagraphSet(bitmap=part.found.bitmap & passing)

    def frequencies() -> Frequencies:
        kept: Frequencies = part.all_frequencies().take(part.found.array.searchsorted(found.array))
        return kept

    return Postings(found, 0.0, frequencies)


def _spread(frequencies: Frequencies, holders: Ints, *, over: Ints) -> Frequencies:
    """Give paragraphs the frequencies of the fewer that hold a term, and the others 0."""
    tf = np.zeros(len(over), frequencies.dtype)
    at = over.searchsorted(holders)
    held = over.take(at, mode="clip") == holders
    tf[at[held]] = frequencies[held]
    return tf
