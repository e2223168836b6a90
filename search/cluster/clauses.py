"""Clauses of OpenSearch: what finds paragraphs, without scores, and how clauses are put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh import query

from onrecord.indexer.cluster.mapping import NAMES
from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.indexer.segments.layout import CODES
from onrecord.search.engine.filters import lacked
from onrecord.search.query import Filter, ShownAs

__all__ = [
    "BEHIND",
    "NOTHING",
    "PARAGRAPHS",
    "all_of",
    "any_of",
    "counting",
    "filtering",
    "of_statements",
    "refused",
    "without",
]

Json = dict[str, Any]

NOTHING: Json = {"match_none": {}}
#: Documents that are paragraphs, and documents whose statement stands behind its copy.
PARAGRAPHS: Json = {"term": {"part": "paragraph"}}
BEHIND: Json = {"term": {"behind": True}}


def all_of(clauses: Sequence[Json]) -> Json:
    """Find what all of some clauses find, without scores."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": list(clauses)}}


def any_of(clauses: Sequence[Json]) -> Json:
    """Find what any of some clauses finds."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def without(clause: Json, left_out: Json) -> Json:
    """Find what one clause finds and another does not."""
    return {"bool": {"filter": [clause], "must_not": [left_out]}}


def counting(clauses: Sequence[Json]) -> Json:
    """Find the paragraphs that all of some clauses find, but for those of statements behind their copies."""
    return {"bool": {"filter": [PARAGRAPHS, *clauses], "must_not": [BEHIND]}}


def of_statements(clause: Json) -> Json:
    """Find the statements that have a paragraph which a clause finds."""
    return {"bool": {"filter": [{"has_child": {"type": "paragraph", "query": clause}}]}}


def refused() -> NeedsLocalIndex:
    """Return the error for a tree that is put together as our language puts none together."""
    return NeedsLocalIndex("a tree of nodes that the query language does not put together so")


def filtering(tree: query.Query) -> Json:
    """Return the clause of a filter; paragraphs bear what is asked of their statements."""
    match tree:
        case Filter():
            return filtering(tree.child)
        case query.NumericRange(fieldname="first" | "last"):
            return _within(tree)
        case ShownAs() if tree.fieldname in NAMES:
            return {"term": {f"named_{tree.fieldname}": " ".join(tree.words)}} if tree.words else NOTHING
        case query.AndNot() if (field := lacked(tree)) is not None:
            return _lacking(field)
        case query.Term() if tree.fieldname in (*NAMES, *CODES, "language"):
            return {"term": {tree.fieldname: tree.text}}
        case query.Phrase() if tree.fieldname in NAMES:
            return {"match_phrase": {tree.fieldname: " ".join(tree.words)}}
        case query.And():
            return all_of(list(map(filtering, tree.subqueries)))
        case query.Or():
            return any_of(list(map(filtering, tree.subqueries)))
    raise refused()


def _within(tree: query.NumericRange) -> Json:
    bounds = {"gte": tree.start, "lte": tree.end}
    said = {name: int(bound) for name, bound in bounds.items() if bound is not None}
    return {"range": {tree.fieldname: said}} if said else {"exists": {"field": tree.fieldname}}


def _lacking(field: str) -> Json:
    """Find what has no value in a field; a language is a paragraph's."""
    if field == "language":
        return {"bool": {"must_not": [{"exists": {"field": "language"}}]}}
    return {"term": {"lacks": field}}
