"""Which part of a page is the statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from onrecord.indexer.formats.web.extents import Extent, body_of
from onrecord.indexer.formats.web.marks import words_of
from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_closing

__all__ = ["StatementPart", "statement_in"]

# An element that is marked as the text is believed when it holds this share of the running text of the page.
_MOST_OF_ALL = 0.4
# Articles side by side are parts of one text where one has this share of the running text of the longest.
_LIKE_LENGTH = 0.4
# The text is inside an element that holds this share of its parent's running text.
_NEARLY_ALL = 0.8
# What stands beside the text belongs to it when so many letters of it run on, and few are links.
_RUNNING, _FEW_LINKS = 60, 0.25
# A date or a name between title and text.
_LONGEST_IN_HEADING = 200
# With these ends a short block like the text.
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟")
_TEXT_ITSELF = frozenset(["p", "ul", "ol", "blockquote", "pre"])


@dataclass(slots=True)
class StatementPart:
    """The element that holds the statement, and the ids of what stands in it beside the statement."""

    root: Tag
    beside: set[int] = field(default_factory=set)


def statement_in(page: BeautifulSoup, extents: dict[int, Extent], around: set[int]) -> StatementPart:
    """Find the statement in what is left of a page without its surroundings.

    It is in ``<main>`` or in the ``<article>`` that has most of the text, or else in the body; there the way
    goes down while one element holds nearly all running text.
    """
    body = body_of(page)
    left: dict[int, int] = {}
    _note_left(body, extents, around, left)
    part = StatementPart(_marked(body, left) or body)
    _Descent(extents, left, around, part.beside, not extents[id(body)].titles).go_down(part.root)
    return part


def _note_left(element: Tag, extents: dict[int, Extent], around: set[int], left: dict[int, int]) -> int:
    """Note how many letters of running text are left of each element; return those of this one."""
    check_time()
    running = extents[id(element)].running
    for child in element.contents:
        if isinstance(child, Tag) and (extent := extents.get(id(child))):
            if id(child) in around:
                running -= extent.running
            else:
                running -= extent.running - _note_left(child, extents, around, left)
    left[id(element)] = running
    return running


def _marked(body: Tag, left: dict[int, int]) -> Tag | None:
    """Return the element that the page marks as its text, where that holds much of it."""
    marked = [tag for tag in body.find_all(_is_marked) if left.get(id(tag))]
    widest = max(marked, key=lambda tag: left[id(tag)], default=None)
    if widest is None or left[id(widest)] < _MOST_OF_ALL * left[id(body)]:
        return None
    if widest.name == "article" and widest.parent is not None:
        parts = [left[id(tag)] for tag in marked if tag.parent is widest.parent and tag is not widest]
        if any(running >= _LIKE_LENGTH * left[id(widest)] for running in parts):
            return widest.parent
    most = _NEARLY_ALL * left[id(widest)]
    inside = [tag for tag in widest.find_all("article") if left.get(id(tag), 0) >= most]
    return inside[-1] if inside else widest


def _is_marked(tag: Tag) -> bool:
    return tag.name in ("main", "article") or tag.attrs.get("role") == "main"


@dataclass(slots=True)
class _Descent:
    """The way down to the text.

    ``untitled`` tells that the page has no title, ``titled`` that it has been passed.
    """

    extents: dict[int, Extent]
    left: dict[int, int]
    around: set[int]
    beside: set[int]
    untitled: bool
    titled: bool = False

    def go_down(self, element: Tag) -> None:
        """Note what stands beside the element that holds nearly all, down to the innermost such."""
        while (holder := self._holder_in(element)) is not None:
            before = True
            innermost = self._holder_in(holder) is None
            for child in element.contents:
                if child is holder:
                    before = False
                elif isinstance(child, Tag) and id(child) not in self.around:
                    in_heading = before and (self.titled or (innermost and self.untitled))
                    like_text = not before and child.attrs.get("class", "") == holder.attrs.get("class")
                    self._judge(child, before=before, in_heading=in_heading, like_text=like_text)
            element = holder

    def _holder_in(self, element: Tag) -> Tag | None:
        most = max(_NEARLY_ALL * self.left[id(element)], 1)
        for child in element.contents:
            if isinstance(child, Tag) and self.left.get(id(child), 0) >= most:
                holds_text = child.name in _TEXT_ITSELF or not self.extents[id(child)].blocks
                return None if holds_text else child
        return None

    def _judge(self, child: Tag, *, before: bool, in_heading: bool, like_text: bool) -> None:
        extent = self.extents.get(id(child))
        if extent is None:
            self.beside.add(id(child))
        elif extent.titles:
            self.titled = self.titled or before
        elif not self._belongs(child, extent, in_heading=in_heading, like_text=like_text):
            self.beside.add(id(child))

    def _belongs(self, child: Tag, extent: Extent, *, in_heading: bool, like_text: bool) -> bool:
        if child.name in ("h2", "h3"):
            return True
        if extent.link_share > _FEW_LINKS:
            return False
        if self.left[id(child)] > _RUNNING:
            return True
        if extent.links or child.name == "p":
            return not extent.links
        if extent.letters > _LONGEST_IN_HEADING:
            return False
        words = words_of(child)
        return in_heading or _is_courtesy(words) or (like_text and words.endswith(_STOPS))


def _is_courtesy(text: str) -> bool:
    return is_closing(text) or begins_with_greeting(text)
