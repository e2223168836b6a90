"""Hits as a table in Parquet, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from onrecord.indexer.errors import NotInstalled
from onrecord.search.exports.found import Found
from onrecord.search.frames.frame import arrow_type
from onrecord.search.results.hits import Hit

__all__ = ["write"]

# Rows of a group: some megabytes of text, which is what is held at once.
_GROUP = 1 << 13


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
    rest = iter(hits)
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rest, _GROUP)):
            arrays = {column.name: [column.value(hit) for hit in some] for column in columns}
            writer.write_table(pyarrow.table(arrays, schema=schema))
    return ()
