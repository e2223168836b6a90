"""Elements of a page into blocks: what a browser would set as paragraphs and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Block
from onrecord.indexer.limits import LINE_LENGTH, check_time
from onrecord.indexer.sources.decoding import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["blocks_of", "words_of"]

_BLOCK_TAG = re.compile(
    r"""
    address | article | aside | blockquote | body | caption | center | d[dlt] | details | div | fieldset
    | figcaption | figure | footer | form | h[1-6r] | header | html | li | main | nav | [ou]l | p | pre
    | section | summary | table | tbody | t[dhr] | tfoot | thead
    """,
    re.VERBOSE,
)
# Where a list begins to count. Longer numbers are no numbers of items, and Python reads none of 4,300 digits.
_LIST_START = re.compile(r"[0-9]{1,9}")


def words_of(element: HtmlElement) -> str:
    """Return all words inside an element, single-spaced."""
    return " ".join(element.text_content().split())


def blocks_of(element: HtmlElement) -> Iterator[Block]:
    """Set an element as blocks, in reading order.

    A line break is a line and two are a blank line. A list item begins with a
    bullet or its number. A row of a table is a block of one line, with ``|``
    between its cells, unless the table only lays out the page.
    """
    page = _BlockBuilder()
    page.add(element)
    page.close()
    yield from page.blocks


@dataclass(slots=True)
class _BlockBuilder:
    """The blocks set so far, and the one being set: lines in pieces, and where each begins.

    ``blank`` tells that there is no word yet in the last line.
    """

    blocks: list[Block] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    blank: bool = True
    items: Counter[HtmlElement] = field(default_factory=Counter)
    title: bool = False
    mark: str = ""

    def add(self, element: HtmlElement) -> None:
        check_time()
        tag = element.tag
        if tag == "br":
            self._break(_line(element))
        elif tag == "tr" and _is_row(element):
            self._add_row(element)
        elif _BLOCK_TAG.fullmatch(tag):
            self.close()
            self.title = tag == "h1"
            self.mark = _list_mark(element, self.items) if tag == "li" else self.mark
            self._add_inside(element)
            self.close()
        elif tag != "img":
            self._add_inside(element)

    def close(self) -> None:
        """End the block being set."""
        texts = [
            (" ".join(clean("".join(pieces)).split()), number)
            for pieces, number in zip(self.lines, self.numbers, strict=True)
        ]
        for text, number in texts:
            LINE_LENGTH.check(len(text), line=number)
        for run in _runs(texts):
            numbers = [number for _, number in run]
            stacked = numbers == list(range(numbers[0], numbers[0] + len(run)))
            lines = (self.mark + run[0][0], *(text for text, _ in run[1:]))
            self.blocks.append(Block(lines, line=numbers[0], title=self.title, stacked=stacked))
            self.mark = ""
        self.lines, self.numbers, self.title = [], [], False

    def _add_inside(self, element: HtmlElement) -> None:
        literal = element.tag == "pre"
        self._write(element.text, line=_line(element), literal=literal)
        title = self.title
        for child in element:
            self.add(child)
            self.title = title
            self._write(child.tail, line=_last_line(child), literal=literal)

    def _add_row(self, row: HtmlElement) -> None:
        self.close()
        cells = [words_of(cell) for cell in row.iterchildren("td", "th")]
        self._write(" | ".join(filter(None, cells)), line=_line(row))
        self.close()

    def _write(self, text: str | None, *, line: int, literal: bool = False) -> None:
        if not text:
            return
        parts = text.split("\n") if literal else [text]
        for offset, part in enumerate(parts):
            if offset or not self.lines:
                self._break(line + offset)
            if self.blank:
                self.numbers[-1] = line + offset + part[: len(part) - len(part.lstrip())].count("\n")
                self.blank = not part.strip()
            self.lines[-1].append(part)

    def _break(self, line: int) -> None:
        self.lines.append([])
        self.numbers.append(line)
        self.blank = True


def _runs(texts: list[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Split lines at empty ones."""
    run: list[tuple[str, int]] = []
    for text, number in [*texts, ("", 0)]:
        if text:
            run.append((text, number))
        elif run:
            yield run
            run = []


def _line(element: HtmlElement) -> int:
    return int(element.sourceline or 1)


def _last_line(element: HtmlElement) -> int:
    """Return the line on which an element ends, as far as its text tells."""
    return _line(element) + str(element.text_content()).count("\n")


def _is_row(row: HtmlElement) -> bool:
    """Tell a row of facts from one that lays out the page."""
    cells = list(row.iterchildren("td", "th"))
    return len(cells) > 1 and not any(list(cell.iter("table", "p", "div", "ul", "h1")) for cell in cells)


def _list_mark(item: HtmlElement, items: Counter[HtmlElement]) -> str:
    """Return the bullet or the number of an item; ``items`` counts those of each list so far."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "• "
    first = parent.get("start", "1")
    items[parent] += 1
    return f"{int(first) + items[parent] - 1}. " if _LIST_START.fullmatch(first) else "• "
