"""The shapes of the answers in JSON, which `search.web.openapi` describes them by.

They are the fields of the values that `Index` gives, under the same names. A field that has come stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from onrecord.search.research.comparisons.comparison import KeyWord, Rate, Side
from onrecord.search.research.concordances.concordance import Line
from onrecord.search.research.silence import Presence, Undetermined
from onrecord.search.results.counts import Count, Facets, Folded, Hint, Instead, Missing, Unknown, Variant
from onrecord.search.web.hit_answers import FACTS, hit_schema

__all__ = [
    "CompareAnswer",
    "CountAnswer",
    "Health",
    "HitAnswer",
    "KwicAnswer",
    "OEmbed",
    "ParagraphAnswer",
    "Problem",
    "SearchAnswer",
    "SilenceAnswer",
    "StatementAnswer",
    "StatusAnswer",
    "VerifyAnswer",
    "VerifyBody",
]

if TYPE_CHECKING:  # their fields are those of a class, which a checker cannot follow
    HitAnswer = dict[str, Any]
    StatementFacts = dict[str, Any]
else:
    _of_hits = hit_schema()
    # A paragraph: the fields of `Hit` without the folder that was indexed, and what leads to it.
    HitAnswer = TypedDict(
        "HitAnswer",
        {
            **_of_hits,
            "lasting_address": str,
            "url": str,
            "before": "list[HitAnswer]",
            "after": "list[HitAnswer]",
        },
    )
    StatementFacts = TypedDict("StatementFacts", {name: _of_hits[name] for name in FACTS})


class SearchAnswer(TypedDict):
    """A page of hits, with exact totals of all there are."""

    query: str
    understood: str
    mode: str
    paragraphs: int
    statements: int
    generation: int
    offset: int
    limit: int
    next: str | None
    folded: Folded | None
    unknown: list[Unknown]
    missing: list[Missing]
    instead: Instead | None
    hints: list[Hint]
    variants: list[Variant]
    facets: Facets | None
    hits: list[HitAnswer]


class StatementAnswer(TypedDict):
    """A whole statement."""

    address: str
    note: str | None
    words_found: bool
    generation: int
    also_as: list[str]
    facts: StatementFacts
    paragraphs: list[HitAnswer]


class ParagraphAnswer(TypedDict):
    """A paragraph, with as many neighbours as were asked for, and what leads on from it."""

    address: str
    note: str | None
    words_found: bool
    generation: int
    citation: str
    previous: str | None
    next: str | None
    paragraph: HitAnswer


class KwicAnswer(TypedDict):
    """A page of a concordance."""

    understood: str
    total: int
    paragraphs: int
    statements: int
    sampled: int
    seed: int
    sort: str
    unit: str
    window: int
    limit: int
    offset: int
    generation: int
    next: str | None
    lines: list[Line]


class Numbers(TypedDict):
    """What was counted, of how much; beside it in a row stand the keys that it is broken down by."""

    occurrences: int | None
    paragraphs: int
    of_paragraphs: int
    statements: int
    of_statements: int
    speakers: int
    of_speakers: int
    words: int
    of_words: int
    rate: NotRequired[float | None]
    query: str | None


class CountAnswer(TypedDict):
    """Counts, a row for each combination of keys."""

    by: list[str]
    of: str
    per: str | None
    understood: list[str]
    notes: list[str]
    generation: int
    totals: list[Numbers]
    rows: list[Numbers]


class SilenceAnswer(TypedDict):
    """Who spoke on something, who spoke and not on it, and who did not speak."""

    understood: str
    generation: int
    notes: list[str]
    spoke: list[Presence]
    silent: list[Presence]
    absent: list[Presence]
    groups: list[str]
    others: list[str]
    unknown: list[Undetermined]


class CompareAnswer(TypedDict):
    """Two sides, how often something stands on each, or which words mark them."""

    a: Side
    b: Side
    both: int
    understood: str | None
    generation: int
    notes: list[str]
    rates: list[Rate]
    words: list[KeyWord]
    minimum: int
    measure: str


class Claimed(TypedDict):
    """A quotation, with what is said of where it stands."""

    text: str
    speaker: NotRequired[str | None]
    date: NotRequired[str | None]
    forum: NotRequired[str | None]
    place: NotRequired[str | None]
    language: NotRequired[str | None]
    since: NotRequired[str | None]
    until: NotRequired[str | None]


class VerifyBody(TypedDict):
    """Quotations to verify, 200 at most: texts, or texts with their claims."""

    quotations: list[str | Claimed]
    nearest: NotRequired[int]


class VerifyAnswer(TypedDict):
    """A verdict on each quotation, in their order."""

    generation: int
    verdicts: list[dict[str, Any]]


class StatusAnswer(TypedDict):
    """What is in the index."""

    title: str
    version: str
    generation: int
    grammar: int
    sources: int
    statements: int
    paragraphs: int
    first_date: str | None
    last_date: str | None
    languages: list[Count]
    forums: list[Count]
    speakers: int
    delegations: int


class Health(TypedDict):
    """That the index can be asked."""

    status: str
    generation: int


class OEmbed(TypedDict):
    """A quotation to embed (oEmbed 1.0, of the type rich)."""

    version: str
    type: str
    title: str
    author_name: NotRequired[str]
    provider_name: str
    provider_url: NotRequired[str]
    html: str
    width: int
    height: int
    cache_age: int


class Problem(TypedDict):
    """Why something was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    position: NotRequired[int]
    limit: NotRequired[str]
    near: NotRequired[list[str]]
