"""Texts that come, change and go in random batches, and what the alerts of some saved searches told of them.

A `Press` writes the texts and knows nothing of ledgers. Each paragraph holds a word that no other has, so
that what was told can be added up by words alone: what is new is added, what was changed is exchanged, what
was withdrawn is taken away. What is left is to be what a fresh search finds, and nothing may be told to be
new that was told already. Runs are killed on the way at random; what counts is what the files say.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from faults.disk import is_killed

from onrecord import build, open_index, update
from onrecord.search.alerts import Saved, SavedSearches
from onrecord.search.alerts.delivery import Outputs, deliver

__all__ = ["Press", "searches"]

_WORDS = (
    *("water", "mines", "peace", "canal", "treaty", "lake", "aid", "ships", "border", "council", "grain"),
    *("law", "river", "court", "climate", "ocean", "debt", "health", "women", "trade", "refugees", "weapons"),
    *("nuclear", "cluster", "energy", "food", "islands", "drought", "children", "education"),
)
_SPEAKERS = ("Panama", "Chad", "Norway", "Japan", "Chile", "Egypt")
_FORUMS = ("Assembly of Examples", "Council of Examples")
_TODAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
#: Of a run, the calls to the disk at which it may die.
_CALLS = 60


def searches(draw: Random, number: int) -> list[Saved]:
    """Draw saved searches of all kinds: words, phrases, alternatives, filters, modes."""
    made = []
    for at in range(number):
        one, other, third = draw.sample(_WORDS, 3)
        query = (
            one,
            f"{one} {other}",
            f"{one} OR {other}",
            f'"{one} {other}"',
            f"{one} -{other}",
            f"{third[:3]}*",
        )
        filters: dict[str, str] = {}
        if at % 3 == 1:
            filters["speaker"] = draw.choice(_SPEAKERS)
        if at % 4 == 2:
            filters["since"] = str(draw.randint(1946, 2026))
        if at % 5 == 3:
            filters["forum"] = draw.choice(_FORUMS)
        if at % 7 == 4:
            filters["mode"] = "exact"
        made.append(Saved.of(f"search-{at:02}", query[at % len(query)], **filters))  # type: ignore[arg-type]
    return made


@dataclass(slots=True)
class _Text:
    speaker: str
    forum: str
    day: str
    paragraphs: list[str]

    def written(self) -> str:
        head = f"---\nspeaker: {self.speaker}\nforum: {self.forum}\ndate: {self.day}\nlanguage: en\n---"
        return "\n\n".join([head, *self.paragraphs]) + "\n"


@dataclass(slots=True)
class Press:
    """Texts in a folder, their index beside it, the saved searches, and what was told."""

    place: Path
    draw: Random
    number: int = 50  #: of saved searches
    texts: dict[str, _Text] = field(default_factory=dict)
    made: int = 0
    copied: bool = False
    told: dict[str, Counter[str]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    lines: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        saved = searches(self.draw, self.number)
        file = SavedSearches(self.place / "onrecord-saved.yaml")
        file.path.write_text("\n".join(one.written() for one in saved) + "\n", "utf-8")
        self.told = {one.name: Counter() for one in saved}
        self.ids = {one.name: set() for one in saved}

    @property
    def folder(self) -> Path:
        """Where the texts lie."""
        return self.place / "texts"

    @property
    def index(self) -> Path:
        """The index."""
        return self.place / "index"

    def batch(self, size: int, *, changes: int | None = None) -> None:
        """Let texts come, and a third as many change and go, or as many as that is said."""
        names = sorted(self.texts)
        for _ in range(size):
            self._add()
        for name in self.draw.sample(names, min(len(names), size // 3 if changes is None else changes)):
            self.draw.choice((self._edit, self._edit, self._move, self._remove, self._say_of_another))(name)

    def copy(self, size: int) -> None:
        """Put copies of some texts beside them."""
        self.copied = True
        for name in self.draw.sample(sorted(self.texts), size):
            copied = self.texts[name]
            self._write(
                f"copy-{self._next()}.md",
                _Text(copied.speaker, copied.forum, copied.day, [*copied.paragraphs]),
            )

    def rebuild(self) -> None:
        """Build the index anew, from texts that lie elsewhere."""
        shutil.move(self.folder, self.place / "elsewhere")
        shutil.move(self.place / "elsewhere", self.folder)
        build(self.folder, into=self.index)

    def run(self, *, kills: int = 0) -> None:
        """Bring the index up to date and deliver, after some runs that die on the way."""
        update(self.folder, into=self.index)
        for _ in range(kills):
            self.pieces["kills"] += is_killed(self._deliver, self.draw.randint(1, _CALLS))
        self._deliver()
        for name in self.told:
            self._add_up(name)

    def check(self) -> None:
        """See that what was told of each search adds up to what it finds today."""
        with open_index(self.index) as index:
            for saved in SavedSearches.beside(self.index).searches:
                request = saved.request(date(2026, 11, 29))
                fresh = Counter(hit.text for hit in index.ask(request).stream())
                told = +self.told[saved.name]
                if self.copied:  # of two statements that have become one, one is told of
                    assert told.keys() == fresh.keys(), saved.name
                else:
                    assert told == fresh, saved.name
                self.pieces["checked"] += fresh.total()

    def _deliver(self) -> None:
        outputs = Outputs(self.place / "feeds", atom=True, json_feed=True, jsonl=True)
        with open_index(self.index) as index:
            done = deliver(index, self.index, outputs, at=_TODAY)
        assert not done.needs_eyes

    def _add_up(self, name: str) -> None:
        """Add up the lines that a run has written: first what went away, then what came."""
        file = self.place / "feeds" / f"{name}.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        entries = [json.loads(line) for line in lines[self.lines[name] :]]
        self.lines[name] = len(lines)
        told = self.told[name]
        for entry in entries:
            assert entry["id"] not in self.ids[name], entry["id"]
            self.ids[name].add(entry["id"])
            self.pieces[entry["kind"]] += 1
            if entry["kind"] == "withdrawn":
                told[entry["text"]] -= 1
            if entry["kind"] == "changed":
                told[entry["was"]] -= 1
        for entry in entries:
            if entry["kind"] == "new" or (entry["kind"] == "changed" and entry["found"]):
                told[entry["text"]] += 1
                assert self.copied or told[entry["text"]] == 1, entry["text"]
        assert not [text for text in told if told[text] < 0]

    def _next(self) -> int:
        self.made += 1
        return self.made

    def _paragraph(self) -> str:
        words = self.draw.choices(_WORDS, k=self.draw.randint(4, 14))
        return f"{' '.join(words).capitalize()} in chapter x{self._next()}q."

    def _write(self, name: str, text: _Text) -> None:
        self.texts[name] = text
        (self.folder / name).write_text(text.written(), "utf-8")

    def _add(self) -> None:
        day = f"{self.draw.randint(1946, 2026)}-{self.draw.randint(1, 12):02}-{self.draw.randint(1, 28):02}"
        paragraphs = [self._paragraph() for _ in range(self.draw.randint(1, 6))]
        text = _Text(self.draw.choice(_SPEAKERS), self.draw.choice(_FORUMS), day, paragraphs)
        self.pieces["texts"] += 1
        self._write(f"text-{self._next()}.md", text)

    def _edit(self, name: str) -> None:
        """Change words, put a paragraph in, or take one out."""
        text = self.texts[name]
        at = self.draw.randrange(len(text.paragraphs))
        match self.draw.randrange(4):
            case 0:
                text.paragraphs.insert(at, self._paragraph())
            case 1 if len(text.paragraphs) > 1:
                del text.paragraphs[at]
            case 2:
                text.paragraphs[at] = self._paragraph()
            case _:
                words = text.paragraphs[at].split()
                words[self.draw.randrange(len(words) - 3)] = self.draw.choice(_WORDS)
                words[-1] = f"x{self._next()}q."
                text.paragraphs[at] = " ".join(words)
        self._write(name, text)

    def _move(self, name: str) -> None:
        text = self.texts.pop(name)
        (self.folder / name).unlink()
        self._write(f"moved-{self._next()}.md", text)

    def _remove(self, name: str) -> None:
        del self.texts[name]
        (self.folder / name).unlink()

    def _say_of_another(self, name: str) -> None:
        text = self.texts[name]
        text.speaker = self.draw.choice(_SPEAKERS)
        self._write(name, text)
