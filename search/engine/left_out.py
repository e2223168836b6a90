"""What a question leaves out unseen: what a filter cannot tell, and which part finds nothing.

A question is taken for its parts, all of which must hold: words, and filters by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from pyroaring import BitMap
from whoosh import query

from onrecord.indexer.segments.layout import NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.filters import Mask, is_filter, lacked, passing
from onrecord.search.engine.near_names import near_names, near_words
from onrecord.search.engine.scorers import every_paragraph
from onrecord.search.query import AlsoAs, Either, Filter, Inflected, Near, ShownAs, Without
from onrecord.search.query.describe import describe
from onrecord.search.results.counts import Missing, Unknown

__all__ = ["found_by", "missing_parts", "parts_of", "unknown_to_filters"]

# What a reader calls the fields of the index.
_CALLED = {
    "delegation": "speaker",
    "behalf_code": "behalf",
    "delivered_code": "delivered",
    "first": "date",
    "last": "date",
}
_DATE = "date"
# Parts up to which it is worth asking which of them leaves nothing.
_PARTS = 100


def unknown_to_filters(engine: Engine, tree: query.Query) -> tuple[Unknown, ...]:
    """Count, for each field that a question filters by, what matches the rest and has no value there."""
    parts = list(parts_of(tree))
    fields = dict.fromkeys(field for part in parts if (field := _field_of(part)) is not None)
    return tuple(one for field in fields for one in _unknown(engine, field, parts) if one.paragraphs)


def missing_parts(engine: Engine, tree: query.Query) -> tuple[Missing, ...]:
    """Say which parts of a question that finds nothing leave nothing, and what the others find."""
    parts = list(parts_of(tree))
    if len(parts) > _PARTS:
        return ()
    found = [found_by(engine, [part]) for part in parts]
    nowhere = [at for at, some in enumerate(found) if not some]
    rest = BitMap.intersection(engine.collection.live, *filter(None, found))
    if nowhere:
        return tuple(
            Missing(describe(parts[at]), 0, len(rest), _near(parts[at], engine.segments)) for at in nowhere
        )
    alone = [_without_one(found, at, engine.collection.live) for at in range(len(parts))]
    if any(alone):
        return tuple(
            Missing(describe(part), len(some), without)
            for part, some, without in zip(parts, found, alone, strict=True)
            if without
        )
    return _several(parts, found, engine.collection.live)


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


def found_by(engine: Engine, parts: Sequence[query.Query]) -> BitMap:
    """Return the paragraphs that match all of some parts; every one, where there are none."""
    collection = engine.collection
    if not parts:
        return collection.live
    tree = query.And(list(parts)) if len(parts) > 1 else parts[0]
    return engine.scorer(tree).found.bitmap & collection.live


def _field_of(part: query.Query) -> str | None:
    """Return the field that a filter looks at; None of words, and of a filter by several."""
    if not is_filter(part):
        return None
    called = {_called(leaf) for leaf in _leaves(part)}
    return called.pop() if len(called) == 1 else None


def _called(leaf: query.Query) -> str:
    """Return what a reader calls the field of a leaf."""
    field = lacked(leaf) if isinstance(leaf, query.AndNot) else getattr(leaf, "fieldname", None)
    return _CALLED.get(str(field), str(field))


def _leaves(tree: query.Query) -> Iterator[query.Query]:
    """Yield the leaves of filters, among them the lack of a value."""
    match tree:
        case Filter():
            yield from _leaves(tree.child)
        case query.And() | query.Or():
            for part in tree.subqueries:
                yield from _leaves(part)
        case _:
            yield tree


def _unknown(engine: Engine, field: str, parts: Sequence[query.Query]) -> Iterator[Unknown]:
    """Count what has no value in a field, and matches all that does not look at it."""
    others = [part for part in parts if _field_of(part) != field]
    mine = [part for part in parts if _field_of(part) == field]
    if any(_asks_for_unknown(part) for part in mine):
        return
    column = "first" if field == _DATE else field
    nothing_known = Filter(Without(query.Every(), query.Every(column)))
    yield _counted(engine, field, found_by(engine, [*others, nothing_known]), f"{field}:unknown")
    if field == _DATE:
        rest = found_by(engine, others) if others else engine.collection.live
        yield _counted(engine, "day", rest & _may_pass(engine, mine), _whole_years(mine))


def _asks_for_unknown(part: query.Query) -> bool:
    return any(isinstance(leaf, query.AndNot) for leaf in _leaves(part))


def _counted(engine: Engine, field: str, found: BitMap, asked: str) -> Unknown:
    owners = engine.collection.statement_of.take(np.array(found, np.uint32))
    return Unknown(field, statements=len(np.unique(owners)), paragraphs=len(found), query=asked)


def _may_pass(engine: Engine, dated: Sequence[query.Query]) -> BitMap:
    """Return the paragraphs of statements that have a date, which may lie within and may not."""
    masks = [
        np.logical_and.reduce([_may_lie(tree, segment) for tree in dated])
        & ~np.logical_and.reduce([passing(tree, segment) for tree in dated])
        for segment in engine.segments
    ]
    mask = np.concatenate([np.zeros(0, bool), *masks])
    return every_paragraph(engine.collection, mask).bitmap


def _may_lie(tree: query.Query, segment: Segment) -> Mask:
    """Mark the statements whose date may lie within, whether or not it does for certain."""
    statements = segment.statements
    match tree:
        case Filter():
            return _may_lie(tree.child, segment)
        case query.NumericRange(fieldname="first"):
            mask: Mask = statements.last_days >= int(tree.start or 0)
        case query.NumericRange():
            mask = (statements.first_days <= int(tree.end or 0)) & (statements.first_days != NO_DAY)
        case query.And():
            mask = np.logical_and.reduce([_may_lie(part, segment) for part in tree.subqueries])
        case query.Or():
            mask = np.logical_or.reduce([_may_lie(part, segment) for part in tree.subqueries])
        case _:
            raise TypeError(f"{type(tree).__name__} is no date")
    return mask


def _whole_years(dated: Iterable[query.Query]) -> str:
    """Write the years in which days lie, as a field that a date without its day lies within."""
    bounds = [leaf for tree in dated for leaf in _leaves(tree) if isinstance(leaf, query.NumericRange)]
    firsts = [_year(leaf.start) for leaf in bounds if leaf.start is not None]
    lasts = [_year(leaf.end) for leaf in bounds if leaf.end is not None]
    return f"date:{min(firsts, default='')}..{max(lasts, default='')}"


def _year(day: float) -> int:
    return date.fromordinal(int(day)).year


def _without_one(found: Sequence[BitMap], left_out: int, live: BitMap) -> int:
    others = [some for at, some in enumerate(found) if at != left_out]
    return len(BitMap.intersection(live, *others)) if others else 0


def _several(parts: Sequence[query.Query], found: Sequence[BitMap], live: BitMap) -> tuple[Missing, ...]:
    """Keep the rarest parts that stand together somewhere, and name the others as one."""
    kept, dropped = live, []
    for at in sorted(range(len(parts)), key=lambda at: len(found[at])):
        both = kept & found[at]
        if both:
            kept = both
        else:
            dropped.append(at)
    named = "; ".join(describe(parts[at]) for at in sorted(dropped))
    return (Missing(named, min(len(found[at]) for at in dropped), len(kept)),)


def _near(part: query.Query, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Name words or names of the index that are like those of a part that is nowhere."""
    match part:
        case Filter() | Either() if is_filter(part):
            typed = [(_name_of(leaf), _called(leaf)) for leaf in _named_leaves(part)]
            near = [near_names(name, field, segments) for name, field in typed if field != "language"]
        case _:
            near = [near_words(word, segments) for word in _words(part) if not _stands(word, segments)]
    return tuple(dict.fromkeys(name for names in near for name in names))


