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

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.codec.layout import NO_DAY
from indexer.codec.segment import Segment
from indexer.codec.sketches import DIGEST_SIZE, SHORTEST

__all__ = ["Copies"]

#: A statement: its segment and its number there.
Place = tuple[Segment, int]


class Copies:
    """What some segments have of the same statements."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segments)

    def sources(self, segment: Segment, statement: int) -> tuple[str, ...]:
        """Return the files that hold a statement, its own first."""
        own = (segment, statement)
        others = [place for place in self._group_of.get(own, ()) if place != own]
        return tuple(one.record(number)["source"] for one, number in [own, *others])

    def shown(self, segment: Segment, statement: int) -> Place:
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
    def _group_of(self) -> dict[Place, tuple[Place, ...]]:
        """The copies of each statement that has some, in the order of their slugs; itself among them."""
        groups: defaultdict[tuple[bytes, ...], list[Place]] = defaultdict(list)
        for file, statements in self._shared():
            for key, statement in file.keys(statements):
                groups[key].append((file.segment, statement))
        group_of = {}
        for places in groups.values():
            if len(places) > 1:
                group = tuple(sorted(places, key=_slug))
                group_of.update(dict.fromkeys(group, group))
        return group_of

    def _shared(self) -> Iterator[tuple[_File, list[int]]]:
        """Yield the files with statements whose digests other files have too, and these statements."""
        digests = [segment.digests.view("<u8").reshape(-1, DIGEST_SIZE // 8) for segment in self._segments]
        firsts = np.concatenate([np.zeros(0, np.uint64), *(rows[:, 0] for rows in digests)])
        rising = np.sort(firsts)
        if not (rising[1:] == rising[:-1]).any():
            return
        owners = self._owners
        order = np.lexsort((owners, firsts))
        order = order[owners[order] > 0]
        same = firsts[order[1:]] == firsts[order[:-1]]
        crossing = np.unique(firsts[order[1:]][same & (owners[order[1:]] != owners[order[:-1]])])
        shared = np.flatnonzero(np.isin(firsts, crossing) & (owners > 0))
        by_owner = shared[np.argsort(owners[shared], kind="stable")]
        begins = np.cumsum([0, *(len(rows) for rows in digests)])
        for some in np.split(by_owner, np.flatnonzero(np.diff(owners[by_owner])) + 1):
            if len(some):
                at = int(np.searchsorted(begins, some[0], "right")) - 1
                segment = self._segments[at]
                statements = (some - begins[at]).tolist()
                yield _File(segment, int(segment.source_of[statements[0]])), statements

    @cached_property
    def _owners(self) -> npt.NDArray[np.int64]:
        """The file of each statement, numbered through; 0 where it has none or is deleted."""
        owners = [np.zeros(0, np.int64)]
        files = 0
        for segment in self._segments:
            numbered = (segment.source_of > 0) & segment.live_statements
            owners.append(np.where(numbered, segment.source_of + np.int64(files), 0))
            files += len(segment.source_terms)
        return np.concatenate(owners)


@dataclass(frozen=True)
class _File:
    """A file: its segment, and its number there, counted from 1."""

    segment: Segment
    source: int

    def keys(self, statements: Sequence[int]) -> Iterator[tuple[tuple[bytes, ...], int]]:
        """Yield statements whose copies are certain, each behind what it has in common with them."""
        times: defaultdict[bytes, int] = defaultdict(int)
        for statement in statements:
            digest = self.segment.digests[statement].tobytes()
            times[digest] += 1
            key = (digest, times[digest].to_bytes(8))
            dated = _is_dated(self.segment, statement)
            if dated and self.segment.words[statement] >= SHORTEST:
                yield key, statement
            elif dated or self._words >= SHORTEST:
                yield (*key, self._says), statement

    @cached_property
    def _numbers(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self.segment.source_of == self.source)

    @cached_property
    def _words(self) -> int:
        return int(self.segment.words[self._numbers].sum())

    @cached_property
    def _says(self) -> bytes:
        """What it says from beginning to end."""
        return self.segment.digests[self._numbers].tobytes()


def _is_dated(segment: Segment, statement: int) -> bool:
    """Tell whether the day of a statement is known."""
    first, last = (int(segment.container[f"statement.{end}"][statement]) for end in ("first", "last"))
    return first == last != NO_DAY


def _slug(place: Place) -> bytes:
    segment, statement = place
    return segment.slugs[int(segment.slug_ranks[statement])]
