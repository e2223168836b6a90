"""Parquet, where pyarrow is installed: ``pip install 'onrecord[parquet]'``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.tables.objects import cells_of
from onrecord.indexer.formats.tables.rows import Row, Table
from onrecord.indexer.limits import FILE_SIZE, check_time

__all__ = ["can_read_parquet", "is_parquet", "read_parquet"]

_MAGIC = b"PAR1"
_ROWS_AT_ONCE = 1000


def is_parquet(data: bytes) -> bool:
    """Recognise the format by its first bytes."""
    return data.startswith(_MAGIC)


def can_read_parquet() -> bool:
    """Tell whether pyarrow is there."""
    return find_spec("pyarrow") is not None


def read_parquet(path: Path, data: bytes) -> Table:
    """Read a table, a thousand rows at a time; what unpacks to more than `FILE_SIZE` is refused."""
    from pyarrow.parquet import ParquetFile

    try:
        file: Any = ParquetFile(io.BytesIO(data))
        about = file.metadata
        if sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups)) > FILE_SIZE.most:
            raise FILE_SIZE.error(path)
        return Table(tuple(map(str, file.schema_arrow.names)), _rows(path, file))
    except _trouble() as error:
        raise _damaged(path) from error


def _rows(path: Path, file: Any) -> Iterator[Row]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            check_time()
            for found in batch.to_pylist():
                number += 1
                yield Row(number, cells_of(found))
    except _trouble() as error:
        raise _damaged(path) from error


def _trouble() -> tuple[type[Exception], ...]:
    """Return what pyarrow raises for a file that is damaged, or has a day beyond the year 9999."""
    from pyarrow import ArrowException

    return ArrowException, OSError, ValueError, OverflowError


def _damaged(path: Path) -> SourceError:
    return SourceError(path, "the Parquet file is damaged; get it again, or write the table as CSV.")
