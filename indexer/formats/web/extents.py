"""How much text an element of a page holds, and of which kind, for all elements in one walk."""

from __future__ import annotations

import re
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from onrecord.indexer.limits import check_time

__all__ = ["BLOCK_TAGS", "HEADINGS", "Extent", "body_of", "extents_of", "is_unseen"]

# fmt: off
#: Elements that a browser sets apart from what stands before and behind them.
BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
#: The elements of headings.
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The end of a sentence or of one of its parts, in any script.
_STOP = re.compile(r"[.,;:!?…؟،؛।]['\"»”’)]*(?:\s|$)|[。，、！？；：]")
# A line with a stop reads as running text from this length on, one without from that on.
_SHORTEST_RUN, _SHORTEST_WITHOUT_STOP = 45, 160
# A sign of Chinese or Japanese says about as much as three letters.
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WIDE_WEIGHT = 2
# What a style hides, moves off the screen by a thousand points and more, or cuts down to nothing.
_UNSEEN_STYLE = re.compile(
    r"display:none|visibility:hidden|(?:^|;)(?:left|top|right|text-indent|margin-left):-\d{4,}(?:px|em|rem)"
    r"|(?:^|;)(?:left|text-indent):-999\w*|clip:rect\((?:[01](?:px)?,?){4}\)"
)


class Extent(NamedTuple):
    """What an element holds: letters, those that are links, links, letters of running text, runs of it.

    A run is what stands between the beginnings and ends of blocks. Text is running where it reads as
    sentences do. ``blocks`` counts the blocks inside, ``titles`` the titles.
    """

    letters: int
    linked: int
    links: int
    running: int
    runs: int
    blocks: int
    titles: int

    @property
    def link_share(self) -> float:
        """The share of the letters that are links."""
        return self.linked / self.letters if self.letters else 0.0


def extents_of(page: BeautifulSoup) -> dict[int, Extent]:
    """Measure all blocks of a page, and what has blocks in it, by their ids."""
    survey = _Survey(_title_tag(page))
    for child in page.contents:
        if isinstance(child, Tag):
            survey.walk(child)
    return survey.extents


def _title_tag(page: BeautifulSoup) -> str:
    """Name the element that titles are: ``<h2>`` where one stands alone and there is no ``<h1>``."""
    only_second = page.find("h1") is None and len(page.find_all("h2", limit=2)) == 1
    return "h2" if only_second else "h1"


def body_of(page: BeautifulSoup) -> Tag:
    """Return the body of a page, which every parsed one has."""
    body = page.find("body")
    assert isinstance(body, Tag)
    return body


def is_unseen(element: Tag) -> bool:
    """Tell what a browser does not show."""
    attributes = element.attrs
    if "hidden" in attributes or (element.name == "title" and element.find(list(BLOCK_TAGS)) is None):
        return True
    if attributes.get("aria-hidden") == "true":
        return element.name in BLOCK_TAGS
    style = attributes.get("style")
    return style is not None and _UNSEEN_STYLE.search("".join(str(style).split()).lower()) is not None


class _Survey:
    """Counters that run through the page; an element holds what was counted between its ends."""

    __slots__ = (
        "_blocks",
        "_in_link",
        "_letters",
        "_linked",
        "_links",
        "_run_letters",
        "_run_linked",
        "_run_stops",
        "_running",
        "_runs",
        "_title",
        "_titles",
        "extents",
    )

    def __init__(self, title: str) -> None:
        self._title = title
        self.extents: dict[int, Extent] = {}
        self._letters = self._linked = self._links = self._running = self._runs = 0
        self._blocks = self._titles = 0
        self._run_letters = self._run_linked = self._run_stops = 0
        self._in_link = False

    def walk(self, tag: Tag) -> None:
        """Measure an element and all that is in it."""
        name = tag.name
        block = name in BLOCK_TAGS
        if block:
            self._end_run()
            self._blocks += 1
        letters, linked, links = self._letters, self._linked, self._links
        running, runs, blocks, titles = self._running, self._runs, self._blocks, self._titles
        if name == self._title:
            self._titles += 1
        was_in_link = self._in_link
        if name == "a" and tag.attrs.get("href") is not None:
            self._links += 1
            self._in_link = True
        for child in tag.contents:
            if isinstance(child, Tag):
                self.walk(child)
            else:
                self._count(str(child))
        self._in_link = was_in_link
        if block:
            self._end_run()
        if block or self._blocks > blocks:
            self.extents[id(tag)] = Extent(
                self._letters - letters,
                self._linked - linked,
                self._links - links,
                self._running - running,
                self._runs - runs,
                self._blocks - blocks,
                self._titles - titles,
            )

    def _count(self, text: str) -> None:
        words = text.strip()
        letters = len(words)
        if not letters:
            return
        if not words.isascii():
            letters += _WIDE_WEIGHT * len(_WIDE.findall(words))
        self._letters += letters
        self._run_letters += letters
        if self._in_link:
            self._linked += letters
            self._run_linked += letters
        elif letters > 3:
            self._run_stops += len(_STOP.findall(words))

    def _end_run(self) -> None:
        letters = self._run_letters
        if letters:
            check_time()
            long_enough = letters >= (_SHORTEST_RUN if self._run_stops else _SHORTEST_WITHOUT_STOP)
            if long_enough and 2 * self._run_linked < letters:
                self._running += letters - self._run_linked
                self._runs += 1
            self._run_letters = self._run_linked = self._run_stops = 0
