"""Random questions, drawn from the text with a fixed seed, so that each has an answer.

Less flattering than classes, and nearer to use: most words are rare, and each question is new.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import records
from benchmarks.questions import Question

__all__ = ["KINDS", "draw_questions"]

KINDS = ("AND any", "AND content", "OR", "phrase")
_SEED = 20210920
# Paragraphs to draw from: enough that 400 questions seldom share one.
_SAMPLE = 5000
# A content word is not one of the commonest; those are "the", "of", "and" and their like.
_COMMONEST = 200


def draw_questions(lines: Path, *, each: int) -> list[Question]:
    """Draw so many questions of each kind; their names are the kind and a number."""
    chance = random.Random(_SEED)
    texts = _sample(lines, chance)
    counted = Counter(word for text in texts for word in text)
    common = {word for word, _ in counted.most_common(_COMMONEST)}
    makers: dict[str, Callable[[list[str]], Question | None]] = {
        "AND any": lambda text: _of_words("every", text, chance),
        "AND content": lambda text: _of_words("every", [word for word in text if word not in common], chance),
        "OR": lambda text: _of_words("some", text, chance),
        "phrase": lambda text: _phrase(text, chance),
    }
    return [question for kind in KINDS for question in _draw(kind, makers[kind], texts, chance, each=each)]


def _draw(
    kind: str,
    make: Callable[[list[str]], Question | None],
    texts: list[list[str]],
    chance: random.Random,
    *,
    each: int,
) -> list[Question]:
    chance.shuffle(texts)
    made = (question for question in map(make, texts) if question is not None)
    return [
        replace(question, name=f"{kind} {number}")
        for number, question in zip(range(1, each + 1), made, strict=False)
    ]


def _sample(lines: Path, chance: random.Random) -> list[list[str]]:
    """Take paragraphs evenly by chance (reservoir sampling), as plain folded words."""
    from onrecord.indexer.analysis.words import words

    kept: list[str] = []
    for number, record in enumerate(records(lines)):
        if len(kept) < _SAMPLE:
            kept.append(record.text)
        elif (place := chance.randrange(number + 1)) < _SAMPLE:
            kept[place] = record.text
    return [words(text) for text in kept]


def _of_words(field: str, text: list[str], chance: random.Random) -> Question | None:
    words = sorted({word for word in text if _plain(word)})
    count = chance.choice((2, 3))
    if len(words) < count:
        return None
    return Question.from_plain({"name": "", field: chance.sample(words, count)})


def _phrase(text: list[str], chance: random.Random) -> Question | None:
    length = chance.randint(2, 5)
    start = chance.randrange(max(1, len(text) - length))
    phrase = tuple(text[start : start + length])
    return Question("", phrase=phrase) if len(phrase) == length and all(map(_plain, phrase)) else None


def _plain(word: str) -> bool:
    """Tell whether every engine takes a word for one word."""
    return word.isascii() and word.isalnum()
