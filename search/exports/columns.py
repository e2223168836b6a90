"""What may be written of a hit: columns by their names, each with its type and where its value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from onrecord.indexer.errors import ExportError
from onrecord.search.frames.frame import Kind
from onrecord.search.results.hits import Hit

__all__ = ["Cell", "Column", "Kind", "all_columns", "marks", "plain_cell", "read_columns"]

#: What stands in a cell; several texts are written in one cell on lines of their own.
Cell = str | int | float | bool | tuple[str, ...] | None


class Column(NamedTuple):
    """A column: its name, what it holds, and whether all hits of a statement have the same in it."""

    name: str
    kind: Kind
    value: Callable[[Hit], Cell]
    of_statement: bool


def _spans(hit: Hit) -> tuple[str, ...]:
    return tuple(f"{start}-{end}" for start, end in hit.highlights)


def _column(name: str, kind: Kind = Kind.TEXT, *, own: bool = False) -> Column:
    return Column(name, kind, attrgetter(name), of_statement=not own)


_COLUMNS = {
    column.name: column
    for column in (
        _column("address", own=True),
        _column("statement"),
        _column("number", Kind.WHOLE, own=True),
        _column("date"),
        _column("year", Kind.WHOLE),
        _column("forum"),
        _column("speaker"),
        _column("printed_speaker"),
        _column("delegation_code"),
        _column("person"),
        _column("post"),
        _column("speaker_role"),
        _column("on_behalf_of"),
        _column("on_behalf_of_code"),
        _column("delivered_by"),
        _column("delivered_by_code"),
        _column("place"),
        _column("language", own=True),
        _column("original_language"),
        _column("title"),
        _column("document_symbol"),
        _column("statement_id"),
        _column("paragraph_id", own=True),
        _column("page", own=True),
        _column("printed_number", own=True),
        _column("role", own=True),
        _column("text", own=True),
        _column("snippet", own=True),
        Column("highlights", Kind.TEXTS, _spans, of_statement=False),
        Column("before", Kind.TEXTS, lambda hit: tuple(one.text for one in hit.before), of_statement=False),
        Column("after", Kind.TEXTS, lambda hit: tuple(one.text for one in hit.after), of_statement=False),
        _column("lacks", Kind.TEXTS, own=True),
        _column("also_as", Kind.TEXTS, own=True),
        _column("score", Kind.FRACTION, own=True),
        _column("hash", own=True),
        _column("fingerprint", own=True),
        _column("lasting_address", own=True),
        _column("short_address", own=True),
        _column("source"),
        _column("sources", Kind.TEXTS),
        _column("recognised", Kind.TRUTH),
    )
}
# All that a citation needs, and nothing that another machine or an older state of the index has otherwise.
_USUAL = (
    *("address", "date", "forum", "speaker", "delegation_code", "person", "post", "on_behalf_of", "place"),
    *("language", "title", "document_symbol", "page", "printed_number", "role", "text", "source"),
)
_NEIGHBOURS = ("before", "after")
_ALL = "all"
# What says which words of a text were found: to know them takes longer than all the rest.
_MARKS = frozenset(("snippet", "highlights", "lacks"))


def all_columns() -> tuple[str, ...]:
    """Name all columns there are."""
    return tuple(_COLUMNS)


def read_columns(names: str | Iterable[str] | None, *, context: int) -> tuple[Column, ...]:
    """Return columns by their names, with commas between or as a list; None is what a citation needs.

    Where neighbours are shown these are columns too, unless columns are named. Raises `ExportError`.

    >>> [column.name for column in read_columns("address, text", context=0)]
    ['address', 'text']
    """
    if names is None:
        at = _USUAL.index("text")
        usual = (*_USUAL[:at], "before", "text", "after", *_USUAL[at + 1 :]) if context else _USUAL
        return tuple(map(_COLUMNS.__getitem__, usual))
    listed = names.split(",") if isinstance(names, str) else [str(name) for name in names]
    wanted = [name.strip() for name in listed]
    if wanted == [_ALL]:
        return tuple(_COLUMNS.values())
    for at, name in enumerate(wanted):
        if name not in _COLUMNS:
            raise ExportError(f'"{name}" is no column; write some of {", ".join(_COLUMNS)}, or all.')
        if name in wanted[:at]:
            raise ExportError(f'The column "{name}" is named twice; name it once.')
    return tuple(_COLUMNS[name] for name in wanted)


def marks(columns: Sequence[Column]) -> bool:
    """Tell whether columns say which words were found."""
    return any(column.name in _MARKS for column in columns)


def plain_cell(value: Cell) -> str | int | float | None:
    """Return a value as one text or number: several texts on lines of their own."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value).lower() if isinstance(value, bool) else value
