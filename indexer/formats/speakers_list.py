"""The list of speakers that the UN General Debate Corpus has beside its texts: ``Speakers_by_session.xlsx``.

It says of each speech, by the code of the delegation and the session or its year, who gave it and in what
post. It lies in the folder of the texts or in any folder above, as corrections do; the nearest counts. A
row is known by the names in the first line that has them; a list without the columns that it takes is an
error, for a corpus would lose its speakers in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.tables.spreadsheet import SheetRow, sheets
from onrecord.indexer.register import delegation_named
from onrecord.indexer.sources.archives import Stamp, stamp_of
from onrecord.indexer.sources.beside import SPEAKERS, SpeechName, speakers_list_of, speech_name
from onrecord.indexer.sources.contents import read_bytes

__all__ = ["ListedSpeaker", "lists_of_nothing", "speakers_of"]

# What the columns are called, folded; of several the first counts.
_NAMES: Mapping[str, Sequence[str]] = {
    "code": ("iso code", "iso", "iso3", "iso 3", "iso alpha 3", "country code", "code"),
    "country": ("country", "country name", "delegation", "state"),
    "year": ("year",),
    "session": ("session", "session number"),
    "person": ("name of person speaking", "name of speaker", "speaker name", "name", "speaker", "person"),
    "post": ("post", "position", "title", "function", "office"),
}
# Rows above the names of the columns, such as a title.
_ROWS_ABOVE = 20
_NUMBER = re.compile(r"\D*(?P<number>\d{1,4})(?:\.0*)?(?:\D.*)?")
# Lists that are kept read: a corpus has one.
_KEPT = 4


class ListedSpeaker(NamedTuple):
    """Who gave a speech, as one row of a list says."""

    row: int
    person: str | None
    post: str | None

    def __str__(self) -> str:
        said = ", ".join(filter(None, (self.person, self.post)))
        return f"{SPEAKERS}, row {self.row}: {said}"

    def stamp(self) -> bytes:
        """Return what changes when the row says something else, or stands elsewhere."""
        return repr(tuple(self)).encode("utf-8", "backslashreplace")


class _Listed(NamedTuple):
    """The rows of a list, by delegation and session, and by delegation and year."""

    by_session: dict[tuple[str, int], list[ListedSpeaker]]
    by_year: dict[tuple[str, int], list[ListedSpeaker]]

    def rows(self, name: SpeechName) -> list[ListedSpeaker]:
        """Return the rows of one speech, those that say the same once."""
        rows = self.by_session.get((name.code, name.session)) or self.by_year.get((name.code, name.year), [])
        different: dict[tuple[str, str], ListedSpeaker] = {}
        for one in rows:
            different.setdefault((fold(one.person or ""), fold(one.post or "")), one)
        return list(different.values())


def speakers_of(path: Path) -> list[ListedSpeaker]:
    """Return who gave a speech, by the nearest list; several where the list has several rows for it.

    A list that cannot be read, or has not the columns, is a `SourceError`.
    """
    name, file = speech_name(path.name), speakers_list_of(path)
    return [] if name is None or file is None else _read(file, stamp_of(file)).rows(name)


def lists_of_nothing(lists: Iterable[Path], texts: Iterable[Path]) -> list[str]:
    """Name the lists that have no row for any of some texts."""
    waiting = dict.fromkeys(map(_absolute, lists))
    for path in texts:
        file = speakers_list_of(path) if speech_name(path.name) else None
        if file in waiting and speakers_of(path):
            del waiting[file]
    return list(map(str, waiting))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  (as `speakers_list_of`)


@lru_cache(maxsize=_KEPT)
def _read(path: Path, stamp: Stamp) -> _Listed:
    """Read a list; ``stamp`` tells it from what it was before."""
    listed = _Listed({}, {})
    known = False
    for rows in sheets(path, read_bytes(path)):
        columns, below = _columns(rows)
        known = known or bool(columns)
        for row in below:
            _take(row, columns, listed)
    if not known:
        raise SourceError(
            path,
            "it has no columns for the code, the session or year, and the name of who spoke; write ISO Code,"
            " Session and Name of Person Speaking into its first line, or give it another name.",
        )
    return listed


def _columns(rows: Sequence[SheetRow]) -> tuple[dict[str, int], Sequence[SheetRow]]:
    """Return which column holds what, and the rows below their names; nothing of a sheet that is no list."""
    for at, row in enumerate(rows[:_ROWS_ABOVE]):
        named = {_plain(text): column for column, text in reversed(row.cells.items())}
        found = {
            what: next(named[name] for name in names if name in named)
            for what, names in _NAMES.items()
            if not named.keys().isdisjoint(names)
        }
        if "person" in found and found.keys() & {"code", "country"} and found.keys() & {"session", "year"}:
            return found, rows[at + 1 :]
    return {}, ()


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name).replace("_", " ")))


def _take(row: SheetRow, columns: Mapping[str, int], listed: _Listed) -> None:
    cells = {what: row.cells.get(column, "") for what, column in columns.items()}
    person, post = (cells.get(what) or None for what in ("person", "post"))
    code = _code(cells.get("code", ""), cells.get("country", ""))
    if code is None or not (person or post):
        return
    speaker = ListedSpeaker(row.number, person, post)
    for what, by in (("session", listed.by_session), ("year", listed.by_year)):
        number = _NUMBER.fullmatch(cells.get(what, ""))
        if number is not None:
            by.setdefault((code, int(number["number"])), []).append(speaker)


def _code(code: str, country: str) -> str | None:
    """Return the code as names of files have it; where the cell is empty, that of the country."""
    if code:
        return code.upper()
    known = delegation_named(country) if country else None
    return known.code if known else None
