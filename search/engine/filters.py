"""Which statements of a segment pass a filter: names by their words, days by comparison.

A language is a paragraph's and no statement's: `search.engine.evaluator` asks for it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from whoosh import query

from onrecord.indexer.segments.layout import CODES, NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.search.query import Filter, ShownAs

__all__ = ["filters_something", "is_filter", "is_of_statements", "lacked", "passing"]

Mask = npt.NDArray[np.bool_]


def is_filter(tree: query.Query) -> bool:
    """Tell whether a tree is a filter, or puts nothing but filters together."""
    if isinstance(tree, query.And | query.Or):
        return bool(tree.subqueries) and all(map(is_filter, tree.subqueries))
    return isinstance(tree, Filter)


def filters_something(tree: query.Query) -> bool:
    """Tell whether one of the parts that must hold is a filter."""
    match tree:
        case query.And():
            return any(map(filters_something, tree.subqueries))
        case query.AndNot():
            return filters_something(tree.a)
    return is_filter(tree)


def is_of_statements(tree: query.Query) -> bool:
    """Tell whether a filter lets all paragraphs of a statement pass, or none."""
    if isinstance(tree, query.And | query.Or):
        return all(map(is_of_statements, tree.subqueries))
    if isinstance(tree, Filter):
        return is_of_statements(tree.child)
    if isinstance(tree, query.AndNot):
        return lacked(tree) != "language"
    return not (isinstance(tree, query.Term) and tree.fieldname == "language")


def lacked(tree: query.AndNot) -> str | None:
    """Return the field that a tree finds the lack of: every paragraph without a value; None of another."""
    if isinstance(tree.a, query.Every) and isinstance(tree.b, query.Every):
        return str(tree.b.fieldname)
    return None


def passing(tree: query.Query, segment: Segment) -> Mask:
    """Mark the statements that pass, a flag for each statement of the segment."""
    match tree:
        case Filter():
            return passing(tree.child, segment)
        case query.NumericRange():
            return _within(tree, segment)
        case query.Term() if tree.fieldname in CODES:
            column, at = CODES[tree.fieldname]
            return segment.statements.column(column).coded(tree.text, at=at)
        case ShownAs():
            return _shown(tree, segment)
        case query.AndNot() if (field := lacked(tree)) is not None:
            return _without(field, segment)
        case query.Term():
            return segment.statements.column(tree.fieldname).statements([tree.text.encode()])
        case query.Phrase():
            return segment.statements.column(tree.fieldname).statements(
                [word.encode() for word in tree.words]
            )
        case query.And():
            return _combined(np.logical_and, tree, segment)
        case query.Or():
            return _combined(np.logical_or, tree, segment)
        case _:
            raise TypeError(f"{type(tree).__name__} is no filter")


def _combined(combine: np.ufunc, tree: query.And | query.Or, segment: Segment) -> Mask:
    mask: Mask = combine.reduce([passing(child, segment) for child in tree.subqueries])
    return mask


def _within(tree: query.NumericRange, segment: Segment) -> Mask:
    statements = segment.statements
    days = statements.first_days if tree.fieldname == "first" else statements.last_days
    mask: Mask = days != NO_DAY
    if tree.start is not None:
        mask &= days >= tree.start
    if tree.end is not None:
        mask &= days <= tree.end
    return mask


def _without(field: str, segment: Segment) -> Mask:
    """Mark the statements that have no value in a field."""
    known = segment.statements.first_days if field == "first" else segment.statements.column(field).of
    mask: Mask = known == 0  # no value, and `NO_DAY`
    return mask


def _shown(tree: ShownAs, segment: Segment) -> Mask:
    column = segment.statements.column(tree.fieldname)
    beginning = column.places(tree.words[0].encode()).tolist() if tree.words else []
    wanted = [value for value, at in beginning if not at and tree.fits(column.values[value - 1][0])]
    return np.isin(column.of, wanted)
