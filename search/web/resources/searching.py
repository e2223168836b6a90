"""`/search`: hits with exact totals, as JSON, as tables of all there are, as feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from onrecord.search.request import Options
from onrecord.search.results.hits import Hit, Results
from onrecord.search.web.answers import FeedAnswer, SearchAnswer
from onrecord.search.web.hit_answers import hit_answer, hit_answers
from onrecord.search.web.parameters import FILTERS, WORDS, Kind, Parameter
from onrecord.search.web.resource import (
    CSV,
    JSON,
    JSON_LINES,
    Asked,
    Form,
    Reply,
    Resource,
    encoded,
    in_json,
    same_generation,
)
from onrecord.search.web.view import View

if TYPE_CHECKING:
    from onrecord.search.results.counts import Facets

__all__ = ["MOST_PASSED_OVER", "QUESTION", "options_of", "results_of", "search_resource"]

#: Hits that a page may pass over; beyond them all come as one stream.
MOST_PASSED_OVER = 10_000
#: The question itself.
QUESTION = Parameter("q", "the question, in the query language of On Record", needed=True)
_SORT = Parameter(
    "sort",
    "the order of the hits",
    Kind.CHOICE,
    ("relevance", "statement", "newest", "oldest", "address"),
    default="relevance",
)
_CONTEXT = Parameter("context", "neighbours of each hit on each side", Kind.NUMBER, most=10, default=0)
_FACETS = Parameter(
    "facets", "how many names of each kind to count hits by, 0 for none", Kind.NUMBER, most=1_000, default=0
)
_AT = Parameter("at", "the state of the index that a page belongs to, as its link has it")
# What of an answer names what else can be asked for.
_OF_FIRST_HIT = {"slug": "$response.body#/hits/0/statement", "number": "$response.body#/hits/0/number"}
_LEADS_TO = {
    "statement-json": {"slug": _OF_FIRST_HIT["slug"]},
    "statement-txt": {"slug": _OF_FIRST_HIT["slug"]},
    "cite-statement": {"slug": _OF_FIRST_HIT["slug"]},
    "paragraph-json": _OF_FIRST_HIT,
    "paragraph-txt": _OF_FIRST_HIT,
    "cite-paragraph": _OF_FIRST_HIT,
    "oembed-json": {"url": "$response.body#/hits/0/url"},
    "search-json": {"q": "$response.body#/query", "offset": "$response.body#/limit"},
}
# Hits that are written before the thread goes on to another request.
_AT_ONCE = 256
_DEFAULT_LIMIT = 10
# What of the parameters is an option of a search.
_OPTIONS = (*(parameter.name for parameter in (*FILTERS, *WORDS)), "sort", "limit", "offset", "context")


def search_resource(most: int) -> Resource:
    """Describe the resource; ``most`` is how many hits a page has at most."""
    page = (
        Parameter("limit", "how many hits", Kind.NUMBER, most=most, default=min(_DEFAULT_LIMIT, most)),
        Parameter("offset", "how many to pass over", Kind.NUMBER, most=MOST_PASSED_OVER, default=0),
    )
    return Resource(
        "search",
        "/search",
        "Find paragraphs.",
        (
            Form("json", JSON, _json, SearchAnswer, leads_to=_LEADS_TO),
            Form("csv", CSV, _csv, streams=True),
            Form("jsonl", JSON_LINES, _lines, streams=True),
            Form("atom", "application/atom+xml", _atom),
            Form("feed.json", "application/feed+json", _feed, FeedAnswer),
        ),
        (QUESTION, *FILTERS, *WORDS, _SORT, *page, _CONTEXT, _FACETS, _AT),
    )


def options_of(asked: Asked, **given: Any) -> Options:
    """Return the options of a search that were said, and those ``given`` beside them."""
    said = {name: asked.values[name] for name in _OPTIONS if name in asked.values}
    return cast(Options, said | given)  # `Request.of` looks at each


def results_of(view: View, asked: Asked) -> Results:
    """Search for one page (`QueryError`, `DateError`, `RequestError`)."""
    same_generation(view, asked)
    limit = asked.values.get("limit", min(_DEFAULT_LIMIT, view.site.max_limit))
    return view.index.search(asked.values["q"], **options_of(asked, limit=limit))


def _json(view: View, asked: Asked) -> Reply:
    results = results_of(view, asked)
    return in_json(
        SearchAnswer(
            query=asked.values["q"],
            understood=results.understood,
            mode=asked.values.get("mode", "normal"),
            paragraphs=results.total,
            statements=results.statements,
            generation=view.generation,
            offset=results.offset,
            limit=len(results) if results.limit is None else results.limit,
            next=next_page(view, asked, results, "search.json"),
            folded=results.folded,
            unknown=list(results.unknown),
            missing=list(results.missing),
            instead=results.instead,
            hints=list(results.hints),
            variants=list(results.variants),
            facets=_facets(results, asked.values.get("facets", 0)),
            hits=hit_answers(results.hits, asked.up),
        )
    )


def next_page(view: View, asked: Asked, results: Results, name: str) -> str | None:
    """Link to the page behind this one, bound to this state of the index; None where there is none."""
    behind = results.offset + len(results.hits)
    if not results.hits or behind >= results.total or behind > MOST_PASSED_OVER:
        return None
    return asked.link(name, offset=behind, at=view.version)


def _facets(results: Results, most: int) -> Facets | None:
    if not most:
        return None
    facets = results.facets()
    return replace(facets, **{one.name: getattr(facets, one.name)[:most] for one in fields(facets)})


def _stream(view: View, asked: Asked) -> Results:
    """Search for all hits, or as many as were asked for, to be read one after the other."""
    same_generation(view, asked)
    return view.index.search(asked.values["q"], **options_of(asked, limit=asked.values.get("limit")))


def _lines(view: View, asked: Asked) -> Reply:
    results = _stream(view, asked)

    def lines() -> Iterator[bytes]:
        for some in _in_runs(results):
            yield b"".join(encoded(hit_answer(hit, asked.up)) + b"\n" for hit in some)

    return Reply(lines(), JSON_LINES)


def _csv(view: View, asked: Asked) -> Reply:
    from onrecord.search.exports.columns import read_columns  # no other form needs them
    from onrecord.search.exports.formats import Format
    from onrecord.search.exports.text_lines import TextLines, layout_of

    results = _stream(view, asked)
    columns = read_columns(None, context=asked.values.get("context", 0))
    layout = layout_of(Format.CSV, columns, raw=False, title="")
    written = TextLines(columns, layout)

    def lines() -> Iterator[bytes]:
        yield layout.head.encode()
        for some in _in_runs(results):
            yield b"".join(map(written.line, some))

    named = {"Content-Disposition": 'attachment; filename="onrecord.csv"'}
    return Reply(lines(), CSV, headers=named)


def _in_runs(results: Results) -> Iterator[list[Hit]]:
    """Yield the hits, so many at a time that others are answered in between."""
    hits = results.stream()
    while some := list(islice(hits, _AT_ONCE)):
        yield some


def _atom(view: View, asked: Asked) -> Reply:
    from onrecord.search.web.feeds import atom_feed

    return Reply(atom_feed(view, asked, _newest(view, asked)), "application/atom+xml")


def _feed(view: View, asked: Asked) -> Reply:
    from onrecord.search.web.feeds import json_feed

    return in_json(json_feed(view, asked, _newest(view, asked)), media="application/feed+json")


def _newest(view: View, asked: Asked) -> Results:
    """Search for the newest hits, which a feed shows."""
    limit = asked.values.get("limit", view.site.max_limit)
    return view.index.search(asked.values["q"], **options_of(asked, limit=limit, sort="newest", offset=0))
