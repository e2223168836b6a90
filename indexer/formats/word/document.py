"""Word documents (DOCX): the paragraphs of the body, in order, as a reader sees them.

Changes are read as accepted. Headers and footers, notes and comments are no part of the
running text; notes are kept apart, and the head of the first page may still say who speaks. What the
document's properties say of its author and date is often its template's, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.debates.xml_stream import events, forget, local_name
from onrecord.indexer.formats.facing_columns import Cell, parts_of_table
from onrecord.indexer.formats.letterhead import each_once
from onrecord.indexer.formats.verbatim.record import statements_in
from onrecord.indexer.formats.word.notes import REFERENCES, Counting, NoteMark, mark_of, notes_of
from onrecord.indexer.formats.word.numbering import Numbering, Styles, attribute_of
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.sources.zip_member import is_zip, open_package, part_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_word_document", "read_word_document"]

_BODY, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_SETTINGS = "word/settings.xml"
_ENDINGS = (".docx", ".docm", ".dotx")
# Deleted and moved words, instructions of fields, marks of notes, readings over characters, and what is
# written a second time for old programs.
_UNSEEN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "Fallback",
     "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "rt", "sdtPr"}
)  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# A title stands among the first blocks; further down such a style marks the head of a section.
_TITLE_AMONG = 12


def is_word_document(path: Path, data: bytes) -> bool:
    """Recognise a document among zip files, by its name or by a part that its beginning names."""
    ending = path.suffix.lower()
    return is_zip(data) and (ending in _ENDINGS or (ending != ".zip" and b"word/" in data))


def read_word_document(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document, or the turns of a verbatim record."""
    with open_package(path, data) as package:
        document = _Document(Styles(), Numbering(), Counting())
        for name, take in (
            (_STYLES, document.styles.take),
            (_NUMBERING, document.numbering.take),
            (_SETTINGS, document.counting.take),
        ):
            part = part_of(package, name, path=path)
            if part is not None:
                take(part, path)
        body = part_of(package, _BODY, path=path)
        if body is None:
            raise SourceError(path, "this is no Word document; save it again as DOCX.")
        for _, element in events(body, path=path, ends=("p", "tbl", "sdt", "sectPr")):
            parent = element.getparent()
            if parent is not None and local_name(parent) == "body":
                document.add(element)
                forget(element)
        document.close()
        letterhead = tuple(each_once(_heads(package, path, document.styles)))
        notes = tuple(_notes(package, path, document))
    yield from statements_in(tuple(document.blocks), letterhead=letterhead, notes=notes)


def _heads(package: ZipFile, path: Path, styles: Styles) -> Iterator[Block]:
    """Yield what the headers of the document hold."""
    for name in sorted(name for name in package.namelist() if name.startswith("word/header")):
        page = _Document(styles, Numbering(), Counting())
        for _, element in events(part_of(package, name, path=path) or b"", path=path, ends=("hdr",)):
            for child in element:
                page.add(child)
        yield from page.blocks


def _notes(package: ZipFile, path: Path, document: _Document) -> Iterator[Note]:
    """Yield the notes whose marks stand in the text."""
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind in {mark.kind for mark in document.marks}:
        part = part_of(package, f"word/{kind}s.xml", path=path) or b""
        for _, element in events(part, path=path, ends=(kind,)) if part else ():
            page = _Document(document.styles, document.numbering, Counting())
            for child in element:
                page.add(child)
            page.close()
            name = kind, attribute_of(element, "id") or ""
            texts[name] = tuple(" ".join(block.lines) for block in page.blocks)
            forget(element)
    yield from notes_of(document.marks, document.counting, texts)


@dataclass(slots=True)
class _Document:
    """The blocks set so far, and the marks of notes in them.

    ``torn`` are words of a paragraph whose end was deleted; ``section`` is the section that has been reached.
    """

    styles: Styles
    numbering: Numbering
    counting: Counting
    blocks: list[Block] = field(default_factory=list)
    marks: list[NoteMark] = field(default_factory=list)
    section: int = 0
    line: int = 0
    torn: str = ""

    def add(self, element: _Element) -> None:
        """Set what stands on one level of the body."""
        kind = local_name(element)
        if kind == "p":
            self._paragraph(element)
        elif kind == "tbl":
            self._table(element)
        elif kind == "sectPr":
            self.counting.take_from(element, section=self.section)
        elif kind not in _UNSEEN:
            for child in element:
                self.add(child)

    def close(self) -> None:
        """End the document."""
        if self.torn:
            self._set(self.torn, title=False)

    def _paragraph(self, paragraph: _Element) -> None:
        boxes: list[_Element] = []
        marks: list[NoteMark] = []
        words = self.torn + "".join(_words(paragraph, boxes, marks))
        self.marks += [replace(mark, section=self.section, behind=self.line + 1) for mark in marks]
        style = self.styles.of(paragraph)
        if paragraph.find("{*}pPr/{*}rPr/{*}del") is not None:
            self.torn = words
        else:
            self.torn = ""
            mark = self.numbering.mark(paragraph, style) if words.strip() else ""
            self._set(mark + words, title=style.title)
        for box in boxes:
            for child in box:
                self.add(child)
        ended = paragraph.find("{*}pPr/{*}sectPr")
        if ended is not None:
            self.add(ended)
            self.section += 1

    def _table(self, table: _Element) -> None:
        """Set a table: rows of facts as a line each, texts in two languages one after the other."""
        rows = [
            [self._cell(cell) for cell in row.iterchildren("{*}tc", "{*}sdt")]
            for row in table.iterchildren("{*}tr")
        ]
        for part in parts_of_table(rows):
            for mark, line in part.marks():
                self.marks.append(replace(mark, behind=self.line + line))
            for words, title, language in part.blocks():
                self._set(words, title=title, language=language)

    def _cell(self, cell: _Element) -> Cell[NoteMark]:
        inside = _Document(self.styles, self.numbering, self.counting, section=self.section)
        for child in cell:
            inside.add(child)
        return Cell(inside.blocks, inside.marks)

    def _set(self, words: str, *, title: bool, language: str | None = None) -> None:
        lines = [" ".join(line.split(" ")).strip() for line in clean(words).split("\n")]
        for run in _runs(lines):
            titled = title and len(self.blocks) < _TITLE_AMONG and not any(one.title for one in self.blocks)
            self.blocks.append(Block(tuple(run), line=self.line + 1, title=titled, language=language))
            self.line += len(run)


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """Part lines at empty ones."""
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(" ".join(line.split()))
        elif run:
            yield run
            run = []


def _words(element: _Element, boxes: list[_Element], marks: list[NoteMark]) -> Iterator[str]:
    """Yield the words of a paragraph; text boxes in it are put aside, and so are the marks of notes."""
    for child in element:
        kind = local_name(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind in REFERENCES:
            marks.append(mark_of(child))
            if marks[-1].typed is not None:
                return
        elif kind not in _UNSEEN and not (kind == "r" and _is_hidden(child)):
            yield from _words(child, boxes, marks)


def _is_hidden(run: _Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and not any(value in ("0", "false", "off") for value in mark.attrib.values())
