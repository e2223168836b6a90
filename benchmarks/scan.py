"""Count by reading every paragraph: what an engine should find, given its own idea of a word.

Where an engine finds what this scan finds with that engine's analyser, a
difference from ours is the analyser's and no fault of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Record, records
from benchmarks.engine import Analyser, Engine
from benchmarks.questions import Question

__all__ = ["scan_totals"]


def scan_totals(lines: Path, questions: Sequence[Question], engine: Engine) -> list[int | None]:
    """Count the paragraphs that hold for each question; None where "near" means something else."""
    languages = frozenset(record.language for record in records(lines) if record.language)
    analyser = engine.analyser(languages)
    scan = _Scan(questions, analyser)
    for number, record in enumerate(records(lines)):
        scan.take(number, record)
    return [scan.total(place, question) for place, question in enumerate(questions)]


@dataclass(slots=True)
class _Scan:
    """Which paragraphs hold each stem asked for, and which each question cannot be told from its stems."""

    questions: Sequence[Question]
    analyser: Analyser
    holding: dict[str, list[int]] = field(init=False)
    in_place: list[tuple[int, Question, str]] = field(init=False)
    found: dict[int, set[int]] = field(init=False)
    facts: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        asked = {word for question in self.questions for word in question.words()}
        self.holding = {stem: [] for word in asked for stem in self.analyser.asked(word)}
        placed = [(place, one) for place, one in enumerate(self.questions) if one.phrase or one.prefix]
        self.in_place = [(place, one, self._written(one)) for place, one in placed]
        self.found = {place: set() for place, _ in placed}

    def take(self, number: int, record: Record) -> None:
        """Read one paragraph."""
        for stem in self.holding.keys() & set(self.analyser.stems(record.text, record.language)):
            self.holding[stem].append(number)
        line = _line(self.analyser.written(record.text))
        for place, question, written in self.in_place:
            if _stands_in(line, question, written):
                self.found[place].add(number)
        self.facts.append((record.speaker, record.year))

    def total(self, place: int, question: Question) -> int | None:
        """Count what one question finds."""
        if question.distance is not None and not self.analyser.near:
            return None
        if place in self.found:
            return len(self.found[place])
        # A word that the analyser drops asks for nothing.
        every = [word for word in question.every if self.analyser.asked(word)]
        paragraphs = set.intersection(*map(self._holding, every)) if every else set()
        paragraphs |= set[int]().union(*map(self._holding, question.some))
        paragraphs = paragraphs.difference(*map(self._holding, question.none))
        return sum(_narrowed(question, *self.facts[paragraph]) for paragraph in paragraphs)

    def _holding(self, word: str) -> set[int]:
        return set[int]().union(*(self.holding[stem] for stem in self.analyser.asked(word)))

    def _written(self, question: Question) -> str:
        """Return what to look for in the line of a paragraph; empty where nothing is left of it."""
        words = self.analyser.phrase((question.prefix,) if question.prefix else question.phrase)
        return " " + " ".join(words) + ("" if question.prefix else " ") if words else ""


def _line(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _stands_in(line: str, question: Question, written: str) -> bool:
    if question.distance is None:
        return bool(written) and written in line
    wanted = written.split()
    return all(f" {word} " in line for word in wanted) and _is_near(line.split(), wanted, question.distance)


def _is_near(words: list[str], wanted: list[str], distance: int) -> bool:
    """Tell whether a window of words holds all that are wanted and at most so many others."""
    window = len(wanted) + distance
    return any(set(wanted) <= set(words[start : start + window]) for start in range(len(words)))


def _narrowed(question: Question, speaker: str, year: int) -> bool:
    return (
        (question.speaker is None or question.speaker == speaker)
        and (question.since is None or year >= question.since)
        and (question.until is None or 0 < year <= question.until)
    )
