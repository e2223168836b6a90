"""The paragraphs of a term, one by one, as Whoosh's matchers walk them.

Matchers do not skip by quality: stock matchers that do lose hits, and give back
deleted ones.
"""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from whoosh import formats
from whoosh.matching import LeafMatcher, ReadTooFar

from onrecord.indexer.whoosh.occurrences import Occurrences

__all__ = ["TermMatcher"]

# Where a matcher stands that has come to its end, after every paragraph: Whoosh-Reloaded 2.7.5 still asks it.
_AFTER_ALL = 1 << 32


class TermMatcher(LeafMatcher):
    """Walks the occurrences of a term; ``format_`` is that of the schema's field."""

    def __init__(
        self,
        term: tuple[str, bytes],
        occurrences: Occurrences,
        *,
        format_: formats.Format,
        scorer: Any = None,
    ) -> None:
        self._term = term
        self._occurrences = occurrences
        self._documents: list[int] = [*occurrences.documents.tolist(), _AFTER_ALL]
        self._end = len(self._documents) - 1
        self._at = 0
        self.format: Any = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        """Tell whether there is a paragraph to look at."""
        return self._at < self._end

    def id(self) -> int:
        """Return the paragraph."""
        return self._documents[self._at]

    def next(self) -> None:
        """Go to the next paragraph."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - the name Whoosh gave it
        """Go to the first paragraph from ``id`` on."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, id, self._at, self._end)

    def reset(self) -> None:
        """Go back to the first paragraph."""
        self._at = 0

    def copy(self) -> TermMatcher:
        """Return a matcher at the same paragraph."""
        copied = TermMatcher(self._term, self._occurrences, format_=self.format, scorer=self.scorer)
        copied._at = self._at
        return copied

    def all_ids(self) -> Iterator[int]:
        """Yield the paragraphs from here on."""
        return iter(self._documents[self._at : self._end])

    def weight(self) -> float:
        """Return how often the term stands in the paragraph."""
        return float(self._occurrences.frequencies[self._at])

    def value(self) -> bytes:
        """Return the occurrences in the paragraph as the field's format encodes them."""
        if self.supports("positions"):
            encoded: bytes = self.format.encode(self._positions())
            return encoded
        if self.format.fixed_value_size() == 0:
            return b""
        return struct.pack(">I", int(self._occurrences.frequencies[self._at]))

    def value_as(self, astype: str) -> Any:
        """Return the occurrences in the paragraph; positions are not encoded on the way."""
        return self._positions() if astype == "positions" else super().value_as(astype)

    def supports_block_quality(self) -> bool:
        """Refuse to skip."""
        return False

    def _positions(self) -> list[int]:
        occurrences = self._occurrences
        if occurrences.positions is None or occurrences.begins is None:
            raise TypeError(
                f"The field {self._term[0]} has no positions; search it for words, not for phrases."
            )
        if not self.is_active():
            return []
        begin = int(occurrences.begins[self._at])
        end = begin + int(occurrences.frequencies[self._at])
        positions: list[int] = occurrences.positions[begin:end].tolist()
        return positions
