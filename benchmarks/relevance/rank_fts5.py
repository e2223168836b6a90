"""SQLite FTS5 with Porter stems in every language, accents folded: the only stems that it has."""

from __future__ import annotations

import sqlite3

from benchmarks.relevance.collection import DEPTH, Collection, Run, plain_words
from benchmarks.relevance.ranker import ALL, ANY, Ranker, Runs

__all__ = ["Fts5"]

_TABLE = "CREATE VIRTUAL TABLE document USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
_BEST = "SELECT rowid FROM document WHERE document MATCH ? ORDER BY rank LIMIT ?"
_JOINTS = {ANY: " OR ", ALL: " AND "}


class Fts5(Ranker):
    """SQLite with its full-text extension, as Python brings it."""

    def settings(self) -> str:
        """Return the version of the library."""
        return sqlite3.sqlite_version

    def rank(self, collection: Collection) -> Runs:
        """Index in memory; each word of a topic is in quotation marks."""
        database = sqlite3.connect(":memory:")
        database.execute(_TABLE)
        names = []
        for number, (name, text, _) in enumerate(collection.documents()):
            names.append(name)
            database.execute("INSERT INTO document(rowid, text) VALUES (?, ?)", (number, text))
        topics = {topic: plain_words(text) for topic, text in collection.topics().items()}
        return {joint: _run(database, names, topics, joint) for joint in _JOINTS}


def _run(database: sqlite3.Connection, names: list[str], topics: dict[str, list[str]], joint: str) -> Run:
    run: Run = {}
    for topic, words in topics.items():
        match = _JOINTS[joint].join(f'"{word}"' for word in dict.fromkeys(words))
        found = database.execute(_BEST, (match, DEPTH)) if match else ()
        run[topic] = [names[number] for (number,) in found]
    return run
