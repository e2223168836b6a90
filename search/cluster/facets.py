"""Matches of a cluster counted by their names: each cell exactly, none by an estimate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onrecord.search.cluster.clauses import all_of, of_statements
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.results.counts import Count, Facets
from onrecord.search.results.keys import asked_by_code, asked_by_shown_name, name_of_today

__all__ = ["facets"]

Json = dict[str, Any]
# Of a value the name, and the question that finds exactly what bears it.
_Named = Callable[[Any], tuple[str, str]]


def facets(opened: OpenedGeneration, found: Json) -> Facets:
    """Count some paragraphs and their statements by speaker, forum, year, delegation, language and person."""

    def shown(field: str) -> tuple[Count, ...]:
        asked = asked_by_shown_name(field)
        return _counted(opened, found, f"shown_{field}", lambda name: (name, asked(name)))

    return Facets(
        speakers=shown("speaker"),
        forums=shown("forum"),
        years=_counted(opened, found, "year", lambda year: (f"{year:04}", f"date:{year:04}")),
        delegations=_counted(
            opened, found, "delegation", lambda code: (name_of_today(code), asked_by_code(code))
        ),
        languages=_languages(opened, found),
        persons=shown("person"),
    )


def _counted(opened: OpenedGeneration, found: Json, field: str, named: _Named) -> tuple[Count, ...]:
    """Count the statements and the paragraphs of each value that is known."""
    paragraphs = _sizes(opened, found, field)
    statements = _sizes(opened, of_statements(found), field)
    return _in_order(
        [Count(*_split(named(value), statements[value], size)) for value, size in paragraphs.items()]
    )


def _split(named: tuple[str, str], statements: int, paragraphs: int) -> tuple[str, int, int, str]:
    return named[0], statements, paragraphs, named[1]


def _languages(opened: OpenedGeneration, found: Json) -> tuple[Count, ...]:
    """Count by the languages of paragraphs: a statement may have several."""
    counts = []
    for code, size in _sizes(opened, found, "language").items():
        own = all_of([found, {"term": {"language": code}}])
        counts.append(Count(code, opened.count(of_statements(own)), size, f"language:{code}"))
    return _in_order(counts)


def _sizes(opened: OpenedGeneration, clause: Json, field: str) -> dict[Any, int]:
    cells = opened.cells(clause, [{"value": {"terms": {"field": field}}}])
    return {cell["key"]["value"]: cell["doc_count"] for cell in cells}


def _in_order(counts: list[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda count: (-count.paragraphs, count.name, count.statements)))
