"""Hits as a table in Parquet, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from onrecord.indexer.errors import NotInstalled
from onrecord.search.exports.columns import Cell, Column
from onrecord.search.exports.found import Found
from onrecord.search.frames.frame import arrow_type
from onrecord.search.results.hits import Hit

__all__ = ["write"]

# Rows of a group, a megabyte of text, which is what is held at once; with four times as many it is 20 MB
# more.
_GROUP = 1 << 11


def write(path: Path, found: Found, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Write hits into a table (`NotInstalled`)."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise NotInstalled(
            "Parquet is written by pyarrow, which is not installed; pip install 'onrecord[parquet]'."
        ) from error
    columns = found.plan.columns
    schema = pyarrow.schema([(column.name, arrow_type(column.kind)) for column in columns])
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(columns, hits):
            writer.write_table(pyarrow.table(group, schema=schema))
    return ()


def _groups(columns: Sequence[Column], hits: Iterable[Hit]) -> Iterator[dict[str, list[Cell]]]:
    """Yield groups of rows, a list a column; hits are let go of, only what is written of them stays."""
    rest = iter(hits)
    while rows := [[column.value(hit) for column in columns] for hit in islice(rest, _GROUP)]:
        yield {column.name: [row[at] for row in rows] for at, column in enumerate(columns)}
