"""The lines of a heading put together again where the page broke them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.indexer.heading.boundary import Line, waits_in_arabic
from onrecord.indexer.heading.forum import is_item, opens_with_forum
from onrecord.indexer.heading.person import is_name
from onrecord.indexer.heading.tidy import columns
from onrecord.indexer.heading.wording import (
    ADDRESS,
    HONORIFIC,
    NOTICE,
    POST,
    STATEMENT,
    WEEKDAY,
    names_only_place,
)
from onrecord.indexer.register import find_delegations, find_forum_words, find_forums
from onrecord.indexer.register.written_dates import find_dates, find_intervals

__all__ = ["phrases"]

# A line this long may have been broken by the page's width; a shorter one was ended on purpose.
_FULL_WIDTH = 52

_WAITS = re.compile(
    r"(?:\b(?:by|of|from|de|du|des|d['’]|par|por|del|la|le|las|los|el|les|at|the|on|in|to|and|et|y|for|before|à|a|en)"
    r"|(?:Excellency|Excellence|Excelencia|Excelência|Eccellenza|Exzellenz|Mr|Mrs|Ms|Hon|H\.\s?E|Mme|Sra?|Dr)\.?"
    r"|-|&|:)\s*$",
    re.IGNORECASE,
)
# "Mark Drake MS": a member's letters, and no title.
_MEMBER = re.compile(r"[a-zà-ÿ]\s+MS\s*$")
# These wait for what kind of meeting it is, and no city or day.
_WAITS_FOR_MEETING = re.compile(
    r"\b(?:first|second|third|\w+th|\d+(?:st|nd|rd|[eè]me|e)|première?|review|united|high-level|segunda|tercera)\s*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"\b{ADDRESS}", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:At|To|Before|During|On|In|Of|By)\s+the\s|(?:of|at|by|to|on|in|and|before|during|de|du|des|del|et|y|par|por|à|au|aux|lors|devant|en|ante)\s|d['’]|(?!г\.)[a-zà-ÿа-я]",
)
_CAPITAL_GOES_ON = re.compile(
    r"(?:OF|AT|BY|TO|ON|IN|AND|BEFORE|DE|DU|DES|DEL|ET|PAR|POR|AU|AUX|LORS|DEVANT|ANTE|A LA|EN EL|EN LA|À LA)"
    r"(?:\s|$)|D['’]"
)
_BEGINS_ANEW = re.compile(
    rf"\W*(?:{NOTICE}|{STATEMENT}\b|{HONORIFIC}\s|{POST}\b|(?:{WEEKDAY})\b|\(|[“\"«]|(?:agenda|item|cluster|topic)\b|(?:UN|United\s+Nations)\s+Headquarters|UNHQ|Palais\s|(?:location|venue|delivered\s+on)\b|(?:point|tema)\s\d)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:United\s+Nations|UN|Nations\s+Unies|Naciones\s+Unidas)$", re.IGNORECASE)
_ACCREDITED = re.compile(
    r"\b(?:representative|observer|mission|ambassador|nuncio|repr[ée]sentante?|observateur|observador[a]?|misi[óo]n|"
    r"embajador[a]?|ambassad\w+)\b.*\b(?:to|aupr[èe]s|ante)\s+(?:the|des|las)\s+\S+(?:\s\S+)?$",
    re.IGNORECASE,
)
_WORDS_OF_NAME = 8
_GIVEN_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|M|Mme|Sra?|Monsieur|Madame|Se[ñn]ora?|Herrn?|Frau|Signora?|Senhora?|Hon|Honou?rable)\.?\s+(?-i:[A-ZÀ-Þ][\w’'-]+)$",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"\W*(?:{HONORIFIC}\s|{POST}\b)", re.IGNORECASE)
# "Mme Colonna, ministre de la culture": what follows such a line on another is no part of the post.
_ENDS_IN_POST = re.compile(rf",\s+{POST}\b[^,]*$", re.IGNORECASE)
_NOTICE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)


def phrases(lines: Sequence[Line]) -> tuple[str, ...]:
    """Join the lines that one phrase was broken over; white space is folded.

    >>> phrases([Line("Statement by", 0), Line("Japan", 0), Line("First", 1), Line("Committee", 1)])
    ('Statement by Japan', 'First Committee')
    """
    joined: list[str] = []
    previous: Line | None = None
    for line in _apart(lines):
        text = " ".join(line.text.split())
        if previous is not None and _continues(previous, line):
            joined[-1] += f" {text}"
        else:
            joined.append(text)
        previous = line
    return tuple(joined)


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, those in columns a column at a time."""
    for line in lines:
        for column in columns(line.text):
            yield replace(line, text=column)


