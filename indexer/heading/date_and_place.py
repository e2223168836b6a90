"""When and where, out of the phrases of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.indexer.analysis.languages import guess_language
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.heading.wording import HONORIFIC, POST, PUBLISHED, STATEMENT, WEEKDAY
from onrecord.indexer.register import Mention, find_delegations, find_forum_words, find_places
from onrecord.indexer.register.written_dates import FoundDate, find_dates
from onrecord.indexer.statement import Confidence, Finding

__all__ = ["DAY_BEFORE", "find_date", "find_place"]

# What may stand between a place, or the end of a phrase, and its date: "New York, le", "on Friday".
DAY_BEFORE = (
    r"[\s,(]*(?:\b(?:held\s+)?(?:on|le|el|den|the|du|am|il|l['’]|em|в|يوم|في)\s+)?(?:the\s+)?"
    rf"(?:{WEEKDAY}[,،]?\s+)?(?:(?:den|le|the|dem|il|aos|el|o)\s+)?"
)

_IN_FIGURES = re.compile(r"(?<![\w/.-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\w)")
_MONTHS = 12

# A day on which the page was made rather than the statement given.
_PAGE_LINE = re.compile(r"\d\s*[AP]M\b.*\d{4}|^\d{1,2}/\d{1,2}/\d{2},", re.IGNORECASE)
_PUBLISHED = re.compile(rf"\b{PUBLISHED}[^\d.;]{{0,24}}$", re.IGNORECASE)
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:[ -](?:de |del |la |el |of |the )?[A-ZÀ-ÞА-Я][\w.'’-]*){0,2}"
_CITY_THEN_DATE = re.compile(
    rf"(?:^|\(|,\s|\b(?:in|at|à|en|i|em|в)\s)(?P<place>{_NAME}(?:,\s{_NAME})?)(?:,{DAY_BEFORE}|\s+(?:on|le|el|den|am|il|em)\s+"
    rf"(?:{WEEKDAY},?\s+)?|\s*\()$",
)
_DATE_THEN_CITY = re.compile(
    rf"\s*(?:,|\s[-–—]|\s(?:in|à|en|i|em)|\()\s*(?P<place>{_NAME}(?:,\s{_NAME})?)\s*(?:[).]|$)"
)
_BEFORE_CITY = re.compile(
    r"(?:^|[(,،，（;|–—:：.]|日|\b(?:in|at|à|en|i|em|a|в|في)|\d{4}(?:\s?(?:г\.|года|日|م))?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_CITY = re.compile(
    rf"\s*(?:$|[),،，）;:.|–—(（]|\b(?:on|le|el|den|from|du|del|am|il|em|i|{WEEKDAY})\s|\d|-\s)",
    re.IGNORECASE,
)
_REGION = re.compile(rf",\s*(?P<region>{_NAME})(?=\s*(?:[),.]|$))")
_NO_PLACE = re.compile(
    rf"\b(?:{STATEMENT}|{HONORIFIC}|{POST}|{WEEKDAY}|Headquarters|UN|Hall|Room)\b", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"\b(?:mission|misi[óo]n)\b.*\b(?:to|aupr[èe]s|ante)\b|\bAvenue\b|\bStreet\b|\bSuite\b|\brue\b",
    re.IGNORECASE,
)


def find_date(phrases: Sequence[str]) -> Finding[PartialDate] | None:
    """Find the day on which a statement was given: the most precise date, the last of several."""
    best: tuple[FoundDate, str] | None = None
    for phrase, found in _dated(phrases):
        if best is None or _precision(found.date) >= _precision(best[0].date):
            best = found, phrase
    if best is None:
        return None
    sure = best[0].date.month is not None
    return Finding(best[0].date, best[1], Confidence.HIGH if sure else Confidence.LOW)


def find_place(phrases: Sequence[str]) -> Finding[str] | None:
    """Find the city in which a statement was given, with the country where that is printed beside it.

    A city of the register counts where it stands apart; any other name only
    beside the date, and that is a guess.
    """
    for phrase in phrases:
        place = _known_place(phrase)
        if place:
            return Finding(place, phrase)
    for phrase, found in _dated(phrases):
        place = _place_beside(phrase, found)
        if place:
            return Finding(place, phrase, Confidence.LOW)
    return None


def _dated(phrases: Sequence[str]) -> Iterator[tuple[str, FoundDate]]:
    day_first = _day_first(phrases)
    for phrase in phrases:
        if _PAGE_LINE.search(phrase):
            continue
        for found in find_dates(phrase, day_first=day_first):
            if not _PUBLISHED.search(phrase[: found.start]):
                yield phrase, found


def _day_first(phrases: Sequence[str]) -> bool | None:
    """Tell in which order this page writes dates in figures; None where it does not show.

    Another date on the page shows it: one in figures that has one reading, or one in
    words that is one of the readings. So does any language but English.
    """
    ambiguous = [match for phrase in phrases for match in _IN_FIGURES.finditer(phrase)]
    if not ambiguous:
        return None
    firsts = [int(match[1]) > _MONTHS for match in ambiguous]
    seconds = [int(match[2]) > _MONTHS for match in ambiguous]
    if any(firsts) != any(seconds):
        return any(firsts)
    written = {found.date for phrase in phrases for found in find_dates(phrase)}
    for day_first in (True, False):
        read = (found.date for match in ambiguous for found in find_dates(match[0], day_first=day_first))
        if not written.isdisjoint(read):
            return day_first
    return True if guess_language(" ".join(phrases)) not in (None, "en") else None


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)


def _known_place(phrase: str) -> str | None:
    """Return a city of the register that stands apart in a phrase."""
    if _LETTERHEAD.search(phrase):
        return None
    for city in find_places(phrase):
        apart = _BEFORE_CITY.search(phrase[: city.start]) and _ends_city(phrase[city.end :])
        if apart and not _is_state_alone(phrase, city):
            return city.text + _region_after(phrase, city.end)
    return None


def _ends_city(after: str) -> bool:
    """Tell whether the words after a city's name leave it a name: a stop, a date, its country."""
    if _AFTER_CITY.match(after):
        return True
    country = find_delegations(after)[:1]
    return bool(country) and not after[: country[0].start].strip()


def _is_state_alone(phrase: str, city: Mention[str]) -> bool:
    """Tell whether a name that is a state's too is all the phrase says, so that it is the speaker's."""
    return bool(find_delegations(city.text)) and not find_dates(phrase)


def _region_after(phrase: str, end: int) -> str:
    """Return the country or region printed after a city, with its comma, or nothing."""
    match = _REGION.match(phrase, end)
    if match is None or _NO_PLACE.search(match["region"]) or find_forum_words(match["region"]):
        return ""
    return f", {match['region']}"


def _place_beside(phrase: str, found: FoundDate) -> str | None:
    """Return the name right before or right after a date, where it can be a city's."""
    before = _CITY_THEN_DATE.search(phrase[: found.start])
    after = _DATE_THEN_CITY.match(phrase[found.end :])
    for match in (before, after):
        if match and _may_be_place(match["place"]):
            return match["place"]
    return None


def _may_be_place(name: str) -> bool:
    city = name.split(",")[0]
    return not (_NO_PLACE.search(name) or find_forum_words(name) or find_delegations(city) or name.isupper())
