"""What the harness asks of an engine, ours and the peers alike."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from benchmarks.questions import Question

__all__ = ["ENGINES", "OURS", "Analyser", "Engine", "Session", "installed", "load_engine"]

Ask = Callable[[], int]
OURS = "ours"
#: Where each engine lives. Loading one loads its library, so a worker loads only the one it measures.
ENGINES = {
    OURS: "benchmarks.ours:Ours",
    "tantivy": "benchmarks.peer_tantivy:Tantivy",
    "tantivy-one-field": "benchmarks.peer_tantivy:TantivyOneField",
    "FTS5": "benchmarks.peer_fts5:Fts5",
    "Whoosh": "benchmarks.peer_whoosh:StockWhoosh",
}


@dataclass(frozen=True, slots=True)
class Analyser:
    """An engine's idea of a word, apart from any index, so that a scan can say what it should find.

    ``stems`` turns a paragraph and its language into what words are looked up in,
    ``asked`` a word of a question into all it stands for there. ``written`` turns a
    paragraph into what phrases and prefixes are looked up in, ``phrase`` the words of a
    phrase into what they are there. ``near`` tells whether "near" means what it means to us.
    """

    stems: Callable[[str, str | None], Iterable[str]]
    asked: Callable[[str], frozenset[str]]
    written: Callable[[str], list[str]]
    phrase: Callable[[tuple[str, ...]], list[str]]
    near: bool
    differs: str  #: one sentence: where it parts from ours


class Session(ABC):
    """An open index; it returns actions to be timed, with parsing inside and spelling out done before."""

    @abstractmethod
    def search(self, question: Question) -> Ask:
        """Return an action that finds the ten best and returns the exact total."""

    @abstractmethod
    def read(self, question: Question) -> Ask:
        """Return an action that also reads the texts of the ten, and returns the exact total."""

    def page(self, question: Question) -> Ask | None:
        """Return an action that also gives the ten as plain data: text, facts, what matched in a snippet.

        None where that would say nothing of the engine.
        """
        del question
        return None

    @abstractmethod
    def facets(self, question: Question) -> Ask:
        """Return an action that counts matches by speaker, forum and year, and returns how many it met.

        What is unknown is none of them.
        """

    def parse(self, question: Question) -> Ask | None:
        """Return an action that does no more than parse; None where parsing cannot be taken apart."""
        del question
        return None

    def forget(self) -> bool:
        """Empty the cache of decoded terms; False where the engine keeps none."""
        return False

    @abstractmethod
    def refresh(self) -> None:
        """See what was committed since the index was opened."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the files."""


class Engine(ABC):
    """Builds and opens indexes of one kind."""

    #: Whether it takes minutes where others take seconds: a kept index is used again, and less is asked.
    slow: ClassVar[bool] = False
    #: Whether its index answers every question with the words it was asked; others are only built.
    queried: ClassVar[bool] = True

    @abstractmethod
    def build(self, lines: Path, into: Path) -> None:
        """Build a complete, committed index from a folder of JSON lines, in one that is empty."""

    @abstractmethod
    def open(self, index: Path) -> Session:
        """Open an index."""

    @abstractmethod
    def analyser(self, languages: frozenset[str]) -> Analyser:
        """Return its analyser for a corpus in these languages."""

    @abstractmethod
    def add(self, index: Path, *, name: str, text: str) -> None:
        """Add one statement of one paragraph to an index, and commit."""


def load_engine(name: str) -> Engine:
    """Load an engine; raises `ImportError` where its library is not installed."""
    module, _, kind = ENGINES[name].partition(":")
    engine: Engine = getattr(importlib.import_module(module), kind)()
    return engine


def installed() -> list[str]:
    """Return the names of the engines whose libraries are here."""
    here = []
    for name in ENGINES:
        with suppress(ImportError):
            load_engine(name)
            here.append(name)
    return here
