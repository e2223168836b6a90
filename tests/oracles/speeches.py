"""Speeches as files of JSON lines, to be told apart or taken for copies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

LONG = "here " + " ".join(f"word{number}" for number in range(60))
SHORT = "here we thank you"


@dataclass(frozen=True)
class Speech:
    """A speech of a file of JSON lines; a line of its text is a paragraph."""

    text: str = LONG
    speaker: str | None = "Japan"
    date: str | None = "2021-09-20"
    forum: str | None = "First Committee"
    place: str | None = "Geneva"
    language: str = "en"

    def line(self) -> str:
        facts = {name: getattr(self, name) for name in ("speaker", "date", "forum", "place", "language")}
        return json.dumps({"paragraphs": self.text.split("\n"), **facts})

    @property
    def words(self) -> int:
        return len(self.text.split())


Files = dict[str, tuple[Speech, ...]]


def write(folder: Path, files: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, speeches in files.items():
        (folder / f"{name}.jsonl").write_text("\n".join(speech.line() for speech in speeches), "utf-8")
    return folder
