"""Which reader takes which file.

The first reader in `READERS` that takes a file reads it; the order is from the
narrowest scheme to the widest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.debates.akoma_ntoso import is_akoma_ntoso, read_akoma_ntoso
from onrecord.indexer.formats.debates.australian import is_australian, read_australian
from onrecord.indexer.formats.debates.bundestag import is_bundestag, read_bundestag
from onrecord.indexer.formats.debates.canadian import is_canadian, read_canadian
from onrecord.indexer.formats.debates.congressional_record import (
    is_congressional_record,
    read_congressional_record,
)
from onrecord.indexer.formats.debates.digitised import is_digitised, read_digitised
from onrecord.indexer.formats.debates.europarl import (
    is_europarl_text,
    is_europarl_xml,
    read_europarl_text,
    read_europarl_xml,
)
from onrecord.indexer.formats.debates.parlamint import is_parlamint, read_parlamint
from onrecord.indexer.formats.debates.parlamint_corpus import files_beside
from onrecord.indexer.formats.debates.parlparse import is_parlparse, read_parlparse
from onrecord.indexer.formats.documents.epub import is_epub, read_epub
from onrecord.indexer.formats.documents.mail import is_mail, read_mail
from onrecord.indexer.formats.documents.old_word import can_read_old_word, is_old_word, read_old_word
from onrecord.indexer.formats.documents.open_document import (
    is_flat_open_document,
    is_open_document,
    read_flat_open_document,
    read_open_document,
)
from onrecord.indexer.formats.documents.rtf import is_rtf, read_rtf
from onrecord.indexer.formats.documents.subtitles import is_subtitles, read_subtitles
from onrecord.indexer.formats.general_debate import is_general_debate, read_general_debate
from onrecord.indexer.formats.json_lines import read_ready_split
from onrecord.indexer.formats.markdown import read_markdown
from onrecord.indexer.formats.pdf.document import is_pdf, read_pdf
from onrecord.indexer.formats.plain_text import read_plain_text
from onrecord.indexer.formats.tables.parquet import can_read_parquet, is_parquet
from onrecord.indexer.formats.tables.statements import TABLES, is_speech_table, read_speech_table
from onrecord.indexer.formats.verbatim.record import is_verbatim, read_verbatim
from onrecord.indexer.formats.web.page import looks_like_web_page, read_web_page
from onrecord.indexer.formats.web.saved_page import read_saved_page
from onrecord.indexer.formats.word.document import is_word_document, read_word_document
from onrecord.indexer.limits import FILE_SIZE, STATEMENT_SIZE, TextLimit
from onrecord.indexer.sources.archives import read_archive
from onrecord.indexer.sources.decoding import decode, is_text
from onrecord.indexer.sources.zip_member import is_zip

__all__ = ["BINARY_READERS", "READERS", "Reader", "read_beside", "reader_for"]

# An ending names a format only when it looks like one: "speech.2021" and "Statement by Mr. Abe" have none.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}|\.markdown|\.ndjson|\.xhtml|\.parquet", re.IGNORECASE)


_LINES_OF_JSON = (".jsonl", ".ndjson")
_XML = (".xml", "")
# What addresses of pages end in, under which they are saved.
_WEB_PAGE = frozenset([".html", ".htm", ".xhtml", ".asp", ".aspx", ".php", ".shtml", ".cfm", ".jsp", ".do"])
_TEXT = (".txt", ".text", "")
# The first page of a record and the first words said on the next.
_LOOK_AT = 16384
_Read = Callable[[Path, bytes], Iterable[Draft]]
_Beside = Callable[[Path], Sequence[Path]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the files it takes (by name and how they begin), how it reads them, how large.

    ``beside`` lists the other files that it reads for one, and whose change is a change of it.
    """

    name: str
    takes: Callable[[Path, bytes], bool]
    read: _Read
    size: TextLimit = STATEMENT_SIZE
    beside: _Beside = lambda _: ()


def read_beside(path: Path) -> list[Path]:
    """List the files that are read together with one, judged by its name."""
    return [other for reader in READERS for other in reader.beside(path)]


def reader_for(path: Path, data: bytes) -> Reader | None:
    """Return the reader that takes a file of this name that begins so; None when none does."""
    readers = READERS if is_text(data) else BINARY_READERS
    return next((reader for reader in readers if reader.takes(path, data)), None)


def _suffix(path: Path) -> str:
    return path.suffix.lower() if _SUFFIX.fullmatch(path.suffix) else ""


