"""The parts of a question, all of which must hold: words, and filters by field; what each asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from whoosh import query

from onrecord.search.engine.filters import is_filter, lacked
from onrecord.search.query import AlsoAs, Filter, Inflected, Near, ShownAs, Without

__all__ = [
    "asks_for_unknown",
    "called",
    "field_of",
    "leaves_of",
    "name_of",
    "named_leaves",
    "parts_of",
    "whole_years",
    "words_of",
]

# What a reader calls the fields of the index.
_CALLED = {
    "delegation": "speaker",
    "behalf_code": "behalf",
    "delivered_code": "delivered",
    "first": "date",
    "last": "date",
}


def parts_of(tree: query.Query) -> Iterator[query.Query]:
    """Yield what must hold together."""
    match tree:
        case query.And():
            for part in tree.subqueries:
                yield from parts_of(part)
        case query.AndNot() if lacked(tree) is None and not isinstance(tree.a, query.Every):
            yield from parts_of(tree.a)
            yield Without(query.Every(), tree.b)
        case _:
            yield tree


def field_of(part: query.Query) -> str | None:
    """Return the field that a filter looks at; None of words, and of a filter by several."""
    if not is_filter(part):
        return None
    names = {called(leaf) for leaf in leaves_of(part)}
    return names.pop() if len(names) == 1 else None


def called(leaf: query.Query) -> str:
    """Return what a reader calls the field of a leaf."""
    field = lacked(leaf) if isinstance(leaf, query.AndNot) else getattr(leaf, "fieldname", None)
    return _CALLED.get(str(field), str(field))


def leaves_of(tree: query.Query) -> Iterator[query.Query]:
    """Yield the leaves of filters, among them the lack of a value."""
    match tree:
        case Filter():
            yield from leaves_of(tree.child)
        case query.And() | query.Or():
            for part in tree.subqueries:
                yield from leaves_of(part)
        case _:
            yield tree


def asks_for_unknown(part: query.Query) -> bool:
    """Tell whether a filter lets pass what has no value."""
    return any(isinstance(leaf, query.AndNot) for leaf in leaves_of(part))


def whole_years(dated: Iterable[query.Query]) -> str:
    """Write the years in which days lie, as a field that a date without its day lies within."""
    bounds = [leaf for tree in dated for leaf in leaves_of(tree) if isinstance(leaf, query.NumericRange)]
    firsts = [_year(leaf.start) for leaf in bounds if leaf.start is not None]
    lasts = [_year(leaf.end) for leaf in bounds if leaf.end is not None]
    return f"date:{min(firsts, default='')}..{max(lasts, default='')}"


def _year(day: float) -> int:
    return date.fromordinal(int(day)).year


def named_leaves(tree: query.Query) -> Iterator[query.Term | query.Phrase]:
    """Yield the leaves that hold names; words of one field that must all stand in it are one name."""
    match tree:
        case Filter():
            yield from named_leaves(tree.child)
        case query.And(subqueries=[query.Term(fieldname=field), *_]):
            terms = [part for part in tree.subqueries if isinstance(part, query.Term)]
            yield query.Phrase(field, [term.text for term in terms if term.fieldname == field])
        case query.And() | query.Or():
            for part in tree.subqueries:
                yield from named_leaves(part)
        case query.Term() | query.Phrase():
            yield tree


def name_of(leaf: query.Term | query.Phrase) -> str:
    """Return the name that a leaf looks for, as it was typed where that is known."""
    if isinstance(leaf, ShownAs):
        return leaf.name
    return str(leaf.text) if isinstance(leaf, query.Term) else " ".join(leaf.words)


def words_of(tree: query.Query) -> Iterator[str]:
    """Yield the words that a part asks for as they were typed."""
    match tree:
        case AlsoAs():
            yield from words_of(tree.typed)
        case Inflected():
            yield tree.word
        case query.Term(fieldname="text"):
            yield tree.text
        case query.Phrase(fieldname="text") | Near(fieldname="text"):
            yield from tree.words
        case query.Or() | query.And():
            for part in tree.subqueries:
                yield from words_of(part)
