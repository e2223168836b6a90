"""When and where, out of the phrases of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.indexer.analysis.languages import guess_language
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.wording import (
    ADDRESS,
    BY_AGENT,
    DELIVERED_BY,
    EVENT,
    HONORIFIC,
    NOTICE,
    POST,
    PUBLISHED,
    SITTING,
    STATEMENT,
    TOPIC,
    WEEKDAY,
    is_statement_word,
)
from onrecord.indexer.register import Mention, find_delegations, find_forum_words, find_places
from onrecord.indexer.register.written_dates import FoundDate, find_dates

__all__ = ["DAY_BEFORE", "date_of_file", "find_dates_in", "find_places_in"]

# What may stand between a place, or the end of a phrase, and its date: "New York, le", "on Friday".
DAY_BEFORE = (
    r"[\s,(]*(?:\b(?:held\s+)?(?:on|le|el|den|the|du|am|il|l['’]|em|в|يوم|في)\s+)?(?:the\s+)?"
    rf"(?:{WEEKDAY}[,،]?\s+)?(?:\b(?:den|le|the|dem|il|aos|el|o)\s+)?"
)

_IN_FIGURES = re.compile(r"(?<![\w/.-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\w)")
_MONTHS = 12

# A day on which the page was made rather than the statement given.
_PAGE_LINE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d\d\s*[AP]M\b|^\d{1,2}/\d{1,2}/\d{2},", re.IGNORECASE
)
_PUBLISHED = re.compile(rf"(?<!\w){PUBLISHED}[^\d.;]{{0,24}}$", re.IGNORECASE)
# "Last modified" on a line of its own, above its day.
_PUBLISHED_ALONE = re.compile(
    rf"\W*(?:[^\W\d_]+\s+){{0,2}}?{PUBLISHED}\W*(?:on|date|le|el|am|il|em|den)?\W*", re.IGNORECASE
)
_RELEASED = re.compile(
    r"\W*(?:(?:press|news|media)\s+release|communiqu[ée]\s+de\s+presse|comunicado\s+de\s+prensa|"
    r"(?:presse|medien)mitteilung|comunicato\s+stampa|nota\s+(?:de\s+prensa|[àa]\s+imprensa)|pressmeddelande)\W*",
    re.IGNORECASE,
)
_DAY_OF_DELIVERY = re.compile(
    rf"\W*(?:delivered(?:\s+(?:in|at)\s+[^\d:;]{{2,60}}?)?,?\s+on|speech\s+date|date\s+of\s+(?:delivery|speech)|"
    rf"prononcé(?:\s+à\s+[^\d:;]{{2,60}}?)?,?\s+le|pronunciado(?:\s+en\s+[^\d:;]{{2,60}}?)?,?\s+el|"
    rf"gehalten(?:\s+in\s+[^\d:;]{{2,60}}?)?,?\s+am|pronunciato(?:\s+a\s+[^\d:;]{{2,60}}?)?,?\s+il)\s*:?{DAY_BEFORE}",
    re.IGNORECASE,
)
# "9 May 2021 | News": the line of a page.
_OF_PAGE = re.compile(
    r"\s*[|·•]\s*(?:news|press|media|actualit|noticias|nachrichten|aktuell|notizie|not[íi]cias|новост|أخبار|新闻|blog)",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(
    r"\b(?:dated|report|resolution|decision|letter|rapport|informe|r[ée]solution|bericht|datado|fechad[oa]|en\s+date\s+du|vom)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
# "on the events of 24 February": the day of what is spoken about, right behind its "of".
_OF_EVENT = re.compile(
    rf"\b(?:of|de|du|del|dell['’]|do|vom|von|от)\s+(?:the\s+)?(?:{WEEKDAY},?\s+)?(?:el\s+)?$", re.IGNORECASE
)
_ON_DAY = re.compile(rf"[^\s,]\s+(?:on|le|el|am|il|em)\s+(?:the\s+)?(?:{WEEKDAY},?\s+)?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(\s*$")
_EVENT = re.compile(rf"\b{EVENT}\b", re.IGNORECASE)
_OBSERVED = re.compile(
    r"\b(?:(?:international|world)\s+(?:[\w'’]+\s+){0,4}?(?:day|week|year)|journ[ée]e\s+(?:internationale|mondiale)|"
    r"d[íi]a\s+(?:internacional|mundial)|welttag|giornata\s+(?:internazionale|mondiale))\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"\b(?!zum?\b)(?:{TOPIC}|regarding|concerning|following|after)\s+"
    rf"(?!(?:the\s+)?(?:behalf|occasion|margins|sidelines|sides?|morning|afternoon|evening|day|{WEEKDAY})\b|\d)",
    re.IGNORECASE,
)
# Whose day it may be instead, where it stands between the subject and the day.
_OF_MEETING = re.compile(
    rf"\b(?:{STATEMENT}|{SITTING}|{BY_AGENT}\s|held|delivered|given|made|morning|afternoon|evening|day)\b",
    re.IGNORECASE,
)
_DAY_OF_FILE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_NOTICE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_PERSON = re.compile(rf"\W*(?:{HONORIFIC}\s|{POST}\b)", re.IGNORECASE)
_DELIVERED = re.compile(rf"\W*{DELIVERED_BY}\b", re.IGNORECASE)
_ANNOUNCES = re.compile(rf"(?:\S+\s+){{0,4}}{STATEMENT}\b", re.IGNORECASE)
# What stands beside a date without saying anything else.
_AROUND_DATE = re.compile(
    rf"\b(?:{WEEKDAY}|held|on|the|of|le|el|den|am|il|em|du|del|at|date|evening|morning|afternoon|location|venue|[ap]\.?m|uhr|hours?|hrs|gmt|est|in|à|en|г|года)\b\.?|"
    r"\d[\d:.]*(?:h|st|nd|rd|th)?",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"\b(?:location|venue|place|lieu|lugar|ort|luogo|local|место)\s*:\s*[^:]{0,40}$", re.IGNORECASE
)
_RELEASE = re.compile(r"[^a-zà-ÿ–—]{0,30}\d{4}\)?\s+[-–—]\s+\S")
_LED = re.compile(r"^\W*(?:in|at|à|en|em|a)\s", re.IGNORECASE)
_TO_DATE = re.compile(rf"\]?[,;]?{DAY_BEFORE}", re.IGNORECASE)
# "Treaty of Lisbon": a city in a name.
_IN_NAME = re.compile(
    r"\b(?:treaty|convention|declaration|accord|agreement|university|bank|traité|tratado|vertrag)\s+(?:of|de|von)\s+$|"
    rf"\b(?:{HONORIFIC})\s+(?:[^\W\d_]+\s+)?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<first>\d{1,2})(?:st|nd|rd|th)?\s*(?:[-–—]|to|and|au|et|al|y|bis|und)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?\s+"
    r"(?P<month>[^\W\d_]+,?\s+\d{4})",
    re.IGNORECASE,
)
# The days of a session: "13 June - 8 July 2022".
_DAYS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+(?:de\s+)?(?P<month>[^\W\d_]{3,12}))?\s*"
    r"(?:[-–—]|to|and|au|et|al|y|bis|und|[àa]|по)\s*"
    r"(?P<last>\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<last_month>[^\W\d_]{3,12}),?\s+(?:de\s+)?(?:19|20)\d\d)",
    re.IGNORECASE,
)
# "Monday 3 July, afternoon", "Martes, 8 de noviembre".
_DAY_AND_MONTH = re.compile(
    rf"\W*(?:{WEEKDAY}\W+)?(?P<day>\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?[^\W\d_]{{3,12}}|[^\W\d_]{{3,12}}\s+\d{{1,2}})"
    r"(?:\W+(?:morning|afternoon|evening|a\.?m|p\.?m|matin|apr[èe]s-midi|mañana|tarde|vormittag|nachmittag))?\W*",
    re.IGNORECASE,
)
# What says on which day a statement was given, where a day that stands alone is another.
_TOLD = frozenset(("with a city", "with the statement", "with the forum"))
# The cover of a document: "A/HRC/50/12", "Distr.: General", "Original: English".
_COVER = re.compile(
    r"\W*(?:(?:distr\.?|original|limited|general)\s*:?\s*(?:general|limited|restricted|english|french|spanish|russian|"
    r"arabic|chinese)?\b|(?-i:[A-Z]{1,8}(?:[/.][\w().-]+)+)\W*$)",
    re.IGNORECASE,
)
# A session's days; of more, nobody knows whether they are not what is reported on.
_TWO_WEEKS = 14
# Cities that nobody takes for another, whose state is printed on every letterhead.
_KNOWN_BY_ITSELF = frozenset(("New York",))
_BESIDE, _FEW_WORDS, _SMALL_WORDS_OF_SENTENCE = 16, 4, 4
#: Where evidence stands that is none of the text's.
FAR = 2000
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:[ -](?:de |del |la |el |of |the )?[A-ZÀ-ÞА-Я][\w.'’-]*){0,2}"
_CITY_THEN_DATE = re.compile(
    rf"(?:^|\(|,\s|\b(?:in|at|à|en|i|em|в)\s)(?P<place>{_NAME}(?:,\s{_NAME})?)(?:,{DAY_BEFORE}|\s+(?:on|le|el|den|am|il|em)\s+"
    rf"(?:{WEEKDAY},?\s+)?|\s*\()$",
)
_DATE_THEN_CITY = re.compile(
    rf"\s*(?:,|\s[-–—]|\s(?:in|à|en|i|em)|\()\s*(?P<place>{_NAME}(?:,\s{_NAME})?)\s*(?:[).]|$)"
)
_BEFORE_CITY = re.compile(
    r"(?:^|[(\[,،，（;|–—:：.]|\s-|Headquarters|日|\b(?:in|at|à|en|i|em|a|в|في)|\d{4}(?:\s?(?:г\.|года|日|م))?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_CITY = re.compile(
    rf"\s*(?:$|[)\],،，）;:.|–—(（*]|\b(?:on|le|el|den|from|du|del|am|il|em|i|{WEEKDAY})\s|\d|-\s)",
    re.IGNORECASE,
)
_REGION = re.compile(rf",\s*(?P<region>{_NAME})(?=\s*(?:[),.*\]]|$))")
_ADDRESS = re.compile(rf"\s*\b{ADDRESS}", re.IGNORECASE)
# "Washington, D.C", whose last full stop is the name's.
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]$")
_NO_PLACE = re.compile(
    rf"\b(?:{STATEMENT}|{HONORIFIC}|{POST}|{WEEKDAY}|Headquarters|UN|Hall|Room)\b", re.IGNORECASE
)
_LETTERHEAD = re.compile(
    r"\b(?:mission|misi[óo]n)\b.*\b(?:to|aupr[èe]s|ante)\b|\bAvenue\b|\bStreet\b|\bSuite\b|\brue\b",
    re.IGNORECASE,
)


def find_dates_in(phrases: Sequence[str]) -> Iterator[Candidate[PartialDate]]:
    """Propose the dates of a heading, the last first: of several that are as good as each other it counts.

    A date that another makes more precise is none of its own. Where one is labelled as the day of delivery,
    no other is proposed.
    """
    dated = list(_dated(phrases))
    labelled = [one for one in dated if _DAY_OF_DELIVERY.fullmatch(one[1], 0, one[2].start)]
    kinds = ["label of date"] * len(labelled) if labelled else _kinds_of_dates(phrases, dated)
    for (number, phrase, found), kind in reversed(list(zip(labelled or dated, kinds, strict=True))):
        precise = any(_is_within(other.date, found.date) for _, _, other in dated)
        if kind and not precise:
            doubtful = found.date.month is None or kind == "of an event"
            yield Candidate(found.date, kind, phrase, number, doubtful)
    yield from _days_of_sessions(phrases)
    for number, phrase in enumerate(phrases):
        month = _month_of_range(phrase)
        if month:
            yield Candidate(month, "range of days", phrase, number, True)


def date_of_file(name: str) -> Iterator[Candidate[PartialDate]]:
    """Propose the day that a file's name begins with: "2019-02-12-statement"."""
    match = _DAY_OF_FILE.match(name)
    found = find_dates(match[0]) if match else ()
    if found and found[0].date.day:
        yield Candidate(found[0].date, "file name", name, FAR, True)


