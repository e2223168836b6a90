"""What the paragraphs of a statement have in common when they are shown; read once, and kept a while."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.indexer.segments.records import StatementRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.duplicates.copies import Copies

__all__ = ["FactsReader", "StatementFacts"]

# Bytes of facts that are kept, and what they take: those of the General Debate's 9,793 statements take 15 MB,
# and reading them 25 microseconds each. A statement with pages has one for each paragraph.
_ROOM = 24 << 20
_BYTES = 1500
_BYTES_OF_A_PAGE = 64


class StatementFacts(NamedTuple):
    """What is shown of a statement with each of its paragraphs."""

    record: StatementRecord
    first_paragraph: int  #: its number in the segment
    delegation_code: str | None
    root: str | None  #: the folder that was indexed
    sources: tuple[str, ...]  #: the paths of all files that hold the statement, its own first


class FactsReader:
    """Reads the facts of statements, for any number of threads at once."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._kept = BoundedCache(_ROOM)

    def of(self, segment: Segment, statement: int, *, keep: bool = True) -> StatementFacts:
        """Return the facts of a segment's statement (`IndexDamaged`), and ``keep`` them a while."""
        kept: StatementFacts | None = self._kept.get((segment, statement))
        if kept is None:
            kept = self._read(segment, statement)
            if keep:
                more = len(kept.record.pages) + len(kept.record.paragraph_ids)
                self._kept.keep((segment, statement), kept, _BYTES + _BYTES_OF_A_PAGE * more)
        return kept

    def forget(self) -> None:
        """Forget what was read."""
        self._kept.clear()

    def _read(self, segment: Segment, statement: int) -> StatementFacts:
        column = segment.statements.column("delegation")
        value = int(column.of[statement])
        root, source = segment.source_of(statement)
        return StatementFacts(
            record=segment.statements.record(statement),
            first_paragraph=int(segment.statements.first_paragraphs[statement]),
            delegation_code=column.values[value - 1][0] if value else None,
            root=root,
            sources=(source, *self._copies.other_sources(segment, statement)),
        )