def _takes_web_page(path: Path, data: bytes) -> bool:
    return _suffix(path) in _WEB_PAGE or (_suffix(path) == "" and looks_like_web_page(data))


def _takes_congressional_record(path: Path, data: bytes) -> bool:
    return _suffix(path) in (*_TEXT, ".htm", ".html") and is_congressional_record(data)


def _takes_subtitles(path: Path, data: bytes) -> bool:
    return _suffix(path) in (".srt", ".vtt", *_TEXT) and is_subtitles(data)


def _takes_flat_document(path: Path, data: bytes) -> bool:
    return _suffix(path) in (".fodt", ".xml") and is_flat_open_document(data)


def _takes_table(path: Path, data: bytes) -> bool:
    """Tell whether a file is a table of speeches; lines of JSON with paragraphs are statements already."""
    lines = _suffix(path) in _LINES_OF_JSON
    if lines and b'"paragraphs"' in data.partition(b"\n")[0]:
        return False
    return _suffix(path) in TABLES and is_speech_table(path, data)


def _takes_verbatim(path: Path, data: bytes) -> bool:
    return _suffix(path) in _TEXT and is_verbatim(decode(data[:_LOOK_AT]))


def _xml(name: str, takes: Callable[[bytes], bool], read: _Read, beside: _Beside = lambda _: ()) -> Reader:
    """Describe a reader of XML, which is known by its outermost element."""
    return Reader(name, lambda path, data: _suffix(path) in _XML and takes(data), read, FILE_SIZE, beside)


READERS = (
    Reader("general-debate", lambda path, _: is_general_debate(path), read_general_debate),
    _xml("parlamint", is_parlamint, read_parlamint, files_beside),
    _xml("akoma-ntoso", is_akoma_ntoso, read_akoma_ntoso),
    _xml("parlparse", is_parlparse, read_parlparse),
    _xml("canadian-hansard", is_canadian, read_canadian),
    _xml("australian-hansard", is_australian, read_australian),
    _xml("digitised-hansard", is_digitised, read_digitised),
    _xml("bundestag", is_bundestag, read_bundestag),
    _xml("europarl", is_europarl_xml, read_europarl_xml),
    Reader(
        "europarl",
        lambda path, data: _suffix(path) in _TEXT and is_europarl_text(data),
        read_europarl_text,
        FILE_SIZE,
    ),
    Reader("congressional-record", _takes_congressional_record, read_congressional_record, FILE_SIZE),
    Reader("html", _takes_web_page, read_web_page),
    Reader("mhtml", lambda path, _: _suffix(path) in (".mhtml", ".mht"), read_saved_page),
    Reader("table", _takes_table, read_speech_table, FILE_SIZE),
    Reader("subtitles", _takes_subtitles, read_subtitles),
    Reader("e-mail", lambda path, data: _suffix(path) == ".eml" and is_mail(data), read_mail, FILE_SIZE),
    Reader("odt", _takes_flat_document, read_flat_open_document, FILE_SIZE),
    Reader("html", lambda path, data: _suffix(path) == ".doc" and looks_like_web_page(data), read_web_page),
    Reader("json-lines", lambda path, _: _suffix(path) in _LINES_OF_JSON, read_ready_split, FILE_SIZE),
    Reader("markdown", lambda path, _: _suffix(path) in (".md", ".markdown"), read_markdown),
    Reader("verbatim-record", _takes_verbatim, read_verbatim),
    Reader("text", lambda path, _: _suffix(path) in _TEXT, read_plain_text),
)

#: Readers of what is no text, each known by its content.
BINARY_READERS = (
    Reader("table", lambda _, data: is_parquet(data) and can_read_parquet(), read_speech_table, FILE_SIZE),
    Reader("pdf", lambda _, data: is_pdf(data), read_pdf, FILE_SIZE),
    Reader("rtf", lambda _, data: is_rtf(data), read_rtf, FILE_SIZE),
    Reader("odt", is_open_document, read_open_document, FILE_SIZE),
    Reader("epub", is_epub, read_epub, FILE_SIZE),
    Reader(
        "doc", lambda path, data: is_old_word(path, data) and can_read_old_word(), read_old_word, FILE_SIZE
    ),
    Reader("docx", is_word_document, read_word_document, FILE_SIZE),
    Reader("zip", lambda path, data: _suffix(path) == ".zip" and is_zip(data), read_archive, FILE_SIZE),
)
