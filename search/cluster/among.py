"""What matches a question in a cluster, and what there was to match (`search.engine.tally`)."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query

from onrecord.search.cluster.asked import Asked
from onrecord.search.cluster.fold import fold_near_duplicates
from onrecord.search.cluster.opened import OF_STATEMENTS, Json, OpenedGeneration, statements_with
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.engine.tally import narrowing

__all__ = ["found_and_among", "found_by"]

# Groups that one clause names.
_AT_ONCE = 10_000


def found_by(
    opened: OpenedGeneration,
    words: ClusterWords,
    tree: query.Query,
    within: query.Query | None,
    *,
    fold: bool,
) -> Json:
    """Return the clause of the paragraphs that match a question and its filters."""
    whole = tree if within is None else query.And([tree, within])
    return (_folded if fold else Asked)(opened, words, whole).found


def found_and_among(
    opened: OpenedGeneration,
    words: ClusterWords,
    question: query.Query,
    *,
    within: query.Query | None,
    fold: bool,
) -> tuple[Json, Json]:
    """Return the clauses of what matches, and of all that passes ``within`` and the filters of the question.

    Folded, what stands for a group of statements that are nearly the same is the same one in both.
    """
    found = found_by(opened, words, question, within, fold=fold)
    parts = [part for part in (narrowing(question), within) if part is not None]
    frame = query.And(parts) if len(parts) > 1 else parts[0] if parts else query.Every()
    if not fold:
        return found, Asked(opened, words, frame).found
    return found, _folded(opened, words, frame, left_out=_told_by_others(opened, found)).found


def _folded(
    opened: OpenedGeneration, words: ClusterWords, tree: query.Query, *, left_out: Sequence[str] = ()
) -> Asked:
    """Ask for one of the statements that are nearly the same, less some."""
    asked = Asked(opened, words, tree, left_out=left_out)
    behind, _ = fold_near_duplicates(asked)
    return Asked(opened, words, tree, left_out=[*left_out, *behind]) if behind else asked


def _told_by_others(opened: OpenedGeneration, found: Json) -> list[str]:
    """List the statements that were not found, and are nearly the same as one that was."""
    in_groups: Json = {"range": {"group": {"gt": 0}}}
    standing = {"bool": {"filter": [statements_with(found), in_groups]}}
    groups = {one["statement"]: one["group"] for one in _statements(opened, standing)}
    told = sorted(set(groups.values()))
    return [
        one["statement"]
        for begin in range(0, len(told), _AT_ONCE)
        for one in _statements(opened, {"terms": {"group": told[begin : begin + _AT_ONCE]}})
        if one["statement"] not in groups
    ]


def _statements(opened: OpenedGeneration, clause: Json) -> list[Json]:
    both = {"bool": {"filter": [OF_STATEMENTS, clause]}}
    return list(opened.documents(both, fields=["statement", "group"], sort=["statement"]))
