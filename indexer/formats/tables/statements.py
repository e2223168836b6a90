"""The rows of a table as statements: one a row, with what each column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import DateError, NoSpeeches, SourceError
from onrecord.indexer.formats.not_read import NO_SPEECHES
from onrecord.indexer.formats.plain_text import blocks_of_lines
from onrecord.indexer.formats.tables.cells import date_of, delegation_of, language_of, month_of
from onrecord.indexer.formats.tables.columns import Columns, columns_of, told_columns
from onrecord.indexer.formats.tables.delimited import read_delimited
from onrecord.indexer.formats.tables.markup import without_markup
from onrecord.indexer.formats.tables.objects import read_lines, read_objects
from onrecord.indexer.formats.tables.parquet import is_parquet, read_parquet
from onrecord.indexer.formats.tables.rows import Row, Table
from onrecord.indexer.limits import STATEMENT_SIZE, next_statement
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.sources.decoding import clean, decode
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker, SpeakerRole

__all__ = ["TABLES", "is_speech_table", "read_columns_of", "read_speech_table"]

#: What tables end in, as far as the ending tells.
TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".parquet")
# Rows that a guess is made from.
_LOOKED_AT = 200
_OBJECTS = (".json", ".jsonl", ".ndjson")
_LONG = 60_000
_HOLDS_TEXT = re.compile(
    r'"[^"\\]{0,20}(?:text|speech|transcript|statement|content)[^"\\]{0,20}"\s*:', re.IGNORECASE
)
_LAST_ASCII = 0x7F
_LONGEST_LETTER = 4
_ROLES = {
    "chair": SpeakerRole.CHAIR, "chairperson": SpeakerRole.CHAIR, "president": SpeakerRole.CHAIR,
    "presiding": SpeakerRole.CHAIR, "regular": SpeakerRole.MEMBER, "member": SpeakerRole.MEMBER,
    "mp": SpeakerRole.MEMBER, "guest": SpeakerRole.GUEST, "observer": SpeakerRole.OBSERVER,
    "delegation": SpeakerRole.DELEGATION, "delegate": SpeakerRole.DELEGATION,
}  # fmt: skip


def is_speech_table(path: Path, beginning: bytes) -> bool:
    """Tell whether a file that begins so is a table of speeches."""
    if is_parquet(beginning):
        return True
    text = clean(decode(_whole_letters(beginning)))
    table = _table(path, text, whole=False)
    if table is None:
        # An object may be longer than what is looked at: what it is shows when it is read.
        return (
            path.suffix.lower() in _OBJECTS
            and len(beginning) >= _LONG
            and _HOLDS_TEXT.search(text) is not None
        )
    return _settled(path, table)[0] is not None


def read_speech_table(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statements of a table, one a row; a row without words is none."""
    columns, rows = _settled(path, _opened(path, data))
    if columns is None:
        raise _no_speeches(path)
    reader = _Rows(columns)
    for row in rows:
        next_statement()
        draft = reader.draft(row)
        if draft is not None:
            yield draft


def _no_speeches(path: Path) -> SourceError:
    """Return the error of a table without speeches; one whose columns are told should have some."""
    reason = f"no column of this table is known to hold speeches; {name_it(path)}"
    return SourceError(path, reason) if told_columns(path) else NoSpeeches(path, reason, skipped=NO_SPEECHES)


def read_columns_of(path: Path, data: bytes) -> Columns | None:
    """Return what the columns of a table are taken to hold; None where it is no table of speeches."""
    return _settled(path, _opened(path, data))[0]


def name_it(path: Path) -> str:
    """Say how to tell which column holds what."""
    return f"name it in {path.with_suffix('.yaml').name}, under columns, as text."


def _opened(path: Path, data: bytes) -> Table:
    table = read_parquet(path, data) if is_parquet(data) else _table(path, decode(data), whole=True)
    if table is None:
        raise SourceError(path, "its rows have not the same columns throughout; correct it, or get it again.")
    return table


def _table(path: Path, text: str, *, whole: bool) -> Table | None:
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return read_lines(text, path, whole=whole)
    if suffix == ".json":
        return read_objects(text, path, whole=whole)
    return read_delimited(text, whole=whole)


def _settled(path: Path, table: Table) -> tuple[Columns | None, Iterator[Row]]:
    """Settle the columns by the first rows, and return all rows."""
    first = list(islice(table.rows, _LOOKED_AT))
    columns = columns_of(table.names, [row.cells for row in first], told_columns(path))
    return columns, chain(first, table.rows)


