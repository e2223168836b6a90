"""The words that headings are made of, in ten languages.

``wording.csv`` holds them by kind and language, as regular expressions in which ``|``
stands between two wordings. Here they become one expression a kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.indexer.register import Delegation, Mention, find_delegations, find_forum_words, find_places
from onrecord.indexer.register.tables import rows
from onrecord.indexer.register.written_dates import find_dates

__all__ = [
    "ACCREDITED",
    "ADDRESS",
    "ASSOCIATION",
    "AT",
    "BEHALF",
    "BUILDING",
    "BY",
    "BY_AGENT",
    "DELIVERED_BY",
    "DEPUTY",
    "ENVOY",
    "EVENT",
    "FORM",
    "FORMER",
    "HEADLINE_VERB",
    "HONORIFIC",
    "IN",
    "IN_ANSWER",
    "LETTERHEAD",
    "LOCAL_OFFICE",
    "MISSION",
    "NOMINAL",
    "NOTICE",
    "OCCASION",
    "OF_A_STATE",
    "OWN_BODY",
    "PAGE",
    "PORTFOLIO",
    "POST",
    "POSTED",
    "PUBLISHED",
    "REALM",
    "RELATION",
    "SAYS",
    "SENT_FOR",
    "SITTING",
    "SPOKEN",
    "STATEMENT",
    "TOPIC",
    "TREATY",
    "WEEKDAY",
    "is_statement_word",
    "names_only_delegation",
    "names_only_place",
    "says_something",
]


def _any(kind: str) -> str:
    """Return an expression for any wording of a kind."""
    return f"(?:{'|'.join(row['words'] for row in _ROWS if row['kind'] == kind)})"


_ROWS = tuple(rows("wording.csv", beside=__file__))
STATEMENT = _any("statement")
HONORIFIC = _any("honorific")
POST = rf"(?:(?:{_any('rank')}[\s-]+)*{_any('post')})"
NOTICE = _any("notice")
BY = _any("by")
BY_AGENT = _any("agent")
DELIVERED_BY = _any("delivered")
BEHALF = _any("behalf")
AT = _any("at")
IN = _any("in")
MISSION = _any("mission")
LETTERHEAD = _any("letterhead")
WEEKDAY = _any("weekday")
PUBLISHED = _any("published")
# What a ministry has in its name: "Foreign Affairs", "Trade".
PORTFOLIO = _any("portfolio")
# What stands behind a name: "MP", "QC".
NOMINAL = _any("nominal")
# What stands beside a name on a form and is none: "TRANSCRIPT", "EXTRACT".
FORM = _any("form")
# What the parts of a web site are called: "Home", "Press".
PAGE = _any("page")
FORMER = _any("former")
# An association may have a state in its name, and speaks for no state.
ASSOCIATION = _any("association")
# Who is of a city, a church or a province that bears a state's name: "Governor of Georgia".
LOCAL_OFFICE = _any("local office")
# Someone who is sent to a state, or speaks about it.
ENVOY = _any("envoy")
# What happened on a day, which is hardly the day on which it is spoken about.
EVENT = _any("event")
# What a state does that speaks of itself: "Malta welcomes".
SAYS = _any("says")
# To which body someone belongs or is accredited, which is then part of the post: "Ambassador to".
ACCREDITED = _any("accredited")
DEPUTY = _any("deputy")
# What leads from one thing to another, and so is inside no plain name.
RELATION = _any("relation")
TREATY = _any("treaty")
# What a headline about a forum has, and no name.
HEADLINE_VERB = _any("headline verb")
# What is no name by itself: "meeting".
SITTING = _any("sitting")
BUILDING = _any("building")
# Where letters are sent: "828 Second Avenue", "P.O. Box 12".
ADDRESS = _any("address")
# What leads to a subject: "Security Council on Ukraine".
TOPIC = _any("topic")
# What leads to what happened or is marked: "on the death of", "à l'occasion de".
OCCASION = _any("occasion")
# What leads to someone who is answered and does not speak: "Statement in response to".
IN_ANSWER = _any("in answer")
# What leads to a state that one is accredited to, or speaks about; that one is sent to; that one is of.
POSTED = _any("posted")
SENT_FOR = _any("sent for")
OF_A_STATE = _any("of a state")
# What a state has that speaks for it, and what it calls itself.
OWN_BODY = _any("own body")
REALM = _any("realm")
# English, French and Spanish spoken words: `indexer.heading.boundary`.
SPOKEN = _any("spoken")

_STATEMENT_LINE = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_TITLED_LINE = re.compile(rf"\W*(?:{HONORIFIC}\s|{POST}\b)", re.IGNORECASE)
_NOTICE_LINE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
# "UN Secretariat | Guy Ryan | Director".
_LABEL = re.compile(r"\W*[^|]{2,60}(?:\|[^|]{2,60}){1,3}$")
_LETTERHEAD = re.compile(rf"\b{LETTERHEAD}\b", re.IGNORECASE)
# "Geneva, 30 August – 2 September 2022" has seven words.
_LONGEST_PLACE = 8
# Loops that give nothing back: three of them, side by side, would part a run of signs in every way.
_ARTICLE = re.compile(
    r"\W*+(?:the|la|le|les|l|el|los|las|der|die|das|il|o|a|os|as)?\W*+"
    r"(?:(?:republic|kingdom|state|government|commonwealth|principality)\s+of\s+(?:the\s+)?)?\W*+",
    re.IGNORECASE,
)


def is_statement_word(text: str) -> bool:
    """Tell whether a line says "statement", "discours", "intervención" or the like."""
    return _STATEMENT_LINE.search(text) is not None


def names_only_delegation(text: str) -> bool:
    """Tell whether a line is a delegation's name and nothing else."""
    mentions = find_delegations(text)
    if len(mentions) == 2 and _is_short_form(text, mentions):
        return True
    alone = len(mentions) == 1 and mentions[0].value.kind != "agency"
    return alone and _is_all_but_article(text, mentions[0].start, mentions[0].end)


def names_only_place(text: str) -> bool:
    """Tell whether a line begins with a city and goes on, if at all, with what lies around it."""
    mentions = find_places(text)
    return (
        bool(mentions) and not text[: mentions[0].start].strip(" (") and len(text.split()) <= _LONGEST_PLACE
    )


def says_something(text: str) -> bool:
    """Tell whether a line says one of the things that headings say.

    What ends like a sentence may name a forum without being a heading: "More negotiations."
    """
    if find_forum_words(text) and not text.rstrip('”"»').endswith((".", "!", "?")):
        return True
    return bool(
        is_statement_word(text)
        or _LABEL.match(text)
        or _TITLED_LINE.match(text)
        or _NOTICE_LINE.match(text)
        or _LETTERHEAD.search(text)
        or find_dates(text)
        or names_only_delegation(text)
        or names_only_place(text)
    )


def _is_all_but_article(text: str, start: int, end: int) -> bool:
    return _ARTICLE.fullmatch(text[:start]) is not None and not text[end:].strip(" .,:;)")


def _is_short_form(text: str, mentions: Sequence[Mention[Delegation]]) -> bool:
    """Tell whether the second of two names is the first, cut short in brackets: "… Red Cross (ICRC)"."""
    first, second = mentions
    between, after = text[first.end : second.start].strip(), text[second.end :].strip(" .,:;")
    return first.value.code == second.value.code and between == "(" and after == ")"
