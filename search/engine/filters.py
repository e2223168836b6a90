"""Which statements of a segment pass a filter: names by their words, days by comparison.

A language is a paragraph's and no statement's: `search.engine.evaluator` asks for it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from whoosh import query

from onrecord.indexer.segments.layout import NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.search.query import Filter

__all__ = ["is_filter", "is_of_statements", "passing"]

Mask = npt.NDArray[np.bool_]
# The field whose value is one term, not words.
_CODE = "delegation"


def is_filter(tree: query.Query) -> bool:
    """Tell whether a tree is a filter, or puts nothing but filters together."""
    if isinstance(tree, query.And | query.Or):
        return bool(tree.subqueries) and all(map(is_filter, tree.subqueries))
    return isinstance(tree, Filter)


def is_of_statements(tree: query.Query) -> bool:
    """Tell whether a filter lets all paragraphs of a statement pass, or none."""
    if isinstance(tree, query.And | query.Or):
        return all(map(is_of_statements, tree.subqueries))
    if isinstance(tree, Filter):
        return is_of_statements(tree.child)
    return not (isinstance(tree, query.Term) and tree.fieldname == "language")


def passing(tree: query.Query, segment: Segment) -> Mask:
    """Mark the statements that pass, a flag for each statement of the segment."""
    match tree:
        case Filter():
            return passing(tree.child, segment)
        case query.NumericRange():
            return _within(tree, segment)
        case query.Term() if tree.fieldname == _CODE:
            return _coded(tree.text, segment)
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


def _coded(code: str, segment: Segment) -> Mask:
    column = segment.statements.column(_CODE)
    wanted = [number for number, value in enumerate(column.values, 1) if value == (code,)]
    return np.isin(column.of, wanted)
