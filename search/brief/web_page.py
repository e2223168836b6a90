"""A document as a web page of one file, with its notes at the end (DPUB-ARIA)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
from onrecord.search.exports.word_package import is_right_to_left

__all__ = ["web_page"]

_STYLE = (
    "body{font-family:serif;line-height:1.5;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-size:.9em}td,th{border:1px solid #999;padding:.2em .5em;"
    "text-align:start;vertical-align:top}td.number{text-align:end}code,li{overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#9cf}}"
)
_PREFIX = "note-"


def web_page(document: Document) -> str:
    """Write a document."""
    prefix = _prefix(document)
    body = "\n".join(_block(block, prefix) for block in document.blocks)
    notes = "\n".join(_notes(document, prefix))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title>\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<style>{_STYLE}</style></head><body>\n<main>\n{body}\n</main>\n{notes}</body></html>\n"
    )


def _prefix(document: Document) -> str:
    """Return what the names of notes begin with: nothing that stands in brackets in what is quoted."""
    prefix = _PREFIX
    while any(f"[{prefix}" in text for text in document.quoted):
        prefix += "-"
    return prefix


def _notes(document: Document, prefix: str) -> Iterator[str]:
    if not document.notes:
        return
    yield '<section role="doc-endnotes"><h2>Notes</h2><ol>'
    for number, note in enumerate(document.notes, 1):
        back = f'<a href="#to-{prefix}{number}" role="doc-backlink">↩</a>'
        yield f'<li id="{prefix}{number}">{escape(note)} {back}</li>'
    yield "</ol></section>\n"


def _block(block: Block, prefix: str) -> str:
    match block:
        case Heading(level, spans):
            return f"<h{level}>{_line(spans, prefix)}</h{level}>"
        case Paragraph(spans):
            return f"<p>{_line(spans, prefix)}</p>"
        case Items(items):
            return "<ul>\n" + "\n".join(f"<li>{_line(spans, prefix)}</li>" for spans in items) + "\n</ul>"
        case Rows():
            return _table(block, prefix)


def _table(table: Rows, prefix: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.names)
    begun = ['<td class="number">' if at in table.numbers else "<td>" for at in range(len(table.names))]
    rows = (
        "".join(f"{td}{_span(cell, prefix)}</td>" for td, cell in zip(begun, row, strict=True))
        for row in table.rows
    )
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _line(spans: tuple[Span, ...], prefix: str) -> str:
    return "".join(_span(span, prefix) for span in spans)


def _span(span: Span, prefix: str) -> str:
    text = escape(span.text)
    if isinstance(span, Code):
        return f"<code>{text}</code>"
    if isinstance(span, Quoted):
        name = f"{prefix}{span.note}"
        language = f' lang="{escape(span.language)}"' if span.language else ""
        direction = ' dir="rtl"' if is_right_to_left(span.text) else ""
        mark = f'<sup><a href="#{name}" id="to-{name}" role="doc-noteref">{span.note}</a></sup>'
        return f"“<span{language}{direction}>{text}</span>”{mark}"
    return f"<strong>{text}</strong>" if span.strong else text
