"""A document as a Word document (DOCX) with footnotes; the same document is the same bytes."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from onrecord.search.brief.document import (
    Block,
    Code,
    Document,
    Heading,
    Items,
    Paragraph,
    Quoted,
    Rows,
    Span,
)
from onrecord.search.exports.word_package import HEAD, KIND, OFFICE, PACKAGE, WORDS, entry, is_right_to_left
from onrecord.search.results.shown_text import printable

__all__ = ["word_document"]

_CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{KIND}.footnotes+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_RELATIONS_OF_DOCUMENT = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
)


def _heading_style(level: int, size: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
        f'<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_STYLES = (
    f'<w:styles xmlns:w="{WORDS}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
    f"{_heading_style(1, 36)}{_heading_style(2, 30)}{_heading_style(3, 26)}"
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="360"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Code"><w:name w:val="Code"/>'
    '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
    '<w:sz w:val="18"/></w:rPr></w:style></w:styles>'
)
_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{}</w:r>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>'
_NAME_OF_A_NOTE = re.compile(r"\[f([0-9]{1,9})\]")


def word_document(document: Document) -> bytes:
    """Write a document."""
    first = _first_note(document)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _RELATIONS_OF_DOCUMENT,
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": _footnotes(document, first),
        "word/document.xml": _body(document, first),
    }
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(entry(name), HEAD + part)
    return written.getvalue()


def _first_note(document: Document) -> int:
    """Return the name of the first note: as whoever verifies names notes, none stands in what is quoted."""
    there = (int(found[1]) for text in document.quoted for found in _NAME_OF_A_NOTE.finditer(text))
    return max(there, default=0) + 1


def _footnotes(document: Document, first: int) -> str:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"{_MARK.format('<w:footnoteRef/>')}{_run(f' {note}')}</w:p></w:footnote>"
        for number, note in enumerate(document.notes, first)
    )
    return f'<w:footnotes xmlns:w="{WORDS}">{separators}{notes}</w:footnotes>'


def _body(document: Document, first: int) -> str:
    blocks = "".join(_block(block, first) for block in document.blocks)
    return f'<w:document xmlns:w="{WORDS}"><w:body>{blocks}<w:sectPr/></w:body></w:document>'


def _block(block: Block, first: int) -> str:
    match block:
        case Heading(level, spans):
            return _paragraph(f"Heading{level}", spans, first)
        case Paragraph(spans):
            return _paragraph("Normal", spans, first)
        case Items(items):
            return "".join(_paragraph("ListBullet", spans, first) for spans in items)
        case Rows():
            return _table(block, first)


def _table(rows: Rows, first: int) -> str:
    grid = "".join("<w:gridCol/>" for _ in rows.names)
    head = "".join(f"<w:tc><w:p>{_run(name, '<w:b/>')}</w:p></w:tc>" for name in rows.names)
    written = [f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for row in rows.rows:
        cells = "".join(
            f"<w:tc><w:p>{_END if at in rows.numbers else ''}{_span(cell, first)}</w:p></w:tc>"
            for at, cell in enumerate(row)
        )
        written.append(f"<w:tr>{cells}</w:tr>")
    return f"{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl><w:p/>"


_END = '<w:pPr><w:jc w:val="right"/></w:pPr>'


def _paragraph(style: str, spans: tuple[Span, ...], first: int) -> str:
    runs = "".join(_span(span, first) for span in spans)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _span(span: Span, first: int) -> str:
    if isinstance(span, Code):
        return _run(span.text, '<w:rStyle w:val="Code"/>')
    if isinstance(span, Quoted):
        words = _run(span.text, "<w:rtl/>" if is_right_to_left(span.text) else "")
        reference = _MARK.format(f'<w:footnoteReference w:id="{first + span.note - 1}"/>')
        return f"{_run('“')}{words}{_run('”')}{reference}"
    return _run(span.text, "<w:b/>" if span.strong else "")


def _run(text: str, properties: str = "") -> str:
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