def find_places_in(phrases: Sequence[str]) -> Iterator[Candidate[str]]:
    """Propose the cities of a heading, with the country where that is printed beside it.

    A city of the register counts where it stands apart; any other name only
    beside the date, and that is a guess.
    """
    for number, phrase in enumerate(phrases):
        for city in _known_places(phrase) if not _NOTICE.match(phrase) or find_dates(phrase) else ():
            value = _with_region(phrase, city)
            kind = _kind_of_place(phrase, city)
            if kind == "city beside date" and _is_of_release(phrases, number=number):
                kind = "dateline of a release"
            if kind:
                yield Candidate(value, kind, phrase, number, kind == "city of an event")
    for number, phrase, found in _dated(phrases):
        place = _place_beside(phrase, found)
        if place and not _is_of_event(phrase[: found.start]):
            yield Candidate(place, "name beside date", phrase, number, True)


def _kind_of_date(phrase: str, found: FoundDate) -> str | None:
    """Name the kind of evidence that a date is by what stands around it; None where it is no evidence."""
    before, after = phrase[: found.start], phrase[found.end :]
    if _PUBLISHED.search(before) or _OF_PAGE.match(after):
        return None
    if found.date.month is None:
        return "year alone"
    if another := _of_another(before):
        return another
    if _NOTICE.match(phrase):
        return "notice"
    around = f"{before} {after}"
    cities = find_places(around)
    for city in cities:
        around = around.replace(city.text, " ")
    around = _AROUND_DATE.sub(" ", around)
    if not any(map(str.isalpha, around)):
        return "with a city" if cities else "alone"
    if is_statement_word(phrase) or _PERSON.match(phrase) or _DELIVERED.match(phrase):
        return "with the statement" if not _is_sentence(phrase) else "in a sentence"
    if find_forum_words(phrase) and not _is_sentence(phrase):
        return "with the forum"
    if _is_sentence(phrase):
        return "in a sentence"
    return "beside words" if len(around.split()) > _FEW_WORDS else "beside few words"


