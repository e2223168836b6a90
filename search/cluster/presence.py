"""The statements that pass the filters of a question in a cluster, with how much of each matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from onrecord.search.cluster.facts import ClusterFactsReader
from onrecord.search.cluster.opened import Json, OpenedGeneration, damaged
from onrecord.search.results.presence import GivenStatement

__all__ = ["given_statements"]

_STATEMENT: Json = {"statement": {"terms": {"field": "statement"}}}
_FIRST: Json = {"first": {"min": {"field": "number"}}}
# Statements whose facts are read at once.
_AT_ONCE = 1_000


class _Held(NamedTuple):
    """A statement, how many of its paragraphs were found, and the number of the first."""

    slug: str
    paragraphs: int
    first: int


def given_statements(
    opened: OpenedGeneration, facts: ClusterFactsReader, *, found: Json, among: Json
) -> Iterator[GivenStatement]:
    """Yield every statement with a paragraph that ``among`` finds, in the order of their slugs."""
    matching = _held(opened, found)
    match = next(matching, None)
    there = _held(opened, among)
    while some := list(islice(there, _AT_ONCE)):
        known = facts.of(one.slug for one in some)
        for given in some:
            if given.slug not in known:
                raise damaged(opened, f"{given.slug} has paragraphs and is no statement")
            held = match if match is not None and match.slug == given.slug else None
            if held is not None:
                match = next(matching, None)
            record = known[given.slug].record
            yield GivenStatement(
                statement=record.slug,
                speaker=record.speaker,
                code=known[given.slug].code,
                date=record.date,
                forum=record.forum,
                paragraphs=held.paragraphs if held else 0,
                of_paragraphs=given.paragraphs,
                first=held.first if held else None,
                on_behalf_of=record.on_behalf_of,
            )


def _held(opened: OpenedGeneration, clause: Json) -> Iterator[_Held]:
    """Yield the statements of the paragraphs that a clause finds, in the order of their slugs."""
    cells: Iterable[Json] = opened.cells(clause, [_STATEMENT], sums=_FIRST)
    return (_Held(one["key"]["statement"], one["doc_count"], int(one["first"]["value"])) for one in cells)