def _named_leaves(tree: query.Query) -> Iterator[query.Term | query.Phrase]:
    """Yield the leaves that hold names; words of one field that must all stand in it are one name."""
    match tree:
        case Filter():
            yield from _named_leaves(tree.child)
        case query.And(subqueries=[query.Term(fieldname=field), *_]):
            terms = [part for part in tree.subqueries if isinstance(part, query.Term)]
            yield query.Phrase(field, [term.text for term in terms if term.fieldname == field])
        case query.And() | query.Or():
            for part in tree.subqueries:
                yield from _named_leaves(part)
        case query.Term() | query.Phrase():
            yield tree


def _name_of(leaf: query.Term | query.Phrase) -> str:
    if isinstance(leaf, ShownAs):
        return leaf.name
    return str(leaf.text) if isinstance(leaf, query.Term) else " ".join(leaf.words)


def _words(tree: query.Query) -> Iterator[str]:
    """Yield the words that a part asks for as they were typed."""
    match tree:
        case AlsoAs():
            yield from _words(tree.typed)
        case Inflected():
            yield tree.word
        case query.Term(fieldname="text"):
            yield tree.text
        case query.Phrase(fieldname="text") | Near(fieldname="text"):
            yield from tree.words
        case query.Or() | query.And():
            for part in tree.subqueries:
                yield from _words(part)


def _stands(word: str, segments: Sequence[Segment]) -> bool:
    return any(segment.words.forms.find(word.encode()) is not None for segment in segments)
