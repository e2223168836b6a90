"""The lines of a concordance by reading: every place where words stand, sorted by what is around them.

It knows nothing of the index. Words are read as `oracles.scan` reads them, sorted by Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from oracles.scan import days_of, read_words

REACH = 5
#: Letters in which so many words nearly always stand. No word is read from what is beyond a blank.
NEAR = 80
#: Lines that are sorted at once.
TOGETHER = 20_000


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

    @property
    def before(self) -> list[str]:
        """The last words before the stretch."""
        near = self.text[max(0, self.start - NEAR) : self.start]
        words = small_words(near[near.find(" ") :]) if len(near) == NEAR and " " in near else []
        return (words if len(words) >= REACH else small_words(self.text[: self.start]))[-REACH:]

    @property
    def after(self) -> list[str]:
        """The first words behind the stretch."""
        near = self.text[self.end : self.end + NEAR]
        words = small_words(near[: near.rfind(" ")]) if len(near) == NEAR and " " in near else []
        return (words if len(words) >= REACH else small_words(self.text[self.end :]))[:REACH]

    def key(self, sort: str) -> tuple[object, ...]:
        match sort:
            case "right":
                return (self.after,)
            case "left":
                return (self.before[::-1],)
            case "node":
                return small_words(self.text[self.start : self.end])[:REACH], self.after
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


def first_of(lines: Iterable[Line], sorts: Sequence[str], *, count: int) -> tuple[int, dict[str, list[Line]]]:
    """Count lines, sort them in several ways and return the first of each; they may be a stream."""
    total, first, rest = 0, {sort: list[Line]() for sort in sorts}, iter(lines)
    while some := list(islice(rest, TOGETHER)):
        total += len(some)
        first = {sort: in_order([*kept, *some], sort)[:count] for sort, kept in first.items()}
    return total, first


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
