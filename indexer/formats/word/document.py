"""Word documents (DOCX): the paragraphs of the body, in order, as a reader sees them.

Changes are read as accepted. Headers and footers, notes and comments are no part of the
running text; the head of the first page may still say who speaks. What the document's
properties say of its author and date is often its template's, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.debates.xml_stream import events, forget, local_name
from onrecord.indexer.formats.verbatim.record import statements_in
from onrecord.indexer.formats.word.numbering import Numbering, Styles
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.sources.zip_member import is_zip, open_package, part_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_word_document", "read_word_document"]

_BODY, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_ENDINGS = (".docx", ".docm", ".dotx")
# Deleted and moved words, instructions of fields, marks of notes, readings over characters, and what is
# written a second time for old programs.
_UNSEEN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "footnoteReference", "Fallback",
     "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "rt", "sdtPr"}
)  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# A row whose cells hold a paragraph at most, and together no more than this, is a row of facts.
_LONGEST_ROW = 300
# A title stands among the first blocks; further down such a style marks the head of a section.
_TITLE_AMONG = 12


def is_word_document(path: Path, data: bytes) -> bool:
    """Recognise a document among zip files, by its name or by a part that its beginning names."""
    ending = path.suffix.lower()
    return is_zip(data) and (ending in _ENDINGS or (ending != ".zip" and b"word/" in data))


def read_word_document(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document, or the turns of a verbatim record."""
    with open_package(path, data) as package:
        document = _Document(Styles(), Numbering())
        for name, take in ((_STYLES, document.styles.take), (_NUMBERING, document.numbering.take)):
            part = part_of(package, name, path=path)
            if part is not None:
                take(part, path)
        body = part_of(package, _BODY, path=path)
        if body is None:
            raise SourceError(path, "this is no Word document; save it again as DOCX.")
        for _, element in events(body, path=path, ends=("p", "tbl", "sdt")):
            parent = element.getparent()
            if parent is not None and local_name(parent) == "body":
                document.add(element)
                forget(element)
        document.close()
        letterhead = tuple(_letterhead(package, path, document.styles))
    yield from statements_in(tuple(document.blocks), letterhead=letterhead)


def _letterhead(package: ZipFile, path: Path, styles: Styles) -> Iterator[Block]:
    """Yield what the headers of the document hold, each line once."""
    seen: set[tuple[str, ...]] = set()
    for name in sorted(name for name in package.namelist() if name.startswith("word/header")):
        page = _Document(styles, Numbering())
        for _, element in events(part_of(package, name, path=path) or b"", path=path, ends=("hdr",)):
            for child in element:
                page.add(child)
        for block in page.blocks:
            if block.lines not in seen:
                seen.add(block.lines)
                yield block


@dataclass(slots=True)
class _Document:
    """The blocks set so far; ``torn`` are words of a paragraph whose end was deleted."""

    styles: Styles
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    line: int = 0
    torn: str = ""

    def add(self, element: _Element) -> None:
        """Set what stands on one level of the body."""
        kind = local_name(element)
        if kind == "p":
            self._paragraph(element)
        elif kind == "tbl":
            for row in element.iterchildren("{*}tr"):
                self._row(row)
        elif kind not in _UNSEEN:
            for child in element:
                self.add(child)

    def close(self) -> None:
        """End the document."""
        if self.torn:
            self._set(self.torn, title=False)

    def _paragraph(self, paragraph: _Element) -> None:
        boxes: list[_Element] = []
        words = self.torn + "".join(_words(paragraph, boxes))
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

    def _row(self, row: _Element) -> None:
        """Set a row of facts as one line, the cells of any other one after the other."""
        cells = []
        for cell in row.iterchildren("{*}tc", "{*}sdt"):
            inside = _Document(self.styles, self.numbering)
            for child in cell:
                inside.add(child)
            cells.append(inside.blocks)
        words = [" ".join(line for block in cell for line in block.lines) for cell in cells]
        if len(cells) > 1 and all(len(cell) <= 1 for cell in cells) and sum(map(len, words)) <= _LONGEST_ROW:
            self._set(" | ".join(filter(None, words)), title=False)
        else:
            for block in (block for cell in cells for block in cell):
                self._set("\n".join(block.lines), title=block.title)

    def _set(self, words: str, *, title: bool) -> None:
        lines = [" ".join(line.split(" ")).strip() for line in clean(words).split("\n")]
        for run in _runs(lines):
            titled = title and len(self.blocks) < _TITLE_AMONG and not any(one.title for one in self.blocks)
            self.blocks.append(Block(tuple(run), line=self.line + 1, title=titled))
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


def _words(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """Yield the words of a paragraph; text boxes in it are put aside."""
    for child in element:
        kind = local_name(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind not in _UNSEEN and not (kind == "r" and _is_hidden(child)):
            yield from _words(child, boxes)


def _is_hidden(run: _Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and not any(value in ("0", "false", "off") for value in mark.attrib.values())
