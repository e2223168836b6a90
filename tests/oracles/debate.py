"""The speeches of the UN General Debate as the scan sees them, and questions drawn from their words."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from oracles.forms import Vocabulary
from oracles.scan import All, Any, AnyForm, Not, Paragraph, Phrase, Question, Word

from onrecord import Mode, SourceError, inspect

SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
COMMONEST = 40  # words that make the phrases with the longest lists of places


def files_below(folder: Path) -> list[Path]:
    """List all files, also those of folders that are links."""
    return [
        Path(root, name) for root, _, names in os.walk(folder, followlinks=True) for name in sorted(names)
    ]


def read_file(path: Path) -> list[Paragraph]:
    if path.name.startswith("."):
        return []
    try:
        statements = [inspection.statement for inspection in inspect(path)]
    except SourceError:
        return []
    return [
        Paragraph(
            paragraph.text,
            statement=f"{path}:{ordinal}",
            language=statement.language_of(paragraph),
        )
        for ordinal, statement in enumerate(statements)
        for known in [statement.metadata]
        for paragraph in statement.paragraphs
    ]


class Draw:
    """Draws questions from the words that stand in the paragraphs, the same ones every time."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.random = random.Random(SEED)
        self.paragraphs = paragraphs
        self.counts: Counter[str] = Counter()
        occurring: set[tuple[str, str | None]] = set()
        for paragraph in paragraphs:
            self.counts.update(paragraph.written)
            occurring.update((word, paragraph.language) for word in paragraph.written)
        self.vocabulary = Vocabulary(occurring)
        small = [word for word, _ in self.counts.most_common() if word.islower() and word.isalpha()]
        self.commonest = small[:COMMONEST]
        self.forms: dict[str, AnyForm] = {}
        self.acronyms = sorted(word for word in self.counts if word.isupper() and word.isalpha())

    def questions(self) -> Iterator[tuple[Question, Mode]]:
        for count, draw, mode in (
            (60, self.phrase, Mode.NORMAL),
            (25, self.common_phrase, Mode.NORMAL),
            (25, self.words_as_written, Mode.EXACT),
            (40, self.words_in_any_form, Mode.NORMAL),
            (10, self.acronym, Mode.NORMAL),
            (15, self.with_a_number, Mode.NORMAL),
            (25, self.with_operators, Mode.NORMAL),
        ):
            yield from ((draw(), mode) for _ in range(count))

    def phrase(self) -> Question:
        return Phrase(self.run(self.random.randint(1, 6)))

    def common_phrase(self) -> Question:
        return Phrase(tuple(self.random.choices(self.commonest, k=self.random.randint(2, 3))))

    def words_as_written(self) -> Question:
        return All([Word(word) for word in self.several()])

    def words_in_any_form(self) -> Question:
        return All([self.any_form(word) for word in self.several()])

    def acronym(self) -> Question:
        return self.any_form(self.random.choice(self.acronyms))

    def with_a_number(self) -> Question:
        return Phrase(self.run(self.random.randint(1, 4), fits=lambda words: any(map(str.isdigit, words))))

    def with_operators(self) -> Question:
        first, second, third = self.phrase(), self.any_form(self.word()), self.any_form(self.word())
        forms: list[Question] = [
            Any([first, second]),
            All([second, Not(third)]),
            All([Any([first, second]), Not(third)]),
        ]
        return self.random.choice(forms)

    def run(self, length: int, *, fits: Callable[[tuple[str, ...]], bool] = bool) -> tuple[str, ...]:
        """Draw words that stand side by side in a paragraph."""
        while True:
            words = self.random.choice(self.paragraphs).line.split()
            start = self.random.randrange(max(1, len(words) - length + 1))
            drawn = tuple(words[start : start + length])
            if drawn and fits(drawn):
                return drawn

    def several(self) -> list[str]:
        """Draw one to three words of one paragraph, so that together they find something."""
        words = [word for word in self.random.choice(self.paragraphs).written if word.isalpha()]
        small = [word for word in words if word.islower()] or self.commonest
        return self.random.choices(small, k=self.random.randint(1, 3))

    def word(self) -> str:
        return self.several()[0]

    def any_form(self, word: str) -> AnyForm:
        if word not in self.forms:
            self.forms[word] = AnyForm(word).learn(self.vocabulary)
        return self.forms[word]
