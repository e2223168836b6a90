"""What is asked of an engine that ranks, and where each lives."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from benchmarks.engine import OURS
from benchmarks.relevance.collection import Collection, Run

__all__ = ["ALL", "ANY", "LANGUAGES", "RANKERS", "Ranker", "Runs", "load_ranker", "why_left_out"]

#: How the words of a topic are joined: OR or AND.
ANY, ALL = "any", "all"
Runs = dict[str, Run]
#: Loading one loads its library, so a worker loads only the one that it asks.
RANKERS: Mapping[str, str] = MappingProxyType(
    {
        OURS: "benchmarks.relevance.rank_ours:Ours",
        "Lucene": "benchmarks.relevance.rank_lucene:Lucene",
        "bm25s": "benchmarks.relevance.rank_bm25s:Bm25s",
        "tantivy": "benchmarks.relevance.rank_tantivy:Tantivy",
        "FTS5": "benchmarks.relevance.rank_fts5:Fts5",
        "Whoosh": "benchmarks.relevance.rank_whoosh:Whoosh",
    }
)
#: What Snowball calls the languages whose stems the peers are given; in any other they have English ones.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "de": "german",
        "en": "english",
        "es": "spanish",
        "fr": "french",
        "ru": "russian",
    }
)


class Ranker(ABC):
    """Puts the documents of a collection in order for each of its topics."""

    #: Whether a third of a million paragraphs take it many minutes.
    slow: ClassVar[bool] = False

    @abstractmethod
    def settings(self) -> str:
        """Return what its order depends on beside the code here, such as the version of its library."""

    @abstractmethod
    def rank(self, collection: Collection) -> Runs:
        """Return the best documents of each topic, its words joined by OR and, if it can, by AND."""

    def lacks(self) -> str:
        """Return what it cannot do without and is not here, "" where all is."""
        return ""


def load_ranker(name: str) -> Ranker:
    """Load an engine; raises `ImportError` where its library is not installed."""
    module, _, kind = RANKERS[name].partition(":")
    ranker: Ranker = getattr(importlib.import_module(module), kind)()
    return ranker


def why_left_out(name: str) -> str:
    """Return why an engine cannot be asked on this machine, "" where it can."""
    try:
        return load_ranker(name).lacks()
    except ImportError as error:
        return f"{error.name} is not installed"
