"""Web pages: the statement without the page around it.

What surrounds a statement is told by what it is (``<nav>``, ``<footer>``, a cookie
banner by its class) and by how it reads (lists that are nearly all links). In what
is left the statement is ``<main>`` or ``<article>``, or else the innermost element
that holds nearly all running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.formats.web.text import blocks_of, words_of
from onrecord.indexer.limits import LINES, MARKUP, NESTING, check_time
from onrecord.indexer.sources.declared import split_front_matter
from onrecord.indexer.sources.decoding import clean, decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["looks_like_web_page", "read_web_page"]

_PAGE_START = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*)*+(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
# The name given to elements that are to be taken out; no page has it.
_DROPPED = "dropped-element"

_UNSEEN = re.compile(
    r"script|style|noscript|template|svg|iframe|object|video|audio|button|select|input|textarea|dialog"
)
_AROUND = re.compile(r"nav|footer|aside|form|menu")
_AROUND_ROLE = re.compile(r"navigation|banner|contentinfo|complementary|search|dialog|alert|menu|toolbar")
# Words in a class or an id that sites give to what surrounds a text.
_AROUND_NAME = re.compile(
    r"""
    (?<![a-z])
    (?: nav | navbar | navigation | menu | breadcrumbs? | footer | cookies? | consent | gdpr | share | sharing
      | social | related | recommended | sidebar | newsletter | subscribe | pagination | pager | comments
      | skip | advert | hidden | toolbar )
    (?![a-z])
    """,
    re.VERBOSE,
)
# An element that holds more than this share of the page is the text, whatever its class says.
_MOST_AROUND = 0.5
# The text is inside an element that holds this share of its parent's running words.
_NEARLY_ALL = 0.8
# In lists of news and tags nearly every word is a link; in a statement with sources few are.
_MOST_LINKED, _FEWEST_LINKS = 0.7, 3
# Between the title of a page and the name of its site.
_TITLE_SEPARATOR = re.compile(r"\s+[|\-–—»·:]{1,2}\s+")


def looks_like_web_page(data: bytes) -> bool:
    """Tell a page by its first tag, for a file whose name does not."""
    return _PAGE_START.match(data, 0, _HEAD_BYTES) is not None


def read_web_page(path: Path, data: bytes) -> list[Draft]:
    """Read the statement inside a page; empty when the page holds no words.

    The title is the ``<h1>``, or else what ``og:title`` or ``<title>`` says without
    the name of the site. Dates in the head of a page tell when it was published,
    not when the words were spoken, and are not taken.
    """
    charset = _CHARSET.search(data, 0, _HEAD_BYTES)
    text = clean(decode(data, declared=charset[1].decode("ascii") if charset else None))
    declared, text = split_front_matter(text, path=path)
    LINES.check(text.count("\n"))
    MARKUP.check(text.count("<"))
    page = _parse(text)
    if page is None:
        return []
    named = _title_in_head(page)
    _drop_surroundings(page)
    root = _statement_in(page)
    blocks = tuple(blocks_of(root))
    return [Draft((*_title(page, root, blocks, named=named), *blocks), declared=declared)]


def _parse(text: str) -> HtmlElement | None:
    from lxml import html
    from lxml.etree import ParserError

    # Bytes, since lxml looks for a declared encoding in a text first, and refuses it. Nothing is fetched.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        return None
    _hold_nesting(page)
    body = page.find("body")
    return page if body is not None else None


def _hold_nesting(page: HtmlElement) -> None:
    """Raise the `SourceError` of a page that is too deep; libxml2 drops what is deeper than 255 silently."""
    from lxml.etree import iterwalk

    depth = 0
    for event, _ in iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        NESTING.check(depth)


def _drop_surroundings(page: HtmlElement) -> None:
    body = page.find("body")
    assert body is not None
    everything = len(words_of(body))
    _drop([element for element in body.iterdescendants() if _UNSEEN.fullmatch(element.tag)], body)
    around = []
    for element in body.iterdescendants():
        check_time()
        if _is_around(element) and len(words_of(element)) <= _MOST_AROUND * everything:
            around.append(element)
    _drop(around, body)


def _drop(elements: Iterable[HtmlElement], body: HtmlElement) -> None:
    """Take elements out all at once: one by one, the text behind each is copied to what stands before it."""
    from lxml.etree import strip_elements

    for element in elements:
        element.tag = _DROPPED
    strip_elements(body, _DROPPED, with_tail=False)


def _is_around(element: HtmlElement) -> bool:
    if element.tag in ("main", "article", "h1"):
        return False
    if (
        _AROUND.fullmatch(element.tag)
        or _AROUND_ROLE.fullmatch(element.get("role", ""))
        or _is_unseen(element)
    ):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return _AROUND_NAME.search(names) is not None or _is_all_links(element)


def _is_unseen(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or "display:none" in style


def _is_all_links(element: HtmlElement) -> bool:
    if element.tag not in ("ul", "ol", "dl", "div", "table", "section"):
        return False
    links = list(element.iter("a"))
    linked = sum(len(words_of(link)) for link in links)
    return len(links) >= _FEWEST_LINKS and linked > _MOST_LINKED * len(words_of(element))


def _statement_in(page: HtmlElement) -> HtmlElement:
    body = page.find("body")
    assert body is not None
    marked = [element for element in body.iter("main", "article") if words_of(element)]
    marked += [
        element for element in body.iterdescendants() if element.get("role") == "main" and words_of(element)
    ]
    if not marked:
        return _innermost(body)
    widest = max(marked, key=_running)
    most = _NEARLY_ALL * _running(widest)
    inside = [element for element in widest.iterdescendants("article") if _running(element) >= most]
    return inside[-1] if inside else widest


def _innermost(element: HtmlElement) -> HtmlElement:
    """Go down while one child holds nearly all running words of its parent."""
    while True:
        most = _NEARLY_ALL * _running(element)
        holders = [child for child in element if len(child) and _running(child) >= most]
        if not holders or holders[0].tag in ("p", "ul", "ol", "blockquote", "pre"):
            return element
        element = holders[0]


def _running(element: HtmlElement) -> int:
    """Count the characters of an element that are not links."""
    check_time()
    return len(words_of(element)) - sum(len(words_of(link)) for link in element.iter("a"))


def _title(
    page: HtmlElement, root: HtmlElement, blocks: tuple[Block, ...], *, named: str | None
) -> Iterator[Block]:
    """Yield the title that the blocks do not hold yet."""
    if any(block.title for block in blocks):
        return
    outside = [block for heading in page.iter("h1") for block in blocks_of(heading)]
    if outside:
        yield max(outside, key=lambda block: sum(map(len, block.lines)))
    elif named and not (blocks and named.casefold() == " ".join(blocks[0].lines).casefold()):
        yield Block((named,), line=1, title=True)


def _title_in_head(page: HtmlElement) -> str | None:
    """Return what the head calls the page, without the name of the site."""
    properties = {
        meta.get("property") or meta.get("name"): meta.get("content", "") for meta in page.iter("meta")
    }
    title = " ".join((properties.get("og:title") or page.findtext("head/title") or "").split())
    site = properties.get("og:site_name", "").casefold()
    parts = [part for part in _TITLE_SEPARATOR.split(title) if part and part.casefold() != site]
    if len(parts) == 2 and not site:
        parts = [max(parts, key=len)]
    return " - ".join(parts) or None
