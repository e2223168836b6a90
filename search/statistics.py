"""What a score asks of the whole index: how many paragraphs, how long, in how many a term stands.

Deleted paragraphs count until their segment is merged, as in Whoosh.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from search.decoded import DecodedTerms

__all__ = ["Statistics"]


class Statistics:
    """The statistics of some segments; the weight of a term is worked out once."""

    def __init__(self, segments: Sequence[DecodedTerms]) -> None:
        self._segments = segments
        self._idf: dict[tuple[str, str], float] = {}
        self.paragraphs = sum(len(terms.segment) for terms in segments)
        tokens = sum(terms.segment.tokens for terms in segments)
        self.average_length = tokens / self.paragraphs if tokens else 1.0

    def idf(self, fieldname: str, term: str) -> float:
        """Return the weight of a term's rarity: ln(N / (df + 1)) + 1, Whoosh's formula.

        ``fieldname`` is ``text`` for a form and ``stem`` for an inflection group.
        """
        key = fieldname, term
        if key not in self._idf:
            frequency = sum(terms.paragraphs(fieldname, term) for terms in self._segments)
            self._idf[key] = log(self.paragraphs / (frequency + 1)) + 1
        return self._idf[key]

    def forget(self) -> None:
        """Forget the weights that were worked out."""
        self._idf.clear()
