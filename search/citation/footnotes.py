"""Footnotes in five styles.

UN: the United Nations Editorial Manual. Chicago: notes, 17th edition, 14.217. OSCOLA: 4th edition. Bluebook:
rule 17 for speeches, 21 for documents. APA: 7th edition, 10.1. What is not known is left out with its signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum

from onrecord.indexer.dates import PartialDate
from onrecord.search.citation.facts import Facts, with_article

__all__ = ["Style", "footnote"]

# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)
_SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)
# fmt: on
# What is quoted inside a title; an apostrophe is the same sign as the end of a quotation in single marks.
_DOUBLE_MARKS = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
_SINGLE_MARKS = re.compile(r"(?<!\w)(?:‘([^‘]*?)’|'([^']*?)')(?!\w)")
# Symbols of documents of the United Nations.
_OF_THE_UN = re.compile(r"(?:A|S|E|T)/")


class Style(Enum):
    """How a footnote is written."""

    UN = "un"
    CHICAGO = "chicago"
    OSCOLA = "oscola"
    BLUEBOOK = "bluebook"
    APA = "apa"


def footnote(facts: Facts, style: Style) -> str:
    """Write a footnote, which ends with the address, or with its URL where there is one."""
    return _STYLES[style](facts)


def _un(facts: Facts) -> str:
    speech = f"statement to {with_article(facts.forum)}" if facts.forum else "statement"
    who = facts.speaker and _with_person(facts)
    head = _joined(who, speech if who else _capital(speech), facts.place, _day_first(facts.date))
    tail = _joined(facts.symbol, _page(facts), *_paragraphs(facts), facts.spoken, *facts.urls)
    accessed = f" (accessed on {_day_first(facts.accessed)})" if facts.urls and facts.accessed else ""
    return _ended(f"{_joined(head, tail)}{accessed}", facts)


def _chicago(facts: Facts) -> str:
    meeting = _joined("speech" if facts.forum else None, facts.forum, facts.place, _month_first(facts.date))
    accessed = f"accessed {_month_first(facts.accessed)}" if facts.urls and facts.accessed else None
    behind = _joined(facts.symbol, _page(facts), *_paragraphs(facts), facts.spoken, accessed, *facts.urls)
    title = within_double(facts.named)
    if meeting:
        head = _joined(facts.speaker and _with_person(facts), f"“{title}”")
        return _ended(_joined(f"{head} ({meeting})", behind), facts)
    comma = "," if behind and title[-1] not in "?!" else ""  # which stands inside the marks
    head = _joined(facts.speaker and _with_person(facts), f"“{title}{comma}”")
    return _ended(f"{head} {behind}".rstrip(), facts)


def _oscola(facts: Facts) -> str:
    meeting = _joined(facts.forum, facts.place, _day_first(facts.date))
    head = _joined(facts.speaker and _with_person(facts), f"‘{within_single(facts.named)}’")
    text = f"{head} ({meeting})" if meeting else head
    text = f"{text} {facts.symbol}" if facts.symbol else text
    text = _joined(text, _page(facts, sign="p "), *_paragraphs(facts, sign="para "), facts.spoken)
    urls = "".join(f" <{url}>" for url in facts.urls)
    accessed = f" accessed {_day_first(facts.accessed)}" if facts.urls and facts.accessed else ""
    return _ended(f"{text}{urls}{accessed}", facts)


def _bluebook(facts: Facts) -> str:
    symbol = facts.symbol
    if symbol and _OF_THE_UN.match(symbol):
        symbol = f"U.N. Doc. {symbol}"
    text = _joined(facts.speaker and _with_person(facts), facts.named)
    if facts.title:
        text = _joined(text, facts.forum)
    text = _joined(text, facts.place, symbol, _page(facts, sign="at "), *_paragraphs(facts, sign="¶ "))
    date = _month_first(facts.date, months=_SHORT_MONTHS)
    text = f"{text} ({date})" if date else text
    accessed = f"last visited {_month_first(facts.accessed, months=_SHORT_MONTHS)}"
    return _ended(
        _joined(text, facts.spoken, *facts.urls, accessed if facts.urls and facts.accessed else None), facts
    )


def _apa(facts: Facts) -> str:
    who = f"{_with_person(facts)}. " if facts.speaker else ""
    title = f"{facts.named} [{facts.kind.value.capitalize()}]"
    where = _joined(facts.forum, facts.place, facts.symbol, _page(facts), *_paragraphs(facts), facts.spoken)
    date = f" ({_year_first(facts.date)})." if facts.date else "."
    text = f"{who.strip()}{date} {title}." if who else f"{title}{date}"
    text = f"{text} {_capital(where)}." if where else text
    retrieved = f"Retrieved {_month_first(facts.accessed)}, from " if facts.accessed else ""
    end = f"{retrieved}{' '.join(facts.urls)}" if facts.urls else f"[{'; '.join(facts.addresses)}]"
    return f"{text} {end}"


_STYLES: dict[Style, Callable[[Facts], str]] = {
    Style.UN: _un,
    Style.CHICAGO: _chicago,
    Style.OSCOLA: _oscola,
    Style.BLUEBOOK: _bluebook,
    Style.APA: _apa,
}


def within_double(text: str) -> str:
    """Write a text that will stand in double quotation marks: what it quotes is in single ones.

    >>> within_double("A “new” start, the people’s")
    'A ‘new’ start, the people’s'
    """
    return _DOUBLE_MARKS.sub(lambda found: f"‘{found[1] or found[2] or ''}’", text)


def within_single(text: str) -> str:
    """Write a text that will stand in single quotation marks: what it quotes is in double ones.

    >>> within_single("The ‘new’ law of the people’s house")
    'The “new” law of the people’s house'
    """
    return _SINGLE_MARKS.sub(lambda found: f"“{found[1] or found[2] or ''}”", text)


def _with_person(facts: Facts) -> str:
    return f"{facts.speaker} ({facts.delivered_by})" if facts.delivered_by else str(facts.speaker)


def _paragraphs(facts: Facts, *, sign: str = "para. ") -> list[str]:
    return [place.written(sign) for place in facts.paragraphs]


def _page(facts: Facts, *, sign: str = "p. ") -> str | None:
    return f"{sign}{facts.page}" if facts.page else None


def _joined(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str, facts: Facts) -> str:
    """End a footnote; without a URL the address is set in brackets."""
    return f"{text}." if facts.urls else f"{text} [{'; '.join(facts.addresses)}]."


def _day_first(date: PartialDate | None) -> str | None:
    if date is None:
        return None
    month = _MONTHS[date.month - 1] if date.month else None
    return " ".join(str(part) for part in (date.day, month, date.year) if part)


def _month_first(date: PartialDate | None, *, months: Sequence[str] = _MONTHS) -> str | None:
    if date is None:
        return None
    if date.month is None:
        return str(date.year)
    month = months[date.month - 1]
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}"


def _year_first(date: PartialDate | None) -> str | None:
    if date is None:
        return None
    month = f", {_MONTHS[date.month - 1]}" if date.month else ""
    return f"{date.year}{month}{f' {date.day}' if date.day else ''}"
