"""Paragraphs of one statement, as `show` gives them back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from onrecord.search.results.hits import Hit

__all__ = ["Passage"]


@dataclass(frozen=True, slots=True)
class Passage(Sequence[Hit]):
    """Paragraphs of one statement in their order: a whole statement, or a paragraph with its neighbours.

    ``address`` is that of today. ``note`` says in a sentence what became of the words where they moved, are
    no longer there, or may have been others; ``words_found`` is False where the address asked for words by
    their fingerprint and they are no longer there.
    """

    address: str
    hits: tuple[Hit, ...]
    note: str | None = None
    words_found: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return the passage as plain data, ready for JSON."""
        return {
            "address": self.address,
            "note": self.note,
            "words_found": self.words_found,
            "hits": [hit.as_dict() for hit in self.hits],
        }

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[at]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
