"""The tree of a page: parsed by lxml, handed to BeautifulSoup with the line of every element.

BeautifulSoup's own builder over lxml knows no lines, and its others do not close what authors leave
open, or take time in the square of a page's depth. This one lets lxml finish its tree, which also makes
the limits of a page known before the soup is built, and then plays the tree to the soup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import html
from lxml.etree import ParserError, iterwalk
from lxml.html.defs import tags

from onrecord.indexer.formats.web.display import breaks_line, is_read, set_as
from onrecord.indexer.formats.web.extents import BLOCK_TAGS
from onrecord.indexer.limits import NESTING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["parse_page"]

# What may stand in the head of a page; anything else begins its body (HTML, 13.2.6.4.4).
_OF_HEAD = frozenset(
    [
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "noframes",
        "noscript",
        "script",
        "style",
        "template",
        "title",
    ]
)
_THAT_COUNT = (
    "class",
    "id",
    "role",
    "style",
    "hidden",
    "aria-hidden",
    "href",
    "start",
    "name",
    "property",
    "content",
)
# Space at the beginning of these and behind them is layout of the source.
_WITHOUT_SPACE = BLOCK_TAGS - {"pre"}
# libxml2 keeps the line of an element in sixteen bits.
_LAST_KNOWN_LINE = 65_535
_TAG_OR_LINE_END = re.compile(r"\n|<[A-Za-z][\w:-]*(?=[\s/>])")
_LINE_MARK = "line-of-the-tag"
# A link may hold so many paragraphs of this length.
_LONG_PARAGRAPH, _MOST_IN_LINK = 60, 2
_NUMBER = re.compile(r"[0-9]{1,6}")
# A quotation between angle brackets: no tag closes twice, and none is called as no element is.
_ANGLE_QUOTE = re.compile(r"<<(?=(?P<name>[^\W\d_][\w:-]*+)(?P<closed>[^<>]{0,2000}>>)?)")


def parse_page(text: str) -> BeautifulSoup | None:
    """Parse a page; None when it has no body.

    What follows an early ``</body>`` or ``</html>`` stands at the end of the body. Elements that are not
    read, such as scripts, are there without what is in them. Raises the `SourceError` of a page that is too
    deep.
    """
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    text = _ANGLE_QUOTE.sub(_escaped, text) if "<<" in text else text
    marked = text.count("\n") >= _LAST_KNOWN_LINE
    try:
        # Bytes, since lxml looks for a declared encoding in a text first, and refuses it. Nothing is fetched.
        page = html.document_fromstring(
            (_with_lines(text) if marked else text).encode("utf-8", "replace"), parser=parser
        )
    except ParserError:
        return None
    body = page.find("body")
    head = page.find("head")
    begins = next((one for one in head if one.tag not in _OF_HEAD), None) if head is not None else None
    if head is not None and begins is not None:
        body = _begun_in(head, begins, body)
    if body is None:
        return None
    _take_in_what_follows(page, body)
    return BeautifulSoup("", builder=_FinishedTree(page, marked=marked))


class _FinishedTree(LXMLTreeBuilder):
    """A builder for a tree that is there already."""

    def __init__(self, page: HtmlElement, *, marked: bool) -> None:
        super().__init__(multi_valued_attributes=None)
        self._page = page
        self._marked = marked

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:
        yield markup, None, None, False

    def feed(self, _: object) -> None:
        assert self.soup is not None
        start, end, data = self.soup.handle_starttag, self.soup.handle_endtag, self.soup.handle_data
        around: list[str] = []
        walk = iterwalk(self._page, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                # libxml2 drops what is deeper than 255 silently.
                NESTING.check(len(around) + 1)
                attributes, line = _attributes_of(element), self._line(element)
                name = element.tag
                if name == "a" and "a" not in around and _is_never_closed(element, attributes.get("href")):
                    del attributes["href"]
                if "-" in name or "style" in attributes:
                    name = set_as(element, attributes, around)
                if "style" in attributes and breaks_line(name, attributes):
                    start("br", None, None, {}, sourceline=line)
                    end("br")
                start(name, None, None, attributes, sourceline=line)
                if not is_read(element, name, attributes, around):
                    walk.skip_subtree()
                elif (text := element.text) and not (text.isspace() and name in _WITHOUT_SPACE):
                    data(text)
                around.append(name)
            else:
                name = around.pop()
                end(name)
                if (text := element.tail) and not (text.isspace() and name in _WITHOUT_SPACE):
                    data(text)

    def _line(self, element: HtmlElement) -> int:
        line = int(element.sourceline or 1)
        marked = element.get(_LINE_MARK, "") if self._marked and line >= _LAST_KNOWN_LINE else ""
        return int(marked) if _NUMBER.fullmatch(marked) else line


def _attributes_of(element: HtmlElement) -> dict[str, str]:
    """Return all attributes; where one has a name that lxml cannot hand out (``{{a}}``), those that count."""
    try:
        return dict(element.attrib)
    except (KeyError, ValueError):
        return {name: value for name in _THAT_COUNT if (value := element.get(name)) is not None}


def _is_never_closed(link: HtmlElement, target: str | None) -> bool:
    """Tell a link that somebody forgot to close: all paragraphs behind it stand in it.

    A picture, a headline and some lines may lead to another page, but not several long ones; to a place of
    its own page several of any length.
    """
    if target is None:
        return False
    shortest = 1 if target.startswith("#") else _LONG_PARAGRAPH
    paragraphs = (one for one in link.iterchildren("p") if len(one.xpath("string()")) >= shortest)
    return len(list(islice(paragraphs, _MOST_IN_LINK + 1))) > _MOST_IN_LINK


def _escaped(quote: re.Match[str]) -> str:
    """Escape what opens a quotation and is not one bracket too many before a tag."""
    quotes = quote["closed"] or quote["name"].lower() not in tags | BLOCK_TAGS
    return "&lt;&lt;" if quotes else quote[0]


def _with_lines(text: str) -> str:
    """Note in every tag beyond the last line that libxml2 counts on which line it stands."""
    line = 1

    def note(found: re.Match[str]) -> str:
        nonlocal line
        if found[0] == "\n":
            line += 1
            return "\n"
        return f'{found[0]} {_LINE_MARK}="{line}"' if line >= _LAST_KNOWN_LINE else found[0]

    return _TAG_OR_LINE_END.sub(note, text)


def _begun_in(head: HtmlElement, begins: HtmlElement, body: HtmlElement | None) -> HtmlElement:
    """Move what the head of a page cannot hold to the beginning of its body.

    A page need not write ``<body>``: the first element that is none of the head begins it. libxml2 does so
    for the elements of HTML 4, and leaves a ``<main>`` or an ``<article>`` in the head.
    """
    if body is None:
        body = head.makeelement("body")
        head.addnext(body)
    for place, element in enumerate([begins, *begins.itersiblings()]):
        body.insert(place, element)
    return body


def _take_in_what_follows(page: HtmlElement, body: HtmlElement) -> None:
    """Move what follows an early ``</body>`` or ``</html>`` to the end of the body.

    Of what stands between the two, libxml2 makes siblings of the body, and of what stands behind both,
    further roots.
    """
    behind, body.tail = body.tail, None
    if behind and not behind.isspace():
        text = body.makeelement("div")
        text.text = behind
        body.append(text)
    for sibling in list(body.itersiblings()):
        body.append(sibling)
    for root in list(page.itersiblings()):
        root.tag = "div"
        body.append(root)
