"""Elements of a page into blocks: what a browser would set as paragraphs and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import groupby

from bs4 import Tag
from bs4.element import NavigableString

from onrecord.indexer.draft import Block
from onrecord.indexer.formats.facing_columns import LONGEST_ROW, columns_in_languages
from onrecord.indexer.formats.web.extents import BLOCK_TAGS, is_unseen
from onrecord.indexer.limits import LINE_LENGTH, check_time
from onrecord.indexer.sources.decoding import clean

__all__ = ["Piece", "pieces_of", "words_of"]

# Where a list begins to count. Longer numbers are no numbers of items, and Python reads none of 4,300 digits.
_LIST_START = re.compile(r"[0-9]{1,9}")
# The figures of notes: "3", "3, 4". In what is raised or a link these are no part of the word before.
_FIGURES = re.compile(r"[0-9]{1,3}(?:\s*[,;–-]\s*[0-9]{1,3})*")
# The mark of a column, a page or a time of the source: "301", "Column 302", "[p. 12]", "00:03:12".
_PLACE = re.compile(r"[(\[]?(?:(?P<word>[^\W\d_]{1,10}\.?\s)?\d{1,4}|(?P<time>\d{1,2}(?::\d\d){1,2}))[)\]]?")
_NO_LETTERS = re.compile(r"[\W_]+")
_STOPS = frozenset(".,;:!?")
# Signs behind which a figure would be read with them, or a number: "since 2021.5".
_BEFORE_NOTE = _STOPS | frozenset("…\"'”’»)]%。，")
_BOUNDARY = "\u200b"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Whether line breaks of the source are shown, as a style says.
_WHITE_SPACE = re.compile(
    r"(?:^|[;\s])white-space\s*:\s*(?:(pre(?:-line|-wrap)?|break-spaces)|\w+)\b", re.IGNORECASE
)
# A number that stands alone beside the paragraph that it numbers.
_NUMBER_ALONE = re.compile(r"\(?\d{1,3}[.)]")
_HOLDS_LABEL = frozenset(("div", "dt", "td", "th"))
_LABELLED = frozenset(("dd", "div", "p", "td"))
# "Delivered on:" in a list of terms, and the day with what may stand behind it.
_LONGEST_LABEL, _LONGEST_DAY = 40, 120
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# What Word sets before an item of a list: in a style of its own, or as a sign of a font and spaces.
_LIST_SIGN = re.compile(r"mso-list\s*:\s*ignore\b", re.IGNORECASE)
_SIGN_OF_FONT = re.compile(
    r"font-family\s*:\s*[\"']?(?:symbol|wingdings|(?P<typed>courier new))\b", re.IGNORECASE
)
# What a browser sets around ``<q>``, unless the page does so itself.
_QUOTATION = ("“", "”")
_QUOTES = frozenset('"“„‘«»‹「『《')
# What a raised figure makes a square or a cube of.
_UNIT = re.compile(r"(?<![^\W_])[kcdmnµ]?m$")


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


def words_of(element: Tag) -> str:
    """Return all words inside an element, single-spaced."""
    return " ".join(element.get_text().split())


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
        if "style" in tag.attrs and (self.blank or not self.lines) and (sign := _list_sign(tag)):
            self._write(sign)
        elif name in ("sup", "a") and _FIGURES.fullmatch(figures := (tag.string or "").strip()):
            self._add_figures(figures, tag)
        elif name in ("img", "q"):
            self._add_signs_around(tag, name)
        elif name == "time" and (self.end[-1:].isalnum() or self.end[-1:] in _STOPS):
            self._write(" ")
            self._add_inside(tag)
        elif name == "a" and "href" in tag.attrs:
            outside, self.in_link = self.in_link, True
            self.links += 1
            self._add_inside(tag)
            self.in_link = outside
        elif "class" in tag.attrs and (place := _PLACE.fullmatch((tag.string or "").strip())):
            self._add_place(place, tag)
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
            self.mark = _list_mark(tag, self.items)
        cells = _cells_of(tag) if name == "tr" else []
        facing = _facing_columns(tag) if name == "table" else []
        if label := _label_beside(tag, name):
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
            numbered = not numbered and _NUMBER_ALONE.fullmatch(words_of(cell)) is not None
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

    def _add_figures(self, figures: str, tag: Tag) -> None:
        """Write the figures of a note, or of a power, so that they are no part of what stands before."""
        before = self.end[-1:]
        raised = tag.name == "sup" or tag.find("sup") is not None
        if before.isalpha() and not _UNIT.search(self.end):
            figures = _BOUNDARY + figures
        elif (raised and before in _BEFORE_NOTE) or (
            before.isalnum() and (raised or str(tag.get("href", "")).startswith("#"))
        ):
            figures = figures.translate(_RAISED)
        self._write(figures)

    def _add_signs_around(self, tag: Tag, name: str) -> None:
        """Write what a browser shows and no text holds: marks of a quotation, a letter that is a picture."""
        if name == "q":
            quoted = words_of(tag)[:1] in _QUOTES or self.end[-1:] in _QUOTES
            before, behind = ("", "") if quoted else _QUOTATION
            self._write(before)
            self._add_inside(tag)
            self._write(behind)
        elif (self.blank or not self.lines) and (letter := _letter_of_picture(tag)):
            self._write(letter)

    def _add_place(self, place: re.Match[str], tag: Tag) -> None:
        """Write a mark of the source apart from the words between which it stands."""
        before, behind = self.end[-1:], tag.next_sibling.get_text() if tag.next_sibling is not None else ""
        if place["word"] and (before.isalpha() or before in _STOPS):
            self._write(" ")
        self._add_inside(tag)
        if place["word"] or place["time"]:
            runs_on = behind[:1].isalpha()
        else:
            # "301Peace", and neither "1st", "3D" nor "CO2".
            runs_on = not before.strip() and behind[:1].isupper() and behind[1:2].islower()
        if runs_on:
            self._write(" ")

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
            self.end = part[-8:]
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


def _list_sign(tag: Tag) -> str:
    """Return what stands before an item of a list: its number, or a bullet for any sign of a font."""
    style = str(tag.attrs["style"])
    if _LIST_SIGN.search(style):
        words = words_of(tag)
        return f"{words} " if words.endswith((".", ")")) or words.isdecimal() else "• "
    font = _SIGN_OF_FONT.search(style)
    text = tag.get_text() if font is not None else ""
    sign = text.strip()
    if font is None or len(sign) != 1 or sign == text.rstrip("\n") or (font["typed"] and sign != "o"):
        return ""
    return "• "


def _letter_of_picture(picture: Tag) -> str:
    """Return the letter that a picture stands for at the beginning of a word."""
    letter, behind = str(picture.attrs.get("alt", "")), picture.next_sibling
    begins_word = isinstance(behind, NavigableString) and behind[:1].islower()
    return letter if begins_word and len(letter) == 1 and letter.isupper() else ""


def _label_beside(tag: Tag, name: str) -> str:
    """Return the number, or the label of a day, that an element holds for the words in the one behind it."""
    if name not in _HOLDS_LABEL:
        return ""
    text = words_of(tag) if name == "dt" else (tag.string or "").strip()
    number = _NUMBER_ALONE.fullmatch(text) is not None
    label = name == "dt" and 0 < len(text) <= _LONGEST_LABEL
    behind = tag.find_next_sibling() if number or label else None
    if behind is None or behind.name not in _LABELLED:
        return ""
    words = words_of(behind)
    belongs = any(map(str.isalpha, words)) if number else len(words) <= _LONGEST_DAY and _YEAR.search(words)
    return f"{text} " if belongs else ""


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


def _list_mark(item: Tag, items: Counter[int]) -> str:
    """Return the bullet or the number of an item; ``items`` counts those of each list so far."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "• "
    first = str(parent.get("start", "1"))
    items[id(parent)] += 1
    return f"{int(first) + items[id(parent)] - 1}. " if _LIST_START.fullmatch(first) else "• "
