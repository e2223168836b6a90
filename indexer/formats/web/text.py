"""Elements of a page into blocks: what a browser would set as paragraphs and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import groupby

from bs4 import Tag

from onrecord.indexer.draft import Block
from onrecord.indexer.formats.facing_columns import LONGEST_ROW, columns_in_languages
from onrecord.indexer.formats.web.extents import BLOCK_TAGS, is_unseen
from onrecord.indexer.formats.web.marks import (
    FIGURES,
    NUMBER_ALONE,
    figures_behind,
    label_beside,
    letter_of_picture,
    list_mark,
    list_sign,
    place_in,
    runs_on,
    spaces_around,
    words_of,
)
from onrecord.indexer.limits import LINE_LENGTH, check_time
from onrecord.indexer.sources.decoding import clean

__all__ = ["Piece", "pieces_of"]

_NO_LETTERS = re.compile(r"[\W_]+")
# Whether line breaks of the source are shown, as a style says.
_WHITE_SPACE = re.compile(
    r"(?:^|[;\s])white-space\s*:\s*(?:(pre(?:-line|-wrap)?|break-spaces)|\w+)\b", re.IGNORECASE
)
# What a browser sets around ``<q>``, unless the page does so itself.
_QUOTATION = ("“", "”")
_LINES = ["br", *BLOCK_TAGS]
_QUOTES = frozenset('"“„‘«»‹「『《')


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, the element in which it is set, its links, and its letters inside and outside of them."""

    block: Block
    element: Tag
    links: int
    linked: int
    plain: int

    @property
    def text(self) -> str:
        """The lines in one."""
        return " ".join(self.block.lines)


def pieces_of(element: Tag, *, without: Set[int] = frozenset()) -> list[Piece]:
    """Set an element as blocks, in reading order, ``without`` the elements of these ids.

    A line break is a line and two are a blank line. A list item begins with a
    bullet or its number. A row of a table is a block of one line, with ``|``
    between its cells, unless the row only lays out the page; one text in two languages
    side by side is set column by column. Figures of notes are set apart from the word before them.
    """
    page = _BlockBuilder(element, without)
    page.add(element)
    page.close()
    return page.pieces


