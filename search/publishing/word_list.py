"""The words of a small collection for a browser that searches by itself: in which paragraphs each stands.

The words are those of `indexer.analysis.words`, folded as an index folds them; what each letter of the texts
folds to goes along, so that what is typed is folded the same way. There are no places of words in it, no
phrases, no inflections, no texts: these are read off the pages of the statements that are found.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

from onrecord.indexer.analysis.words import folded, words
from onrecord.search.publishing.entries import Entry

__all__ = ["LARGEST", "WordList"]

#: Bytes that a browser is given at most.
LARGEST = 5_000_000
# A paragraph of a word takes a digit and a comma at least.
_LEAST_BYTES = 2


class WordList:
    """Gathers the words of statements; what grows too large is let go of."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._last: dict[str, int] = {}
        self._steps: dict[str, list[int]] = {}
        self._characters: set[str] = set()
        self._entries: list[Entry] = []
        self._held = 0

    @property
    def is_too_large(self) -> bool:
        """Whether it is sure that it takes more than `LARGEST` bytes."""
        return self._held * _LEAST_BYTES > LARGEST

    def add(self, entry: Entry, texts: Iterable[str]) -> None:
        """Add a statement with the texts of its paragraphs, from the first on."""
        if self.is_too_large:
            self._last.clear()
            self._steps.clear()
            return
        self._entries.append(entry)
        for text in texts:
            if not text.isascii():
                self._characters.update(text)
            for word in set(words(text)):
                self._steps.setdefault(word, []).append(self._paragraphs - self._last.get(word, 0))
                self._last[word] = self._paragraphs
                self._held += 1
            self._paragraphs += 1

    def written(self) -> bytes | None:
        """Write it as JSON; None where that takes more than `LARGEST` bytes.

        Of a word there are the numbers of its paragraphs, each less the one before; of a statement its
        folder, what it is called, its date, and how many paragraphs it has.
        """
        if self.is_too_large:
            return None
        data = {
            "fold": _folding(self._characters),
            "statements": [
                [entry.folder, _named(entry), entry.date or "", entry.paragraphs] for entry in self._entries
            ],
            "words": {word: self._steps[word] for word in sorted(self._steps)},
        }
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        content = written.encode(errors="replace") + b"\n"
        return content if len(content) <= LARGEST else None


def _named(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.name, entry.date)))


def _forms(character: str) -> tuple[str, ...]:
    """Return how a character may be typed: kana of half width are put together, letters have two cases."""
    return character, unicodedata.normalize("NFKC", character), character.upper(), character.lower()


def _folding(characters: Iterable[str]) -> dict[str, str]:
    """Return what each character beyond ASCII folds to, in either case, words set apart by spaces."""
    every = {
        one for character in characters for form in _forms(character) for one in form if not one.isascii()
    }
    return {character: folded(character).casefold() for character in sorted(every)}
