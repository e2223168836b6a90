"""A sample of what is sure, so that a person can check a hundred values of ten thousand.

It is drawn by a hash of the address and a seed, so that the same index gives the same sample on any machine,
and another seed another one. Each kind of evidence has its turn, one value after the other, until the sample
is full: a kind that is rare is where errors hide. How many values there are of each kind is told beside, so
that what is found wrong can be reckoned up to all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from onrecord.indexer.reading.doubts import shown_value
from onrecord.indexer.report import Sampled

if TYPE_CHECKING:
    from onrecord.indexer.segments.records import FoundFact, StatementRecord

__all__ = ["CHECKED", "Sample"]

#: The facts of which values are drawn.
CHECKED = ("speaker", "forum", "date", "place")


class _Drawn(NamedTuple):
    """A value with its rank: the lowest of a kind are drawn."""

    rank: bytes
    fact: FoundFact
    record: StatementRecord
    path: str


class Sample:
    """Draws values while statements go by; ``size`` is how many at most."""

    def __init__(self, size: int, *, seed: int = 0) -> None:
        self._size = size
        self._seed = seed
        self._kinds: dict[tuple[int, str], list[_Drawn]] = {}
        self._counts: dict[tuple[int, str], int] = {}

    def see(self, record: StatementRecord, *, path: str) -> None:
        """Look at a statement that lies in a file."""
        if not self._size:
            return
        rank = sha256(f"{self._seed} {record.slug}".encode()).digest()
        for fact in record.found:
            if fact.fact in CHECKED and not fact.is_guess:
                self._take((CHECKED.index(fact.fact), fact.kind), _Drawn(rank, fact, record, path))

    def _take(self, kind: tuple[int, str], value: _Drawn) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        drawn = self._kinds.setdefault(kind, [])
        drawn.append(value)
        if len(drawn) > 2 * self._size:
            self._kinds[kind] = self._lowest(drawn)

    def _lowest(self, drawn: list[_Drawn]) -> list[_Drawn]:
        return sorted(drawn, key=lambda one: (one.rank, one.record.slug))[: self._size]

    def drawn(self) -> tuple[Sampled, ...]:
        """Return what was drawn, fact by fact and kind by kind."""
        kinds = {kind: self._lowest(self._kinds[kind]) for kind in self._in_order()}
        taken = [*islice(self._in_turns(kinds), self._size)]
        taken.sort(key=lambda one: one[0])  # of one kind they stay in the order in which they were drawn
        return tuple(self._sampled(kind, one) for kind, one in taken)

    def _in_order(self) -> list[tuple[int, str]]:
        """List the kinds so that the facts take turns: the first of each, the second of each, and so on."""
        turns: Counter[int] = Counter()
        order = []
        for fact, kind in sorted(self._kinds):
            order.append((turns[fact], fact, kind))
            turns[fact] += 1
        return [(fact, kind) for _, fact, kind in sorted(order)]

    def _in_turns(
        self, kinds: dict[tuple[int, str], list[_Drawn]]
    ) -> Iterator[tuple[tuple[int, str], _Drawn]]:
        """Yield one value of each kind, then the next of each, as long as there are any."""
        for turn in zip_longest(*kinds.values()):
            for kind, one in zip(kinds, turn, strict=True):
                if one is not None:
                    yield kind, one

    def _sampled(self, kind: tuple[int, str], one: _Drawn) -> Sampled:
        return Sampled(
            fact=one.fact.fact,
            kind=one.fact.kind,
            of=self._counts[kind],
            address=one.record.slug,
            source_id=one.record.source_id,
            value=shown_value(one.record, one.fact.fact),
            evidence=one.fact.words,
            confidence=one.fact.confidence,
            path=one.path,
        )
