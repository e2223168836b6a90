"""The page of hits: what was understood, what was left out, and each hit with its citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoosh.query import Every

from onrecord.search.results.counts import Count, Hint, Unknown
from onrecord.search.results.hits import Results
from onrecord.search.web.pages.excerpts import excerpt
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.parameters import FILTERS
from onrecord.search.web.resource import Asked, Reply
from onrecord.search.web.resources.searching import MOST_PASSED_OVER, next_page, results_of
from onrecord.search.web.view import View

__all__ = ["MOST_ON_A_PAGE", "Facet", "browsed", "search_page"]

#: Hits on a page, and letters of all their texts: a page stays below 60 KB.
MOST_ON_A_PAGE = 25
_LETTERS = 14_000
_LONGEST = 900
# Names of each kind beside the hits.
_NAMES = 8
#: By which filter a facet narrows, and by which key all its names are counted.
_FACETS = {
    "delegations": ("speaker", "delegation"),
    "persons": ("person", "person"),
    "forums": ("forum", "forum"),
    "years": ("date", "year"),
    "languages": ("language", "language"),
}
# A field with its value, as counts have it.
_FIELD = re.compile(r'(\w+):"?(.*?)"?', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent names of one kind among the hits, each with where it leads."""

    kind: str
    by: str
    names: tuple[tuple[Count, str, bool], ...]  #: a count, a link, and whether it is asked for already
    more: int


def browsed(asked: Asked) -> Asked:
    """Ask for every paragraph where there are filters and no question."""
    if "q" in asked.values or not any(one.name in asked.values for one in FILTERS):
        return asked
    return replace(asked, values={**asked.values, "q": Every()})


def search_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show a page of hits, or the form alone where nothing is asked yet."""
    asked = browsed(asked)
    if "q" not in asked.values:
        return page("search.html", visit, results=None)
    context = asked.values.get("context", 0)
    limit = min(asked.values.get("limit", 10), max(1, MOST_ON_A_PAGE // (1 + context)))
    asked = replace(asked, values={**asked.values, "limit": limit})
    results = results_of(view, asked)
    room = min(_LONGEST, _LETTERS // max(1, len(results.hits) * (1 + 2 * context)))
    return page(
        "search.html",
        visit,
        results=results,
        excerpt=lambda hit: excerpt(hit, room),
        facets=list(_facets(results, visit)) if results.total else [],
        unknown=[(one, _found_apart(one, visit)) for one in results.unknown],
        hints=[(hint, _meant(hint, visit)) for hint in results.hints],
        before=_page_before(view, results, limit, visit),
        behind=_page_behind(view, asked, results, visit),
        most=MOST_PASSED_OVER,
    )


def _facets(results: Results, visit: Visit) -> Iterator[Facet]:
    facets = results.facets()
    for kind, (name, by) in _FACETS.items():
        counts: tuple[Count, ...] = getattr(facets, kind)
        if len(counts) < 2 and not any(asked == name for asked, _ in visit.typed):
            continue
        yield Facet(kind, by, tuple(_names(counts[:_NAMES], name, visit)), max(0, len(counts) - _NAMES))


def _names(counts: tuple[Count, ...], name: str, visit: Visit) -> Iterator[tuple[Count, str, bool]]:
    for count in counts:
        value = _value(count)
        if name == "date":
            given = ("since", value) in visit.typed and ("until", value) in visit.typed
            span = None if given else value
            yield count, visit.here(since=span, until=span), given
        elif (name, value) in visit.typed:
            yield count, visit.widened(name, value), True
        else:
            yield count, visit.here(**{name: value}), False


def _value(count: Count) -> str:
    """Return what a filter is given to find exactly what was counted."""
    found = _FIELD.fullmatch(count.query)
    return count.name if found is None else found[2].replace('\\"', '"')


def _found_apart(unknown: Unknown, visit: Visit) -> str | None:
    """Link to what a filter leaves out because it is not known, where the filter stands in the form."""
    names = ("since", "until") if unknown.filter == "date" else (unknown.filter,)
    given = [one for one in visit.typed if one[0] in names]
    if not given:
        return None
    question = next((value for name, value in visit.typed if name == "q"), "")
    asked = f"({question}) {unknown.query}" if question else unknown.query
    return visit.here(**dict.fromkeys(names), q=asked)


def _meant(hint: Hint, visit: Visit) -> str | None:
    """Link to the question in which a word is meant as the value of a field."""
    question = next((value for name, value in visit.typed if name == "q"), "")
    words = list(re.finditer(rf"(?<!\w){re.escape(hint.word)}(?!\w)", question, re.IGNORECASE))
    if len(words) != 1:
        return None
    start, end = words[0].span()
    return visit.here(q=f"{question[:start]}{hint.query}{question[end:]}")


def _page_before(view: View, results: Results, limit: int, visit: Visit) -> str | None:
    if not results.offset or not limit:
        return None
    offset = max(0, results.offset - limit)
    return visit.here(offset=offset or None, at=view.version if offset else None)


def _page_behind(view: View, asked: Asked, results: Results, visit: Visit) -> str | None:
    if next_page(view, asked, results, "search") is None:
        return None
    return visit.here(offset=results.offset + len(results.hits), at=view.version)
