"""Statements that are nearly the same: as prepared and as delivered, posted here and posted there.

Two are linked when their sketches say that they have two fifths of their wording in common
(`indexer.segments.writing.sketcher`), and neither their dates nor their speakers contradict each other.
Linked statements make a group, the most alike first. A statement that contradicts one of the group stays out:
what has no date brings no speeches of two days together.

Pairs are looked for by bands of three bytes of the sketches (Leskovec, Rajaraman and Ullman, "Mining of
massive datasets", 3.4): of pairs that have half of their wording in common, 94 in 100 have a band in
common, with 0.6 it is 99. In each band a statement is compared with those next to it and no more, so that
a thousand versions of one text take a thousand times as long as one, and not a million times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.columns.sketches import Sketches
from onrecord.indexer.segments.layout import BINS, NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection

__all__ = ["ALIKE", "Resemblance"]

Numbers = npt.NDArray[np.intp]
Days = npt.NDArray[np.int64]

#: The part of their wording that linked statements have in common at least. One word in ten changed leaves
#: half of it. Of 48 million pairs of general debate speeches, different ones of one speaker reach 0.25, and
#: above 0.4 are three, whose files hold each other's text.
ALIKE = 0.4
# Bytes in a band, and neighbours in a band that a statement is compared with.
_BAND = 3
_NEIGHBOURS = 16
# Pairs whose sketches are compared at once: 8 MB of them.
_AT_ONCE = 1 << 16
_UNKNOWN = 0
_LAST_DAY = np.int64(1 << 32)


class Resemblance:
    """Which of the statements of a collection resemble each other; deleted and hidden ones resemble none."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        parts = [np.zeros((0, BINS), np.uint8)]
        rows = [np.zeros(0, np.intp)]
        for first, segment in zip(collection.first_statements, collection.segments, strict=True):
            parts.append(segment.statements.sketches)
            rows.append(segment.statements.sketched + first)
        self._sketches: Sketches = np.concatenate(parts)
        self._statements: Numbers = np.concatenate(rows)
        self._counts = collection.counting.take(self._statements)

    def near(self, statement: int) -> list[int]:
        """Return the statements that resemble one, the most alike first, all as the collection has them."""
        at = int(np.searchsorted(self._statements, statement))
        if at == len(self._statements) or self._statements[at] != statement:
            return []
        others = np.flatnonzero(self._counts & (self._statements != statement))
        alike = estimated(self._sketches[at], self._sketches[others])
        some = alike >= ALIKE
        others, alike = self._statements[others[some]], alike[some]
        facts = self._facts
        agreeing = [facts.agree(statement, other) for other in others.tolist()]
        order = np.lexsort((self._collection.order[others], -alike))
        return [int(others[one]) for one in order if agreeing[one]]

    @cached_property
    def groups(self) -> Numbers:
        """The group of each statement, counted from 1; 0 of those that resemble no other."""
        groups: dict[int, _Group] = {}
        for one, other in self._pairs():
            joined = groups.get(one) or self._facts.alone(one)
            joining = groups.get(other) or self._facts.alone(other)
            if joined is not joining and (both := joined.with_(joining)) is not None:
                groups.update(dict.fromkeys(both.members, both))
        of = np.zeros(self._collection.statements, np.intp)
        number = {id(group): at for at, group in enumerate({id(g): g for g in groups.values()}.values(), 1)}
        for statement, group in groups.items():
            of[statement] = number[id(group)]
        return of

    def group_of(self, statement: int) -> list[int]:
        """Return the statements of a statement's group; none where it resembles no other."""
        group = self.groups[statement]
        return np.flatnonzero(self.groups == group).tolist() if group else []

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs that are alike, the most alike first."""
        rows = np.flatnonzero(self._counts)
        sketches, statements = self._sketches[rows], self._statements[rows]
        order = self._collection.order[statements]
        pairs = _candidates(sketches, order)
        alike = np.concatenate([np.zeros(0), *(estimated(*sketches[some.T]) for some in _pieces(pairs))])
        pairs, alike = pairs[alike >= ALIKE], alike[alike >= ALIKE]
        ordered = np.sort(order[pairs], axis=1)
        for one in np.lexsort((ordered[:, 1], ordered[:, 0], -alike)):
            first, second = statements[pairs[one]].tolist()
            yield first, second

    @cached_property
    def _facts(self) -> _Facts:
        return _Facts.of(self._collection.segments)


def estimated(one: Sketches, other: Sketches) -> npt.NDArray[np.float64]:
    """Estimate the resemblance of statements by their sketches, row by row."""
    common = np.count_nonzero((one == other) & (one != 0), axis=-1)
    either = np.count_nonzero((one != 0) | (other != 0), axis=-1)
    return np.asarray(common / np.maximum(either, 1))


def _candidates(sketches: Sketches, order: Numbers) -> Numbers:
    """Return pairs of rows that have a band in common."""
    bands = _bands(sketches)
    found = [np.zeros((0, 2), np.intp)]
    for band in range(bands.shape[1]):
        beside = bands[:, (band + 1) % bands.shape[1]]
        sorted_rows = np.lexsort((order, beside, bands[:, band]))
        keys = bands[sorted_rows, band]
        for distance in range(1, _NEIGHBOURS + 1):
            same = np.flatnonzero((keys[distance:] == keys[:-distance]) & (keys[distance:] != 0))
            if not len(same):
                break
            found.append(np.stack([sorted_rows[same], sorted_rows[same + distance]], axis=1))
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)


def _bands(sketches: Sketches) -> npt.NDArray[np.uint32]:
    """Return the bands of sketches, each as a number; 0 where it has fewer than two bins with a run."""
    count = BINS // _BAND
    parts = sketches[:, : count * _BAND].reshape(-1, count, _BAND)
    bands = np.zeros((len(sketches), count), np.uint32)
    for part in range(_BAND):
        bands |= parts[:, :, part].astype(np.uint32) << np.uint32(8 * part)
    bands[np.count_nonzero(parts, axis=2) < 2] = 0
    return bands


def _pieces(pairs: Numbers) -> Iterator[Numbers]:
    for begin in range(0, len(pairs), _AT_ONCE):
        yield pairs[begin : begin + _AT_ONCE]


@dataclass(frozen=True, slots=True)
class _Group:
    """Statements that are nearly the same, and what is known of all of them."""

    members: tuple[int, ...]
    first: int
    last: int
    who: int

    def with_(self, other: _Group) -> _Group | None:
        """Put two groups together; None where their dates or speakers contradict each other."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first > last or (self.who != other.who and _UNKNOWN not in (self.who, other.who)):
            return None
        return _Group(self.members + other.members, first, last, self.who or other.who)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Of each statement the days between which it lies, and the number of its speaker."""

    first: Days
    last: Days
    who: Days

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> _Facts:
        """Read them from the columns of segments."""
        first, last, who = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        numbers: dict[str | None, int] = {None: _UNKNOWN}
        for segment in segments:
            first.append(segment.statements.first_days.astype(np.int64))
            days = segment.statements.last_days
            last.append(np.where(days == NO_DAY, _LAST_DAY, days))
            names = [numbers.setdefault(name, len(numbers)) for name in _speakers(segment)]
            who.append(np.array(names, np.int64))
        return cls(np.concatenate(first), np.concatenate(last), np.concatenate(who))

    def alone(self, statement: int) -> _Group:
        """Return a group of one statement."""
        first, last, who = (int(known[statement]) for known in (self.first, self.last, self.who))
        return _Group((statement,), first, last, who)

    def agree(self, one: int, other: int) -> bool:
        """Tell whether two statements may be of one speaker and one day."""
        return self.alone(one).with_(self.alone(other)) is not None


def _speakers(segment: Segment) -> Iterator[str | None]:
    """Yield who speaks in each statement: the code of a delegation, else a name."""
    codes, names = segment.statements.column("delegation"), segment.statements.column("speaker")
    for code, name in zip(codes.of.tolist(), names.of.tolist(), strict=True):
        if code:
            yield codes.values[code - 1][0]
        else:
            yield names.values[name - 1][0] if name else None
