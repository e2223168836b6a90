"""What a segment gives back of a paragraph: its stored fields, and the columns that it is sorted by."""

# mypy: allow-untyped-calls
# The columns of Whoosh carry no types.

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from whoosh import columns

from onrecord.indexer.segments.layout import NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.schema import Day

__all__ = ["COLUMNS", "address", "open_column", "stored_fields"]

_DAY = Day(sortable=True)
#: The fields that have a column.
COLUMNS = frozenset({"address", "statement", "first"})
_OF_STATEMENT = (
    "speaker",
    "printed_speaker",
    "forum",
    "place",
    "title",
    "date",
    "person",
    "post",
)


def address(segment: Segment, paragraph: int) -> str:
    """Return the address of a paragraph: ``slug#number``."""
    return f"{_slug(segment, paragraph)}#{segment.number(paragraph)}"


def stored_fields(segment: Segment, paragraph: int) -> dict[str, Any]:
    """Return what is shown of a paragraph; what is unknown is left out."""
    text = segment.paragraphs.text(paragraph)
    statement = segment.statement_of(paragraph)
    record = segment.statements.record(statement)
    fields = {
        "address": address(segment, paragraph),
        "statement": record.slug,
        "number": segment.number(paragraph),
        "printed_number": segment.paragraphs.printed_number(paragraph),
        "hash": sha256(text.encode()).hexdigest(),
        "text": text,
        "role": segment.paragraphs.role(paragraph),
        "language": segment.paragraphs.language(paragraph),
        **{name: getattr(record, name) for name in _OF_STATEMENT},
        "behalf": record.on_behalf_of,
        "delivered": record.delivered_by,
        "source": segment.source_of(statement)[1],
    }
    return {name: value for name, value in fields.items() if value is not None}


def open_column(segment: Segment, name: str) -> columns.ColumnReader:
    """Open the column of a field."""
    read: dict[str, Callable[[int], Any]] = {
        "address": lambda paragraph: address(segment, paragraph).encode(),
        "statement": lambda paragraph: _slug(segment, paragraph).encode(),
        "first": lambda paragraph: _first_day(segment, paragraph),
    }
    return _Column(read[name], len(segment))


def _slug(segment: Segment, paragraph: int) -> str:
    rank = segment.statements.slug_ranks[segment.paragraphs.statement_of[paragraph]]
    return segment.statements.slugs[int(rank)].decode()


def _first_day(segment: Segment, paragraph: int) -> int:
    day = int(segment.statements.first_days[segment.paragraphs.statement_of[paragraph]])
    sortable: int = _DAY.default_column().default_value() if day == NO_DAY else _DAY.to_column_value(day)
    return sortable


class _Column(columns.ColumnReader):
    """Values computed as they are read; only numbers are ever asked for in reverse."""

    def __init__(self, read: Callable[[int], Any], count: int) -> None:
        self._read = read
        self._doccount = count
        self._reverse = False

    def __getitem__(self, paragraph: int) -> Any:
        return self._read(paragraph)

    def sort_key(self, paragraph: int) -> Any:
        key = self._read(paragraph)
        return -key if self._reverse else key

    def set_reverse(self) -> None:
        self._reverse = True
