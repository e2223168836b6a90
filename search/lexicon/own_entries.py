"""A user's own entries: a file beside the index, which adds to the lexicon and takes out of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from onrecord.search.lexicon.entry import Entry
from onrecord.search.lexicon.field_lexicon import FieldLexicon
from onrecord.search.lexicon.table import COLUMNS, RowError, entries, read_row

__all__ = ["FILE_NAME", "lexicon_beside", "lexicon_of", "own_file_beside", "read_lexicon"]

#: The file, in the folder in which the folder of the index lies.
FILE_NAME = "onrecord-lexicon.csv"
#: What a row begins with that takes out.
_MINUS = "-"
#: A list by hand has hundreds of rows; ten thousand of them fit.
_LONGEST = 4_000_000


def lexicon_beside(index: Path) -> FieldLexicon:
    """Return the lexicon for an index: the file lies where the folder of the index does.

    It is read anew when it has changed.
    """
    file = index.absolute().parent / FILE_NAME
    try:
        status = file.stat()
    except OSError:
        return _read(None, ())
    return _read(file, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(maxsize=4)
def _read(file: Path | None, _seen: tuple[int, ...]) -> FieldLexicon:
    return read_lexicon(file)


def read_lexicon(file: Path | None = None) -> FieldLexicon:
    """Return the lexicon that comes with the program, changed by a user's file where there is one.

    A row whose code is that of an entry adds its forms to it, and lays its years, its kind and its
    guards over those that are there; another is a new entry. One whose code has a minus before it takes
    out the forms that it names, or, where it names none, the entry. A row that is neither is left out,
    and `FieldLexicon.left_out` says why.
    """
    if file is None or not file.exists():
        return lexicon_of(None)
    return lexicon_of(file.read_bytes(), name=file.name)


def own_file_beside(index: Path) -> bytes | None:
    """Return what the file holds that lies where the folder of an index does, None where there is none."""
    try:
        with (index.absolute().parent / FILE_NAME).open("rb") as file:
            return file.read(_LONGEST + 1)  # one more than is read of it
    except OSError:
        return None


def lexicon_of(content: bytes | None, *, name: str = FILE_NAME) -> FieldLexicon:
    """Return the lexicon that comes with the program, changed by what a file holds that has a name."""
    if content is None:
        return FieldLexicon(entries())
    left_out: list[str] = []
    return FieldLexicon(_changed(_rows(content, name, left_out), left_out, name), tuple(left_out))


def _rows(content: bytes, name: str, left_out: list[str]) -> list[tuple[int, Mapping[str, str]]]:
    """Read the rows of a file, each with its line."""
    if len(content) > _LONGEST:
        left_out.append(f"{name} is left out: it is larger than 4 MB.")
        return []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        left_out.append(f"{name} is left out: it is not in UTF-8; save it so.")
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        named = list(reader.fieldnames or ())
        unknown = [column for column in named if column not in COLUMNS]
        if "code" not in named or unknown:
            known = ", ".join(COLUMNS)
            said = f'"{unknown[0]}" is no column' if unknown else "it has no column code"
            left_out.append(f"{name} is left out: {said}; its first line names some of {known}.")
            return []
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        left_out.append(f"{name}, line {reader.line_num}, and what follows is left out: {error}.")
        return []


def _changed(
    rows: Iterable[tuple[int, Mapping[str, str]]], left_out: list[str], name: str
) -> tuple[Entry, ...]:
    own: dict[str, Entry] = {entry.code: entry for entry in entries()}
    for line, row in rows:
        try:
            _lay_over(own, row)
        except RowError as error:
            left_out.append(f"{name}, line {line}, is left out: {error}.")
    return tuple(own.values())


def _lay_over(own: dict[str, Entry], row: Mapping[str, str]) -> None:
    """Add what a row adds, or take out what it takes out."""
    if None in row:
        raise RowError("it has more cells than there are columns")
    code = (row["code"] or "").strip()
    minus = code.startswith(_MINUS)
    entry = read_row({**row, "code": code.removeprefix(_MINUS).strip()})
    known = own.get(entry.code)
    if not minus:
        if not entry.forms and known is None:
            raise RowError("it has no form in any language")
        own[entry.code] = _added(known, entry, row) if known else _sourced(entry)
    elif known is None:
        raise RowError(f'there is no entry "{entry.code}" to take out')
    elif not entry.forms:
        del own[entry.code]
    else:
        rest = known.without(entry.forms)
        if len(rest.forms) == len(known.forms):
            raise RowError(f'"{entry.forms[0][1]}" is no form of {entry.code} in that language')
        own[entry.code] = rest


def _added(known: Entry, entry: Entry, row: Mapping[str, str]) -> Entry:
    """Lay an entry over one that is there."""
    forms = (*known.forms, *entry.without(known.forms).forms)
    said = {column for column in COLUMNS if (row.get(column) or "").strip()}
    guard = {name: getattr(entry.guard, name) for name in _guarded(said)}
    return replace(
        known,
        kind=entry.kind if "kind" in said else known.kind,
        forms=forms,
        since=entry.since if "since" in said else known.since,
        until=entry.until if "until" in said else known.until,
        guard=replace(known.guard, **guard),
        source=f"{known.source}; {entry.source or 'own'}",
    )


def _guarded(said: set[str]) -> Iterator[str]:
    """Yield the parts of a guard that a row says."""
    for name in ("capitals", "beside", "not_in"):
        if name in said:
            yield name
    if "years" in said:
        yield from ("since", "until")


def _sourced(entry: Entry) -> Entry:
    return replace(entry, source=entry.source or "own")
