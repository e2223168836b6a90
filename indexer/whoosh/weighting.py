"""The weighting of our scores as Whoosh's searcher takes it."""

# mypy: allow-untyped-calls
# Whoosh carries no types.

from __future__ import annotations

from typing import Any

from whoosh.scoring import BM25F

from onrecord.indexer.segments.bm25 import idf

__all__ = ["Rarity"]


class Rarity(BM25F):
    """Whoosh's BM25F with the rarity of a term as Lucene weighs it."""

    def idf(self, searcher: Any, fieldname: str, text: bytes | str) -> float:
        """Return the weight of a term's rarity in all segments."""
        whole = searcher.get_parent()
        return self.rarity(whole.doc_count_all(), whole.doc_frequency(fieldname, text))

    def rarity(self, paragraphs: int, holders: int) -> float:
        """Return the weight of what so many of the paragraphs hold."""
        return idf(paragraphs, holders)
