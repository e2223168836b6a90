"""Web pages: the statement without the page around it.

A page is parsed (`tree`) as a browser shows it (`display`), opened (`panels`), measured (`extents`), and
freed of what surrounds its text, which is told by what it is, what it is called and how it reads
(`surroundings`). In what is left the statement is found (`statement`) and set as blocks (`text`) with the
marks and signs of a text (`marks`), without the notices that stand among them (`notices`); notes are set
apart (`notes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.limits import LINES, MARKUP
from onrecord.indexer.sources.declared import split_front_matter
from onrecord.indexer.sources.decoding import clean, decode

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = ["looks_like_web_page", "read_web_page"]

_PAGE_START = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*)*+(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
# Between the title of a page and the name of its site.
_TITLE_SEPARATOR = re.compile(r"\s+[|\-–—»·:]{1,2}\s+")


def looks_like_web_page(data: bytes) -> bool:
    """Tell a page by its first tag, for a file whose name does not."""
    return _PAGE_START.match(data, 0, _HEAD_BYTES) is not None


def read_web_page(path: Path, data: bytes, *, charset: str | None = None) -> list[Draft]:
    """Read the statement inside a page; empty when the page holds no words.

    ``charset`` is what is said of its encoding outside of the page, where it says nothing itself.

    The title is the ``<h1>``, or else what ``og:title`` or ``<title>`` says without
    the name of the site. Dates in the head of a page tell when it was published,
    not when the words were spoken, and are not taken.
    """
    declares = _CHARSET.search(data, 0, _HEAD_BYTES)
    text = clean(decode(data, declared=declares[1].decode("ascii") if declares else charset))
    declared, text = split_front_matter(text, path=path)
    LINES.check(text.count("\n"))
    MARKUP.check(text.count("<"))
    read = _statement_of_page(text)
    return [] if read is None else [Draft(read[0], declared=declared, notes=read[1])]


def _statement_of_page(text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]] | None:
    """Return the title and the blocks of a statement, and its notes; None for a page without a body."""
    from onrecord.indexer.formats.web.extents import extents_of
    from onrecord.indexer.formats.web.leads import without_lead
    from onrecord.indexer.formats.web.notes import notes_in
    from onrecord.indexer.formats.web.notices import without_notices, without_words_above_title
    from onrecord.indexer.formats.web.panels import open_panels
    from onrecord.indexer.formats.web.statement import statement_in
    from onrecord.indexer.formats.web.surroundings import surroundings_of
    from onrecord.indexer.formats.web.text import pieces_of
    from onrecord.indexer.formats.web.tree import parse_page

    page = parse_page(text)
    if page is None:
        return None
    open_panels(page)
    extents = extents_of(page)
    around = surroundings_of(page, extents)
    notes = notes_in(page, text)
    statement = statement_in(page, extents, around | notes.apart)
    left_out = around | (statement.beside - notes.apart)
    pieces = without_notices(pieces_of(statement.root, without=left_out | notes.apart))
    pieces = without_lead(without_words_above_title(pieces))
    blocks = tuple(replace(piece.block, marked_up=piece.element.name != "pre") for piece in pieces)
    above = _heading_above(page, blocks, statement.root, around | notes.apart)
    return (*above, *blocks), tuple(notes.within(statement.root, left_out))


def _heading_above(
    page: BeautifulSoup, blocks: tuple[Block, ...], root: Tag, left_out: set[int]
) -> Iterator[Block]:
    """Yield the title that the blocks do not hold yet, and what stands between it and them."""
    from onrecord.indexer.formats.web.statement import lines_below_title
    from onrecord.indexer.formats.web.text import pieces_of

    if any(block.title for block in blocks):
        return
    outside = [(piece.block, heading) for heading in page.find_all("h1") for piece in pieces_of(heading)]
    named = _title_in_head(page)
    if outside:
        title, heading = max(outside, key=lambda one: sum(map(len, one[0].lines)))
        yield title
        for tag in lines_below_title(heading, root, left_out):
            yield from (piece.block for piece in pieces_of(tag))
    elif named and not (blocks and named.casefold() == " ".join(blocks[0].lines).casefold()):
        yield Block((named,), line=1, title=True)


def _title_in_head(page: BeautifulSoup) -> str | None:
    """Return what the head calls the page, without the name of the site."""
    properties = {
        meta.get("property") or meta.get("name"): str(meta.get("content", ""))
        for meta in page.find_all("meta")
    }
    in_head = page.title.get_text() if page.title else ""
    title = " ".join(clean(properties.get("og:title") or in_head).split())
    site = properties.get("og:site_name", "").casefold()
    parts = [part for part in _TITLE_SEPARATOR.split(title) if part and part.casefold() != site]
    if len(parts) == 2 and not site:
        parts = [max(parts, key=len)]
    return " - ".join(parts) or None
