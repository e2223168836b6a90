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
    "FeedAnswer",
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
    HitAnswer.__doc__ = "A paragraph, with what a citation needs and what leads to it."
    StatementFacts.__doc__ = "What is known of a statement, and the same for all its paragraphs."


class SearchAnswer(TypedDict):
    """A page of hits, with exact totals of all there are.

    ``query`` is the question as it was typed, ``understood`` as it was read, ``mode`` how its words were
    meant. ``paragraphs`` and ``statements`` are how many match in all, whatever page this is. ``limit`` is
    how many hits a page has, ``offset`` how many came before. ``next`` is the URL of the page behind this
    one, null on the last. ``folded`` is what was left out for others nearly the same, where that was asked
    for. ``unknown`` is what a filter leaves out because it cannot be told. ``missing`` and ``instead`` say,
    where nothing matched, which part leaves nothing and what fewer words would find. ``hints`` are words that
    are a speaker or a year as well, ``variants`` the forms of each word that were found. ``facets`` are
    counts of the hits by name, where these were asked for, else null. ``hits`` are the hits of this page, in
    their order.
    """

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
    """A whole statement.

    ``note`` says what became of the address that was asked for, where it is not that of today, else null.
    ``words_found`` is false where the words of a fingerprint no longer stand there. ``also_as`` are the
    addresses of statements that are nearly the same. ``facts`` are what is known of the statement,
    ``paragraphs`` all of its paragraphs.
    """

    address: str
    note: str | None
    words_found: bool
    generation: int
    also_as: list[str]
    facts: StatementFacts
    paragraphs: list[HitAnswer]


class ParagraphAnswer(TypedDict):
    """A paragraph, with as many neighbours as were asked for, and what leads on from it.

    ``note`` says what became of the address that was asked for, where it is not that of today, else null.
    ``words_found`` is false where the words of a fingerprint no longer stand there. ``citation`` is a
    footnote. ``previous`` and ``next`` are the URLs of the paragraphs around it, null where there is none.
    ``paragraph`` is the paragraph, with the neighbours that were asked for in it.
    """

    address: str
    note: str | None
    words_found: bool
    generation: int
    citation: str
    previous: str | None
    next: str | None
    paragraph: HitAnswer


class KwicAnswer(TypedDict):
    """A page of a concordance.

    ``total`` is how many lines there are, in so many ``paragraphs`` and ``statements``; ``sampled`` how many
    are listed, over all pages, drawn by ``seed`` where that is fewer. ``sort`` is their order, ``unit`` what
    a line shows, ``window`` the words on each side. ``limit`` is how many lines a page has, ``offset`` how
    many came before. ``next`` is the URL of the page behind this one, null on the last. ``lines`` are the
    lines of this page.
    """

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
    """What was counted, of how much; beside it in a row stand the keys that it is broken down by.

    ``occurrences`` is how often it is said, null where that was not counted; ``paragraphs``, ``statements``,
    ``speakers`` and ``words`` are those with it, ``of_paragraphs``, ``of_statements``, ``of_speakers`` and
    ``of_words`` all there are in the row. ``rate`` is the quotient that ``per`` asks for. ``query`` finds
    what the row counts, and is null where no question does.
    """

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
    """Counts, a row for each combination of keys.

    ``by`` are the keys, ``of`` what is counted, ``per`` what it is divided by, ``understood`` the questions
    as they were read. ``totals`` are over all rows, one for each question, ``rows`` the counts.
    """

    by: list[str]
    of: str
    per: str | None
    understood: list[str]
    notes: list[str]
    generation: int
    totals: list[Numbers]
    rows: list[Numbers]


class SilenceAnswer(TypedDict):
    """Who spoke on something, who spoke and not on it, and who did not speak.

    ``spoke`` spoke on it, ``silent`` spoke, and not on it, ``absent`` did not speak, of those that were asked
    for. ``groups`` spoke on it for others, ``others`` are speakers of other kinds that spoke on it.
    ``unknown`` is what cannot be told.
    """

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
    """Two sides, how often something stands on each, or which words mark them.

    ``a`` and ``b`` are the sides, ``both`` how many paragraphs are on both. ``rates`` are how often the
    question is met on each, ``words`` the words that mark one against the other, each said ``minimum`` times
    at least, in the order of ``measure``.
    """

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
    """A quotation, with what is said of where it stands.

    ``text`` is the quotation. ``speaker``, ``date``, ``forum``, ``place`` and ``language`` are what is
    claimed of it, ``since`` and ``until`` dates between which it was said.
    """

    text: str
    speaker: NotRequired[str | None]
    date: NotRequired[str | None]
    forum: NotRequired[str | None]
    place: NotRequired[str | None]
    language: NotRequired[str | None]
    since: NotRequired[str | None]
    until: NotRequired[str | None]


class VerifyBody(TypedDict):
    """Quotations to verify, 200 at most: texts, or texts with their claims.

    ``quotations`` are these. ``nearest`` is how many passages like an absent one are named.
    """

    quotations: list[str | Claimed]
    nearest: NotRequired[int]


class VerifyAnswer(TypedDict):
    """A verdict on each quotation, in their order.

    ``verdicts`` are as ``onrecord verify --json`` prints them.
    """

    generation: int
    verdicts: list[dict[str, Any]]


class StatusAnswer(TypedDict):
    """What is in the index.

    ``title`` is that of the site. ``version`` names the state of the index: whatever changes in it changes
    that. ``grammar`` is the version of the query language. ``sources`` counts files. ``first_date`` and
    ``last_date`` are those between which all certain dates lie. ``languages`` and ``forums`` are counted by
    name, ``speakers`` and ``delegations`` are how many there are.
    """

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


class FeedItem(TypedDict):
    """An entry of a feed.

    ``id`` stays the same, ``url`` is where the paragraph is read. ``title`` says who spoke, before whom and
    when, ``content_html`` are the words, marked, with their citation. ``date_published`` is the day of the
    statement, ``authors`` is who spoke, ``language`` that of the paragraph, each where it is known.
    """

    id: str
    url: str
    title: str
    content_html: str
    date_published: NotRequired[str]
    authors: NotRequired[list[dict[str, str]]]
    language: NotRequired[str]


class FeedAnswer(TypedDict):
    """The newest hits as a feed (JSON Feed 1.1).

    ``version`` is the URL of that standard, ``title`` says what was asked. ``home_page_url`` is the page of
    the hits, ``feed_url`` the feed itself. ``items`` are the hits, newest first.
    """

    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: list[FeedItem]


class Health(TypedDict):
    """That the index can be asked.

    ``status`` is "ok".
    """

    status: str
    generation: int


class OEmbed(TypedDict):
    """A quotation to embed (oEmbed 1.0, of the type rich).

    ``version`` is "1.0", ``type`` "rich". ``title`` is the citation, ``author_name`` who spoke, where that is
    known, ``html`` the block to show, so many pixels in ``width`` and ``height``. ``provider_name`` is the
    title of the site, ``provider_url`` its URL, where it knows that. ``cache_age`` is for how many seconds it
    may be kept.
    """

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
    """Why something was not answered (RFC 9457).

    ``type`` is the URL of what explains its kind, ``title`` the kind in words, ``status`` that of the answer,
    ``detail`` a sentence: what happened, and what to do next. ``position`` is the letter of the question
    where it cannot be read, ``limit`` the name of the limit it goes beyond, ``near`` addresses like one that
    leads nowhere.
    """

    type: str
    title: str
    status: int
    detail: str
    position: NotRequired[int]
    limit: NotRequired[str]
    near: NotRequired[list[str]]
