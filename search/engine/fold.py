"""Fold what was found: of statements that are nearly the same, the paragraphs of one."""

from __future__ import annotations

import numpy as np

from onrecord.search.collection import Collection
from onrecord.search.duplicates.resemblance import Resemblance
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.results.counts import Folded

__all__ = ["fold_near_duplicates"]


def fold_near_duplicates(
    found: ParagraphSet, collection: Collection, resemblance: Resemblance
) -> tuple[ParagraphSet, Folded]:
    """Leave out paragraphs of statements for which another that was found stands; say how many.

    In each group the statement with the most paragraphs that match stands for all, and among equals the
    first by its address.
    """
    owners = collection.statement_of.take(found.array)
    counts = np.bincount(owners, minlength=collection.statements)
    groups = resemblance.groups
    some = np.flatnonzero((counts > 0) & (groups > 0))
    some = some[np.lexsort((collection.order[some], -counts[some], groups[some]))]
    repeated = np.zeros(len(some), bool)
    repeated[1:] = groups[some[1:]] == groups[some[:-1]]
    behind = some[repeated]
    if not len(behind):
        return found, Folded(0, 0)
    left_out = np.zeros(collection.statements, bool)
    left_out[behind] = True
    folded = Folded(statements=len(behind), paragraphs=int(counts[behind].sum()))
    return ParagraphSet(array=found.array[~left_out.take(owners)]), folded
