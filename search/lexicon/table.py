"""The rows of a lexicon as entries: those of the register's table, and of a user's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from onrecord.indexer.analysis.words import words
from onrecord.indexer.register.tables import listed, rows
from onrecord.search.lexicon.entry import LANGUAGES, Entry, Guard, form_key, is_acronym

__all__ = ["COLUMNS", "KINDS", "RowError", "entries", "read_row"]

#: What an entry may be.
KINDS = frozenset(
    (
        *("treaty", "instrument", "body", "court", "regime", "group", "mission"),
        *("meeting", "programme", "term", "parliament", "state", "party"),
    )
)
#: The columns that a row may have, all but the first may be left out.
COLUMNS = (
    *("code", "kind", "since", "until"),
    *LANGUAGES,
    *("capitals", "beside", "years", "not_in", "source"),
)
# What the column capitals has where it means all acronyms of the entry.
_ALL = "yes"
_YEAR = re.compile(r"[0-9]{4}")
_YEARS = re.compile(r"([0-9]{4})?\.\.([0-9]{4})?")
_LANGUAGE = re.compile("[a-z]{2,3}")


class RowError(ValueError):
    """A row that is no entry, with what is wrong of it."""


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries that come with the program, in the order of their table.

    >>> npt = next(entry for entry in entries() if entry.code == "NPT")
    >>> npt.name, npt.since, npt.in_language("ru")[0]
    ('Treaty on the Non-Proliferation of Nuclear Weapons', 1968, 'ДНЯО')
    """
    return tuple(read_row(row) for row in rows("lexicon.csv"))


def read_row(row: Mapping[str, str]) -> Entry:
    """Read a row of a table; raises `RowError` for what is no entry.

    >>> read_row({"code": "ICBL", "kind": "band", "en": "ICBL"})
    Traceback (most recent call last):
        ...
    onrecord.search.lexicon.table.RowError: "band" is no kind
    """
    code, kind = _cell(row, "code"), _cell(row, "kind") or "term"
    if not code:
        raise RowError("it has no code")
    if kind not in KINDS:
        raise RowError(f'"{kind}" is no kind')
    since, until = _year(row, "since"), _year(row, "until")
    if since is not None and until is not None and until < since:
        raise RowError("it ends before it begins")
    forms = _forms(row)
    return Entry(code, kind, forms, since, until, _guard(row, forms), _cell(row, "source"))


def _forms(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    once: dict[tuple[str, str], tuple[str, str]] = {}
    for language in LANGUAGES:
        for form in map(str.strip, listed(_cell(row, language))):
            if not words(form):
                raise RowError(f'"{form}" in the column {language} is no name')
            once.setdefault((language, form_key(form)), (language, form))
    return tuple(once.values())


def _guard(row: Mapping[str, str], forms: tuple[tuple[str, str], ...]) -> Guard:
    acronyms = tuple(dict.fromkeys(form for _, form in forms if is_acronym(form)))
    capitals = acronyms if _cell(row, "capitals") == _ALL else listed(_cell(row, "capitals"))
    for acronym in capitals:
        if not is_acronym(acronym):
            raise RowError(f'capitals names acronyms, or is "{_ALL}" for all of them: "{acronym}" is none')
    years = _YEARS.fullmatch(_cell(row, "years") or "..")
    if years is None:
        raise RowError(f'"{_cell(row, "years")}" is no span of years; write 1990.. or ..1990')
    first, last = (int(year) if year else None for year in years.groups())
    not_in = listed(_cell(row, "not_in"))
    for language in not_in:
        if not _LANGUAGE.fullmatch(language):
            raise RowError(f'"{language}" is no code of a language')
    beside = tuple(word for cell in listed(_cell(row, "beside")) for word in words(cell))
    return Guard(capitals, beside, first, last, not_in)


def _year(row: Mapping[str, str], column: str) -> int | None:
    cell = _cell(row, column)
    if cell and not _YEAR.fullmatch(cell):
        raise RowError(f'"{cell}" in the column {column} is no year')
    return int(cell) if cell else None


def _cell(row: Mapping[str, str], column: str) -> str:
    return (row.get(column) or "").strip()
