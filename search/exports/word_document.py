"""Hits as a Word document (DOCX): of each its address, its facts on a line, and its words.

It is written as it goes, the same hits in the same bytes; a library would hold the whole document first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unicodedata import bidirectional
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from onrecord.search.exports.columns import Column, plain_cell
from onrecord.search.exports.found import Found
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["write"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles xmlns:w="{_WORDS}">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="400"/></w:pPr></w:style></w:styles>'
    ),
}
# The earliest that a zip archive can say: the same hits are the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
# What has a place of its own, in this order; all other columns are facts.
_HEADING = "address"
_WORDS_OF = ("before", "text", "snippet", "after")
_GATHERED = 1 << 16
# Letters that run from right to left, and letters that run from left to right.
_RIGHT_TO_LEFT = ("R", "AL")


def write(path: Path, found: Found, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Write hits into a document."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(_entry(name), _HEAD + part)
        with archive.open(_entry("word/document.xml"), "w", force_zip64=True) as document:
            gathered = bytearray()
            for piece in _document(found, hits):
                gathered += piece.encode()
                if len(gathered) >= _GATHERED:
                    document.write(gathered)
                    gathered.clear()
            document.write(gathered)
    return ()


def _document(found: Found, hits: Iterable[Hit]) -> Iterator[str]:
    columns = found.plan.columns
    words = [column for column in columns if column.name in _WORDS_OF]
    facts = [column for column in columns if column.name not in (*_WORDS_OF, _HEADING)]
    yield f'{_HEAD}<w:document xmlns:w="{_WORDS}"><w:body>'
    yield _paragraph("Heading1", found.title)
    for hit in hits:
        yield _paragraph("Heading2", hit.address)
        if told := _facts(hit, facts):
            yield _paragraph("Normal", told)
        for column in words:
            value = column.value(hit)
            for text in value if isinstance(value, tuple) else (value,):
                yield _paragraph("Quote" if column.name != "text" else "Normal", str(text))
    yield "<w:sectPr/></w:body></w:document>"


def _facts(hit: Hit, columns: Sequence[Column]) -> str:
    """Write what is known of a hit, each by its name."""
    values = ((column.name.replace("_", " "), plain_cell(column.value(hit))) for column in columns)
    return "; ".join(f"{name}: {value}" for name, value in values if value not in (None, ""))


def _paragraph(style: str, text: str) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(
        escape(printable(line)) for line in text.split("\n")
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{_direction(text)}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'
    )


def _direction(text: str) -> str:
    """Say that a paragraph runs from right to left, where its first letter does."""
    if text.isascii():
        return ""
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", *_RIGHT_TO_LEFT)), "L")
    return "<w:bidi/>" if first in _RIGHT_TO_LEFT else ""


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _MADE)
    entry.compress_type = ZIP_DEFLATED
    return entry
