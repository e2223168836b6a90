"""A document that quotes, as one text: quoted blocks behind ``>``, notes where they stand and at the end.

Readers of statements leave notes out, since nobody spoke them. Whoever checks a brief needs them: they say
where its quotations are from. So Markdown and plain text are taken as they are; of a web page links to its
own notes become ``[^name]``; of a Word document its notes become paragraphs; what either sets as code stands
between backticks. Every other format is read as a statement is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.not_read import why_not_read
from onrecord.indexer.formats.registry import BINARY_READERS, reader_for
from onrecord.indexer.limits import FILE_SIZE, reading
from onrecord.indexer.sources.contents import read_beginning, read_bytes
from onrecord.indexer.sources.decoding import clean, decode, is_text
from onrecord.indexer.sources.zip_member import open_package, part_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = ["TextWithNotes", "read_with_notes"]

_PAGES = frozenset(("html", "mhtml"))
_BINARY = frozenset(reader.name for reader in BINARY_READERS)
_DOCUMENT, _NOTES = "word/document.xml", {"word/footnotes.xml": "f", "word/endnotes.xml": "e"}
# Styles of quoted paragraphs, in the languages of Word.
_QUOTED_STYLE = re.compile("quote|quotation|zitat|citation|^cita|citat|цитата", re.IGNORECASE)
# Styles of runs that are typed and not said.
_CODE_STYLE = re.compile(r"code|source.?text|typewriter", re.IGNORECASE)
_CODE_TAGS = ("code", "kbd", "samp")
# What says that a link is the mark of a note, whatever it reads (DPUB-ARIA).
_ROLE_OF_MARKS = "doc-noteref"
_REFERENCES = {"footnoteReference": "f", "endnoteReference": "e"}
_MARK = re.compile(r"\[?[0-9]{1,3}\]?|[*†‡§]{1,3}|\[?[a-z]\]?")
_BACKTICKS = re.compile("`+")
_NAME = re.compile(r"[^\[\]\s]{1,58}")
_MARKED_ITEM = re.compile(r"(?:• |[0-9]+\. )(?=\[\^)")


@dataclass(frozen=True, slots=True)
class TextWithNotes:
    """A text, and of each of its lines the line of the file that it stands in, counted from 1."""

    text: str
    lines: tuple[int, ...]


def read_with_notes(path: Path) -> TextWithNotes:
    """Read a document with its notes (`SourceError`)."""
    beginning = read_beginning(path)
    reader = reader_for(path, beginning)
    if reader is None and not is_text(beginning):
        raise SourceError(path, f"{why_not_read(path, beginning)}.")
    with reading(path):
        data = read_bytes(path, limit=reader.size if reader else FILE_SIZE)
        if reader is None or reader.name not in _PAGES | _BINARY:
            text = clean(decode(data))
            return TextWithNotes(text, tuple(range(1, text.count("\n") + 2)))
        if reader.name == "html":
            return _together(_blocks_of_page(clean(decode(data))))
        if reader.name == "docx":
            data = _with_notes(path, data)
        return _together(block for draft in reader.read(path, data) for block in _blocks_of(draft))


def _together(blocks: Iterable[Block]) -> TextWithNotes:
    """Set blocks below each other, with a blank line between them."""
    texts: list[str] = []
    lines: list[int] = []
    for block in blocks:
        for number, line in enumerate(block.lines):
            texts.append(line)
            lines.append(block.line + (number if block.stacked else 0))
        texts.append("")
        lines.append(lines[-1])
    return TextWithNotes("\n".join(texts), tuple(lines))


def _blocks_of(draft: Draft) -> Iterator[Block]:
    yield from draft.blocks
    for paragraph in draft.paragraphs or ():
        yield Block((paragraph.text,), line=paragraph.line or 1)


def _blocks_of_page(text: str) -> Iterator[Block]:
    """Yield the blocks of a whole page, its notes marked; what stands around a statement may be the notes."""
    from onrecord.indexer.formats.web.text import pieces_of
    from onrecord.indexer.formats.web.tree import parse_page

    page = parse_page(text)
    if page is None or page.body is None:
        return
    _mark_notes(page)
    for tag in page.find_all(_CODE_TAGS):
        mark = _code_mark(tag.get_text())
        tag.insert(0, mark)
        tag.append(mark)
    for piece in pieces_of(page.body):
        lines = (_MARKED_ITEM.sub("", piece.block.lines[0]), *piece.block.lines[1:])
        element = piece.element
        if element.name == "blockquote" or element.find_parent("blockquote") is not None:
            lines = tuple(f"> {line}" for line in lines)
        yield Block(lines, line=piece.block.line, stacked=piece.block.stacked)


def _mark_notes(page: BeautifulSoup) -> None:
    """Make ``[^name]`` of each link to a note further down, and let the note begin with ``[^name]:``."""
    targets: dict[str, Tag] = {}
    order: dict[int, int] = {}
    for at, tag in enumerate(page.find_all(True)):
        order[id(tag)] = at
        for name in (tag.get("id"), tag.get("name")):
            if name and _NAME.fullmatch(str(name)):
                targets.setdefault(str(name), tag)
    begun: set[str] = set()
    for link in page.find_all("a"):
        name = str(link.get("href", "")).removeprefix("#")
        target = targets.get(name)
        is_mark = link.get("role") == _ROLE_OF_MARKS or _MARK.fullmatch(link.get_text().strip())
        if target is None or not is_mark:
            continue
        if order[id(target)] <= order[id(link)]:
            continue
        link.replace_with(f"[^{name}]")
        if name not in begun:
            target.insert(0, f"[^{name}]: ")
            begun.add(name)


def _with_notes(path: Path, data: bytes) -> bytes:
    """Return a Word document whose notes are paragraphs at its end, and whose quoted paragraphs say so."""
    from lxml import etree

    parser: Any = etree.XMLParser(resolve_entities=False, no_network=True)
    with open_package(path, data) as package:
        parts = {name: part_of(package, name, path=path) for name in (_DOCUMENT, *_NOTES)}
        if parts[_DOCUMENT] is None:
            return data
        try:
            roots = {name: etree.fromstring(part, parser) for name, part in parts.items() if part}
        except etree.XMLSyntaxError:
            return data  # the reader says what is wrong
        document = roots.pop(_DOCUMENT)
        _write_marks(document)
        _write_code(document)
        body = document.find("{*}body")
        for name, root in roots.items() if body is not None else ():
            for note in root.iterchildren("{*}footnote", "{*}endnote"):
                words = "".join(note.itertext("{*}t")).strip()
                if words:
                    paragraph = etree.SubElement(body, f"{_space(document)}p")
                    _append_words(paragraph, f"[^{_NOTES[name]}{_id(note)}]: {words}")
        written = io.BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as changed:
            for member in package.infolist():
                if member.filename == _DOCUMENT:
                    changed.writestr(_DOCUMENT, etree.tostring(document))
                elif member.filename.startswith("word/") and member.filename.endswith(".xml"):
                    changed.writestr(member.filename, part_of(package, member.filename, path=path) or b"")
        return written.getvalue()


def _write_marks(document: Any) -> None:
    for element in document.iter("{*}footnoteReference", "{*}endnoteReference"):
        kind = _REFERENCES[element.tag.rpartition("}")[2]]
        element.tag, name = f"{_space(document)}t", _id(element)
        element.attrib.clear()
        element.text = f"[^{kind}{name}]"
    for paragraph in document.iter("{*}p"):
        style = paragraph.find("{*}pPr/{*}pStyle")
        if style is not None and any(_QUOTED_STYLE.search(str(value)) for value in style.attrib.values()):
            _append_words(paragraph, "> ", at=list(paragraph).index(paragraph.find("{*}pPr")) + 1)


def _write_code(document: Any) -> None:
    """Set runs of a style for code between the marks of it, those side by side as one."""
    for paragraph in document.iter("{*}p"):
        for is_code, runs in groupby(paragraph.iterchildren("{*}r"), key=_is_code):
            some = list(runs)
            texts = [text for run in some for text in run.iter("{*}t")]
            if not is_code or not texts:
                continue
            mark = _code_mark("".join(text.text or "" for text in texts))
            texts[0].text = f"{mark}{texts[0].text or ''}"
            texts[-1].text = f"{texts[-1].text or ''}{mark}"


def _is_code(run: Any) -> bool:
    style = run.find("{*}rPr/{*}rStyle")
    return style is not None and any(_CODE_STYLE.search(str(value)) for value in style.attrib.values())


def _code_mark(text: str) -> str:
    """Return a run of backticks that is longer than those of a text."""
    return "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))


def _append_words(paragraph: Any, words: str, *, at: int | None = None) -> None:
    from lxml import etree

    space = _space(paragraph)
    run = etree.Element(f"{space}r")
    etree.SubElement(run, f"{space}t").text = words
    paragraph.insert(len(paragraph) if at is None else at, run)


def _space(element: Any) -> str:
    """Return the namespace of an element, in braces."""
    return str(element.tag).rpartition("}")[0] + "}"


def _id(element: Any) -> str:
    return next((str(value) for name, value in element.attrib.items() if name.endswith("}id")), "")
