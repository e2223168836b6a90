"""bm25s: Lucene's BM25 as its readme sets it up, with PyStemmer's stems and, in English, its stop list."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import bm25s
import Stemmer

from benchmarks.relevance.collection import DEPTH, Collection, typed_words
from benchmarks.relevance.ranker import ANY, LANGUAGES, Ranker, Runs

__all__ = ["Bm25s"]


class Bm25s(Ranker):
    """It adds up the scores of words, and cannot ask for all of them."""

    def settings(self) -> str:
        """Return the versions of both libraries."""
        return f"{version('bm25s')} {version('PyStemmer')}"

    def rank(self, collection: Collection) -> Runs:
        """Score every document; one with nothing of a topic is not found."""
        language = collection.language()
        names, texts = zip(*((name, text) for name, text, _ in collection.documents()), strict=True)
        engine: Any = bm25s.BM25()
        engine.index(_cut(texts, language), show_progress=False)
        topics = collection.topics()
        asked = _cut([" ".join(typed_words(text)) for text in topics.values()], language)
        places, scores = engine.retrieve(asked, k=min(DEPTH, len(names)), show_progress=False)
        return {
            ANY: {
                topic: [names[int(place)] for place, score in zip(found, of_each, strict=True) if score > 0]
                for topic, found, of_each in zip(topics, places, scores, strict=True)
            }
        }


def _cut(texts: Any, language: str) -> Any:
    stemmer = Stemmer.Stemmer(LANGUAGES[language]) if language in LANGUAGES else None
    stop_words = "en" if language == "en" else None
    return bm25s.tokenize(texts, stopwords=stop_words, stemmer=stemmer, show_progress=False)
