"""The lines of a concordance by reading: every place where words stand, sorted by what is around them.

It knows nothing of the index. Words are read as `oracles.scan` reads them, sorted by Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from oracles.scan import days_of, read_words

REACH = 5


@dataclass(frozen=True)
class Line:
    """A stretch of a paragraph, counted from 1 there, with what it may be sorted by."""

    address: str
    occurrence: int
    text: str
    start: int
    end: int
    speaker: str | None = None
    date: str | None = None

    @property
    def place(self) -> tuple[str, int, int]:
        slug, _, number = self.address.rpartition("#")
        return slug, int(number), self.occurrence

    def key(self, sort: str) -> tuple[object, ...]:
        before, match, after = map(
            small_words, (self.text[: self.start], self.text[self.start : self.end], self.text[self.end :])
        )
        match sort:
            case "right":
                return (after[:REACH],)
            case "left":
                return (before[::-1][:REACH],)
            case "node":
                return match[:REACH], after[:REACH]
            case "newest":
                return (self.date is None, -days_of(self.date)[0].toordinal() if self.date else 0)
            case "oldest":
                return (self.date is None, days_of(self.date)[0].toordinal() if self.date else 0)
            case "speaker":
                return (self.speaker is None, " ".join(small_words(self.speaker or "")))
        return ()


def small_words(text: str) -> list[str]:
    return [word.casefold() for word in read_words(text)]


def in_order(lines: Iterable[Line], sort: str) -> list[Line]:
    """Sort lines; what is equal in order of address and place."""
    return sorted(lines, key=lambda line: (*line.key(sort), line.place))


def drawn(lines: Iterable[Line], count: int, seed: int) -> set[tuple[str, int, int]]:
    """Draw those whose address and place have the smallest digests."""
    lots = sorted(
        (sha256(f"{seed}\0{line.address}\0{line.occurrence}".encode()).digest(), line.place) for line in lines
    )
    return {place for _, place in lots[:count]}


def stretches(words: Sequence[str], phrases: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Find where phrases stand among words: the first word and the one behind; what overlaps is one."""
    return merged(
        (at, at + len(phrase))
        for phrase in {tuple(phrase) for phrase in phrases}
        for at in range(len(words) - len(phrase) + 1)
        if tuple(words[at : at + len(phrase)]) == phrase
    )


def merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put stretches together that share words."""
    together: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if together and first < together[-1][1]:
            together[-1] = together[-1][0], max(last, together[-1][1])
        else:
            together.append((first, last))
    return together
