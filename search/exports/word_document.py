"""Hits as a Word document (DOCX): of each its address, its facts on a line, and its words.

It is written as it goes, the same hits in the same bytes; a library would hold the whole document first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from onrecord.search.exports.columns import Column, plain_cell
from onrecord.search.exports.found import Found
from onrecord.search.exports.word_package import HEAD, KIND, OFFICE, PACKAGE, WORDS, entry, is_right_to_left
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["write"]

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles xmlns:w="{WORDS}">'
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
# What has a place of its own, in this order; all other columns are facts.
_HEADING = "address"
_WORDS_OF = ("before", "text", "snippet", "after")
_GATHERED = 1 << 16


def write(path: Path, found: Found, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Write hits into a document."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(entry(name), HEAD + part)
        with archive.open(entry("word/document.xml"), "w", force_zip64=True) as document:
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
    yield f'{HEAD}<w:document xmlns:w="{WORDS}"><w:body>'
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
    direction = "<w:bidi/>" if is_right_to_left(text) else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{direction}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'
    )