def _continues(previous: Line, line: Line) -> bool:
    """Tell whether ``line`` goes on with the phrase that ``previous`` began."""
    if previous.title != line.title or _NOTICE.match(previous.text) or _NOTICE.match(line.text):
        return False
    if (_ADDRESS.search(previous.text) or is_item(previous.text)) and _names_forum(line.text):
        return False
    if _ACCREDITED.search(previous.text) and _begins_with_forum(line.text):
        return False
    if _WAITS_FOR_MEETING.search(previous.text):
        return bool(find_forum_words(line.text)) or not _begins_anew(line.text)
    waits = _WAITS.search(previous.text) and not _MEMBER.search(previous.text)
    if (
        waits
        or waits_in_arabic(previous.text)
        or _GOES_ON.match(line.text)
        or _CAPITAL_GOES_ON.match(line.text)
    ):
        return True
    if _ends_with_owner(previous.text) and _begins_with_forum(line.text):
        return True
    if _is_broken_name(previous.text, line.text) or _waits_for_surname(previous.text, line.text):
        return True
    wide = previous.block == line.block and len(previous.text) >= _FULL_WIDTH
    anew = _begins_anew(line.text) or _names_forum_anew(line.text, after=previous.text)
    return wide and not anew and previous.text[-1] not in ".,;)"


def _is_broken_name(before: str, after: str) -> bool:
    """Tell whether the name of a body or a state goes on in the next line: "General", then "Assembly"."""
    near = " ".join(before.split()[-_WORDS_OF_NAME:])
    joined = f"{near} {' '.join(after.split()[:_WORDS_OF_NAME])}"
    whole = [found.end for found in find_forums(near)] + [found.end for found in find_delegations(near)]
    spans = [(found.start, found.end) for found in find_forums(joined)]
    spans += [(found.start, found.end) for found in find_delegations(joined)]
    return len(near) not in whole and any(start < len(near) < end for start, end in spans)


def _waits_for_surname(before: str, after: str) -> bool:
    """Tell whether a line ends with an honorific and a given name, and the next begins with a name.

    So with "Mr. Luis" above "Vega".
    """
    if _GIVEN_NAME.search(before) is None or _TITLED.match(after):
        return False
    first = after.split()[0]
    alone = first.endswith(",") or len(after.split()) == 1
    return alone and is_name(first.strip(",.")) and not names_only_place(after)


def _ends_with_owner(text: str) -> bool:
    """Tell whether a line ends with "United Nations", a body to come; "to the United Nations" does not."""
    return _OWNER.search(text) is not None and _ACCREDITED.search(text) is None


def _begins_with_forum(text: str) -> bool:
    found = find_forums(text)
    return bool(found) and not found[0].start


def _names_forum(text: str) -> bool:
    return opens_with_forum(text) is not None


def _begins_anew(text: str) -> bool:
    """Tell whether a line opens another fact: a person, a date, a city, a meeting by its number."""
    dates = find_dates(text)
    ranges = find_intervals(text)
    return bool(
        _BEGINS_ANEW.match(text)
        or (dates and dates[0].start < len("Wednesday, the "))
        or (ranges and not ranges[0][0])
        or names_only_place(text)
        or (text[0].isdigit() and find_forum_words(text))
    )


def _names_forum_anew(text: str, *, after: str) -> bool:
    """Tell whether a line names a forum of its own rather than ends a name begun on the line before.

    "First Committee" does; "Conference of the Parties" after "Third Review" and
    "General Assembly" after "United Nations" do not.
    """
    words = find_forum_words(text)
    if not words or opens_with_forum(text) is None:
        return False
    if _OWNER.search(after):
        return not _ends_with_owner(after)
    named = (find_forum_words(after), find_forums(after), find_delegations(after))
    before = [found.end for mentions in named for found in mentions]
    titled = _TITLED.match(after) or _ENDS_IN_POST.search(after)
    complete = titled is not None or len(after) in before
    return words[0].start > 0 or complete
