"""Dates as people write them in running text, in the languages of the register of months.

A day and a month need their year. An interval of days ("12-13 April 2018") is
no date: no one can say on which of its days a thing was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError
from onrecord.indexer.register.names import KEPT
from onrecord.indexer.register.tables import listed, rows

__all__ = ["FoundDate", "find_dates", "find_intervals"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: what it means, the words as printed, their offsets."""

    date: PartialDate
    evidence: str
    start: int  #: in characters, counted from 0
    end: int  #: the first character after it


# An ordinal's ending; scanners turn a raised "th" into one to three signs: 27%, 30", 79'".
_ENDING = r"""(?:\s?\(?(?:st|nd|rd|th|er|º|°|ª|:e)\)?|\s?\.(?!\d)|[^\w\s()\[\],.;:/–—-]{1,3}h?)?"""
_DAY = rf"(?<![\w./-])(?P<day>\d{{1,2}}){_ENDING}"
# Arabic prints two names of one month, "أيلول/سبتمبر", and names of two words.
_NAME = r"(?P<month>(?:(?:كانون|تشرين)\s)?[^\W\d_]{2,12})\.?(?:\s?/\s?[^\W\d_]{3,12})?"
# Arabic marks a year of the common era: "2022م".
_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?=م\b|(?![\w/]))"
_OF = r"(?:(?:day\s+)?(?:of|de|del|du|dell['’]?)\s+|\(|(?:месяца)\s+|(?:من|في)\s+)?"
_TO = r"\s*(?:[-–—]|to|and|au|et|al|y|à|a|bis|und|e|och|till|по|и|إلى|و)\s*"
_OTHER_DAY = rf"(?<![\w./-])\d{{1,2}}{_ENDING}"

_INTERVALS = tuple(
    re.compile(pattern.replace("(?P<day>", "(?:").replace("(?P<month>", "(?:"), re.IGNORECASE)
    for pattern in (
        rf"{_OTHER_DAY}(?:\s+{_OF}{_NAME})?{_TO}\d{{1,2}}{_ENDING}[\s,]+{_OF}{_NAME}[\s,]*{_OF}{_YEAR}",
        rf"(?<!\w){_NAME}\s+\d{{1,2}}{_ENDING}{_TO}(?:{_NAME}\s+)?\d{{1,2}}{_ENDING}[\s,]+{_YEAR}",
    )
)
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[\s,]*{_OF}{_NAME}[\s,]*{_OF}{_YEAR}",
        rf"{_DAY}-{_NAME}-{_YEAR}",
        rf"(?<!\w){_NAME},?\s+(?P<day>\d{{1,2}}){_ENDING}[\s,]+{_YEAR}",
        rf"(?<!\w){_NAME}[\s,]+{_OF}{_YEAR}",
    )
)
# Every date has a year; most lines of a heading have none and are left at once.
_YEAR_SOMEWHERE = re.compile(r"\d{4}|年")
_CHINESE = re.compile(
    r"(?P<year>(?:18|19|20)\d\d|[〇○零一二三四五六七八九]{4})\s?年"
    r"(?:\s?(?P<month>\d{1,2}|十?[一二三四五六七八九十])\s?月(?:\s?(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号])?)?"
)
_CHINESE_INTERVAL = re.compile(
    r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日?\s?(?:至|到|[-–—~～])\s?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日"
)
# Arabic and Persian figures and full-width ones, as their western ones.
_FIGURES = {ord(zero) + figure: str(figure) for zero in "٠۰０" for figure in range(10)}
# A scanner's 0ctober.
_MONTH_WITH_NOUGHT = re.compile(r"(?<![\w])0(?=ct(?:ober|obre|\b))", re.IGNORECASE)
_CHINESE_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_ISO = re.compile(r"(?<![\w/.-])(?P<year>(?:18|19|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?![\w/-])")
_DOTTED = re.compile(r"(?<![\w/.-])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\w)")
# "5.IV.2022", "5 IV 2022": a month in Roman figures.
_ROMAN = re.compile(
    r"(?<![\w/.-])(?P<day>\d{1,2})(?P<sign>\.\s?|\s|-)(?P<month>I{1,3}|IV|VI{0,3}|IX|XI{0,2})(?P=sign)"
    r"(?P<year>(?:19|20)\d\d)(?![\w/-])"
)
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NUMERIC = re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})([/-])(?P<b>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?![\w/-])")
# A year set apart as a date: alone on its line, alone in brackets, or after a place and a comma.
_YEAR_ALONE = re.compile(
    r"(?:(?<=\()|^[ \t]*)(?:[^\W\d_][^\W\d_]+(?: [^\W\d_]+){0,2}, )?(?P<year>(?:19|20)\d\d)(?=\)|\.?[ \t]*$)",
    re.MULTILINE,
)

# A misspelt month is recognised from this length on, by one letter too many or too few ("Februrary").
_SHORTEST_MISSPELT = 6
# SequenceMatcher's ratio: one slip in a name of six letters or more gives 0.92 at least.
_MISSPELT_RATIO = 0.92


