"""Stock Whoosh with stems: its analyser of the language, without its stop words, and BM25F."""

from __future__ import annotations

from typing import Any, ClassVar

import whoosh
from whoosh import fields, query
from whoosh.analysis import LanguageAnalyzer, StemmingAnalyzer
from whoosh.filedb.filestore import RamStorage

from benchmarks.relevance.collection import DEPTH, Collection, Run, typed_words
from benchmarks.relevance.ranker import ALL, ANY, LANGUAGES, Ranker, Runs

__all__ = ["Whoosh"]

_JOINTS = {ANY: query.Or, ALL: query.And}


class Whoosh(Ranker):
    """Whoosh's own codec and searcher."""

    slow: ClassVar[bool] = True

    def settings(self) -> str:
        """Return the version of the library."""
        return ".".join(map(str, whoosh.__version__))

    def rank(self, collection: Collection) -> Runs:
        """Index in memory with the default writer."""
        language = collection.language()
        analyser = (
            LanguageAnalyzer(language) if language in LANGUAGES and language != "en" else StemmingAnalyzer()
        )
        schema = fields.Schema(name=fields.ID(stored=True), text=fields.TEXT(analyzer=analyser, phrase=False))
        index: Any = RamStorage().create_index(schema)
        writer = index.writer()
        for name, text, _ in collection.documents():
            writer.add_document(name=name, text=text)
        writer.commit()
        topics = {
            topic: dict.fromkeys(token.text for token in analyser(" ".join(typed_words(text)), mode="query"))
            for topic, text in collection.topics().items()
        }
        with index.searcher() as searcher:
            return {joint: _run(searcher, topics, joint) for joint in _JOINTS}


def _run(searcher: Any, topics: dict[str, dict[str, None]], joint: str) -> Run:
    run: Run = {}
    for topic, words in topics.items():
        tree = _JOINTS[joint]([query.Term("text", word) for word in words])
        run[topic] = [str(hit["name"]) for hit in searcher.search(tree, limit=DEPTH)] if words else []
    return run
