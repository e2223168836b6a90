"""OpenDocument texts (ODT, FODT): the paragraphs of the body in order, as a reader sees them.

ISO/IEC 26300. Notes, comments and what was deleted are no part of the running text; notes are kept apart. The
number of an item of a list is what its style makes of it. The head of the pages may say who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.debates.xml_stream import (
    events,
    forget,
    local_name,
    root_name,
    text_without,
)
from onrecord.indexer.formats.facing_columns import Cell, parts_of_table
from onrecord.indexer.formats.letterhead import each_once
from onrecord.indexer.formats.verbatim.record import statements_in
from onrecord.indexer.limits import LINES, NESTING
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.sources.zip_member import is_zip, open_package, part_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_flat_open_document", "is_open_document", "read_flat_open_document", "read_open_document"]

_TYPE = b"application/vnd.oasis.opendocument.text"
_UNSEEN = frozenset(
    {"annotation", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms"}
    | {
        "change-start",
        "change-end",
        "desc",
        "title",
        "object",
        "object-ole",
        "image",
        "ruby-text",
        "bibliography-mark",
    }
)
_WORDS = frozenset({"p", "h"})
_TITLES = frozenset({"Title", "Heading_20_1"})
_TITLE_AMONG = 12
_MOST_SPACES = 100


def is_open_document(path: Path, data: bytes) -> bool:
    """Recognise a text among zip files by its first member, which says its type, or by its name."""
    return is_zip(data) and (_TYPE in data[:200] or path.suffix.lower() in (".odt", ".ott"))


def is_flat_open_document(data: bytes) -> bool:
    """Recognise a text that is one file of XML."""
    return root_name(data) == "document" and _TYPE in data[:4096]


def read_open_document(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document, or the turns of a record."""
    with open_package(path, data) as package:
        content = part_of(package, "content.xml", path=path)
        if content is None:
            raise SourceError(path, "this is no OpenDocument text; save it again as ODT.")
        styles = part_of(package, "styles.xml", path=path)
        letterhead = tuple(each_once(_heads(styles, path))) if styles else ()
        yield from _read(content, path, letterhead=letterhead)