@lru_cache(maxsize=KEPT)
def find_dates(text: str, *, day_first: bool | None = None) -> tuple[FoundDate, ...]:
    """Find the dates written in a text, in order, none overlapping another.

    ``day_first`` settles dates in figures alone: where it is None, 4/5/2021 is
    left alone and 4/25/2021, which has one reading, is found.

    >>> [str(found.date) for found in find_dates("le 1er octobre 2019 ; September 20, 2021 ; mayo de 2021")]
    ['2019-10-01', '2021-09-20', '2021-05']
    >>> find_dates("the 2030 Agenda and A/RES/76/47, 12-13 April 2018")
    ()
    """
    if not _YEAR_SOMEWHERE.search(text):
        return ()
    printed, text = text, _MONTH_WITH_NOUGHT.sub("O", text.translate(_FIGURES))
    taken = list(find_intervals(text))
    found: list[FoundDate] = []
    for start, end, date in _candidates(text, day_first=day_first):
        if all(end <= other_start or other_end <= start for other_start, other_end in taken):
            taken.append((start, end))
            found.append(FoundDate(date, printed[start:end], start, end))
    return tuple(sorted(found, key=lambda date: date.start))


@lru_cache(maxsize=KEPT)
def find_intervals(text: str) -> tuple[tuple[int, int], ...]:
    """Find where a text writes an interval of days; begin and end in characters.

    >>> find_intervals("Geneva, 12-13 April 2018")
    ((8, 24),)
    """
    if not _YEAR_SOMEWHERE.search(text):
        return ()
    text = text.translate(_FIGURES)
    found = [
        match.span() for pattern in _INTERVALS for match in pattern.finditer(text) if _names_months(match)
    ]
    return (*found, *(match.span() for match in _CHINESE_INTERVAL.finditer(text)))


def _candidates(text: str, *, day_first: bool | None) -> Iterator[tuple[int, int, PartialDate]]:
    """Yield what may be dates, the surest pattern first."""
    for pattern in (_ISO, _DOTTED, *_WRITTEN):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            date = _date(parts["year"], month=parts["month"], day=parts.get("day"))
            if date:
                yield *match.span(), date
    yield from _in_roman_figures(text)
    for match in _CHINESE.finditer(text):
        date = _from_chinese(match)
        if date:
            yield *match.span(), date
    for match in _NUMERIC.finditer(text):
        date = _from_figures(match, day_first=day_first)
        if date:
            yield *match.span(), date
    for match in _YEAR_ALONE.finditer(text):
        yield *match.span("year"), PartialDate(int(match["year"]))


def _in_roman_figures(text: str) -> Iterator[tuple[int, int, PartialDate]]:
    """Yield the days whose month is in Roman figures."""
    for match in _ROMAN.finditer(text):
        date = _date(match["year"], month=str(_ROMAN_MONTHS.index(match["month"]) + 1), day=match["day"])
        if date:
            yield *match.span(), date


def _from_figures(match: re.Match[str], *, day_first: bool | None) -> PartialDate | None:
    """Read a date in figures where its order is certain or was told."""
    a, b = int(match["a"]), int(match["b"])
    if max(a, b) > 12:
        day_first = a > 12
    if day_first is None and a != b:
        return None
    day, month = (a, b) if day_first else (b, a)
    return _date(match["year"], month=str(month), day=str(day))


def _date(year: str, *, month: str, day: str | None) -> PartialDate | None:
    """Put a date together; None where there is no such month or no such day."""
    number = int(month) if month.isdigit() else _month(month)
    if not number:
        return None
    try:
        return PartialDate(int(year), number, int(day) if day else None)
    except DateError:
        return None


def _from_chinese(match: re.Match[str]) -> PartialDate | None:
    """Read a date such as 2021年9月20日, its numbers in figures or in signs."""
    year, month, day = (part and _number(part) for part in match.group("year", "month", "day"))
    if not year or (match["month"] is None and match.end() != len(match.string)):
        return None
    try:
        return PartialDate(year, month or None, day or None)
    except DateError:
        return None


def _number(signs: str) -> int:
    """Read a number in figures or in Chinese signs, those of a year one by one.

    >>> _number("二〇二一"), _number("二十三"), _number("十"), _number("09")
    (2021, 23, 10, 9)
    """
    if signs.isdecimal():
        return int(signs)
    tens, ten, ones = signs.partition("十")
    if ten:
        return 10 * (_CHINESE_DIGITS[tens] if tens else 1) + (_CHINESE_DIGITS[ones] if ones else 0)
    return int("".join(str(_CHINESE_DIGITS[sign]) for sign in signs))


def _month(name: str) -> int | None:
    """Return the number of a month, written in full, cut short or with one slip."""
    name = fold(name)
    number = _months().get(name)
    if number is None and len(name) >= _SHORTEST_MISSPELT:
        close = get_close_matches(name, _months(), n=1, cutoff=_MISSPELT_RATIO)
        number = _months()[close[0]] if close else None
    return number


def _names_months(match: re.Match[str]) -> bool:
    return any(_month(word) for word in re.findall(r"[^\W\d_]{3,}", match[0]))


@cache
def _months() -> dict[str, int]:
    return {fold(name): int(row["month"]) for row in rows("months.csv") for name in listed(row["names"])}
