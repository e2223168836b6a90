"""A search by reading: the oracle that the index is compared with.

It knows nothing of indexer.analysis but its dictionaries, of the query language or of any index. A
paragraph becomes one line of words with a space on each side of each, and a
question is looked for in that line letter by letter: a phrase is a piece of it.
The words are read another way than the indexer's, with a regular expression over
text whose accents were taken off, and only for the alphabets it is used with:
Latin, Greek, Cyrillic and Chinese.

Each question also types itself, so that it can be put to the public search.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import Protocol

from oracles.forms import Vocabulary, fold, words_as_written

# Letters that are written without their mark when there is no accent key.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H"}
    | {"ı": "i", "þ": "th", "Þ": "TH", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
# The breve of й makes another letter of it.
_ACCENT = re.compile("(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200c-\u200f\u202a-\u202e\u2060\ufeff]")
_IDEOGRAPH = re.compile("([\u3400-\u9fff])")
# Fractions, raised and circled numbers and signs for several letters stand apart; lowered numbers do not.
_NUMBER = re.compile(
    "([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff"
    "\u2116\u2120-\u2122])"
)
_WORD = re.compile("(?:[^\\W_]\u0306?)+")


def read_words(text: str) -> list[str]:
    """Read the words of a text, accents taken off, capitals left.

    >>> read_words("A/RES/76/47, Côte d’Ivoire")
    ['A', 'RES', '76', '47', 'Cote', 'd', 'Ivoire']
    """
    spaced = _NUMBER.sub(r" \1 ", text)
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", spaced.translate(_PLAIN_LETTERS)))
    apart = _IDEOGRAPH.sub(r" \1 ", _INVISIBLE.sub("", plain))
    return [unicodedata.normalize("NFC", word) for word in _WORD.findall(apart)]


def in_line(words: Iterable[str]) -> str:
    """Set words in a line, with a space on each side of each.

    >>> in_line(["no", "mines"])
    ' no mines '
    """
    return f" {' '.join(words)} "


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its facts, and its words in a line.

    In ``line`` all are folded; ``written`` has them with their accents and capitals (`oracles.forms`).
    """

    text: str
    statement: str = ""
    language: str | None = None
    speaker: str | None = None
    date: str | None = None
    line: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        small = [word.casefold() for word in read_words(self.text)]
        object.__setattr__(self, "line", in_line(small))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The words as written, and the compounds."""
        return tuple(words_as_written(self.text, self.language))


class Question(Protocol):
    """What a paragraph is asked."""

    def typed(self) -> str:
        """Return the question in the query language."""

    def holds(self, paragraph: Paragraph) -> bool:
        """Tell whether the paragraph answers it."""


@dataclass(frozen=True)
class Word:
    """A word as it is written."""

    word: str

    def typed(self) -> str:
        return f'"{self.word}"'

    def holds(self, paragraph: Paragraph) -> bool:
        return in_line([self.word]) in paragraph.line


@dataclass(frozen=True)
class AnyForm:
    """A word in all its forms and spellings, or an acronym; it has to `learn` a corpus."""

    word: str
    _matching: set[tuple[str, str | None]] = field(default_factory=set, repr=False, compare=False)

    def typed(self) -> str:
        return self.word

    def learn(self, vocabulary: Vocabulary) -> AnyForm:
        """Return the question put to a corpus with these words."""
        return replace(self, _matching=vocabulary.matching(self.word))

    def holds(self, paragraph: Paragraph) -> bool:
        return any((word, paragraph.language) in self._matching for word in paragraph.written)

    def forms(self) -> set[str]:
        """Return the folded words without one of which no paragraph holds."""
        return {fold(part) for word, _ in self._matching for part in re.split("[-., ]", word)}


def learnt(question: Question, vocabulary: Vocabulary) -> Question:
    """Return a question put to a corpus with these words."""
    match question:
        case AnyForm() | Joined():
            return question.learn(vocabulary)
        case All() | Any():
            return type(question)([learnt(part, vocabulary) for part in question.parts])
        case Not():
            return Not(learnt(question.part, vocabulary))
        case Narrowed():
            return replace(question, parts=[learnt(part, vocabulary) for part in question.parts])
    return question


@dataclass(frozen=True)
class Phrase:
    """Words in this order, as written."""

    words: tuple[str, ...]

    def typed(self) -> str:
        return f'"{" ".join(self.words)}"'

    def holds(self, paragraph: Paragraph) -> bool:
        return in_line(self.words) in paragraph.line


@dataclass(frozen=True)
class Joined:
    """One word as typed that is several as read (``COVID-19``); it may `learn` that it is one in a corpus."""

    text: str
    _matching: set[tuple[str, str | None]] = field(default_factory=set, repr=False, compare=False)

    def typed(self) -> str:
        return self.text

    def learn(self, vocabulary: Vocabulary) -> Joined:
        """Return the question put to a corpus with these words."""
        return replace(self, _matching=vocabulary.matching_compound(self.text))

    def holds(self, paragraph: Paragraph) -> bool:
        words = in_line(word.casefold() for word in read_words(self.text))
        return words in paragraph.line or any(
            (word, paragraph.language) in self._matching for word in paragraph.written
        )


@dataclass(frozen=True)
class Near:
    """Words in any order with at most ``within`` others among them."""

    words: tuple[str, ...]
    within: int

    def typed(self) -> str:
        return f'"{" ".join(self.words)}"~{self.within}'

    def holds(self, paragraph: Paragraph) -> bool:
        words, width = paragraph.line.split(), len(self.words) + self.within
        windows = (words[start : start + width] for start in range(len(words)))
        return any(Counter(self.words) <= Counter(window) for window in windows)


@dataclass(frozen=True)
class Pattern:
    """A word in which ``*`` stands for any letters and ``?`` for one."""

    pattern: str

    def typed(self) -> str:
        # At the very end of a question a question mark would be punctuation.
        return f"({self.pattern})" if self.pattern.endswith("?") else self.pattern

    def holds(self, paragraph: Paragraph) -> bool:
        return re.search(f" {spelt(self.pattern)} ", paragraph.line) is not None


@dataclass(frozen=True)
class Quoted:
    """Runs of words in this order, any words between two runs; words may be patterns."""

    runs: tuple[tuple[str, ...], ...]
    gap: str = " … "

    def typed(self) -> str:
        return f'"{self.gap.join(" ".join(run) for run in self.runs)}"'

    def holds(self, paragraph: Paragraph) -> bool:
        runs = [" ".join(map(spelt, run)) for run in self.runs]
        return re.search(f" {' (?:[^ ]+ )*'.join(runs)} ", paragraph.line) is not None


@dataclass(frozen=True)
class Narrowed:
    """One part of several or more, and all of some fields, written among them without brackets."""

    parts: Sequence[Question]
    fields: Sequence[Question]
    beside: int

    def typed(self) -> str:
        sides = [in_brackets(part) for part in self.parts]
        beside = self.beside % len(sides)
        sides[beside] = " ".join([sides[beside], *(field.typed() for field in self.fields)])
        return " OR ".join(sides)

    def holds(self, paragraph: Paragraph) -> bool:
        return Any(self.parts).holds(paragraph) and All(self.fields).holds(paragraph)


@dataclass(frozen=True)
class Alike:
    """Words with the same first letter that so many typing errors make of this one."""

    word: str
    errors: int

    def typed(self) -> str:
        return f"{self.word}~{self.errors}"

    def holds(self, paragraph: Paragraph) -> bool:
        return any(
            other[0] == self.word[0] and errors_between(other, self.word) <= self.errors
            for other in paragraph.line.split()
        )


@dataclass(frozen=True)
class Speaker:
    """Words of one speaker: all of the name."""

    name: str

    def typed(self) -> str:
        return f'speaker:"{self.name}"'

    def holds(self, paragraph: Paragraph) -> bool:
        return paragraph.speaker == self.name


@dataclass(frozen=True)
class Dated:
    """Statements given for certain from the first of these days to the last."""

    first: str
    last: str

    def typed(self) -> str:
        return f"date:{self.first}..{self.last}"

    def holds(self, paragraph: Paragraph) -> bool:
        if paragraph.date is None:
            return False
        begin, end = days_of(paragraph.date)
        return days_of(self.first)[0] <= begin and end <= days_of(self.last)[1]


@dataclass(frozen=True)
class Not:
    """All but this."""

    part: Question

    def typed(self) -> str:
        return f"NOT {in_brackets(self.part)}"

    def holds(self, paragraph: Paragraph) -> bool:
        return not self.part.holds(paragraph)


@dataclass(frozen=True)
class All:
    """Every part of it."""

    parts: Sequence[Question]

    def typed(self) -> str:
        return " ".join(map(in_brackets, self.parts))

    def holds(self, paragraph: Paragraph) -> bool:
        return all(part.holds(paragraph) for part in self.parts)


@dataclass(frozen=True)
class Any:
    """One part of it or more."""

    parts: Sequence[Question]

    def typed(self) -> str:
        return " OR ".join(map(in_brackets, self.parts))

    def holds(self, paragraph: Paragraph) -> bool:
        return any(part.holds(paragraph) for part in self.parts)


def in_brackets(question: Question) -> str:
    """Type a question as a part of another."""
    bracketed = isinstance(question, All | Any | Not | Narrowed)
    return f"({question.typed()})" if bracketed else question.typed()


def spelt(pattern: str) -> str:
    """Spell a word with wildcards as a regular expression over a line.

    >>> spelt("m?n*")
    'm[^ ]n[^ ]*'
    """
    return pattern.replace("*", "[^ ]*").replace("?", "[^ ]")


@cache
def errors_between(word: str, other: str) -> int:
    """Count the letters to add, drop or change that make one word of another.

    >>> errors_between("mines", "minds"), errors_between("mine", "mines"), errors_between("", "ban")
    (1, 1, 3)
    """
    if not word or not other:
        return len(word) + len(other)
    if word[0] == other[0]:
        return errors_between(word[1:], other[1:])
    shorter = (word[1:], other), (word, other[1:]), (word[1:], other[1:])
    return 1 + min(errors_between(*pair) for pair in shorter)


def days_of(when: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    >>> days_of("2000-02")[1]
    datetime.date(2000, 2, 29)
    """
    year, month, day = [int(part) for part in when.split("-")] + [0] * (2 - when.count("-"))
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
