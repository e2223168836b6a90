"""Columns of one kind each, and what pandas, Polars and Arrow make of them."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import NotInstalled

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Field", "Frame", "Kind", "arrow_type", "days_of", "fields_of"]


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole number"
    FRACTION = "number"
    TRUTH = "true or false"
    TEXTS = "texts"
    DAY = "day"


class Field(NamedTuple):
    """A column of rows that are objects: its name, what it holds, and where its value comes from."""

    name: str
    kind: Kind
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns by their names, each with its kind and its values; None is missing."""

    columns: Mapping[str, tuple[Kind, Sequence[Any]]]

    @classmethod
    def of(cls, rows: Iterable[object], fields: Sequence[Field]) -> Frame:
        """Make columns of the fields of objects; these may come one after the other."""
        values: list[list[Any]] = [[] for _ in fields]
        for row in rows:
            for column, field in zip(values, fields, strict=True):
                column.append(field.value(row))
        return cls({field.name: (field.kind, column) for field, column in zip(fields, values, strict=True)})

    def to_pandas(self) -> pandas.DataFrame:
        """Return the columns as a data frame of pandas; texts and whole numbers are of its nullable kinds."""
        library = _library("pandas")
        return library.DataFrame(
            {
                name: library.Series([_plain(value) for value in values], dtype=_PANDAS[kind])
                for name, (kind, values) in self.columns.items()
            }
        )

    def to_polars(self) -> polars.DataFrame:
        """Return the columns as a data frame of Polars."""
        library = _library("polars")
        schema = {name: _polars_type(library, kind) for name, (kind, _) in self.columns.items()}
        columns = {name: values for name, (_, values) in self.columns.items()}
        frame: polars.DataFrame = library.DataFrame(columns, schema=schema)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """Return the columns as a table of Arrow."""
        library = _library("pyarrow")
        schema = library.schema([(name, arrow_type(kind)) for name, (kind, _) in self.columns.items()])
        return library.table({name: values for name, (_, values) in self.columns.items()}, schema=schema)


# Of pandas 2 and 3 alike; days are seconds, which reach back to all years there are.
_PANDAS = {
    Kind.TEXT: "string",
    Kind.WHOLE: "Int64",
    Kind.FRACTION: "float64",
    Kind.TRUTH: "bool",
    Kind.TEXTS: "object",
    Kind.DAY: "datetime64[s]",
}


def arrow_type(kind: Kind) -> Any:
    """Return the type that Arrow has for a kind."""
    arrow = _library("pyarrow")
    return {
        Kind.TEXT: arrow.string,
        Kind.WHOLE: arrow.int64,
        Kind.FRACTION: arrow.float64,
        Kind.TRUTH: arrow.bool_,
        Kind.TEXTS: lambda: arrow.list_(arrow.string()),
        Kind.DAY: arrow.date32,
    }[kind]()


def _polars_type(polars: Any, kind: Kind) -> Any:
    return {
        Kind.TEXT: polars.String,
        Kind.WHOLE: polars.Int64,
        Kind.FRACTION: polars.Float64,
        Kind.TRUTH: polars.Boolean,
        Kind.TEXTS: polars.List(polars.String),
        Kind.DAY: polars.Date,
    }[kind]


@cache
def fields_of(kind: type) -> tuple[Field, ...]:
    """Return the fields of a dataclass that fit into a column, in their order.

    Behind a ``date`` stand the first and the last day that it can mean.
    """
    types = get_type_hints(kind)
    fields: list[Field] = []
    for field in dataclasses.fields(kind):
        if (held := _kind(types[field.name])) is not None:
            fields.append(Field(field.name, held, attrgetter(field.name)))
        if field.name == "date":
            fields.append(Field("first_day", Kind.DAY, lambda row: days_of(row.date)[0]))
            fields.append(Field("last_day", Kind.DAY, lambda row: days_of(row.date)[1]))
    return tuple(fields)


def days_of(date: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day that a date can mean.

    >>> days_of("2021-09")
    (datetime.date(2021, 9, 1), datetime.date(2021, 9, 30))
    """
    if date is None:
        return None, None
    read = PartialDate.parse(date)
    return read.first, read.last


def _kind(annotated: Any) -> Kind | None:
    """Return what a field of a type holds; None where that is no column."""
    if get_origin(annotated) is tuple:
        return Kind.TEXTS if get_args(annotated) == (str, ...) else None
    of = [one for one in (get_args(annotated) or (annotated,)) if one is not type(None)]
    return _KINDS.get(of[0]) if len(of) == 1 else None


_KINDS: Mapping[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.WHOLE,
    float: Kind.FRACTION,
    bool: Kind.TRUTH,
}


def _plain(value: Any) -> Any:
    """Return several texts as a list, as Polars and Arrow have them."""
    return list(value) if isinstance(value, tuple) else value


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise NotInstalled(f"{name} is not installed; pip install {name}, or take as_dicts().") from error
