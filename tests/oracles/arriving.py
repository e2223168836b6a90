"""Texts that arrive in a folder as they do from people and programs: in parts, renamed, edited, taken away.

`Arriving` knows nothing of an index. A text that is being written has no last paragraph yet, so that an index
that has a statement without one has read half a text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from whoosh.query import Every

from onrecord import open_index

__all__ = ["LAST", "Arriving", "paragraphs_of"]

#: How the last paragraph of every text begins.
LAST = "Here ends"
_WORDS = (
    "water",
    "mines",
    "peace",
    "canal",
    "treaty",
    "lake",
    "aid",
    "ships",
    "border",
    "council",
    "grain",
    "law",
    "river",
    "court",
)
_SPEAKERS = ("Panama", "Chad", "Norway", "Japan", "Chile", "Egypt")
_FOLDERS = ("", "2025", "2026", "letters/in")


@dataclass(slots=True)
class _Writer:
    """A text of which a part is written."""

    path: Path
    left: bytes
    name: Path  #: where it goes when all of it is written


@dataclass(slots=True)
class Arriving:
    """A folder, and what happens to it; ``count`` says how often what did."""

    folder: Path
    draw: Random
    count: Counter[str] = field(default_factory=Counter)
    texts: list[Path] = field(default_factory=list)
    writers: list[_Writer] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        for name in _FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._arrive()  # so that the folder is never empty

    def happen(self, number: int) -> None:
        """Let some things happen; what is being written goes on."""
        for writer in [*self.writers]:
            self._go_on(writer)
        ways = (self._arrive,) * 4 + (self._arrive_in_parts,) * 2 + (self._edit, self._rename, self._remove)
        for _ in range(number):
            self.draw.choice(ways)()

    def finish(self) -> None:
        """Write what is being written to its end."""
        while self.writers:
            self._go_on(self.writers[0])

    def _arrive(self) -> None:
        self.count["arrived"] += 1
        path = self._new()
        path.write_bytes(self._text())
        self.texts.append(path)

    def _arrive_in_parts(self) -> None:
        """Begin to write a text: under its own name, or under another that it changes at the end."""
        self.count["arrived in parts"] += 1
        name = self._new()
        path = name.with_name(self.draw.choice((name.name, f".{name.name}", f"{name.name}.part")))
        writer = _Writer(path, self._text(), name)
        path.touch()
        self.writers.append(writer)
        self._go_on(writer)

    def _go_on(self, writer: _Writer) -> None:
        part = self.draw.randint(1, 60)
        with writer.path.open("ab") as file:
            file.write(writer.left[:part])
        writer.left = writer.left[part:]
        if not writer.left:
            writer.path.rename(writer.name)
            self.writers.remove(writer)
            self.texts.append(writer.name)

    def _edit(self) -> None:
        self.count["edited"] += 1
        self.draw.choice(self.texts).write_bytes(self._text())

    def _rename(self) -> None:
        self.count["renamed"] += 1
        at = self.draw.randrange(len(self.texts))
        self.texts[at] = self.texts[at].rename(self._new())

    def _remove(self) -> None:
        if len(self.texts) > 1:
            self.count["removed"] += 1
            self.texts.pop(self.draw.randrange(len(self.texts))).unlink()

    def _new(self) -> Path:
        self.made += 1
        return self.folder / self.draw.choice(_FOLDERS) / f"text-{self.made}.md"

    def _text(self) -> bytes:
        self.made += 1
        words = [" ".join(self.draw.choices(_WORDS, k=6)) for _ in range(self.draw.randint(1, 3))]
        head = f"---\nspeaker: {self.draw.choice(_SPEAKERS)}\nlanguage: en\n---"
        return "\n\n".join([head, *words, f"{LAST} the text of number {self.made}."]).encode()


def paragraphs_of(index: Path) -> dict[str, str]:
    """Return all paragraphs of an index by their addresses."""
    with open_index(index) as opened:
        return {hit.address: hit.text for hit in opened.stream(Every())}