def _whole_letters(data: bytes) -> bytes:
    """Cut off the end of a beginning where it may stand in the middle of a letter."""
    end = len(data)
    while end and data[end - 1] > _LAST_ASCII and len(data) - end < _LONGEST_LETTER:
        end -= 1
    return data[:end]


@dataclass(slots=True)
class _Rows:
    """Makes drafts of rows."""

    columns: Columns

    def draft(self, row: Row) -> Draft | None:
        """Read a row; None where it holds no words."""
        get = partial(self._cell, row)
        text = row.cells.get(self.columns.of["text"], "")
        STATEMENT_SIZE.check(len(text), line=row.line)
        blocks = blocks_of_lines(clean(without_markup(text)))
        if not blocks:
            return None
        speaker = self._speaker(get)
        return Draft(
            blocks=tuple(Block(one.lines, row.line, stacked=False) for one in blocks),
            declared=Metadata(
                title=get("title"),
                speaker=speaker,
                speaker_role=self._role(get, speaker),
                forum=self._forum(get),
                date=self._date(get),
                place=self._found("place", get("place")),
                language=self._language(get),
            ),
            headed=False,
            key_in_file=get("id"),
            source_id=get("id") or get("url"),
            of_a_record=False,
        )

    def _cell(self, row: Row, kind: str) -> str | None:
        name = self.columns.of.get(kind)
        return " ".join(clean(row.cells.get(name, "")).split()) or None if name is not None else None

    def _found(self, kind: str, value: Any, words: str | None = None) -> Any:
        """Return a value with the column that it stands in; nothing where there is none."""
        if value is None:
            return None
        evidence = f"{self.columns.of[kind]}: {words or value}"
        return Finding(value, evidence, self._confidence(kind))

    def _confidence(self, kind: str) -> Confidence:
        """Say how sure a column is: told, called so, or guessed from its cells."""
        if kind in self.columns.told:
            return Confidence.CERTAIN
        return Confidence.LOW if kind in self.columns.unsure else Confidence.HIGH

    def _speaker(self, get: Any) -> Finding[Speaker] | None:
        person = get("person") or " ".join(filter(None, (get("first name"), get("last name")))) or None
        printed, country, post = get("speaker"), get("delegation"), get("post")
        delegation = delegation_of(country) if country else None
        words = printed or person or country
        if words is None:
            return None
        kind = "speaker" if printed else "delegation" if person is None else "person"
        if kind == "person" and "person" not in self.columns.of:
            kind = "last name" if "last name" in self.columns.of else "first name"
        speaker = Speaker(
            words,
            delegation=delegation.name if delegation else country,
            code=delegation.code if delegation else None,
            person=person or (printed if printed and self._is_person(printed, country) else None),
            post=post,
        )
        found: Finding[Speaker] = self._found(kind, speaker, words)
        return found

    @staticmethod
    def _is_person(printed: str, country: str | None) -> bool:
        """Tell whether a speaker is someone beside the delegation: tables of delegations name no other."""
        return delegation_of(printed) is None and not is_chair(printed) and printed != country

    def _role(self, get: Any, speaker: Finding[Speaker] | None) -> Finding[SpeakerRole] | None:
        given = get("role")
        known = _ROLES.get(given.lower()) if given else None
        if known:
            role: Finding[SpeakerRole] = self._found("role", known, given)
            return role
        if speaker and is_chair(speaker.value.printed):
            return Finding(SpeakerRole.CHAIR, speaker.value.printed)
        return None

    def _forum(self, get: Any) -> Finding[str] | None:
        forum, session = get("forum"), get("session")
        if forum is None:
            return None
        if session and session.removesuffix(".0") not in forum.split():
            number = session.removesuffix(".0")
            forum = f"{forum}, {'session ' if number.isdecimal() else ''}{number}"
        found: Finding[str] = self._found("forum", forum)
        return found

    def _date(self, get: Any) -> Finding[PartialDate] | None:
        """Read the day from its column, or year, month and day from theirs."""
        cell = get("date")
        date = date_of(cell, day_first=self.columns.day_first) if cell else None
        if date is not None:
            whole: Finding[PartialDate] = self._found("date", date, cell)
            return whole
        year = date_of(get("year") or "")
        if year is None:
            return None
        month = month_of(get("month") or "")
        day = (get("day") or "").removesuffix(".0")
        try:
            year = PartialDate(year.year, month, int(day) if month and day.isdecimal() else None)
        except DateError:
            year = PartialDate(year.year)
        parts: Finding[PartialDate] = self._found("year", year, get("year"))
        return parts

    def _language(self, get: Any) -> Finding[str] | None:
        given = get("language")
        found: Finding[str] | None = self._found("language", language_of(given) if given else None, given)
        return found
