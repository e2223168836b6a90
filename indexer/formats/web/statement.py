"""Which part of a page is the statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from onrecord.indexer.formats.web.class_words import names_of, says
from onrecord.indexer.formats.web.extents import HEADINGS, Extent, body_of, is_unseen
from onrecord.indexer.formats.web.marks import words_of
from onrecord.indexer.formats.web.notices import notice_in
from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_closing
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["StatementPart", "lines_below_title", "statement_in"]

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
# A day right above the title.
_LONGEST_DAY = 80
# Of a line in which words stand without an element around them, this share may be links; of a sentence all.
_MOST_LINKED_IN_LINE, _SENTENCE_WORDS = 0.6, 7
# With these ends a short block like the text.
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟")
_SUBTITLES = ("h2", "h3")
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
    titles = [title for title in _titles_of(page) if around.isdisjoint(map(id, (title, *title.parents)))]
    before = {id(one) for one in part.root.find_all_previous(("h1", "h2"))} if titles else set()
    above = any(id(title) in before for title in titles)
    _Descent(extents, left, around, part.beside, not titles, above).go_down(part.root)
    return part


def _titles_of(page: BeautifulSoup) -> list[Tag]:
    """Return the titles of a page: ``<h1>``, or ``<h2>`` where one stands alone."""
    first, second = page.find_all("h1"), page.find_all("h2", limit=2)
    return list(first) or (list(second) if len(second) == 1 else [])


def lines_below_title(title: Tag, root: Tag, left_out: set[int]) -> Iterator[Tag]:
    """Yield the short elements between a title and the element that holds the statement.

    They say when and where it was made, and who made it. A title that is a link is the name of the site.
    """
    inside = {id(root), *map(id, root.parents)}
    around = (id(one) for one in (title, *title.parents))
    if id(title) in inside or not left_out.isdisjoint(around) or title.find("a", href=True) is not None:
        return
    for outer in (title, *title.parents):
        for tag in outer.find_next_siblings(True):
            check_time()
            if id(tag) in inside:
                return
            if id(tag) not in left_out and _is_line_of_heading(tag):
                yield tag
        if outer.parent is None or id(outer.parent) in inside:
            return


def _is_line_of_heading(tag: Tag) -> bool:
    words = words_of(tag)
    return (
        0 < len(words) <= _LONGEST_IN_HEADING
        and tag.name not in ("nav", "ul", "ol", *HEADINGS)
        and tag.find(("a", "ul", "ol", *HEADINGS)) is None
        and notice_in(words) is None
        and not is_unseen(tag)
        and not any(says(name)[1] for name in names_of(tag))
    )


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
            line: list[PageElement] = []
            for child in element.contents:
                block = isinstance(child, Tag) and (child.name == "br" or id(child) in self.extents)
                if not block:
                    line.append(child)
                    continue
                in_heading = before and (self.titled or (innermost and self.untitled))
                self._judge_line(line, before=before, in_heading=in_heading)
                line = []
                if child is holder:
                    before = False
                elif isinstance(child, Tag) and child.name != "br" and id(child) not in self.around:
                    like_text = not before and child.attrs.get("class", "") == holder.attrs.get("class")
                    self._judge(child, before=before, in_heading=in_heading, like_text=like_text)
            self._judge_line(line, before=before, in_heading=False)
            element = holder

    def _holder_in(self, element: Tag) -> Tag | None:
        most = max(_NEARLY_ALL * self.left[id(element)], 1)
        for child in element.contents:
            if isinstance(child, Tag) and self.left.get(id(child), 0) >= most:
                holds_text = child.name in _TEXT_ITSELF or not self.extents[id(child)].blocks
                return None if holds_text else child
        return None

    def _judge(self, child: Tag, *, before: bool, in_heading: bool, like_text: bool) -> None:
        extent = self.extents[id(child)]
        if extent.titles:
            self.titled = self.titled or before
        elif before and child.name in _SUBTITLES:
            self.titled = True
        elif not (
            self._belongs(child, extent, in_heading=in_heading, like_text=like_text)
            or (before and self._is_day_above_title(child, extent))
        ):
            self.beside.add(id(child))

    def _judge_line(self, line: list[PageElement], *, before: bool, in_heading: bool) -> None:
        """Note the elements of a line that stands between blocks, unless it belongs to the text.

        Words without an element around them are always read; those beside them make a sentence with them.
        """
        tags = [one for one in line if isinstance(one, Tag) and not is_unseen(one)]
        if tags and not _line_belongs(line, tags, before=before, in_heading=in_heading):
            self.beside.update(map(id, tags))

    def _is_day_above_title(self, child: Tag, extent: Extent) -> bool:
        below = child.find_next_sibling()
        title = self.extents.get(id(below))
        if title is None or not title.titles or extent.letters > _LONGEST_DAY or extent.links:
            return False
        return bool(find_dates(words_of(child)))

    def _belongs(self, child: Tag, extent: Extent, *, in_heading: bool, like_text: bool) -> bool:
        if child.name in _SUBTITLES:
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


def _line_belongs(line: list[PageElement], tags: list[Tag], *, before: bool, in_heading: bool) -> bool:
    """Tell whether the elements of a line are read: with the words between them, or by themselves."""
    inside = " ".join(map(words_of, tags))
    bare = any(map(str.isalnum, "".join(str(one) for one in line if not isinstance(one, Tag))))
    links = [link for tag in tags for link in (tag, *tag.find_all("a")) if "href" in link.attrs]
    linked = sum(len(words_of(link)) for link in links)
    words = " ".join("".join(one.get_text() for one in line).split())
    is_sentence = words.endswith(_STOPS) and len(words.split()) >= _SENTENCE_WORDS
    if bare:
        return is_sentence or linked <= _MOST_LINKED_IN_LINE * len(words)
    if not any(map(str.isalnum, inside)) or any(says(name)[1] for tag in tags for name in names_of(tag)):
        return False
    if linked > _FEW_LINKS * len(words):
        return False
    if is_sentence or len(words) > _LONGEST_IN_HEADING:
        return True
    return not links and (in_heading or _is_courtesy(words) or (not before and words.endswith(_STOPS)))


def _is_courtesy(text: str) -> bool:
    return is_closing(text) or begins_with_greeting(text)
