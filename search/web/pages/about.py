"""The pages about the index and about what may be asked: home, help, the kinds of problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from whoosh.query import Every

from onrecord.search.results.counts import Status
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.problems import KINDS
from onrecord.search.web.resource import Asked, Reply
from onrecord.search.web.view import View

__all__ = ["help_page", "home_page", "problems_page"]

_NAMES = 12
_READ = 40  # paragraphs that examples are taken from
_WORD = re.compile(r"[^\W\d_]{5,}")
#: What may be typed, and under which key the interface says what it means.
_TYPED = (
    ("mines victims", "help_all"),
    ('"mine action"', "help_phrase"),
    ('"we must … act"', "help_gap"),
    ("mines OR bombs", "help_or"),
    ("mines -victims", "help_not"),
    ("(mines OR bombs) victims", "help_brackets"),
    ("disarm*", "help_prefix"),
    ("m?n*", "help_wildcard"),
    ("landmine~", "help_fuzzy"),
    ('"mines victims"~5', "help_near"),
)
_FIELDS = (
    ("speaker:japan", "help_speaker"),
    ('person:"Kofi Annan"', "help_person"),
    ("post:minister", "help_post"),
    ("behalf:eu", "help_behalf"),
    ('forum:"general assembly"', "help_forum"),
    ("place:geneva", "help_place"),
    ("language:fr", "help_language"),
    ("date:2019..2021", "help_date"),
    ("since:2015", "help_since"),
)


class Example(NamedTuple):
    """A question that finds something here."""

    question: str
    key: str


class Held(NamedTuple):
    """What is in an index, with questions that it answers."""

    status: Status
    examples: tuple[Example, ...]


def home_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show what is in the index, and a field to ask it."""
    held = view.kept("home", lambda: _held(view))
    status = held.status
    return page(
        "home.html",
        visit,
        contents=status,
        examples=held.examples,
        delegations=(status.delegations or status.speakers)[:_NAMES],
        by_code=bool(status.delegations),
        forums=status.forums[:_NAMES],
    )


def _held(view: View) -> Held:
    return Held(view.index.status(), tuple(_examples(view)))


def _examples(view: View) -> Iterator[Example]:
    """Make questions of what is there: a phrase, a phrase of one speaker, a phrase since a year."""
    newest = view.index.search(Every(), sort="newest", limit=_READ).hits
    phrase = None
    for hit in newest:
        found = max(_pairs(hit.text), key=len, default=None)
        if hit.role == "body" and found and (phrase is None or len(found) > len(phrase)):
            phrase = found
    if phrase is None:
        return
    yield Example(f'"{phrase}"', "example_phrase")
    first = phrase.split(" ")[0]
    named = next((hit for hit in newest if hit.speaker), None)
    if named is not None:
        asked = f'{first} speaker:"{named.speaker}"'
        if '"' not in (named.speaker or "") and view.index.search(asked, limit=0).total:
            yield Example(asked, "example_speaker")
    dated = next((hit.year for hit in newest if hit.year), None)
    if dated is not None and view.index.search(f"{first} since:{dated}", limit=0).total:
        yield Example(f"{first} since:{dated}", "example_since")


def _pairs(text: str) -> Iterator[str]:
    """Yield two long words side by side."""
    words = text.split(" ")
    for one, other in pairwise(words):
        if _WORD.fullmatch(one) and _WORD.fullmatch(other):
            yield f"{one} {other}"


def help_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Explain the query language."""
    return page("help.html", visit, typed=_TYPED, fields=_FIELDS)


def problems_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Explain every kind of problem: the type of each leads here."""
    return page("problems.html", visit, kinds=KINDS)
