"""Dates that keep their precision, and intervals of them.

A statement dated "2021" was given on some day of 2021 that we do not know; it
is never turned into 1 January. Calendar dates only: no clock, no time zone.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from onrecord.indexer.errors import DateError

__all__ = ["DateInterval", "PartialDate"]

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year, as precise as the text.

    >>> str(PartialDate.parse("2021-09"))
    '2021-09'
    >>> PartialDate(2021, 9).last
    datetime.date(2021, 9, 30)
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is not in the calendar (`DateError`)."""
        try:
            date(self.year, *(1 if part is None else part for part in (self.month, self.day)))
        except ValueError as error:
            raise DateError(str(self), f"{self} is not a date in the calendar.") from error
        if self.day is not None and self.month is None:
            raise DateError(str(self.year), "A day needs a month.")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2021``, ``2021-09`` or ``2021-09-20``; anything else is a `DateError`."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise DateError(text, f"{_quoted(text)} is not a date; write 2021, 2021-09 or 2021-09-20.")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        return cls(year, month, day)

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """ISO 8601, cut where the knowledge ends."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class DateInterval:
    """An interval of days, both ends included; None is an open end."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def parse(cls, text: str) -> DateInterval:
        """Read a date, or two with ``..`` between them, either of which may be left out.

        >>> DateInterval.parse("2019..2021-06")
        DateInterval(first=datetime.date(2019, 1, 1), last=datetime.date(2021, 6, 30))
        >>> DateInterval.parse("2021-09").last
        datetime.date(2021, 9, 30)
        """
        begin, dots, end = text.partition("..")
        if not dots:
            end = begin
        if not begin and not end:
            raise DateError(text, f'"{text}" names no date; write 2021, 2021-09, 2021-09-20 or 2019..2021.')
        interval = cls(
            first=PartialDate.parse(begin).first if begin else None,
            last=PartialDate.parse(end).last if end else None,
        )
        if interval.first and interval.last and interval.first > interval.last:
            raise DateError(text, f'"{text}" ends before it begins; write the earlier date first.')
        return interval

    def holds(self, when: PartialDate) -> bool:
        """Tell whether ``when`` lies inside for certain.

        >>> DateInterval.parse("2021").holds(PartialDate(2021))
        True
        >>> DateInterval.parse("2021-09").holds(PartialDate(2021))
        False
        """
        return (self.first is None or self.first <= when.first) and (
            self.last is None or when.last <= self.last
        )


def _quoted(text: str) -> str:
    """Put what was typed between quotation marks; a sign that no terminal should act on becomes a dot."""
    return '"' + "".join(character if character.isprintable() else "·" for character in text) + '"'