def _kinds_of_dates(phrases: Sequence[str], dated: Sequence[tuple[int, str, FoundDate]]) -> list[str | None]:
    """Name the kind of evidence that each date is, by its own phrase, those beside it and the other dates.

    A page prints its own day alone on a line: where the line of the statement, the forum or the city has
    another, that is the one on which it was given.
    """
    kinds = [_kind_of_date(phrase, found) for _, phrase, found in dated]
    told = {found.date for (_, _, found), kind in zip(dated, kinds, strict=True) if kind in _TOLD}
    for at, (number, _, found) in enumerate(dated):
        if kinds[at] in ("alone", "with a city") and _is_of_release(phrases, number=number):
            kinds[at] = "of a release"
        elif kinds[at] == "alone" and _is_of_document(phrases, number=number):
            kinds[at] = "of a document"
        elif kinds[at] == "alone" and told and found.date not in told:
            kinds[at] = "beside another"
    return kinds


def _of_another(before: str) -> str | None:
    """Name the kind of evidence that a document's or an event's date is, None for one of neither."""
    if _OF_DOCUMENT.search(before):
        return "of a document"
    return "of an event" if _is_of_event(before) else None


def _is_of_event(before: str) -> bool:
    """Tell whether a date is the day of what is spoken about, by the words before it in its phrase.

    >>> _is_of_event("Statement by Malta on the flood of "), _is_of_event("Statement by Malta on floods, ")
    (True, False)
    >>> _is_of_event("Statement by Malta at the meeting of "), _is_of_event("Attack on Malta, ")
    (False, True)
    """
    happened = _last_end(_EVENT, before)
    if happened and not (_OF_MEETING.search(before, happened) or _ends_with_city(before)):
        return True
    on_day, of_event = _ON_DAY.search(before), _OF_EVENT.search(before)
    leads = on_day or of_event
    subject = _last_end(_SUBJECT, before[: leads.start()] if leads else before)
    bodies = [found.end for found in find_forum_words(before)]
    met = max([_last_end(_OF_MEETING, before), *bodies])
    if of_event:
        return not met or met < subject
    if subject and _IN_BRACKETS.search(before) and _OBSERVED.search(before, subject):
        return True
    return on_day is not None and not bodies and met < subject


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of a pattern ends, 0 where there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _ends_with_city(before: str) -> bool:
    """Tell whether a city set apart leads to the date: "…, Vienna, "."""
    return any(
        _BEFORE_CITY.search(before[: city.start]) and _TO_DATE.fullmatch(before, city.end)
        for city in find_places(before)
    )


