"""Identical statements of several files: one is shown and names all files, the others stand behind it.

Beside a digest of each statement nothing of this is stored. Which statement stands behind which follows
from the files that are indexed, in whatever order they came; and when the file of the one that is shown is
taken out, another steps forward.

Statements of one digest have the same words in the same paragraphs, and agree in speaker, forum, date,
place and language. That makes copies of them only where it cannot be chance: a chair says "Thank you."
a hundred times a day, and the record of a day may lie in several files. So copies lie in different files,
the first in one being that of the first in the other. And either they are long and their day is known, or
their files say the same from beginning to end, and are long or of a known day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import DIGEST_SIZE, NO_DAY, SHORTEST_SKETCHED, starts_of
from onrecord.indexer.segments.segment import Segment

__all__ = ["Copies"]

#: A statement: its segment and its number there.
StatementOf = tuple[Segment, int]
Numbers = npt.NDArray[np.intp]


class Copies:
    """What some segments have of the same statements."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)

    def other_sources(self, segment: Segment, statement: int) -> tuple[str, ...]:
        """Return the files that hold a statement too, beside its own."""
        own = (segment, statement)
        others = [place for place in self._group_of.get(own, ()) if place != own]
        return tuple(one.source_of(number)[1] for one, number in others)

    def representative(self, segment: Segment, statement: int) -> StatementOf:
        """Return the statement that is shown for another, which may be itself."""
        return self._group_of.get((segment, statement), ((segment, statement),))[0]

    def hidden(self, segment: Segment) -> frozenset[int]:
        """Return the statements of a segment that stand behind others."""
        return self._hidden.get(segment, frozenset())

    @cached_property
    def _hidden(self) -> dict[Segment, frozenset[int]]:
        hidden: defaultdict[Segment, set[int]] = defaultdict(set)
        for place, group in self._group_of.items():
            if place != group[0]:
                hidden[place[0]].add(place[1])
        return {segment: frozenset(statements) for segment, statements in hidden.items()}

    @cached_property
    def _group_of(self) -> dict[StatementOf, tuple[StatementOf, ...]]:
        """The copies of each statement that has some, in the order of their slugs; itself among them."""
        groups: defaultdict[tuple[bytes | int, ...], list[StatementOf]] = defaultdict(list)
        for segment, statements in self._shared():
            for statement, key in _Files(segment).keys(statements):
                groups[key].append((segment, statement))
        group_of = {}
        for places in groups.values():
            if len(places) > 1:
                group = tuple(sorted(places, key=_slug))
                group_of.update(dict.fromkeys(group, group))
        return group_of

    def _shared(self) -> Iterator[tuple[Segment, Numbers]]:
        """Yield each segment with those of its statements whose digests other files have too."""
        digests = [
            segment.statements.digests.view("<u8").reshape(-1, DIGEST_SIZE // 8)[:, 0]
            for segment in self._segments
        ]
        every = np.concatenate([np.zeros(0, np.uint64), *digests])
        rising = np.sort(every)
        if not (rising[1:] == rising[:-1]).any():
            return
        owners = self._owners
        order = np.lexsort((owners, every))
        order = order[owners[order] > 0]
        same = every[order[1:]] == every[order[:-1]]
        crossing = every[order[1:]][same & (owners[order[1:]] != owners[order[:-1]])]
        shared = np.isin(every, crossing) & (owners > 0)
        begins = np.cumsum([len(some) for some in digests])[:-1]
        for segment, some in zip(self._segments, np.split(shared, begins), strict=True):
            yield segment, np.flatnonzero(some)

    @cached_property
    def _owners(self) -> npt.NDArray[np.int64]:
        """The file of each statement, numbered through; 0 where it has none or is deleted."""
        owners = [np.zeros(0, np.int64)]
        files = 0
        for segment in self._segments:
            numbers = segment.sources.of_statements
            owners.append(np.where((numbers > 0) & segment.statements.live, numbers + np.int64(files), 0))
            files += len(segment.sources.keys)
        return np.concatenate(owners)


class _Files:
    """The files of a segment: the statements of each follow each other."""

    def __init__(self, segment: Segment) -> None:
        first, last = (segment.container[f"statement.{end}"] for end in ("first", "last"))
        self._dated = (first == last) & (first != NO_DAY)  # to the day
        self._long = segment.statements.lengths >= SHORTEST_SKETCHED
        self._words = starts_of(segment.statements.lengths.astype(np.uint32))
        self._digests = segment.statements.digests.tobytes()
        numbers = segment.sources.of_statements
        self._begins = np.array([0, *(np.flatnonzero(np.diff(numbers)) + 1), len(numbers)])

    def keys(self, statements: Numbers) -> Iterator[tuple[int, tuple[bytes | int, ...]]]:
        """Yield rising statements whose copies are certain, each with what it has in common with them."""
        times: Counter[tuple[int, bytes]] = Counter()
        whole: dict[int, bytes] = {}
        files = np.searchsorted(self._begins, statements, "right") - 1
        for statement, file in zip(statements.tolist(), files.tolist(), strict=True):
            digest = self._said(statement, statement + 1)
            times[file, digest] += 1
            key = (digest, times[file, digest])
            begin, end = self._begins[file : file + 2].tolist()
            if self._dated[statement] and self._long[statement]:
                yield statement, key
            elif self._dated[statement] or self._words[end] - self._words[begin] >= SHORTEST_SKETCHED:
                if file not in whole:
                    whole[file] = blake2b(self._said(begin, end)).digest()
                yield statement, (*key, whole[file])

    def _said(self, begin: int, end: int) -> bytes:
        """Return what some statements say that follow each other."""
        return self._digests[begin * DIGEST_SIZE : end * DIGEST_SIZE]


def _slug(place: StatementOf) -> bytes:
    segment, statement = place
    return segment.statements.slug(statement)
