"""What a difference between a quotation and a passage means: does it deny, count, name, date, deceive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.indexer.analysis.function_words import function_words
from onrecord.indexer.analysis.words import Word
from onrecord.indexer.register.delegations import delegation_of_adjective, find_delegations
from onrecord.search.research.verification.verdict import Flag
from onrecord.search.research.verification.word_kinds import (
    is_month,
    is_number,
    is_year,
    lookalikes,
    negating_prefix,
    of_kind,
    script_of_lookalike,
)

__all__ = ["Change", "Side", "as_latin", "flags_of", "is_lookalike", "number_signs", "strange_letters"]

# What stands before the first word of a sentence.
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…。！？]|[\n\"“„«(])[\s\"'“”„«»(\[‘’—–-]*$")
_ROMAN = re.compile("[IVXLC]{2,}|[IVX]")
# A word before "t" that was written together with "not".
_BEFORE_T = re.compile("[a-z]+n|can")
_DASHES = re.compile("[‐‑‒–—−﹣－-]")
_GROUP_SIGNS = frozenset(",.'’ ")
_NUMBER_PREFIX = frozenset("-−–+<>±$€£¥₹~")
_NUMBER_SUFFIX = frozenset("%‰°")
# Languages in which every noun has a capital, so that a capital says nothing.
_CAPITAL_NOUNS = frozenset(("de",))


@dataclass(frozen=True)
class Side:
    """The words of one side, with the text that they stand in."""

    text: str
    words: Sequence[Word]
    language: str | None

    @cached_property
    def negations(self) -> frozenset[int]:
        """The words that deny, by their numbers."""
        listed = of_kind("negation", self.language)
        denying = {at for at, word in enumerate(self.words) if word.text in listed}
        for at, word in enumerate(self.words):
            if word.text == "t" and at and _BEFORE_T.fullmatch(self.words[at - 1].text):
                denying.add(at)
        return frozenset(denying)

    @cached_property
    def delegations(self) -> tuple[tuple[int, int], ...]:
        """Where a delegation is named."""
        return tuple((found.start, found.end) for found in find_delegations(self.text))

    def written(self, at: int) -> str:
        """Return a word as it is written."""
        return self.text[self.words[at].start : self.words[at].end]

    def is_name(self, at: int) -> bool:
        """Tell whether a word is a name or a part of one, as far as that can be seen."""
        word, written = self.words[at], self.written(at)
        if any(start < word.end and word.start < end for start, end in self.delegations):
            return True
        if delegation_of_adjective(written) is not None:
            return True
        if not written[:1].isupper() or word.text in function_words(self.language or "en"):
            return False
        if self.language in _CAPITAL_NOUNS or is_month(word.text):
            return False
        return not _SENTENCE_END.search(self.text[: word.start])

    def is_number(self, at: int) -> bool:
        """Tell whether a word is a number, in figures, letters or Roman numerals."""
        if is_number(self.words[at].text, self.language):
            return True
        return _ROMAN.fullmatch(self.written(at)) is not None and self.written(at) != "I"

    def is_date(self, at: int) -> bool:
        """Tell whether a word is of a date: a month, a day of the week, a year, a number beside a month."""
        word = self.words[at].text
        if is_month(word):
            return self.written(at)[:1].isupper() or word not in of_kind("plain", self.language)
        if is_year(word) or word in of_kind("weekday", self.language):
            return True
        near = self.words[max(0, at - 2) : at + 3]
        return word.isdigit() and any(is_month(other.text) for other in near)


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the quotation in the place of words of the passage, by their numbers; either may be none."""

    quoted: tuple[int, ...]
    spoken: tuple[int, ...]


def flags_of(changes: Iterable[Change], quoted: Side, spoken: Side) -> tuple[Flag, ...]:
    """Say what the changes concern, in the order of `Flag`."""
    found = {flag for change in changes for flag in _flags(change, quoted, spoken)}
    return tuple(flag for flag in Flag if flag in found)


