"""Many threads at one open index, and a writer beside them: they are told what one thread is told."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import Index, Results, open_index, update

__all__ = ["QUESTIONS", "Told", "ask_everything", "hammer", "in_threads", "lay_out_many"]

WORDS = [
    f"{first}{last}" for first in ("mine", "peace", "canal", "water", "arms") for last in ("s", "", "y", "al")
]
# What each thread asks, by turns; scores change with every commit, so hits come in the order of their dates.
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("mines", {}),
    ('"mines peace"', {}),
    ("mines OR canal", {"speaker": "Panama"}),
    ("peace -water", {"since": "1971"}),
    ("arm*", {"limit": 30}),
    ("water", {"mode": "exact", "context": 2}),
    ('"mine peace canal"~3', {}),
    ("canaly~", {}),
    ("arms", {"fold": True}),
    ("zebra", {}),
]


@dataclass
class Told:
    """What went wrong in any of the threads, and how many answers were right."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)


def lay_out_many(folder: Path, *, files: int, paragraphs: int, seed: int = 1) -> Path:
    """Write statements of invented words, so many that not all of their texts are kept open."""
    chance = random.Random(seed)
    folder.mkdir()
    for number in range(files):
        speaker = chance.choice(["Panama", "Chad", "Japan"])
        said = [" ".join(chance.choices(WORDS, k=chance.randint(5, 60))) for _ in range(paragraphs)]
        head = f"Statement by {speaker}\n({number % 27 + 1} May {1970 + number % 5})\n\n"
        (folder / f"text-{number}.txt").write_text(head + "\n\n".join(f"{one}." for one in said), "utf-8")
    return folder


def told(results: Results) -> object:
    """Return all that an answer says, read now."""
    hits = [(hit.address, hit.text, hit.highlights, hit.speaker, hit.before, hit.after) for hit in results]
    return results.total, results.statements, hits, results.facets()


def ask_everything(index: Index) -> list[object]:
    """Ask all questions, and show a statement and a paragraph."""
    answers: list[object] = [told(index.search(typed, sort="oldest", **asked)) for typed, asked in QUESTIONS]
    first = index.search("mines", sort="oldest").hits[0]
    return [*answers, index.show(first.statement), index.show(first.address, context=1)]


def in_threads(ask: Callable[[random.Random], str | None], *, threads: int, seconds: float) -> Told:
    """Let threads do something again and again for so long; what it returns or raises is wrong."""
    report, until = Told(), time.monotonic() + seconds

    def run(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < until:
            try:
                wrong = ask(chance)
            except Exception as error:  # whatever it is, it is the finding
                wrong = repr(error)
            if wrong is None:
                report.right += 1
            else:
                report.wrong.append(wrong)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return report


def hammer(folder: Path, texts: Path, *, threads: int, seconds: float, updates: int) -> Told:
    """Let threads ask one index for so long, while a writer commits so often."""
    with open_index(folder) as index:
        expected = ask_everything(index)
        # Results of the first generation, whose hits are read by whoever comes to it first.
        later = [index.search(typed, sort="oldest", **asked) for typed, asked in QUESTIONS]
        address = str(getattr(expected[-1], "address", ""))

        def ask(chance: random.Random) -> str | None:
            at = chance.randrange(len(QUESTIONS))
            typed, asked = QUESTIONS[at]
            answers = [told(index.search(typed, sort="oldest", **asked)), told(later[at])]
            if answers != [expected[at]] * 2 or index.show(address, context=1) != expected[-1]:
                return f"{typed} {asked}: another answer"
            if chance.random() < 0.1:
                index.refresh()
                index.status()
            if chance.random() < 0.02:
                index.forget()
            return None

        writer = threading.Thread(target=_write, args=(folder, texts, updates, seconds / (updates + 1)))
        writer.start()
        report = in_threads(ask, threads=threads, seconds=seconds)
        writer.join()
        index.refresh()
        if ask_everything(index) != expected:
            report.wrong.append("in the end: another answer")
    return report


def _write(folder: Path, texts: Path, updates: int, pause: float) -> None:
    """Add statements that answer none of the questions, a commit each."""
    for number in range(updates):
        (texts / f"more-{number}.txt").write_text(f"An ox of number {number}.\n\nMore oxen.", "utf-8")
        update(texts, into=folder)
        time.sleep(pause / 2)
