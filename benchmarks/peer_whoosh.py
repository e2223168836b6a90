"""Stock Whoosh: its own TEXT field, its own codec, its own parser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from whoosh import fields, index
from whoosh.analysis import StandardAnalyzer
from whoosh.qparser import QueryParser

from benchmarks.corpus import Record, records
from benchmarks.engine import Analyser, Ask, Engine, Session
from benchmarks.questions import Question

__all__ = ["StockWhoosh"]

_FACETS = ("speaker", "forum", "year")


class StockWhoosh(Engine):
    """Whoosh as its documentation shows it."""

    slow: ClassVar[bool] = True

    def build(self, lines: Path, into: Path) -> None:
        """Build with the default writer."""
        writer = index.create_in(str(into), _schema()).writer()
        for record in records(lines):
            writer.add_document(**_document(record))
        writer.commit()

    def open(self, index: Path) -> Session:
        """Open the index."""
        return _Session(index)

    def add(self, index: Path, *, name: str, text: str) -> None:
        """Add one paragraph with the default merge policy."""
        writer = _open(index).writer()
        writer.add_document(**_document(Record(f"{name}#1", text, "", "", 0, None)))
        writer.commit()

    def analyser(self, languages: frozenset[str]) -> Analyser:
        """Return the standard analyser, whatever the languages."""
        del languages
        return Analyser(
            stems=lambda text, language: _words(text),
            asked=lambda word: frozenset(_words(word)),
            written=_words,
            phrase=lambda words: _words(" ".join(words)),
            near=False,
            differs="no inflections, accents kept, stop words and single letters left out",
        )


class _Session(Session):
    def __init__(self, folder: Path) -> None:
        opened = _open(folder)
        self._searcher: Any = opened.searcher()
        self._parser: Any = QueryParser("text", opened.schema)

    def search(self, question: Question) -> Ask:
        typed = _typed(question)
        return lambda: len(self._searcher.search(self._parser.parse(typed), limit=10))

    def read(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            found = self._searcher.search(self._parser.parse(typed), limit=10)
            for hit in found:
                hit["text"]
            return len(found)

        return ask

    def facets(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            parsed = self._parser.parse(typed)
            found = self._searcher.search(parsed, limit=10, groupedby=list(_FACETS))
            return sum(bool(value) for name in _FACETS for value in found.groups(name))

        return ask

    def parse(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            self._parser.parse(typed)
            return 0

        return ask

    def refresh(self) -> None:
        self._searcher = self._searcher.refresh()

    def close(self) -> None:
        self._searcher.close()


def _schema() -> fields.Schema:
    return fields.Schema(
        address=fields.ID(stored=True),
        text=fields.TEXT(stored=True),
        speaker=fields.ID(stored=True, sortable=True),
        forum=fields.ID(stored=True, sortable=True),
        year=fields.NUMERIC(int, stored=True, sortable=True),
    )


def _document(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("address", "text", "speaker", "forum", "year")}


def _open(folder: Path) -> Any:
    return index.open_dir(str(folder))


def _typed(question: Question) -> str:
    """Spell a question in Whoosh's query language."""
    if question.prefix:
        return f"{question.prefix}*"
    if question.phrase:
        slop = "" if question.distance is None else f"~{question.distance}"
        return f'"{" ".join(question.phrase)}"{slop}'
    parts = [" AND ".join(question.every) or f"({' OR '.join(question.some)})"]
    parts += [f"NOT {word}" for word in question.none]
    if question.speaker:
        parts.append(f"speaker:'{question.speaker}'")
    if question.since is not None or question.until is not None:
        parts.append(f"year:[{question.since or ''} TO {question.until or ''}]")
    return " AND ".join(parts)


def _words(text: str) -> list[str]:
    return [token.text for token in _standard()(text)]


@cache
def _standard() -> Any:
    return StandardAnalyzer()
