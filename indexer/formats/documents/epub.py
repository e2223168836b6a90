"""EPUB: the chapters of a book in the order in which it is read, each a statement.

EPUB 3.3 (W3C). ``META-INF/container.xml`` names the package, its ``spine`` the order of its pages;
tables of contents and pages out of the order are left out. A chapter is read as a web page is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.debates.language_codes import two_letters
from onrecord.indexer.formats.debates.xml_stream import events, local_name, text_without
from onrecord.indexer.formats.web.page import read_web_page
from onrecord.indexer.limits import STATEMENT_SIZE, next_statement
from onrecord.indexer.sources.zip_member import is_zip, open_package, part_of
from onrecord.indexer.statement import Confidence, Finding, Metadata

__all__ = ["is_epub", "read_epub"]

_TYPE = b"application/epub+zip"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_CONTAINER, _ENCRYPTED = "META-INF/container.xml", "META-INF/encryption.xml"
_NOTHING: frozenset[str] = frozenset()


def is_epub(path: Path, data: bytes) -> bool:
    """Recognise a book among zip files by its first member, which says its type, or by its name."""
    return is_zip(data) and (_TYPE in data[:200] or path.suffix.lower() == ".epub")


def read_epub(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the chapters of a book."""
    with open_package(path, data) as package:
        root = _package_of(package, path)
        language, pages = _order(package, root, path)
        locked = _ENCRYPTED in package.namelist()
        for name in pages:
            next_statement()
            page = part_of(package, name, path=path)
            if page is None:
                continue
            STATEMENT_SIZE.check(len(page))
            if locked and b"<" not in page[:1000]:
                raise SourceError(path, "the book is locked by its seller; get one that is not.")
            for draft in read_web_page(path, page):
                declared = draft.declared.over(Metadata(language=language))
                yield replace(draft, declared=declared, key_in_file=name, source_id=name, of_a_record=False)


def _package_of(package: ZipFile, path: Path) -> str:
    container = part_of(package, _CONTAINER, path=path)
    for _, element in events(container, path=path, ends=("rootfile",)) if container else ():
        found = element.get("full-path")
        if found:
            return str(found)
    raise SourceError(path, "this is no EPUB; get the book again.")


def _order(package: ZipFile, root: str, path: Path) -> tuple[Finding[str] | None, list[str]]:
    """Return the language of a book and the names of its pages in the order in which they are read."""
    described = part_of(package, root, path=path)
    if described is None:
        raise SourceError(path, "the book does not say what is in it; get it again.")
    items: dict[str, str] = {}
    order: list[str] = []
    language = None
    for _, element in events(described, path=path, ends=("item", "itemref", "language")):
        kind = local_name(element)
        if kind == "item":
            is_page = (
                element.get("media-type") in _PAGES and "nav" not in (element.get("properties") or "").split()
            )
            if is_page:
                items[element.get("id") or ""] = element.get("href") or ""
        elif kind == "itemref":
            if element.get("linear") != "no":
                order.append(element.get("idref") or "")
        elif language is None:
            said = text_without(element, unspoken=_NOTHING)
            code = two_letters(said)
            language = Finding(code, f"dc:language: {said}", Confidence.CERTAIN) if code else None
    folder = posixpath.dirname(root)
    names = (posixpath.normpath(posixpath.join(folder, unquote(items[one]))) for one in order if one in items)
    return language, list(dict.fromkeys(names))
