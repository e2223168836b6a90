"""The sources of a segment by their keys: what is known of each, and which statements it gave."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.columns.blocks import BlockReader
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Container
from onrecord.indexer.segments.layout import Ints
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.validation import checked_below

__all__ = ["SourceTable"]


class SourceTable:
    """The sources of one segment, numbered from 0 in the order of their keys.

    A source is *live* while one of its statements is: ``live_statements`` marks these.
    """

    def __init__(self, container: Container, *, live_statements: npt.NDArray[np.bool_]) -> None:
        self._container = container
        self._live_statements = live_statements

    @cached_property
    def keys(self) -> TermList:
        """The keys, sorted, deleted ones included."""
        return TermList(self._container, "sources.keys")

    @cached_property
    def records(self) -> BlockReader:
        """What is known of each source, as `SourceRecord` stores it."""
        return BlockReader(self._container, "sources")

    @cached_property
    def of_statements(self) -> Ints:
        """The number of each statement's source, counted from 1; 0 where it has none."""
        return checked_below(self._container, "statement.source", len(self.keys) + 1)

    @cached_property
    def live(self) -> npt.NDArray[np.bool_]:
        """Marks the sources with a statement that is not deleted."""
        live = np.zeros(len(self.keys) + 1, bool)
        live[self.of_statements[self._live_statements]] = True
        return live[1:]

    @cached_property
    def _bounds(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The first and the last statement of each source, counted from 1; an empty run where it has none."""
        of = self.of_statements
        first, last = (np.full(len(self.keys) + 1, empty, np.int64) for empty in (0, -1))
        numbers = np.arange(len(of))
        last[of] = numbers  # of several that are written to one place the last stays
        first[of[::-1]] = numbers[::-1]
        return first, last

    def record(self, number: int) -> SourceRecord:
        """Return what is known of a source, a deleted one too (`IndexDamaged`)."""
        try:
            return SourceRecord.load(self.records[number])
        except (ValueError, RecursionError) as error:
            raise self._container.damaged("sources") from error

    def find(self, key: str) -> SourceRecord | None:
        """Return what is known of a source, None where there is none or it is deleted (`IndexDamaged`)."""
        number = self._number(key)
        return None if number is None else self.record(number)

    def live_keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys of the sources that are not deleted and begin with a prefix, sorted."""
        for number in self.keys.beginning_with(prefix.encode()):
            if self.live[number]:
                yield self.keys[number].decode()

    def statements(self, key: str) -> range:
        """Return the statements of a source, empty where there is none or it is deleted."""
        number = self._number(key)
        if number is None:
            return range(0)
        first, last = self._bounds
        return range(int(first[number + 1]), int(last[number + 1]) + 1)

    def _number(self, key: str) -> int | None:
        number = self.keys.find(key.encode())
        return number if number is not None and self.live[number] else None