def read_flat_open_document(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document that is one file."""
    yield from _read(data, path, letterhead=tuple(each_once(_heads(data, path))))


def _read(content: bytes, path: Path, *, letterhead: tuple[Block, ...]) -> Iterator[Draft]:
    document = _Document()
    for _, element in events(content, path=path, ends=("list-style", "text")):
        if local_name(element) == "list-style":
            document.take_style(element)
        elif str(element.tag).endswith("office:1.0}text"):
            document.add_all(element)
            forget(element)
    yield from statements_in(tuple(document.blocks), letterhead=letterhead, notes=tuple(document.notes))


def _heads(styles: bytes, path: Path) -> Iterator[Block]:
    for _, element in events(styles, path=path, ends=("header", "header-first")):
        page = _Document()
        page.add_all(element)
        yield from page.blocks


@dataclass(slots=True)
class _Document:
    """The blocks and notes set so far; ``formats`` are how lists are numbered, by their style and level."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    formats: dict[tuple[str, int], tuple[str, str, str]] = field(default_factory=dict)
    line: int = 0

    def take_style(self, style: _Element) -> None:
        """Note how the levels of a list are numbered."""
        name = _attribute(style, "name") or ""
        for level in style:
            shape = _attribute(level, "num-format")
            number = _attribute(level, "level") or "1"
            if shape and number.isdecimal() and len(number) < 3:
                marks = _attribute(level, "num-prefix") or "", _attribute(level, "num-suffix") or ""
                self.formats[name, int(number)] = (shape, *marks)

    def add_all(self, parent: _Element, depth: int = 0) -> None:
        """Set what stands inside an element, one after the other."""
        NESTING.check(depth)
        for child in parent:
            if isinstance(child.tag, str):
                self._add(child, depth)

    def _add(self, element: _Element, depth: int) -> None:
        kind = local_name(element)
        if kind in _WORDS:
            self._paragraph(element)
        elif kind == "list":
            self._list(element, _attribute(element, "style-name") or "", 1, depth)
        elif kind == "table":
            self._table(element, depth)
        elif kind not in _UNSEEN:
            self.add_all(element, depth + 1)

    def _paragraph(self, element: _Element, mark: str = "") -> None:
        boxes: list[_Element] = []
        notes: list[_Element] = []
        words = "".join(_words(element, boxes, notes))
        self.notes += [note for one in notes if (note := self._note(one))]
        title = local_name(element) == "h" or (_attribute(element, "style-name") or "") in _TITLES
        self._set(f"{mark}{words}" if words.strip() else "", title=title)
        for box in boxes:
            self.add_all(box)

    def _list(self, element: _Element, style: str, level: int, depth: int) -> None:
        NESTING.check(depth)
        number = 0
        for item in element.iterchildren("{*}list-item", "{*}list-header"):
            started = _attribute(item, "start-value") or ""
            number = int(started) if started.isdecimal() and len(started) < 6 else number + 1
            shape = self.formats.get((style, level)) if local_name(item) == "list-item" else None
            mark = f"{shape[1]}{_figure(number, shape[0])}{shape[2]} " if shape else ""
            for child in item:
                kind = local_name(child)
                if kind in _WORDS:
                    self._paragraph(child, mark)
                    mark = ""
                elif kind == "list":
                    self._list(child, _attribute(child, "style-name") or style, level + 1, depth + 1)

    def _note(self, element: _Element) -> Note | None:
        """Read a note; its mark stands in it as it is printed."""
        citation = element.find("{*}note-citation")
        mark = "" if citation is None else text_without(citation, unspoken=frozenset())
        inside = _Document(formats=self.formats)
        for body in element.iterchildren("{*}note-body"):
            inside.add_all(body)
        texts = tuple(" ".join(block.lines) for block in inside.blocks)
        return Note(texts, mark or None, self.line + 1) if texts else None

    def _table(self, table: _Element, depth: int) -> None:
        """Set a table: rows of facts as a line each, texts in two languages one after the other."""
        NESTING.check(depth)
        rows = [
            [self._cell(cell, depth + 1) for cell in row.iterchildren("{*}table-cell")]
            for row in _rows_of(table, depth)
        ]
        for part in parts_of_table(rows):
            for note, line in part.marks():
                self.notes.append(replace(note, behind=self.line + line))
            for words, title, language in part.blocks():
                self._set(words, title=title, language=language)

    def _cell(self, cell: _Element, depth: int) -> Cell[Note]:
        inside = _Document(formats=self.formats)
        inside.add_all(cell, depth)
        return Cell(inside.blocks, inside.notes)

    def _set(self, words: str, *, title: bool, language: str | None = None) -> None:
        lines = tuple(filter(None, (" ".join(line.split()) for line in clean(words).split("\n"))))
        if lines:
            self.line += 1
            LINES.check(self.line)
            title = title and len(self.blocks) < _TITLE_AMONG
            self.blocks.append(Block(lines, line=self.line, title=title, language=language))


def _rows_of(table: _Element, depth: int) -> Iterator[_Element]:
    """Yield the rows of a table, which may stand in groups; those of a table in a cell are its own."""
    NESTING.check(depth)
    for child in table:
        kind = local_name(child) if isinstance(child.tag, str) else ""
        if kind == "table-row":
            yield child
        elif kind in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows_of(child, depth + 1)


def _words(element: _Element, boxes: list[_Element], notes: list[_Element], depth: int = 0) -> Iterator[str]:
    NESTING.check(depth)
    yield element.text or ""
    for child in element:
        kind = local_name(child) if isinstance(child.tag, str) else "note"
        if kind == "s":
            count = _attribute(child, "c") or "1"
            yield " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, _MOST_SPACES)
        elif kind == "tab":
            yield " "
        elif kind == "line-break":
            yield "\n"
        elif kind == "text-box":
            boxes.append(child)
        elif kind == "note" and isinstance(child.tag, str):
            notes.append(child)
        elif kind not in _UNSEEN and kind != "note":
            yield from _words(child, boxes, notes, depth + 1)
        yield child.tail or ""


def _attribute(element: _Element, name: str) -> str | None:
    """Return an attribute by its name without the namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _figure(number: int, shape: str) -> str:
    """Write the number of an item as its style has it.

    >>> _figure(3, "1"), _figure(3, "a"), _figure(4, "i"), _figure(28, "A")
    ('3', 'c', 'iv', 'BB')
    """
    if shape in ("i", "I"):
        roman = ""
        for value, sign in zip(_VALUES, _ROMAN, strict=True):
            count, number = divmod(number, value) if number < _MOST_ROMAN else (0, number)
            roman += sign * count
        return roman.upper() if shape == "I" else roman
    if shape in ("a", "A"):
        letter = chr(ord(shape) + (number - 1) % 26)
        return letter * min((number - 1) // 26 + 1, 4)
    return str(number)


_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
_MOST_ROMAN = 4000