def _month_of_range(phrase: str) -> PartialDate | None:
    """Return the month of a few days that stand alone on their line: it was one of them."""
    match = _RANGE.fullmatch(phrase.strip(" ()[]"))
    last = find_dates(f"{match['last']} {match['month']}") if match else ()
    if match is None or not last or last[0].date.day is None:
        return None
    days = last[0].date.day - int(match["first"])
    return PartialDate(last[0].date.year, last[0].date.month) if 0 < days < _TWO_WEEKS else None


def _days_of_sessions(phrases: Sequence[str]) -> Iterator[Candidate[PartialDate]]:
    """Propose a day without a year that is one of the days for which a session was held.

    So is "Monday 3 July" below "Rome, 1-7 July 2023".
    """
    sessions = [days for phrase in phrases for match in _DAYS.finditer(phrase) for days in _ends_of(match)]
    for number, phrase in enumerate(phrases if sessions else ()):
        match = _DAY_AND_MONTH.fullmatch(phrase)
        if match is None:
            continue
        for first, last in sessions:
            for written in _with_year(match["day"], last.year):
                if str(first) <= str(written) <= str(last):
                    yield Candidate(written, "day of a session", phrase, number)


def _ends_of(days: re.Match[str]) -> Iterator[tuple[PartialDate, PartialDate]]:
    """Yield the first and the last of some days: "13 June - 8 July 2022"."""
    last = next(iter(find_dates(days["last"])), None)
    if last is None or last.date.day is None:
        return
    month = days["month"] or days["last_month"]
    for first in _with_year(f"{days['day']} {month}", last.date.year):
        yield first, last.date


