"""Lines that end in the middle of a sentence before a line that begins with a capital.

A small letter tells that a sentence goes on; a capital tells nothing: "United" and "Nations" may be parted by
a line end, and a heading ends without a stop before the first sentence below it. What tells is the words
on both sides. ``open_ends.csv`` has them by kind and language:

open    no sentence ends with it: an article, a preposition, a conjunction, a possessive
half    the first half of names: "United", "Middle". In the General Debate another word follows at once in 96
        of a hundred places, and one with a capital in most
starts  what sentences begin with, so that its capital makes no name of it; the English ones are those that
        stand at the beginning of one in three places of four that have them with a capital
then    behind which "I" may follow
title   "Mr": what follows a comma
leads   what begins a phrase that leads up to a sentence: "As a Member, / Peru agrees"
acts    what no such phrase has: whoever says it has begun the sentence
speaks  what running text has in every line or two, and a heading seldom
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files

from onrecord.indexer.analysis.common_words import is_common
from onrecord.indexer.analysis.languages import guess_language

__all__ = ["OpenEnds", "ends_with_title", "is_open"]

# A word at the end of a line, a mark of dirt behind it passed over, and the one at the beginning of the next.
_WORD = r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’]?"
_LAST = re.compile(rf"({_WORD})(,?)(?:\s[·'*^,;.\d]{{1,2}})?$")
_FIRST = re.compile(rf"\s*[\"“«(•·.-]?\s?({_WORD})(.{{0,5}})", re.DOTALL)
_ELISION = re.compile("['’]")
_LONGEST_END = 60
# The shortest line that is believed to be broken in a sentence: verse and lines of an address are shorter.
_SHORTEST = 40
# A line is prose where it is so long, or shorter and a sentence ends in it; no heading is.
_LONG_PROSE = 160
_PROSE = 60
_INNER_STOP = re.compile(r"[^\W\d_]{2}[.;?!][\"”’»)]?\s+\S")
_STOP = re.compile(r"[^\W\d_]{2}[.;:?!][\"”’»)]?\s+")
_QUOTATION_MARKS = "\"“”«„‘'"
_LONGEST_LEAD = 90
_TITLE_END = re.compile(r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|H\.\s?E|Mme|MM|Sra?|Sras|Sres|St)\.$")
_AND = re.compile(r"(?:,| (?:and|et|y|e|und|и) )")


def ends_with_title(text: str) -> bool:
    """Tell whether a line ends with the title of someone who is named on the next.

    >>> ends_with_title("We thank Mr."), ends_with_title("We thank him.")
    (True, False)
    """
    return text.endswith(".") and _TITLE_END.search(text, max(0, len(text) - 10)) is not None


def is_open(word: str) -> bool:
    """Tell whether no sentence ends with a word, in one of the languages.

    >>> is_open("on"), is_open("del"), is_open("boundaries")
    (True, True, False)
    """
    return any(_plain(word) in words for (kind, _), words in _table().items() if kind == "open")


class OpenEnds:
    """Tells of the lines of one text whether they end in the middle of a sentence."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._lines)

    @cached_property
    def _language(self) -> str:
        return guess_language(self._text) or "en"

    def goes_on(self, above: str, line: str, *, inside: bool) -> bool:
        """Tell whether a line that begins with a capital goes on with the sentence of the one above.

        ``inside`` tells that the line above is not the first of its paragraph.

        >>> ends = OpenEnds(["We thank all who work for peace in the region of the Great Lakes."])
        >>> above = "It is for all of us to take part in the work of the United"
        >>> ends.goes_on(above, "Nations, and we do.", inside=False)
        True
        >>> ends.goes_on("Chapter II", "We agree.", inside=False)
        False
        """
        first = _FIRST.match(line)
        if first is None or not first[1][0].isupper() or (not inside and len(above) < _SHORTEST):
            return False
        if ends_with_title(above):
            return True
        last = _last_word(above)
        if last is None:
            return False
        word, after = last[1], first[1]
        if last[2]:
            quoted = line.lstrip()[0] in _QUOTATION_MARKS  # set off, as behind a colon
            return self._lists(word, first) or (not quoted and self._leads_up(above))
        if after == "I" and self._is(word, "then"):
            return True
        if self._is(word, "open") and not _is_shouted(word):
            return after != "I" and self._follows(word, after)
        if last.end(1) != len(above) or self._is(after, "starts"):
            return False
        if word[0].isupper() and self._is(word, "half") and not _is_shouted(word):
            return True
        if (self._is(after, "title") and word.islower()) or self._stand_together(word, after):
            return True
        return (inside or self._is_prose(above)) and self._is_name(after)

    def breaks_name(self, above: str, line: str) -> bool:
        """Tell whether a line end parts a name that stands elsewhere in the text, with dirt before it."""
        last, first = _last_word(above), _FIRST.match(line)
        if last is None or first is None or not (last[1][0].isupper() and self._is(last[1], "half")):
            return False
        return self._stand_together(last[1], first[1])

    def _follows(self, word: str, after: str) -> bool:
        """Tell whether a word may follow on one that no sentence ends with: it begins no other."""
        return not self._is(after, "starts") or self._stand_together(word, after)

    def _leads_up(self, above: str) -> bool:
        """Tell whether all that stands behind the last stop is a phrase that leads up to a sentence."""
        phrase = above[max((stop.end() for stop in _STOP.finditer(above)), default=0) :]
        words = phrase.rstrip(",").split()
        if not words or len(phrase) > _LONGEST_LEAD or not phrase.lstrip()[:1].isupper():
            return False
        leads = words[0].lower() in _words("leads", self._language)
        return leads and _words("acts", self._language).isdisjoint(words)

    def _lists(self, last: str, first: re.Match[str]) -> bool:
        """Tell whether a comma stands before somebody who is named, or between two names of a list."""
        named = _plain(first[1]) in ("his", "her") and "xcellenc" in first.string[:_LONGEST_END]
        if named or self._is(first[1], "title"):
            return True
        return last[0].isupper() and _AND.match(first[2]) is not None and self._is_name(first[1])

    def _is(self, word: str, kind: str) -> bool:
        return _plain(word) in _words(kind, self._language)

    def _stand_together(self, last: str, first: str) -> bool:
        pair = f"{last} {first}"
        return pair in self._text and re.search(rf"(?<!\w){re.escape(pair)}(?!\w)", self._text) is not None

    def _is_name(self, word: str) -> bool:
        """Tell whether a word has its capital in the middle of sentences too, or begins none."""
        if re.search(rf"(?<=[^\W\d_]),? {re.escape(word)}(?!\w)", self._text):
            return True
        small = word.lower()
        if self._is(small, "starts"):
            return False
        if self._language == "en" and is_common(small):
            return True
        return re.search(rf"(?<!\w){re.escape(small)}(?!\w)", self._text) is None

    def _is_prose(self, line: str) -> bool:
        """Tell a line of running text from what may be a heading."""
        if len(line) >= _LONG_PROSE:
            return True
        if len(line) < _PROSE:
            return False
        if line.lstrip()[0].islower() or _INNER_STOP.search(line):
            return True
        return not _words("speaks", self._language).isdisjoint(line.split())


def _last_word(line: str) -> re.Match[str] | None:
    return _LAST.search(line, max(0, len(line) - _LONGEST_END))


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _plain(word: str) -> str:
    """Return a word in small letters; of what is elided, the article alone."""
    word = word.lower().rstrip(".")
    elided = _ELISION.search(word)
    return word[: elided.start()] if elided and elided.start() == 1 else word


@cache
def _words(kind: str, language: str) -> frozenset[str]:
    return _table().get((kind, language), frozenset())


@cache
def _table() -> dict[tuple[str, str], frozenset[str]]:
    table = files("onrecord.indexer.paragraphs").joinpath("open_ends.csv").read_text(encoding="utf-8")
    return {
        (row["kind"], row["language"]): frozenset(
            row["words"].split() if row["kind"] in ("speaks", "acts") else map(_plain, row["words"].split())
        )
        for row in csv.DictReader(table.splitlines())
    }
