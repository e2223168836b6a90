"""A saved search: a question with a name, whose dates may be relative."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self, Unpack

from onrecord.indexer.errors import AlertError, DateError
from onrecord.search.language import GRAMMAR_VERSION
from onrecord.search.request import Filters, Request

__all__ = ["NAMES", "PARTS", "TRUTHS", "Saved", "check_name", "day_of"]

#: The filters that take names, and all that may be said of a saved search.
NAMES = ("speaker", "person", "post", "behalf", "delivered", "forum", "place", "language")
_DATES = ("since", "until")
PARTS = ("query", *NAMES, *_DATES, "mode", "match", "fold", "grammar")
#: What YAML has for true and false.
TRUTHS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
_LONGEST_NAME = 64
# A name is also that of a file.
_NAME = re.compile(rf"[^\W_][\w.-]{{0,{_LONGEST_NAME - 1}}}")
# Names of which Windows makes no files, whatever ending they have.
_OF_A_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_RELATIVE = re.compile(r"-\s*([0-9]{1,5})\s*([dwmy])|today", re.IGNORECASE)
_MONTHS = {"m": 1, "y": 12}
_DAYS = {"d": 1, "w": 7}
_PLAIN = re.compile(r"[^\W\d_][\w ]*")
_WORDS_OF_YAML = frozenset(("null", *TRUTHS, "y", "n"))


@dataclass(frozen=True, slots=True)
class Saved:
    """A question with a name; ``options`` are the filters of a search (`Filters`), dates as written.

    ``grammar`` is the version of the query language in which it was written, None for that of today.
    """

    name: str
    query: str
    options: Mapping[str, Any] = field(default_factory=dict)
    grammar: int | None = None

    @classmethod
    def of(cls, name: str, query: str, **filters: Unpack[Filters]) -> Self:
        """Save a question as it is understood today (`AlertError`, `QueryError`, `DateError`).

        >>> Saved.of("mines", "landmines OR APMBC", speaker="Japan", since="-30d").options
        {'speaker': ('Japan',), 'since': '-30d'}
        """
        check_name(name)
        plain = Request.of(query, **filters).as_dict()
        given = {
            part: tuple(value) if isinstance(value, list) else value
            for part, value in plain.items()
            if part in PARTS and value != _USUAL[part]
        }
        saved = cls(name, query, given, GRAMMAR_VERSION)
        saved.request(date(2000, 1, 1))  # which refuses what is no question
        return saved

    def request(self, today: date) -> Request:
        """Return the question for a day: all that it finds, in order of address."""
        dates = {name: _absolute(self.options[name], today) for name in _DATES if name in self.options}
        return Request.of(self.query, **{**self.options, **dates}, limit=None, sort="address")

    def unmoving(self, today: date) -> Request:
        """Return the question without the dates that move from day to day."""
        request = self.request(today)
        for name in _DATES:
            if _RELATIVE.fullmatch(str(self.options.get(name, "")).strip()):
                request = request._replace(**{name: None})  # type: ignore[arg-type]  # a date is a text or None
        return request

    @property
    def moves(self) -> bool:
        """Whether a date of it moves from day to day."""
        return any(_RELATIVE.fullmatch(str(self.options.get(name, "")).strip()) for name in _DATES)

    def as_dict(self) -> dict[str, Any]:
        """Return the saved search as plain data, ready for JSON, in the order in which it is written."""
        parts: dict[str, Any] = {"name": self.name, "query": self.query}
        for name in PARTS:
            if name in self.options:
                value = self.options[name]
                parts[name] = list(value) if isinstance(value, tuple) else value
        return parts if self.grammar is None else {**parts, "grammar": self.grammar}

    def written(self) -> str:
        """Write the entry of a file.

        >>> print(Saved("mines", "landmines", {"since": "-30d"}, 2).written())
        mines:
          query: landmines
          since: -30d
          grammar: 2
        """
        parts = self.as_dict()
        del parts["name"]
        return "\n".join([f"{_scalar(self.name)}:", *(f"  {key}: {_value(parts[key])}" for key in parts)])


_USUAL = Request("").as_dict() | {"query": ""}


def day_of(written: str, today: date) -> date | None:
    """Return the day that a relative date means today; None for what is none.

    >>> day_of("-30d", date(2026, 3, 31)), day_of("-1m", date(2026, 3, 31)), day_of("2021", date(2026, 1, 1))
    (datetime.date(2026, 3, 1), datetime.date(2026, 2, 28), None)
    """
    found = _RELATIVE.fullmatch(written.strip())
    if found is None:
        return None
    if found[1] is None:
        return today
    number, unit = int(found[1]), found[2].lower()
    try:
        if unit in _DAYS:
            return today - timedelta(days=number * _DAYS[unit])
        months = today.year * 12 + today.month - 1 - number * _MONTHS[unit]
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError) as error:
        raise DateError(written, f'"{written}" is before all dates; write fewer days.') from error


def _absolute(written: Any, today: date) -> Any:
    day = day_of(str(written), today)
    return written if day is None else day.isoformat()


def check_name(name: str) -> None:
    """Refuse what is no name for a saved search (`AlertError`)."""
    if not _NAME.fullmatch(name):
        raise AlertError(
            f'"{name[:_LONGEST_NAME]}" is no name for a saved search; '
            f"write up to {_LONGEST_NAME} letters, digits, dots and hyphens, a letter or a digit first."
        )
    if _OF_A_DEVICE.fullmatch(name):
        raise AlertError(
            f'"{name}" is the name of a device on Windows, where no file can have it; write another.'
        )


def _value(value: Any) -> str:
    if isinstance(value, list):
        inner = [_value(one) for one in value]
        return inner[0] if len(inner) == 1 else f"[{', '.join(inner)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else _scalar(str(value))


def _scalar(text: str) -> str:
    """Write a text as YAML: plain where that is safe, else quoted."""
    safe = _PLAIN.fullmatch(text) or _RELATIVE.fullmatch(text) or re.fullmatch(r"[0-9][0-9-]*", text)
    if safe and text == text.strip() and text.lower() not in _WORDS_OF_YAML and text.isascii():
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