def _flags(change: Change, quoted: Side, spoken: Side) -> Iterator[Flag]:
    if _denies(change, quoted, spoken):
        yield Flag.NEGATION
    for flag, test in (
        (Flag.NUMBER, Side.is_number),
        (Flag.NAME, Side.is_name),
        (Flag.DATE, Side.is_date),
    ):
        if [quoted.words[at].text for at in change.quoted if test(quoted, at)] != [
            spoken.words[at].text for at in change.spoken if test(spoken, at)
        ]:
            yield flag
    pairs = list(zip(change.quoted, change.spoken, strict=False))
    if any(is_lookalike(quoted.words[one].text, spoken.words[other].text) for one, other in pairs):
        yield Flag.HOMOGLYPH


def _denies(change: Change, quoted: Side, spoken: Side) -> bool:
    ours = [quoted.words[at].text for at in change.quoted if at in quoted.negations]
    theirs = [spoken.words[at].text for at in change.spoken if at in spoken.negations]
    if len(ours) != len(theirs):
        return True
    language = spoken.language
    return any(
        negating_prefix(quoted.words[one].text, spoken.words[other].text, language)
        for one in change.quoted
        for other in change.spoken
    )


def is_lookalike(one: str, other: str) -> bool:
    """Tell whether two folded words differ by nothing but letters of other scripts that look the same.

    >>> is_lookalike("pеace", "peace"), is_lookalike("peace", "peach")
    (True, False)
    """
    if one == other or len(one) != len(other):
        return False
    like = lookalikes()
    return all(
        a == b or b in like.get(a, "") or a in like.get(b, "") for a, b in zip(one, other, strict=True)
    )


def as_latin(word: str) -> str:
    """Return a folded word with Latin letters in the place of those of other scripts that look like them.

    >>> as_latin("pеace"), as_latin("жизнь")
    ('peace', 'жизнь')
    """
    if word.isascii():
        return word
    like = lookalikes()
    latin = "".join(like.get(letter, letter)[0] for letter in word)
    return latin if latin.isascii() else word


def strange_letters(word: str, *, whole: bool = False) -> list[tuple[str, str]]:
    """Return the letters of a Latin word that are of another script and look Latin, with the script.

    ``whole`` says that the word stands for a Latin one though none of its letters is.

    >>> strange_letters("pеace"), strange_letters("мир"), strange_letters("peace")
    ([('е', 'Cyrillic')], [], [])
    """
    if word.isascii() or not (whole or any("a" <= letter.lower() <= "z" for letter in word)):
        return []
    found = ((letter, script_of_lookalike(letter)) for letter in word if not letter.isascii())
    return [(letter, script) for letter, script in dict(found).items() if script not in (None, "Latin")]


def number_signs(side: Side, words: range) -> list[tuple[str, str, str]]:
    """Return of each of some words that is in figures the signs that make another number of it.

    That is what stands directly before it, between it and the next figures, and behind it: ``-5``, ``3.5``
    and ``3-5``, ``5%``. The signs that part thousands are all one.
    """
    signs = []
    for at in words:
        word = side.words[at]
        if not word.text.isdigit():
            signs.append(("", "", ""))
            continue
        text = side.text
        first = at == words.start or not side.words[at - 1].text.isdigit()
        before = text[word.start - 1 : word.start] if first and word.start else ""
        alone = word.start < 2 or not text[word.start - 2].isalnum()
        before = _DASHES.sub("-", before) if before in _NUMBER_PREFIX and before and alone else ""
        behind = text[word.end : word.end + 2].lstrip()[:1]
        signs.append((before, _between(side, at, words), behind if behind in _NUMBER_SUFFIX else ""))
    return signs


def _between(side: Side, at: int, words: range) -> str:
    """Return what stands between figures and the next ones."""
    if at + 1 >= words.stop or not side.words[at + 1].text.isdigit():
        return ""
    one, other = side.words[at], side.words[at + 1]
    between = _DASHES.sub("-", side.text[one.end : other.start])
    between = " ".join(between.split()) if between.strip() else " "
    if len(other.text) == 3 and between in _GROUP_SIGNS:
        return "group"
    return between
