"""Where lines that a page broke off go on, and where a new paragraph begins.

A text is wrapped when its lines are of the width of a page and most of them stop
in the middle of a sentence. Its margin is then the length that nearly all lines
keep to, and a line well short of it that ends a sentence ends a paragraph. In a
text that is not wrapped a line is a paragraph, unless it plainly goes on. Where the source marks paragraphs
they end as they are marked to, unless most of them end in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.indexer.draft import Block
from onrecord.indexer.paragraphs.broken_words import BREAKING_SIGNS
from onrecord.indexer.paragraphs.greetings import is_greeting
from onrecord.indexer.paragraphs.open_ends import OpenEnds, ends_with_title
from onrecord.indexer.paragraphs.sentences import ends_sentence

__all__ = ["Line", "LineLayout", "lines_of", "without_bullet"]

# Printed columns begin at 30 characters; typescripts and letters seldom go beyond 110.
_NARROWEST, _WIDEST = 30, 110
# One line in twenty may stick out: two lines run together, a table.
_MARGIN_SHARE = 0.95
# A line that would have held the next word too and still been shorter than this share of the margin
# was ended on purpose. Measured on 1,400 General Debate speeches: of the lines in the middle of a
# sentence 5 % stay below it; of those that end one below it, four in five end a paragraph.
_FULL = 0.92
# A line that ends no sentence is believed to be ended on purpose only when it is this short.
_HALF = 0.5
# A line this much beyond the margin is a paragraph that was not wrapped with the rest.
_OVERLONG = 1.5
# In a text that is not wrapped, a line this long without a stop was cut by a page break.
_LONG = 100

# Of the lines of a list set by line breaks more begin with a capital; seven of ten wrapped ones do not.
_LISTED_SHARE = 0.75

_BULLET = re.compile(r"\s*[•▪●◦‣∙*–—-]\s+(?=\S)")
_LISTED = re.compile(r"\s*(?:[•▪●◦‣∙*–—-]|\((?:[a-z]|[ivx]+|\d{1,2})\)|[a-z]\))\s+\S")
_NUMBER_ALONE = re.compile(r"\s*\d{1,3}\.")
_BEFORE_LISTED = re.compile(r"(?:[.:;,!?]|\b(?:and|or|et|ou|y|o))$")
_BREAKING_SIGNS = tuple(BREAKING_SIGNS)

# Forms of address stand on the first lines; protocol seldom takes more of them.
_MOST_GREETINGS = 5


class Line(NamedTuple):
    """A line of the text; ``gap`` tells that it begins a block, ``torn`` that a page end stood before it.

    ``marked_up`` tells that the source marks its block as a paragraph, and that those are believed,
    ``page_top`` that a form feed stands before it.
    """

    text: str
    number: int | None
    gap: bool = False
    torn: bool = False
    marked_up: bool = False
    page_top: bool = False


def without_bullet(text: str) -> str:
    """Take the mark of a list off.

    >>> without_bullet("• to reaffirm"), without_bullet("we agree – and act")
    ('to reaffirm', 'we agree – and act')
    """
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


class LineLayout:
    """The layout that the lines of one text share: its margin and its indents."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._ended = [ends_sentence(line.text) and not ends_with_title(line.text) for line in lines]
        indents = [_indent(line.text) if line.text[0].isspace() else 0 for line in lines]
        self._indent = Counter(indents).most_common(1)[0][0] if lines else 0
        self._indented = max(indents, default=0) > self._indent
        self.margin = _margin(lines, ended=self._ended)
        self._open_ends = OpenEnds([line.text for line in lines])

    def begins(self) -> list[bool]:
        """Tell of each line whether a paragraph begins with it."""
        begun: list[bool] = []
        for index, (line, ended) in enumerate(zip(self._lines, [True, *self._ended], strict=False)):
            # Seven lines in ten of a wrapped text: none of the rules says that a paragraph begins there.
            inside = not (ended or line.gap or line.torn) and _begins_lower(line.text)
            begun.append(not (inside and index > _MOST_GREETINGS) and self._begins(index, begun=begun))
        return begun

    def _begins(self, index: int, *, begun: Sequence[bool]) -> bool:
        """Tell whether a paragraph begins with a line; ``begun`` tells it of those above."""
        if index == 0:
            return True
        line, above = self._lines[index], self._lines[index - 1]
        ended = self._ended[index - 1]
        if ended and _NUMBER_ALONE.fullmatch(above.text):
            return False
        if line.marked_up and line.gap and not line.torn:
            return True
        if not ended and _breaks_word(above.text):
            return False
        if index <= _MOST_GREETINGS and _is_greeted(line.text, above=above.text) and begun[index - 1]:
            return True
        if _begins_item(line.text, above=above.text):
            return ended or not self._open_ends.breaks_name(above.text, line.text)
        if line.torn or line.gap:
            goes_on = self._goes_on_below(line, above=above.text, ended=ended)
        else:
            goes_on = self._goes_on(line.text, above=above.text, ended=ended)
        if goes_on or ended:
            return not goes_on
        return not self._open_ends.goes_on(above.text, line.text, inside=not begun[index - 1])

    def _goes_on(self, line: str, *, above: str, ended: bool) -> bool:
        """Tell whether a line goes on with the one right above it."""
        if not ended and _begins_low(line):
            return True
        if self.margin is None or self._is_indented(line):
            return False
        if above is self._lines[0].text and not ended:
            return True
        if len(above) > _OVERLONG * self.margin:
            return not ended
        return not self._has_room(line, above=above, share=_FULL if ended else _HALF)

    def _goes_on_below(self, line: Line, *, above: str, ended: bool) -> bool:
        """Tell whether a line goes on with the one above a gap."""
        if ended:
            return (
                line.torn and self._indented and self.margin is not None and not self._is_indented(line.text)
            )
        full = len(above) >= (_LONG if self.margin is None else _HALF * self.margin)
        return (full or line.torn) and (line.torn or _begins_low(line.text))

    def _has_room(self, line: str, *, above: str, share: float) -> bool:
        assert self.margin is not None
        return len(above) + 1 + len(line.split(None, 1)[0]) < share * self.margin

    def _is_indented(self, text: str) -> bool:
        return text[0].isspace() and _indent(text) > self._indent


