"""What a question leaves out unseen: what a filter cannot tell, and which part finds nothing.

A question is taken for its parts, all of which must hold: words, and filters by field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from pyroaring import BitMap
from whoosh import query

from onrecord.indexer.segments.layout import NO_DAY
from onrecord.indexer.segments.segment import Segment
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.filters import Mask, is_filter, passing
from onrecord.search.engine.near_names import near_names, near_words
from onrecord.search.engine.parts import (
    asks_for_unknown,
    called,
    field_of,
    name_of,
    named_leaves,
    parts_of,
    whole_years,
    words_of,
)
from onrecord.search.engine.scorers import every_paragraph
from onrecord.search.query import Either, Filter, Without
from onrecord.search.query.describe import describe
from onrecord.search.results.counts import Missing, Unknown

__all__ = ["PARTS", "found_by", "missing_parts", "unknown_to_filters"]

_DATE = "date"
#: Parts up to which it is worth asking which of them leaves nothing.
PARTS = 100


def unknown_to_filters(engine: Engine, tree: query.Query) -> tuple[Unknown, ...]:
    """Count, for each field that a question filters by, what matches the rest and has no value there."""
    parts = list(parts_of(tree))
    fields = dict.fromkeys(field for part in parts if (field := field_of(part)) is not None)
    return tuple(one for field in fields for one in _unknown(engine, field, parts) if one.paragraphs)


def missing_parts(engine: Engine, tree: query.Query) -> tuple[Missing, ...]:
    """Say which parts of a question that finds nothing leave nothing, and what the others find."""
    parts = list(parts_of(tree))
    if len(parts) > PARTS:
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


def found_by(engine: Engine, parts: Sequence[query.Query]) -> BitMap:
    """Return the paragraphs that match all of some parts; every one, where there are none."""
    collection = engine.collection
    if not parts:
        return collection.live
    tree = query.And(list(parts)) if len(parts) > 1 else parts[0]
    return engine.scorer(tree).found.bitmap & collection.live


def _unknown(engine: Engine, field: str, parts: Sequence[query.Query]) -> Iterator[Unknown]:
    """Count what has no value in a field, and matches all that does not look at it."""
    others = [part for part in parts if field_of(part) != field]
    mine = [part for part in parts if field_of(part) == field]
    if any(asks_for_unknown(part) for part in mine):
        return
    column = "first" if field == _DATE else field
    nothing_known = Filter(Without(query.Every(), query.Every(column)))
    yield _counted(engine, field, found_by(engine, [*others, nothing_known]), f"{field}:unknown")
    if field == _DATE:
        rest = found_by(engine, others) if others else engine.collection.live
        yield _counted(engine, "day", rest & _may_pass(engine, mine), whole_years(mine))


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
            typed = [(name_of(leaf), called(leaf)) for leaf in named_leaves(part)]
            near = [near_names(name, field, segments) for name, field in typed if field != "language"]
        case _:
            near = [near_words(word, segments) for word in words_of(part) if not _stands(word, segments)]
    return tuple(dict.fromkeys(name for names in near for name in names))


def _stands(word: str, segments: Sequence[Segment]) -> bool:
    return any(segment.words.forms.find(word.encode()) is not None for segment in segments)
