"""Hits as a table in Parquet, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from onrecord.indexer.errors import NotInstalled
from onrecord.search.exports.arrow_arrays import arrow_array
from onrecord.search.exports.columns import Cell, Column
from onrecord.search.exports.found import Found
from onrecord.search.frames.frame import arrow_type
from onrecord.search.results.hits import Hit

__all__ = ["write"]

# Rows of a group, half a megabyte of text, which is what is held at once; with twice as many it is 6 MB
# more, and the file smaller by a fiftieth.
_GROUP = 1 << 10


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
    # What a column says of many rows alike is listed once; of the others that would be a long list.
    listed = [column.name for column in columns if column.of_statement]
    with ParquetWriter(path, schema, compression="zstd", use_dictionary=listed) as writer:
        for group in _groups(columns, hits):
            arrays = [arrow_array(values, column.kind) for column, values in zip(columns, group, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
    return ()


def _groups(columns: Sequence[Column], hits: Iterable[Hit]) -> Iterator[list[list[Cell]]]:
    """Yield groups of rows, a list a column; hits are let go of, only what is written of them stays."""
    rest = iter(hits)
    while rows := [[column.value(hit) for column in columns] for hit in islice(rest, _GROUP)]:
        yield [list(values) for values in zip(*rows, strict=True)]
