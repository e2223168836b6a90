"""Values that are tables too: for pandas, Polars and whatever reads Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from onrecord.search.frames.frame import Frame

__all__ = ["Tabular"]


class Tabular:
    """Something with rows. A library is loaded when it is asked for (`NotInstalled` where it is not there).

    Numbers are numbers. A date is the text that the source bears out (``date``: a year stays a year), and
    beside it the first and the last day that it can mean (``first_day``, ``last_day``). What is not known is
    missing. Rows are numbered from 0, as they come.
    """

    __slots__ = ()

    def _frame(self) -> Frame:
        raise NotImplementedError

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame of pandas, which has to be installed."""
        return self._frame().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a data frame of Polars, which has to be installed."""
        return self._frame().to_polars()

    def to_arrow(self) -> pyarrow.Table:
        """Return the rows as a table of Arrow; pyarrow has to be installed."""
        return self._frame().to_arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """Hand the rows to a library that reads Arrow, such as DuckDB or Polars."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)