@dataclass(slots=True)
class _BlockBuilder:
    """The pieces set so far, and the one being set: lines in parts, and where each begins.

    ``at`` is the line of the source that has been reached, ``blank`` tells that there is no word yet in
    the last line, ``end`` is how the text written last ends.
    """

    element: Tag
    without: Set[int]
    pieces: list[Piece] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    at: int = 1
    blank: bool = True
    end: str = ""
    items: Counter[int] = field(default_factory=Counter)
    title: bool = False
    mark: str = ""
    label: str = ""
    links: int = 0
    linked: int = 0
    plain: int = 0
    in_link: bool = False
    literal: bool = False
    in_row: bool = False
    language: str | None = None

    def add(self, tag: Tag) -> None:
        check_time()
        if id(tag) in self.without:
            return
        self.at = tag.sourceline or self.at
        name = tag.name
        if name == "br":
            self._add_line_break()
        elif name in BLOCK_TAGS:
            self._add_block(tag, name)
        elif not is_unseen(tag):
            self._add_words(tag, name)

    def _add_words(self, tag: Tag, name: str) -> None:
        """Set an element that stands in a line."""
        if "style" in tag.attrs and (self.blank or not self.lines) and (sign := list_sign(tag)):
            self._write("" if self.mark else sign)
        elif name in ("sup", "a") and FIGURES.fullmatch(figures := (tag.string or "").strip()):
            self._write(figures_behind(self.end, figures, tag))
        elif name in ("img", "q"):
            self._add_signs_around(tag, name)
        elif name == "time" and runs_on(self.end):
            self._write(" ")
            self._add_inside(tag)
        elif name == "a" and "href" in tag.attrs:
            outside, self.in_link = self.in_link, True
            self.links += 1
            self._add_inside(tag)
            self.in_link = outside
        elif "class" in tag.attrs and len(tag.contents) == 1 and (place := place_in(tag)):
            before, behind = spaces_around(place, self.end, tag)
            self._write(before)
            self._add_inside(tag)
            self._write(behind)
        else:
            outside, self.literal = self.literal, _is_literal(tag, name, around=self.literal)
            self._add_inside(tag)
            self.literal = outside

    def close(self) -> None:
        """End the block being set."""
        if not self.lines:
            self.links = 0
            return
        texts = [
            (" ".join(clean("".join(parts)).split()), number)
            for parts, number in zip(self.lines, self.numbers, strict=True)
        ]
        for text, number in texts:
            LINE_LENGTH.check(len(text), line=number)
        for run in _runs(texts):
            numbers = [number for _, number in run]
            stacked = numbers == list(range(numbers[0], numbers[0] + len(run)))
            lines = (self.label + self.mark + run[0][0], *(text for text, _ in run[1:]))
            block = Block(lines, line=numbers[0], title=self.title, stacked=stacked, language=self.language)
            self.pieces.append(Piece(block, self.element, self.links, self.linked, self.plain))
            self.mark = self.label = ""
        self.lines, self.numbers, self.end = [], [], ""
        self.links = self.linked = self.plain = 0

    def _add_block(self, tag: Tag, name: str) -> None:
        self.close()
        outside = self.element, self.title, self.literal
        self.element, self.title = tag, name == "h1"
        self.literal = _is_literal(tag, name, around=self.literal)
        if name == "li":
            self.mark = list_mark(tag, self.items)
        cells = _cells_of(tag) if name == "tr" else []
        facing = _facing_columns(tag) if name == "table" else []
        if label := label_beside(tag, name):
            self.label = label
        elif cells:
            self._add_row(cells)
        elif facing:
            for rows, columns in facing:
                self._add_rows(rows, columns)
        else:
            self._add_inside(tag)
        self.close()
        self.element, self.title, self.literal = outside

    def _add_row(self, cells: list[Tag]) -> None:
        self.in_row, numbered = True, False
        for cell in cells:
            if id(cell) in self.without:
                continue
            if self.lines and not self.blank and words_of(cell):
                self._write(" " if numbered else " | ")
            self._add_inside(cell)
            numbered = not numbered and NUMBER_ALONE.fullmatch(words_of(cell)) is not None
        self.in_row = False

    def _add_rows(self, rows: list[Tag], columns: dict[int, str]) -> None:
        """Set rows: one after the other, or the columns that are in languages of their own."""
        if not columns:
            for row in rows:
                self.add(row)
        for column, language in columns.items():
            for row in rows:
                cells = _all_cells_of(row)
                number = next((words_of(cell) for at, cell in enumerate(cells) if at not in columns), "")
                self.mark, self.language = f"{number} " if number else "", language
                self._add_inside(cells[column])
                self.close()
        self.language = None

    def _add_line_break(self) -> None:
        if self.in_row:
            self._write(" ")
        else:
            self._break(self.at)

    def _add_inside(self, tag: Tag) -> None:
        for child in tag.contents:
            if isinstance(child, Tag):
                self.add(child)
            else:
                self._write(str(child))

    def _add_signs_around(self, tag: Tag, name: str) -> None:
        """Write what a browser shows and no text holds: marks of a quotation, a letter that is a picture."""
        if name == "q":
            quoted = words_of(tag)[:1] in _QUOTES or self.end[-1:] in _QUOTES or tag.find(_LINES) is not None
            before, behind = ("", "") if quoted else _QUOTATION
            self._write(before)
            self._add_inside(tag)
            self._write(behind)
        elif (self.blank or not self.lines) and (letter := letter_of_picture(tag)):
            self._write(letter)

    def _write(self, text: str) -> None:
        parts = text.split("\n") if self.literal else [text]
        for number, part in enumerate(parts):
            if number:
                self.at += 1
            if number or not self.lines:
                self._break(self.at)
            words = part.strip()
            if self.blank:
                self.numbers[-1] = self.at + part[: len(part) - len(part.lstrip())].count("\n")
                self.blank = not words
            if self.in_link:
                self.linked += len(words)
            elif words:
                self.plain += len(_NO_LETTERS.sub("", words))
            self.lines[-1].append(part)
            self.end = part[-8:] or self.end
            if not self.literal:
                self.at += part.count("\n")

    def _break(self, line: int) -> None:
        self.lines.append([])
        self.numbers.append(line)
        self.blank = True
        self.end = ""


def _is_literal(tag: Tag, name: str, *, around: bool) -> bool:
    """Tell whether line breaks of the source are shown in an element; ``around`` tells it of its parent."""
    if (style := tag.attrs.get("style")) and (said := _WHITE_SPACE.search(str(style))):
        return said[1] is not None
    return around or name == "pre"


def _runs(texts: list[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Split lines at empty ones."""
    run: list[tuple[str, int]] = []
    for text, number in [*texts, ("", 0)]:
        if text:
            run.append((text, number))
        elif run:
            yield run
            run = []


def _facing_columns(table: Tag) -> list[tuple[list[Tag], dict[int, str]]]:
    """Return the rows of a table in which columns are in languages of their own; nothing of any other.

    Rows stand together that have as many cells, and with each of these runs the languages of its columns.
    """
    if table.find("table") is not None:
        return []
    runs = []
    for _, run in groupby(table.find_all("tr"), key=lambda row: len(_all_cells_of(row))):
        rows = list(run)
        columns = columns_in_languages([[words_of(cell) for cell in _all_cells_of(row)] for row in rows])
        runs.append((rows, columns))
    return runs if any(columns for _, columns in runs) else []


def _all_cells_of(row: Tag) -> list[Tag]:
    return [cell for cell in row.contents if isinstance(cell, Tag) and cell.name in ("td", "th")]


def _cells_of(row: Tag) -> list[Tag]:
    """Return the cells of a row of facts; none of one that lays out the page."""
    cells = _all_cells_of(row)
    laid_out = len(cells) < 2 or any(map(_lays_out, cells))
    return [] if laid_out else cells


def _lays_out(cell: Tag) -> bool:
    """Tell a cell with more than a fact: with blocks, words on both sides of an empty line, or many."""
    letters = breaks = 0
    for inside in cell.descendants:
        if isinstance(inside, Tag):
            if inside.name in BLOCK_TAGS:
                return True
            breaks += inside.name == "br"
        elif words := str(inside).strip():
            if letters and breaks > 1:
                return True
            breaks = 0
            letters += len(words)
    return letters > LONGEST_ROW
