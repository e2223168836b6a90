"""The same statements in every format that is read, written as plainly as each allows."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

from benchmarks.debates import DEBATES
from benchmarks.speech import Speech

__all__ = ["FORMATS"]

_LINES, _WIDTH = 50, 90


def _text(speeches: Sequence[Speech]) -> bytes:
    return "\n\n".join(text for one in speeches for text in one.paragraphs).encode()


def _html(speeches: Sequence[Speech]) -> bytes:
    texts = "\n".join(f"<p>{escape(text)}</p>" for one in speeches for text in one.paragraphs)
    return f"<!DOCTYPE html><html><body><article>{texts}</article></body></html>".encode()


def _csv(speeches: Sequence[Speech]) -> bytes:
    out = io.StringIO()
    rows = ((one.speaker, "2020-05-04", "\n\n".join(one.paragraphs)) for one in speeches)
    csv.writer(out).writerows([("speaker", "date", "speech"), *rows])
    return out.getvalue().encode()


def _json(speeches: Sequence[Speech]) -> bytes:
    rows = [
        {"speaker": one.speaker, "date": "2020-05-04", "speech": list(one.paragraphs)} for one in speeches
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def _rtf(speeches: Sequence[Speech]) -> bytes:
    words = "\n".join(f"{{\\f0\\fs24 {_of_rtf(text)}}}\\par" for one in speeches for text in one.paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {words}}}".encode("latin-1")


def _of_rtf(text: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in "\\{}" else sign for sign in text)
    return "".join(sign if sign < "\x80" else f"\\u{ord(sign)}?" for sign in escaped)


def _odt(speeches: Sequence[Speech]) -> bytes:
    body = "".join(f"<text:p>{escape(text)}</text:p>" for one in speeches for text in one.paragraphs)
    space = "urn:oasis:names:tc:opendocument:xmlns"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return packed.getvalue()


def _srt(speeches: Sequence[Speech]) -> bytes:
    texts = (text for one in speeches for text in one.paragraphs)
    lines = (line for text in texts for line in textwrap.wrap(text, 70))
    cues = (
        f"{at}\n{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02},000 --> 00:00:00,000\n{line}\n"
        for at, line in enumerate(lines, 1)
    )
    return "\n".join(cues).encode()


def _docx(speeches: Sequence[Speech]) -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for one in speeches for text in one.paragraphs
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return packed.getvalue()


def _pdf(speeches: Sequence[Speech]) -> bytes:
    """Set the paragraphs in Times, page after page, with a blank line between two."""
    lines = [
        line for one in speeches for text in one.paragraphs for line in (*textwrap.wrap(text, _WIDTH), "")
    ]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 595 842]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
    ]
    for at, page in enumerate(pages):
        shown = b"".join(b"(" + _escaped(line) + b")'\n" for line in page)
        content = b"BT /F 11 Tf 14 TL 70 780 Td\n" + shown + b"ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * at} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return _numbered(objects)


def _escaped(line: str) -> bytes:
    for sign in "\\()":
        line = line.replace(sign, f"\\{sign}")
    return line.encode("latin-1", "replace")


def _numbered(objects: Sequence[bytes]) -> bytes:
    """Put the objects of a PDF together with the table that says where each begins."""
    written, begins = b"%PDF-1.4\n", []
    parts = []
    at = len(written)
    for number, content in enumerate(objects, 1):
        begins.append(at)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    count = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return written + b"".join(parts) + end % (count, table, count, at)


def _markdown(speeches: Sequence[Speech]) -> bytes:
    return b"# Statement\n\n" + _text(speeches)


def _json_lines(speeches: Sequence[Speech]) -> bytes:
    lines = ({"speaker": one.speaker, "paragraphs": list(one.paragraphs)} for one in speeches)
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def _tsv(speeches: Sequence[Speech]) -> bytes:
    out = io.StringIO()
    rows = ((one.speaker, "2020-05-04", "\n\n".join(one.paragraphs)) for one in speeches)
    csv.writer(out, delimiter="\t").writerows([("speaker", "date", "speech"), *rows])
    return out.getvalue().encode()


def _parquet(speeches: Sequence[Speech]) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    columns = {
        "speaker": [one.speaker for one in speeches],
        "date": ["2020-05-04"] * len(speeches),
        "speech": [list(one.paragraphs) for one in speeches],
    }
    out = pyarrow.BufferOutputStream()
    write_table(pyarrow.table(columns), out)
    return bytes(out.getvalue().to_pybytes())


def _mhtml(speeches: Sequence[Speech]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Statement"
    message.set_content(_html(speeches).decode(), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _mail(speeches: Sequence[Speech]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "press@example.org", "Statement"
    message.set_content(_text(speeches).decode(), cte="quoted-printable")
    return message.as_bytes()


def _epub(speeches: Sequence[Speech]) -> bytes:
    """Bind a book, a chapter a speech."""
    names = [f"{at}.xhtml" for at in range(len(speeches))]
    items = "".join(f'<item id="i{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    order = "".join(f'<itemref idref="i{n}"/>' for n in names)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        package.writestr("META-INF/container.xml", '<container><rootfile full-path="a.opf"/></container>')
        package.writestr("a.opf", f"<package><manifest>{items}</manifest><spine>{order}</spine></package>")
        for name, one in zip(names, speeches, strict=True):
            package.writestr(name, _html([one]))
    return packed.getvalue()


def _vtt(speeches: Sequence[Speech]) -> bytes:
    return b"WEBVTT\n\n" + _srt(speeches).replace(b",000", b".000")


#: The name of a file in each format, and what writes it.
FORMATS: dict[str, Callable[[Sequence[Speech]], bytes]] = {
    "text.txt": _text,
    "text.md": _markdown,
    "page.html": _html,
    "page.mhtml": _mhtml,
    "ready-split.jsonl": _json_lines,
    "table.csv": _csv,
    "table.tsv": _tsv,
    "table.json": _json,
    "table.parquet": _parquet,
    **DEBATES,
    "document.docx": _docx,
    "document.odt": _odt,
    "document.rtf": _rtf,
    "book.epub": _epub,
    "message.eml": _mail,
    "subtitles.srt": _srt,
    "subtitles.vtt": _vtt,
    "document.pdf": _pdf,
}