def _with_year(day: str, year: int) -> Iterator[PartialDate]:
    """Yield what a day and a month mean in a year, in whatever language they are."""
    for written in (f"{day} {year}", f"{day} de {year}"):
        if found := find_dates(written):
            yield found[0].date
            return


def _is_sentence(phrase: str) -> bool:
    """Tell whether a phrase reads like a sentence: a stop, many small words, nothing announced."""
    small = sum(word.islower() for word in phrase.split())
    return (
        phrase.rstrip().endswith((".", "!", "?"))
        and small >= _SMALL_WORDS_OF_SENTENCE
        and not _ANNOUNCES.match(phrase)
    )


def _is_within(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether ``one`` says more precisely what ``other`` says."""
    return _precision(one) > _precision(other) and str(one).startswith(str(other))


def _kind_of_place(phrase: str, city: Mention[str]) -> str | None:
    """Name the kind of evidence that a city is by what stands around it; None where it is no evidence.

    The city before an event's day is the event's; the one behind that day may be where it is spoken about.
    """
    before, after = phrase[: city.start], phrase[city.end :]
    if _LOCATION.search(before):
        return "label of place"
    if not before.strip(" ([*_") and _RELEASE.match(after):
        return "dateline of a release"
    beside = [
        found
        for found in find_dates(phrase)
        if abs(found.start - city.end) < _BESIDE or abs(city.start - found.end) < _BESIDE
    ]
    if beside and all(_is_of_event(phrase[: found.start]) for found in beside):
        return "city of an event" if city.start > beside[0].start else None
    if beside:
        return "city beside date"
    if not before.strip(" ([*_") and len(after.split()) <= _FEW_WORDS:
        return "city alone"
    return "city apart"


def _dated(phrases: Sequence[str]) -> Iterator[tuple[int, str, FoundDate]]:
    day_first = _day_first(phrases)
    for number, phrase in enumerate(phrases):
        if _PAGE_LINE.search(phrase):
            continue
        for found in find_dates(phrase, day_first=day_first):
            above = phrases[number - 1] if number and not phrase[: found.start].strip() else ""
            if not (_PUBLISHED.search(phrase[: found.start]) or _PUBLISHED_ALONE.fullmatch(above)):
                yield number, phrase, found


def _is_of_release(phrases: Sequence[str], *, number: int) -> bool:
    """Tell whether a phrase stands right below "Press release": its city and day are the release's."""
    return number > 0 and _RELEASED.fullmatch(phrases[number - 1]) is not None


def _is_of_document(phrases: Sequence[str], *, number: int) -> bool:
    """Tell whether a phrase stands beside the symbol of a document or its languages: the day it came out."""
    beside = (*phrases[max(number - 1, 0) : number], *phrases[number + 1 : number + 2])
    return any(_COVER.match(one) for one in beside)


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


def _known_places(phrase: str) -> Iterator[Mention[str]]:
    """Yield the cities of the register that stand apart in a phrase, or right before its date."""
    if _LETTERHEAD.search(phrase):
        return
    dates = {found.start for found in find_dates(phrase)}
    for city in find_places(phrase):
        to_date = _TO_DATE.match(phrase, city.end)
        dated = to_date is not None and to_date.end() in dates
        set_apart = _BEFORE_CITY.search(phrase[: city.start]) is not None
        if (
            ((set_apart and _ends_city(phrase[city.end :])) or dated)
            and not (find_delegations(city.text) and not (set_apart and dates))
            and not _IN_NAME.search(phrase[: city.start])
            and not _NOTICE.match(phrase, city.start)
        ):
            yield city


def _ends_city(after: str) -> bool:
    """Tell whether the words after a city's name leave it a name: a stop, a date, its country."""
    if _AFTER_CITY.match(after):
        return True
    country = find_delegations(after)[:1]
    return bool(country) and not after[: country[0].start].strip()


def _with_region(phrase: str, city: Mention[str]) -> str:
    """Return a city with the country or region printed after it, unless that says the same again."""
    address = _ADDRESS.search(phrase, city.end)
    match = _REGION.match(phrase[: address.start()] if address else phrase, city.end)
    name = f"{city.text}." if _INITIALS.search(city.text) and phrase[city.end :][:1] == "." else city.text
    region = match["region"].rstrip(".") if match else ""
    if match and "." in match["region"][:-1]:
        region = match["region"]  # "D.C."
    if not region or _NO_PLACE.search(region) or find_forum_words(region) or find_dates(f"{region} 2000"):
        return name
    if any(found.value == city.value for found in find_places(region)) or city.value in _KNOWN_BY_ITSELF:
        return name
    return f"{name}, {region}"


def _place_beside(phrase: str, found: FoundDate) -> str | None:
    """Return the name right before or right after a date, where it can be a city's."""
    before = _CITY_THEN_DATE.search(phrase[: found.start])
    after = _DATE_THEN_CITY.match(phrase[found.end :])
    for match in (before, after):
        if match and _may_be_place(match["place"], led=_LED.search(match[0]) is not None):
            return match["place"]
    last = before["place"].rpartition(", ")[2] if before else ""
    return last if last and _may_be_place(last) else None


def _may_be_place(name: str, *, led: bool = False) -> bool:
    city = name.split(",")[0]
    if _NO_PLACE.search(name) or find_forum_words(name) or find_delegations(city):
        return False
    if any(found.text == city for found in find_places(city)):
        return False
    return not name.isupper() or led or len(name.split()) in (2, 3)
