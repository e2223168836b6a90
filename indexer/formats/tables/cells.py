"""Cells of a table: what they may be, told by themselves, and the values that are read out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.language_codes import language_named, two_letters
from onrecord.indexer.register import Delegation, delegation_by_code, delegation_named
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["FITS", "date_of", "day_first", "delegation_of", "fits", "is_prose", "language_of", "month_of"]

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\.0)?")
_ISO = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?:[T ][\d:.,]+(?:Z|[+-][\d:]+)?)?")
_FIGURES = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[T ,]+[\d:.]+(?:\s?[AP]M)?)?", re.IGNORECASE
)
_CODE = re.compile(r"[A-Z]{2,3}")
_SENTENCE = re.compile(r"[.!?…。！？؟](?:\s|[\"'”’»)]|$)")
_URL = re.compile(r"(?:https?|ftp)://\S+|www\.\S+")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
# A name, a place or a title of a table is no longer; of a text, half of the cells are.
_LONGEST_NAME, _LONGEST_TITLE = 120, 400
_SHORTEST_PROSE = 25
_PROSE_BY_ITSELF = 150


def date_of(cell: str, *, day_first: bool | None = None) -> PartialDate | None:
    """Read a date as tables write them; ``day_first`` settles 4/5/2021, which is else left alone.

    >>> str(date_of("2021-09-20T10:00:00Z")), str(date_of("20 September 2021")), str(date_of("2021"))
    ('2021-09-20', '2021-09-20', '2021')
    >>> date_of("4/5/2021"), str(date_of("4/5/2021", day_first=True))
    (None, '2021-05-04')
    """
    text = cell.strip()
    try:
        if _YEAR.fullmatch(text):
            return PartialDate(int(text[:4]))
        if iso := _ISO.fullmatch(text):
            return PartialDate(*map(int, iso.groups()))
        if re.fullmatch(r"\d{4}-\d\d?", text):
            return PartialDate.parse(text)
        if figures := _FIGURES.fullmatch(text):
            return _of_figures(figures, day_first=day_first)
    except DateError:
        return None
    written = find_dates(text, day_first=day_first) if len(text) <= _LONGEST_NAME else ()
    return written[0].date if len(written) == 1 else None


def _of_figures(match: re.Match[str], *, day_first: bool | None) -> PartialDate | None:
    one, other = int(match[1]), int(match[2])
    year = int(match[3])
    if year < 100:
        return None
    if max(one, other) > 12:
        day_first = one > 12
    if day_first is None and one != other:
        return None
    day, month = (one, other) if day_first else (other, one)
    return PartialDate(year, month, day)


def day_first(cells: Sequence[str]) -> bool | None:
    """Tell whether a column writes the day or the month first: by any cell that has one reading."""
    found = {int(match[1]) > 12 for cell in cells if (match := _FIGURES.fullmatch(cell.strip()))
             and max(int(match[1]), int(match[2])) > 12}  # fmt: skip
    dotted = any(re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", cell.strip()) for cell in cells)
    if len(found) == 1:
        return found.pop()
    return True if dotted and not found else None


def month_of(cell: str) -> int | None:
    """Read a month, in figures or by its name.

    >>> month_of("09"), month_of("September"), month_of("13")
    (9, 9, None)
    """
    text = cell.strip().removesuffix(".0")
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    found = find_dates(f"1 {text} 2000") if len(text) <= _LONGEST_NAME else ()
    return found[0].date.month if found else None


@lru_cache(maxsize=4096)
def delegation_of(cell: str) -> Delegation | None:
    """Return the delegation that a cell names, or gives the code of."""
    text = cell.strip()
    if not text or len(text) > _LONGEST_NAME:
        return None
    return (delegation_by_code(text) if _CODE.fullmatch(text) else None) or delegation_named(text)


def language_of(cell: str) -> str | None:
    """Read a language, by its code or its name: ISO 639-1."""
    text = cell.strip()
    return two_letters(text) or language_named(text) if len(text) <= _LONGEST_NAME else None


def is_prose(cells: Sequence[str]) -> bool:
    """Tell whether the cells are running text by themselves: long, and in sentences."""
    long = [cell for cell in cells if len(cell) >= _PROSE_BY_ITSELF and _SENTENCE.search(cell)]
    return len(long) * 2 >= len(cells) > 0


def fits(kind: str, cells: Sequence[str]) -> bool:
    """Tell whether the cells of a column, blank ones left out, may be of a kind: most of them are."""
    if not cells:
        return False
    # The text may be one word now and then, a name never is a paragraph.
    share, fit = FITS[kind]
    return sum(map(fit, cells)) >= share * len(cells)


def _is_name(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and not _NUMBER.fullmatch(cell) and not _URL.match(cell)


def _is_title(cell: str) -> bool:
    return len(cell) <= _LONGEST_TITLE and not _NUMBER.fullmatch(cell) and not _URL.match(cell)


def _is_text(cell: str) -> bool:
    return len(cell) >= _SHORTEST_PROSE and not _URL.fullmatch(cell) and not _NUMBER.fullmatch(cell)


def _is_year(cell: str) -> bool:
    return _YEAR.fullmatch(cell.strip()) is not None


def _is_date(cell: str) -> bool:
    return date_of(cell, day_first=True) is not None or date_of(cell, day_first=False) is not None


def _is_short(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME


#: For each kind of column the share of its cells that must be of it, and what tells one.
FITS: dict[str, tuple[float, Callable[[str], bool]]] = {
    "text": (0.4, _is_text),
    "title": (0.8, _is_title),
    "speaker": (0.9, _is_name),
    "person": (0.9, _is_name),
    "first name": (0.9, _is_name),
    "last name": (0.9, _is_name),
    "delegation": (0.6, lambda cell: delegation_of(cell) is not None),
    "post": (0.9, _is_name),
    "role": (0.9, _is_name),
    "forum": (0.8, _is_title),
    "session": (0.8, _is_short),
    "date": (0.6, _is_date),
    "year": (0.8, _is_year),
    "month": (0.8, lambda cell: month_of(cell) is not None),
    "day": (0.8, lambda cell: cell.strip().removesuffix(".0").isdecimal() and len(cell) <= 4),
    "place": (0.9, _is_name),
    "language": (0.8, lambda cell: language_of(cell) is not None),
    "id": (0.9, _is_short),
    "url": (0.8, lambda cell: _URL.fullmatch(cell.strip()) is not None),
}
