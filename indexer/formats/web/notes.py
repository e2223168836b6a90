"""The notes of a page, told from its text by the links that lead to them and back.

A note is what the mark of a note leads to: a link whose words are a figure or a sign, raised, in brackets,
declared as such or answered by a link back. (EPUB and DPUB-ARIA declare marks and notes; Pandoc, Word,
MediaWiki and the editors of blogs set the links.) Where that is not sure all stays where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from onrecord.indexer.draft import Note
from onrecord.indexer.formats.web.extents import BLOCK_TAGS
from onrecord.indexer.formats.web.marks import words_of
from onrecord.indexer.formats.web.text import pieces_of
from onrecord.indexer.limits import check_time

__all__ = ["PageNotes", "notes_in"]

# What the words of a mark may be, and the brackets around it.
_MARK = re.compile(r"[\[(]?\s*(?P<mark>\d{1,4}|[*†‡§¶]{1,4}|[a-z]{1,2}|[ivxl]{1,7})\s*[\])]?", re.IGNORECASE)
# A mark at the beginning of a note to which no link leads.
_TYPED = re.compile(r"[\[(]?(?P<mark>\d{1,4}|[*†‡§¶]{1,4})[\])]?[.:)]?\s")
# Elements and attributes that declare a mark, or a note.
_SAYS_MARK = frozenset({"noteref", "doc-noteref"})
_SAYS_NOTE = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "doc-rearnote"})
# What the source of a page with such a mark holds somewhere: most pages have none. Each look is a short one.
_MARK_LINK = re.compile(
    r"""href\s*=\s*["']?[^"'<>\s#]{0,400}\#[^"'<>\s][^<>]{0,400}>(?:\s|<[^<>]{0,400}>){0,12}
    (?:(?:[\[(]|&\#91;)(?:\s|<[^<>]{0,400}>){0,4})?
    (?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]{1,2}|[ivxl]{1,7})\s*(?:(?:[\])]|&\#93;)\s*)?<""",
    re.IGNORECASE | re.VERBOSE,
)
_DECLARED = re.compile(r"""["'\s-](?:foot|end|rear)note["'\s]""", re.IGNORECASE)
# What may hold a note, and what holds all of it where a mark leads into its first paragraph.
_HOLDS = frozenset({"li", "p", "div", "aside", "dd", "td", "blockquote", "section"})
_HOLDS_ALL = frozenset({"li", "aside", "dd"})
_NAMED_NOTE = re.compile(r"(?:^|[\s_-])(?:foot|end)?(?:note|ftn|fn|edn|en)s?[-_:.]?\w{0,8}$", re.IGNORECASE)
_TITLE_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLES = (*_TITLE_TAGS, "article", "main")
# The words that may stand beside notes in what holds them all: their title.
_LONGEST_TITLE = 40
# What an editor sets before and behind a note for the way back, and its number in a list.
_WAY_BACK = " \t\n^↑↩⏎\ufe0e"
_EMPTY_BRACKETS = re.compile(r"(?:\[\s*\]|\(\s*\))\s*")
_LISTED = re.compile(r"(?:•|\d{1,4}\.)\s+")
_OUTERMOST = frozenset({"body", "main", "article", "html"})


@dataclass(slots=True)
class _Mark:
    """A link to a note: the link, its words, the element to which it leads."""

    link: Tag
    mark: str | None
    target: Tag
    note: Tag


@dataclass(slots=True)
class PageNotes:
    """The notes of a page in the order of their marks, and the ids of the elements that are theirs."""

    marks: list[_Mark] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)
    _ways_back: set[int] = field(default_factory=set)

    def add(self, one: _Mark, ways_back: Sequence[Tag]) -> None:
        """Take in a note, and the links in it that lead back."""
        self.marks.append(one)
        self._ways_back.update(map(id, ways_back))
        shown = _shown(one)
        self.apart |= {id(one.note), id(shown)}
        _take_brackets_off(shown)

    def within(self, root: Tag, without: set[int]) -> Iterator[Note]:
        """Yield the notes whose marks stand in what is read of a page."""
        seen: set[int] = set()
        for one in self.marks:
            check_time()
            outer = [id(parent) for parent in one.link.parents]
            if id(one.note) in seen or id(root) not in outer or not without.isdisjoint(outer):
                continue
            seen.add(id(one.note))
            pieces = pieces_of(one.note, without=self._ways_back)
            texts = _without_mark([piece.text for piece in pieces], one)
            if texts:
                yield Note(tuple(texts), one.mark, one.link.sourceline or 1, pieces[0].block.line)


def notes_in(page: BeautifulSoup, source: str) -> PageNotes:
    """Find the notes of a page, of which ``source`` is the source."""
    notes = PageNotes()
    if _MARK_LINK.search(source):
        _add_linked(notes, page)
    if _DECLARED.search(source):
        for note in _declared_alone(page, notes):
            notes.add(note, [])
    _add_holders(notes)
    return notes


def _add_linked(notes: PageNotes, page: BeautifulSoup) -> None:
    """Add the notes to which marks lead."""
    links = [link for link in page.find_all("a", href=True) if "#" in str(link["href"])]
    marked = [link for link in links if _MARK.fullmatch(words_of(link))]
    places = _Places(page) if marked else None
    candidates = [mark for link in marked if places and (mark := _mark_at(link, places))]
    leading: dict[int, set[str | None]] = {}
    for one in candidates:
        leading.setdefault(id(one.target), set()).add(one.mark)
    backs: dict[str, list[Tag]] = {}
    for link in links if candidates else ():
        backs.setdefault(_fragment(link), []).append(link)
    for one in candidates:
        check_time()
        inside = {id(one.note), *map(id, one.note.find_all(True))}
        alone = len(leading[id(one.target)]) == 1 and len(leading.keys() & inside) == 1
        if not alone or id(one.link) in inside or one.note.find(_TITLES) is not None:
            continue
        near = [back for name in _names_near(one.link) for back in backs.get(name, ())]
        ways_back = [back for back in near if id(back) in inside]
        if ways_back or _is_declared(one):
            notes.add(one, ways_back)


class _Places:
    """Where the elements of a page stand, and which of them links may lead to."""

    def __init__(self, page: BeautifulSoup) -> None:
        self.of: dict[int, int] = {}
        self.named: dict[str, Tag] = {}
        for place, tag in enumerate(page.find_all(True)):
            self.of[id(tag)] = place
            for name in _own_names(tag):
                self.named.setdefault(name, tag)


def _declared_alone(page: BeautifulSoup, notes: PageNotes) -> list[_Mark]:
    """Return notes that are declared and to which no mark leads, where they are not most of the page."""
    found = [
        _Mark(tag, typed["mark"] if (typed := _TYPED.match(words_of(tag))) else None, tag, tag)
        for tag in page.find_all(_is_declared_note)
        if id(tag) not in notes.apart and notes.apart.isdisjoint(id(outer) for outer in tag.parents)
    ]
    letters = sum(len(words_of(one.note)) for one in found)
    return found if found and letters < len(words_of(page)) / 2 else []


def _is_declared_note(tag: Tag) -> bool:
    return tag.name in _HOLDS and bool(_said_of(tag) & _SAYS_NOTE)


def _fragment(link: Tag) -> str:
    return str(link["href"]).rpartition("#")[2]


def _mark_at(link: Tag, places: _Places) -> _Mark | None:
    """Take a link for the mark of a note where its words may be one, and it leads further down to a block."""
    words = _MARK.fullmatch(words_of(link))
    target = places.named.get(_fragment(link)) if words else None
    if words is None or target is None or places.of[id(target)] <= places.of[id(link)]:
        return None
    note = _holder(target)
    return None if note is None else _Mark(link, words["mark"], target, note)


def _holder(target: Tag) -> Tag | None:
    """Return the element that holds a note to which a mark leads."""
    inner = next((one for one in (target, *target.parents) if one.name in BLOCK_TAGS), None)
    if inner is None or inner.name not in _HOLDS:
        return None
    for outer in inner.parents:
        named = f"{outer.attrs.get('class', '')} {outer.attrs.get('id', '')}"
        if outer.name in _HOLDS_ALL or (
            outer.name == "div" and _NAMED_NOTE.search(str(outer.attrs.get("id", "")))
        ):
            return outer
        if outer.name not in ("div", "p") or not named.strip():
            break
    return inner


def _own_names(tag: Tag) -> Iterator[str]:
    for name in (tag.attrs.get("id"), tag.attrs.get("name") if tag.name == "a" else None):
        if name:
            yield str(name)


def _names_near(link: Tag) -> Iterator[str]:
    """Yield the names by which a link back may call a mark: its own, and those of what is set around it."""
    around = [link]
    for outer in link.parents:
        if outer.name in BLOCK_TAGS:
            break
        around.append(outer)
    for one in (*around, *link.find_all(True), around[-1].previous_sibling, link.previous_sibling):
        if isinstance(one, Tag):
            yield from _own_names(one)


def _is_declared(one: _Mark) -> bool:
    """Tell whether a mark or its note is declared as one, or the mark is set as marks are: raised."""
    around = [one.link, *(tag for tag in one.link.parents if tag.name not in BLOCK_TAGS)]
    if any(tag.name == "sup" for tag in (*around, *one.link.find_all("sup"))):
        return True
    said = _said_of(one.link) & _SAYS_MARK
    return bool(said or (_said_of(one.note) | _said_of(one.target)) & _SAYS_NOTE)


def _said_of(tag: Tag) -> frozenset[str]:
    return frozenset(f"{tag.attrs.get('epub:type', '')} {tag.attrs.get('role', '')}".split())


def _shown(one: _Mark) -> Tag:
    """Return the element to be left out for a mark: the outermost around it that holds no other words."""
    shown = one.link
    for outer in one.link.parents:
        if outer.name in BLOCK_TAGS or _MARK.fullmatch(words_of(outer)) is None:
            break
        shown = outer
    return shown


def _take_brackets_off(shown: Tag) -> None:
    """Take off brackets that stand around a mark, outside of its link."""
    before, behind = shown.previous_sibling, shown.next_sibling
    if isinstance(before, NavigableString) and isinstance(behind, NavigableString):
        around = before[-1:] + behind[:1]
        if around in ("[]", "()"):
            before.replace_with(NavigableString(before[:-1]))
            behind.replace_with(NavigableString(behind[1:]))


def _add_holders(notes: PageNotes) -> None:
    """Put apart what holds notes and nothing else but their title, and a title right above them."""
    links = {id(one.link) for one in notes.marks}
    own = {id(one.note) for one in notes.marks}
    looked_at: set[int] = set()
    for one in notes.marks:
        held = one.note
        for outer in one.note.parents:
            if outer.name in _OUTERMOST:
                break
            if id(outer) not in looked_at:
                looked_at.add(id(outer))
                if _holds_notes_alone(outer, links=links, notes=own):
                    notes.apart.add(id(outer))
            if id(outer) not in notes.apart:
                break
            held = outer
        above = held.find_previous_sibling(True)
        while above is not None and above.name == "hr":
            above = above.find_previous_sibling(True)
        if above is not None and _is_title_of_notes(above, notes):
            notes.apart.add(id(above))


def _is_title_of_notes(tag: Tag, notes: PageNotes) -> bool:
    """Tell a title below which there are notes and nothing else."""
    if tag.name not in _TITLE_TAGS or len(words_of(tag)) > _LONGEST_TITLE:
        return False
    below = tag.find_next_siblings(True)
    return all(one.name == "hr" or id(one) in notes.apart for one in below)


def _holds_notes_alone(outer: Tag, *, links: set[int], notes: set[int]) -> bool:
    if any(id(tag) in links and id(tag) not in notes for tag in outer.find_all("a")):
        return False
    rest = 0
    for words in outer.strings:
        check_time()
        if words.strip() and notes.isdisjoint(id(parent) for parent in words.parents):
            rest += len(words.strip())
            if rest > _LONGEST_TITLE:
                return False
    return True


def _without_mark(texts: list[str], one: _Mark) -> list[str]:
    """Take the mark, the number of a list and the signs for the way back off a note."""
    if texts and one.note.name == "li":
        texts[0] = _LISTED.sub("", texts[0], count=1)
    kept = [text.strip(_WAY_BACK) for text in texts]
    if kept and (brackets := _EMPTY_BRACKETS.match(kept[0])):
        kept[0] = kept[0][brackets.end() :]
    if kept and one.mark:
        mark = re.match(rf"[\[(]?{re.escape(one.mark)}[\])]?[.:)]?(?:\s+|(?<=[^\w]))", kept[0])
        kept[0] = kept[0][mark.end() :] if mark else kept[0]
    return [text for text in kept if text]
