"""The same statements in every format that is read, written as plainly as each allows."""

from __future__ import annotations

import csv
import io
import json
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

__all__ = ["FORMATS", "Speech"]

_LINES, _WIDTH = 50, 90


@dataclass(frozen=True, slots=True)
class Speech:
    """Who spoke, and the paragraphs."""

    speaker: str
    paragraphs: tuple[str, ...]


def _text(speeches: Sequence[Speech]) -> bytes:
    return "\n\n".join(text for one in speeches for text in one.paragraphs).encode()


def _html(speeches: Sequence[Speech]) -> bytes:
    texts = "\n".join(f"<p>{escape(text)}</p>" for one in speeches for text in one.paragraphs)
    return f"<!DOCTYPE html><html><body><article>{texts}</article></body></html>".encode()


def _parlamint(speeches: Sequence[Speech]) -> bytes:
    utterances = "\n".join(
        f'<u xml:id="u{at}" who="#{at % 90}" ana="#regular">'
        + "".join(f'<seg xml:id="u{at}.{n}">{escape(text)}</seg>\n' for n, text in enumerate(one.paragraphs))
        + "</u>"
        for at, one in enumerate(speeches)
    )
    names = "".join(
        f'<person xml:id="{at}"><persName>{escape(one.speaker)}</persName></person>'
        for at, one in enumerate(speeches[:90])
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><profileDesc><settingDesc>'
        '<setting><date when="2020-05-04"/></setting></settingDesc><particDesc><listPerson>'
        f"{names}</listPerson></particDesc></profileDesc></teiHeader>"
        f"<text><body><div>{utterances}</div></body></text></TEI>"
    ).encode()


def _akoma_ntoso(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f"<speech><from>{escape(one.speaker)}</from>"
        + "".join(f"<p>{escape(text)}</p>\n" for text in one.paragraphs)
        + "</speech>"
        for one in speeches
    )
    return f"<akomaNtoso><debate><debateBody>{said}</debateBody></debate></akomaNtoso>".encode()


def _parlparse(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<speech id="uk.org.publicwhip/debate/2020-05-04a.{at}" colnum="{at}" '
        f'speakername="{escape(one.speaker)}">'
        + "".join(f'<p pid="{at}/{n}">{escape(text)}</p>\n' for n, text in enumerate(one.paragraphs))
        + "</speech>"
        for at, one in enumerate(speeches)
    )
    return f"<publicwhip>{said}</publicwhip>".encode()


def _verbatim(speeches: Sequence[Speech]) -> bytes:
    head = ("S/PV.9901", "The meeting was called to order at 10 a.m.")
    return "\n\n".join([*head, *_turns(speeches)]).encode()


def _turns(speeches: Sequence[Speech]) -> Iterator[str]:
    for one in speeches:
        first, *rest = one.paragraphs
        yield from (f"Mr. X ({one.speaker}): {first}", *rest)


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


def _hansard(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<Intervention id="{at}"><PersonSpeaking>{escape(one.speaker)}</PersonSpeaking><Content>'
        + "".join(
            f'<ParaText id="{at}.{n}">{escape(text)}</ParaText>\n' for n, text in enumerate(one.paragraphs)
        )
        + "</Content></Intervention>"
        for at, one in enumerate(speeches)
    )
    return f'<Hansard xml:lang="EN"><HansardBody>{said}</HansardBody></Hansard>'.encode()


def _bundestag(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<rede id="{at}"><p klasse="redner"><redner id="1"/>{escape(one.speaker)}:</p>'
        + "".join(f'<p klasse="J">{escape(text)}</p>\n' for text in one.paragraphs)
        + "</rede>"
        for at, one in enumerate(speeches)
    )
    return (
        '<dbtplenarprotokoll wahlperiode="19" sitzung-nr="7" sitzung-datum="17.01.2018"><sitzungsverlauf>'
        f"<tagesordnungspunkt>{said}</tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>"
    ).encode()


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


#: The name of a file in each format, and what writes it.
FORMATS: dict[str, Callable[[Sequence[Speech]], bytes]] = {
    "text.txt": _text,
    "page.html": _html,
    "verbatim.txt": _verbatim,
    "parlamint.xml": _parlamint,
    "akoma-ntoso.xml": _akoma_ntoso,
    "parlparse.xml": _parlparse,
    "table.csv": _csv,
    "table.json": _json,
    "hansard.xml": _hansard,
    "bundestag.xml": _bundestag,
    "document.docx": _docx,
    "document.odt": _odt,
    "document.rtf": _rtf,
    "subtitles.srt": _srt,
    "document.pdf": _pdf,
}
