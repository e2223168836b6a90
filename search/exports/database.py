"""Hits as a database of SQLite: a table of statements, one of paragraphs, and an index of their words.

The index is FTS5's, with ``content="paragraphs"`` in double quotes, which is how Datasette knows that the
table can be searched. Its tokens are letters and digits without their accents, so that plain words find in it
what they find here in exact mode.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from onrecord.indexer.errors import ExportError
from onrecord.search.exports.columns import Column, Kind, plain_cell
from onrecord.search.exports.found import Found
from onrecord.search.results.hits import Hit

__all__ = ["write"]

_AT_ONCE = 1 << 10
_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.TEXTS: "TEXT",
    Kind.WHOLE: "INTEGER",
    Kind.FRACTION: "REAL",
    Kind.TRUTH: "TEXT",
}
# What a paragraph is known by, and whose it is, whether asked for or not.
_ADDRESS, _STATEMENT, _NUMBER = "address", "statement", "number"
_KEYS = frozenset((_ADDRESS, _STATEMENT, _NUMBER))
_SEARCHED = "text"

Row = tuple[str | int | float | None, ...]


def write(path: Path, found: Found, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Write hits into a database (`ExportError`)."""
    try:
        _write(path, found, hits)
    except sqlite3.Error as error:  # no room on the disk, or a SQLite without FTS5
        raise ExportError(f"The database cannot be written: {error}; export jsonl, or look to it.") from error
    return ()


def _write(path: Path, found: Found, hits: Iterable[Hit]) -> None:
    columns = [column for column in found.plan.columns if column.name not in _KEYS]
    shared = [column for column in columns if column.of_statement]
    own = [column for column in columns if not column.of_statement]
    with closing(sqlite3.connect(path)) as database:
        # The file is put in its place when it is whole; until then nothing has to be undone.
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;"
        )
        database.execute(
            f"CREATE TABLE statements ({', '.join(_defined(shared, 'statement TEXT PRIMARY KEY'))})"
        )
        keys = (
            "id INTEGER PRIMARY KEY",
            "address TEXT NOT NULL",
            "statement TEXT NOT NULL REFERENCES statements (statement)",
            "number INTEGER NOT NULL",
        )
        database.execute(f"CREATE TABLE paragraphs ({', '.join(_defined(own, *keys))})")
        _fill(database, shared, own, hits)
        database.execute("CREATE UNIQUE INDEX paragraphs_address ON paragraphs (address)")
        database.execute("CREATE INDEX paragraphs_statement ON paragraphs (statement)")
        if any(column.name == _SEARCHED for column in own):
            database.execute(
                f'CREATE VIRTUAL TABLE paragraphs_fts USING fts5({_SEARCHED}, content="paragraphs",'
                ' content_rowid="id", tokenize="unicode61 remove_diacritics 2")'
            )
            database.execute("INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('rebuild')")
        database.commit()


def _fill(
    database: sqlite3.Connection, shared: Sequence[Column], own: Sequence[Column], hits: Iterable[Hit]
) -> None:
    """Insert paragraphs and their statements, some at a time."""
    statements = f"INSERT OR IGNORE INTO statements VALUES ({_places(1 + len(shared))})"
    paragraphs = f"INSERT INTO paragraphs VALUES ({_places(4 + len(own))})"
    numbered = enumerate(hits, 1)
    while some := list(islice(numbered, _AT_ONCE)):
        first = {hit.statement: hit for _, hit in reversed(some)}
        database.executemany(statements, ((slug, *_row(hit, shared)) for slug, hit in first.items()))
        database.executemany(
            paragraphs,
            ((at, hit.address, hit.statement, hit.number, *_row(hit, own)) for at, hit in some),
        )


def _row(hit: Hit, columns: Sequence[Column]) -> Iterator[str | int | float | None]:
    return (plain_cell(column.value(hit)) for column in columns)


def _defined(columns: Sequence[Column], *keys: str) -> list[str]:
    return [*keys, *(f'"{column.name}" {_TYPES[column.kind]}' for column in columns)]


def _places(count: int) -> str:
    return ", ".join("?" * count)
