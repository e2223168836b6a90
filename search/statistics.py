"""What a score asks of the whole index: how many paragraphs, how long, in how many a term stands.

Deleted paragraphs count until their segment is merged, as in Whoosh.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from indexer.codec.segment import Segment

__all__ = ["Statistics"]


class Statistics:
    """The statistics of some segments; the weight of a term is worked out once."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._idf: dict[tuple[str, str], float] = {}
        self.paragraphs = sum(map(len, segments))
        tokens = sum(segment.tokens for segment in segments)
        self.average_length = tokens / self.paragraphs if tokens else 1.0

    def idf(self, fieldname: str, term: str) -> float:
        """Return the weight of a term's rarity: ln(N / (df + 1)) + 1, Whoosh's formula.

        ``fieldname`` is ``text`` for a form and ``stem`` for an inflection group.
        """
        key = fieldname, term
        if key not in self._idf:
            frequency = sum(_paragraphs(segment, fieldname, term.encode()) for segment in self._segments)
            self._idf[key] = log(self.paragraphs / (frequency + 1)) + 1
        return self._idf[key]

    def forget(self) -> None:
        """Forget the weights that were worked out."""
        self._idf.clear()


def _paragraphs(segment: Segment, fieldname: str, term: bytes) -> int:
    terms, counts = (
        (segment.groups, segment.group_paragraphs)
        if fieldname == "stem"
        else (segment.forms, segment.form_paragraphs)
    )
    number = terms.find(term)
    return 0 if number is None else int(counts[number])
