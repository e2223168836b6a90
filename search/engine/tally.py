"""A question counted by keys, with what there was to find in each cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from whoosh import query

from onrecord.search.engine.engine import Engine
from onrecord.search.engine.filters import is_filter
from onrecord.search.engine.occurrences import occurrences
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.scorers import live
from onrecord.search.query import Without
from onrecord.search.results.tally import Key, Tally

__all__ = ["found_and_among", "narrowing", "tally"]


def tally(
    engine: Engine, question: query.Query, *, within: query.Query | None, fold: bool, by: Sequence[Key]
) -> Tally:
    """Count what matches a question, and all that passes its filters, in each cell of some keys."""
    found, among = found_and_among(engine, question, within=within, fold=fold)
    return engine.frame(by, among).tally(found.array, occurrences(engine, question, found))


def found_and_among(
    engine: Engine, question: query.Query, *, within: query.Query | None, fold: bool
) -> tuple[ParagraphSet, ParagraphSet]:
    """Return the paragraphs that match, and all that pass ``within`` and the filters of the question."""
    tree = question if within is None else query.And([question, within])
    found = live(engine.scorer(tree).found, engine.collection)
    parts = [part for part in (narrowing(question), within) if part is not None]
    among = engine.everything
    if parts:
        frame = parts[0] if len(parts) == 1 else query.And(parts)
        among = live(engine.scorer(frame).found, engine.collection)
    if fold:
        return _folded(engine, found, among)
    return found, among


def narrowing(tree: query.Query) -> query.Query | None:
    """Return the filters that the whole of a question must pass; None where there are none.

    ``mines speaker:japan`` is asked of what Japan said, as with ``--speaker``.
    """
    if is_filter(tree):
        return tree
    match tree:
        case query.AndNot():
            kept = narrowing(tree.a)
            if not is_filter(tree.b):
                return kept
            return Without(kept or query.Every(), tree.b)
        case query.And():
            parts = [part for child in tree.subqueries if (part := narrowing(child)) is not None]
            return query.And(parts) if len(parts) > 1 else next(iter(parts), None)
    return None


def _folded(engine: Engine, found: ParagraphSet, among: ParagraphSet) -> tuple[ParagraphSet, ParagraphSet]:
    """Leave one of statements that are nearly the same: that which stands for what was found, if one does."""
    from onrecord.search.engine.fold import fold_near_duplicates  # most counts fold nothing

    collection, groups = engine.collection, engine.resemblance.groups
    found, _ = fold_near_duplicates(found, collection, engine.resemblance)
    standing = np.zeros(collection.statements, bool)
    standing[collection.statement_of.take(found.array)] = True
    told = np.zeros(int(groups.max(initial=0)) + 1, bool)
    told[groups[standing]] = True
    told[0] = False
    paragraphs = among.array
    behind = told[groups] & ~standing
    kept = ParagraphSet(array=paragraphs[~behind.take(collection.statement_of.take(paragraphs))])
    return found, fold_near_duplicates(kept, collection, engine.resemblance)[0]
