"""SQLite FTS5, as a program would set it up: Porter stems, accents folded, facts in a table beside.

FTS5 has one tokenizer a table, so its phrases are phrases of stems. Ten best and total take two statements.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record, records
from benchmarks.engine import Analyser, Ask, Engine, Session
from benchmarks.questions import Question

__all__ = ["Fts5"]

_TOKENIZER = "tokenize = 'porter unicode61 remove_diacritics 2'"
_TABLES = f"""
CREATE VIRTUAL TABLE paragraph USING fts5(text, {_TOKENIZER});
CREATE TABLE fact (id INTEGER PRIMARY KEY, address TEXT, speaker TEXT, forum TEXT, year INTEGER);
"""
_MATCHES = "FROM paragraph {join} WHERE paragraph MATCH ? {narrowed}"
_JOIN = "JOIN fact ON fact.id = paragraph.rowid"
_PAGE = "text, address, speaker, forum, year, snippet(paragraph, 0, '**', '**', '…', 40)"
_WORD = re.compile(r"[^\W_]+")


class Fts5(Engine):
    """SQLite with its full-text extension, as Python brings it."""

    def build(self, lines: Path, into: Path) -> None:
        """Insert everything in one transaction, without a journal: the file is new."""
        database = sqlite3.connect(_file(into))
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        insert = database.cursor()
        for number, record in enumerate(records(lines), start=1):
            _insert(insert, number, record)
        database.commit()
        database.close()

    def open(self, index: Path) -> Session:
        """Open the database."""
        return _Session(sqlite3.connect(_file(index)))

    def add(self, index: Path, *, name: str, text: str) -> None:
        """Insert one paragraph, with the journal that a user has."""
        database = sqlite3.connect(_file(index))
        number = database.execute("SELECT max(id) + 1 FROM fact").fetchone()[0]
        _insert(database.cursor(), number, Record(f"{name}#1", text, "", "", 0, None))
        database.commit()
        database.close()

    def analyser(self, languages: frozenset[str]) -> Analyser:
        """Return unicode61 and Porter's first stemmer, whatever the languages."""
        del languages
        return Analyser(
            stems=lambda text, language: _stems(text),
            asked=lambda word: frozenset((_stem(word),)),
            written=_stems,
            phrase=lambda words: list(map(_stem, words)),
            near=True,
            differs="phrases are of stems, by Porter's first stemmer, in all languages and acronyms alike",
        )


class _Session(Session):
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def search(self, question: Question) -> Ask:
        return self._ask(question, "paragraph.rowid")

    def read(self, question: Question) -> Ask:
        return self._ask(question, "text")

    def page(self, question: Question) -> Ask:
        """Take the text, the facts and the snippet of FTS5's own function."""
        return self._ask(question, _PAGE, join=True)

    def facets(self, question: Question) -> Ask:
        match, values = _typed(question), _values(question)
        matches = _matches(question, join=True)
        statements = [
            f"SELECT {name}, count(*) {matches} GROUP BY 1" for name in ("speaker", "forum", "year")
        ]

        def ask() -> int:
            counted = [self._all(statement, match, values) for statement in statements]
            return sum(bool(name) for rows in counted for name, _ in rows)

        return ask

    def refresh(self) -> None:
        """Nothing to do: each statement reads what is committed."""

    def close(self) -> None:
        self._database.close()

    def _ask(self, question: Question, wanted: str, *, join: bool = False) -> Ask:
        match, values = _typed(question), _values(question)
        ten = f"SELECT {wanted} {_matches(question, join=join)} ORDER BY rank LIMIT 10"
        total = f"SELECT count(*) {_matches(question)}"

        def ask() -> int:
            self._all(ten, match, values)
            return int(self._all(total, match, values)[0][0])

        return ask

    def _all(self, statement: str, match: str, values: tuple[object, ...]) -> list[Any]:
        return self._database.execute(statement, (match, *values)).fetchall()


def _file(folder: Path) -> Path:
    return folder / "fts5.sqlite"


def _insert(cursor: sqlite3.Cursor, number: int, record: Record) -> None:
    cursor.execute("INSERT INTO paragraph(rowid, text) VALUES (?, ?)", (number, record.text))
    facts = (number, record.address, record.speaker, record.forum, record.year)
    cursor.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", facts)


def _typed(question: Question) -> str:
    """Spell a question in the language of FTS5; the facts are narrowed in SQL."""
    if question.prefix:
        return f'"{question.prefix}" *'
    if question.distance is not None:
        return f"NEAR({' '.join(map(_quoted, question.phrase))}, {question.distance})"
    if question.phrase:
        return f'"{" ".join(question.phrase)}"'
    wanted = " AND ".join(map(_quoted, question.every)) or " OR ".join(map(_quoted, question.some))
    return " NOT ".join([f"({wanted})", *map(_quoted, question.none)]) if question.none else wanted


def _quoted(word: str) -> str:
    return f'"{word}"'


def _matches(question: Question, *, join: bool = False) -> str:
    narrowed = ("speaker = ?", question.speaker), ("year >= ?", question.since), ("year <= ?", question.until)
    conditions = "".join(f" AND {condition}" for condition, value in narrowed if value is not None)
    return _MATCHES.format(join=_JOIN if join or conditions else "", narrowed=conditions)


def _values(question: Question) -> tuple[object, ...]:
    values = (question.speaker, question.since, question.until)
    return tuple(value for value in values if value is not None)


def _stems(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return list(map(_stem, _WORD.findall(plain.lower())))


@cache
def _stem(word: str) -> str:
    """Ask FTS5 itself for the stem of a word: its Porter parts from others in short words and in -bli."""
    database = _scratch()
    database.execute("INSERT INTO word VALUES (?)", (word,))
    stem = database.execute("SELECT term FROM stem").fetchone()[0]
    database.execute("DELETE FROM word")
    return str(stem)


@cache
def _scratch() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE word USING fts5(text, {_TOKENIZER})")
    database.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(word, 'row')")
    return database
