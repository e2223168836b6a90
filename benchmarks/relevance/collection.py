"""A judged collection: documents, topics, and which document answers which topic.

A folder of four files:

- ``docs.jsonl``: a document a line, ``{"id", "title", "text" or "paragraphs", "language"}``;
- ``queries.tsv``: a topic a line, its name and its words;
- ``qrels.tsv``: topic, document and gain; what is not judged has none. 0 is judged, and no answer;
- ``about.json``: where it comes from; of no concern here.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["DEPTH", "Collection", "Document", "Run", "collections_below", "plain_words", "typed_words"]

#: How many documents of each topic an engine names at most, the best first.
DEPTH = 1000
#: The documents of each topic, the best first.
Run = dict[str, list[str]]

_FILES = ("docs.jsonl", "queries.tsv", "qrels.tsv")
# What some engine's query language reads as a sign, wherever it stands; and what it does before a word.
_SIGNS = re.compile(r'[*?~"():\[\]{}|^=<>“”„‟«»…]')
_BEFORE_A_WORD = "-–—−‑+!&/\\.,;'’"
_OPERATORS = frozenset(("AND", "OR", "NOT"))


class Document(NamedTuple):
    """What an engine is given: a name, title and text as one, and an ISO 639-1 code if one is known."""

    name: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection by its folder, whose name is its own."""

    folder: Path

    @property
    def name(self) -> str:
        """Return the name of the collection."""
        return self.folder.name

    def documents(self) -> Iterator[Document]:
        """Yield each document that has any words."""
        for document in self._lines():
            text = _whole(document)
            if text:
                yield Document(str(document["id"]), text, document.get("language") or None)

    def language(self) -> str:
        """Return the language that all documents are in, "" where there are several or none is given."""
        languages = {document.get("language") or "" for document in self._lines()}
        return languages.pop() if len(languages) == 1 else ""

    def topics(self) -> dict[str, str]:
        """Return the topics by name; of two lines with one name the later counts."""
        return dict(_cells(self.folder / "queries.tsv", 2))

    def gains(self) -> dict[str, dict[str, int]]:
        """Return, for each topic that some document answers, the documents judged and the gain of each."""
        gains: dict[str, dict[str, int]] = {}
        for topic, document, gain in _cells(self.folder / "qrels.tsv", 3):
            gains.setdefault(topic, {})[document] = int(gain)
        return {topic: judged for topic, judged in gains.items() if max(judged.values()) > 0}

    def digest(self) -> str:
        """Return the SHA-256 of what engines are given: documents and topics."""
        digest = hashlib.sha256()
        for name in _FILES[:2]:
            with (self.folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def _lines(self) -> Iterator[dict[str, Any]]:
        with (self.folder / "docs.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def collections_below(folder: Path) -> list[Collection]:
    """Return the collections in the folders directly below one, by name."""
    return [
        Collection(below)
        for below in sorted(folder.iterdir())
        if all((below / name).is_file() for name in _FILES)
    ]


def typed_words(topic: str) -> list[str]:
    """Return the words of a topic as they are typed, without what any engine would read as a sign.

    >>> typed_words('- What is "TSS" (Time Sharing), OR not?')
    ['What', 'is', 'TSS', 'Time', 'Sharing', 'or', 'not']
    """
    words = (word.lstrip(_BEFORE_A_WORD) for word in _SIGNS.sub(" ", topic).split())
    told = (word for word in words if any(map(str.isalnum, word)))
    return [word.lower() if word in _OPERATORS else word for word in told]


def plain_words(topic: str) -> list[str]:
    """Return the runs of letters, digits and their marks in the typed words, for engines that want them cut.

    >>> plain_words("the non-use of O'Neill's rule?")
    ['the', 'non', 'use', 'of', 'O', 'Neill', 's', 'rule']
    """
    typed = " ".join(typed_words(topic))
    return "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in typed
    ).split()


def _whole(document: dict[str, Any]) -> str:
    """Return title and text of a document as one paragraph."""
    parts = [document.get("title") or "", document.get("text") or "", *document.get("paragraphs", ())]
    return " ".join(" ".join(parts).split())


def _cells(path: Path, count: int) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t", count - 1)
        if len(cells) == count:
            yield cells