def _is_greeted(line: str, *, above: str) -> bool:
    """Tell whether the line above is a form of address, complete with its comma or followed by another."""
    return is_greeting(above) and (above.endswith((",", ":", "!")) or is_greeting(line))


def _breaks_word(text: str) -> bool:
    """Tell whether a line ends in the middle of a word, with a hyphen of some kind."""
    return text.endswith(_BREAKING_SIGNS) and text[-2:-1].isalnum()


def _begins_low(text: str) -> bool:
    """Tell whether a line begins in the middle of a sentence: in lower case, or with a sum of money."""
    first = text.lstrip()[0]
    return first.islower() or first in "$€£"


def _begins_lower(text: str) -> bool:
    """Tell whether a line begins with a small letter, and one that is no item of a list: "a) to reaffirm"."""
    return text[0].islower() and text[1:2] != ")"


def _begins_item(text: str, *, above: str) -> bool:
    if text[0].isalpha() and text[1:2] != ")":
        return False
    return _LISTED.match(text) is not None and (
        text.lstrip()[0] in "•▪●◦‣∙" or bool(_BEFORE_LISTED.search(above))
    )


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _margin(lines: Sequence[Line], *, ended: Sequence[bool]) -> int | None:
    """Return the length that lines are filled up to; None when the text is not wrapped."""
    inner = [
        (len(line.text), end)
        for line, below, end in zip(lines, lines[1:], ended, strict=False)
        if not below.gap
    ]
    printed = [(length, end) for length, end in inner if _NARROWEST <= length <= _WIDEST]
    if not printed or len(printed) < len(inner) / 2:
        return None
    if sum(end for _, end in printed) > len(printed) / 2 or _are_listed(lines, ended=ended):
        return None
    return sorted(printed)[int(_MARGIN_SHARE * (len(printed) - 1))][0]


def _are_listed(lines: Sequence[Line], *, ended: Sequence[bool]) -> bool:
    """Tell whether lines set by line breaks are a list: what follows one without a stop has a capital."""
    below = [
        line.text.lstrip()[0]
        for line, end in zip(lines[1:], ended, strict=False)
        if line.marked_up and not (line.gap or end)
    ]
    return sum(map(str.isupper, below)) > _LISTED_SHARE * len(below)


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Lay the lines of all blocks one below the other."""
    # What the class calls itself, in two thirds of the time: a corpus has a million lines and more.
    new = tuple.__new__
    believed = _ends_are_believed(blocks)
    return [
        new(
            Line,
            (
                text,
                block.line + index if block.stacked or not index else None,
                not index,
                False,
                believed and block.marked_up,
                block.page_top and not index,
            ),
        )
        for block in blocks
        for index, text in enumerate(block.lines)
    ]


def _ends_are_believed(blocks: Sequence[Block]) -> bool:
    """Tell whether paragraphs end where they are marked to: in what was pasted from print, most end open."""
    ended = [
        ends_sentence(block.lines[-1])
        for block in blocks
        if block.marked_up and len(block.lines[-1]) >= _NARROWEST
    ]
    return 2 * sum(ended) >= len(ended)
