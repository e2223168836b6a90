"""Which query trees the engine answers itself: those of our language, and their like."""

from __future__ import annotations

from whoosh import query

from search.filters import is_filter
from search.nodes import Constant, ExactPhrase, Near

__all__ = ["is_native"]

_PATTERNS = (query.Prefix, query.Wildcard, query.FuzzyTerm)


def is_native(tree: query.Query) -> bool:
    """Tell whether `search.evaluate` knows every node of a tree."""
    if is_filter(tree):
        return True
    if getattr(tree, "boost", 1.0) != 1.0:
        return False
    match tree:
        case Constant():
            return isinstance(tree.child, _PATTERNS) and tree.child.fieldname == "text"
        case query.Term():
            return tree.fieldname in {"text", "stem"}
        case ExactPhrase() | Near():
            return tree.fieldname == "text"
        case query.AndNot():
            return is_native(tree.a) and is_native(tree.b)
        case query.And() | query.Or():
            return bool(tree.subqueries) and all(map(is_native, tree.subqueries))
        case query.Every():
            return tree.fieldname is None
    return False
