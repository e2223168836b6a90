"""What surrounds a statement on its page: told by what it is, what it is called, and how it reads.

Every kind of evidence is believed as long as what it would take holds little of the running text of the
page: a class word alone drops nothing that holds much, and a kind that would take half of the text
altogether is the text of that page (a page of captions, a text in ``<aside>`` elements). Sentences, what
stands inside of them, the heading above them, and what holds the only title are never dropped for a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from onrecord.indexer.formats.web.class_words import (
    CONSENT,
    HIDDEN,
    class_words,
    classes_of,
    names_of,
    says,
    says_quote,
)
from onrecord.indexer.formats.web.extents import HEADINGS, Extent, body_of, is_unseen
from onrecord.indexer.formats.web.marks import words_of
from onrecord.indexer.formats.web.pull_quotes import PullQuotes
from onrecord.indexer.limits import check_time

__all__ = ["surroundings_of"]

# Elements and roles that say they are no text, and the share of the running text of the page that one may
# hold before that is no longer believed (forms around whole pages, texts in <aside>).
_TAGS = frozenset(("nav", "footer", "aside", "form", "menu", "dialog", "fieldset", "figcaption"))
_COPIED = frozenset(("div", "section", "article"))
# A paragraph may be said twice.
_FEWEST_RUNS = 2
_FILLED_IN = ("input", "select", "textarea", "button")
_ROLES = re.compile(
    r"navigation|banner|contentinfo|complementary|search|dialog|alertdialog|alert|menu|menubar|toolbar|tablist"
    r"|form|status"
)
_MOST_DECLARED = 0.4
# The same for a word in a class or an id, and for one beside which others say what is *around* it or name a
# way to lay out: "has-sidebar", "content-sidebar-wrap".
_MOST_CALLED, _MOST_PERHAPS = 0.3, 0.04
# In lists of news and tags most letters are links; in a statement with sources few are.
_MOST_LINKED, _FEWEST_LINKS = 0.6, 3
_LISTS = frozenset(("ul", "ol", "dl", "div", "table", "section", "tbody", "tr", "td"))
# A kind that would take more of the running text than this is no kind of surroundings on that page.
_MOST_OF_A_KIND = 0.5
_NEVER = frozenset(("html", "body", "main", "h1"))
# What holds sentences itself.
_SENTENCES = frozenset(("p", "li", "dd", "td", "th", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE_END = re.compile(r"[.!?…؟。！？]['\"»”’)]*$")
# Of a sentence less than this is a link.
_LINKED_IN_SENTENCE = 0.5
_UNSEEN, _LINKS = "unseen", "links"
_QUOTE, _COPY, _COMMENT = "quote", "copy", "comment"
_CAPTIONS = ("caption", "figcaption")
# What a window that asks for consent speaks of: cookies, privacy, data, in the languages of its readers.
_OF_COOKIES = re.compile(
    r"cookie|kakor|informasjonskaps|traceur|ciastecz|куки|الارتباط|كوكيز|クッキー|小型文字|privac|personal\s+data"
    r"|gdpr|cmpbox|onetrust|tracking|confidentialit|datenschutz|dsgvo|隐私|プライバシー|الخصوصية|конфиденц|prywatno|integritet",
    re.IGNORECASE,
)
# Of a window that holds most of the running text one word in so many letters is about cookies; who speaks
# of privacy at length is no window.
_MOST_ASKED, _LETTERS_TO_A_COOKIE = 0.6, 500
_COOKIES = re.compile(
    r"cookie|kakor|informasjonskaps|traceur|ciastecz|куки|الارتباط|كوكيز|クッキー", re.IGNORECASE
)
_LONGEST_CAPTION = 300
# Paragraphs of so many letters are text.
_SHORTEST_BESIDE = 60


def surroundings_of(page: BeautifulSoup, extents: dict[int, Extent]) -> set[int]:
    """Return the ids of the elements that surround the text of a page, the outermost of each."""
    body = body_of(page)
    whole = extents[id(body)]
    search = _Search(extents, whole.running, whole.titles == 1, PullQuotes(body), _article_of_title(body))
    while True:
        known = len(search.classes_of_text)
        found = list(search.below(body))
        text_after_all = search.kinds_of_text(found)
        if not text_after_all and known == len(search.classes_of_text):
            return {id(element) for element, _ in found}
        search.text |= text_after_all


@dataclass(slots=True)
class _Search:
    """A search for surroundings.

    ``one_title`` tells that the page has one title alone, ``article`` is the one that holds it, ``text`` are
    the kinds that are text on this page, ``classes_of_text`` the classes of widgets that hold too much to be
    anything else.
    """

    extents: dict[int, Extent]
    running: int
    one_title: bool
    quotes: PullQuotes
    article: Tag | None
    text: set[str] = field(default_factory=set)
    classes_of_text: set[tuple[object, ...]] = field(default_factory=set)

    def below(self, element: Tag) -> Iterator[tuple[Tag, str]]:
        """Yield the outermost surroundings below an element, each with its kind."""
        check_time()
        copies = _Copies()
        for child in element.contents:
            extent = self.extents.get(id(child))
            if isinstance(child, Tag) and extent is not None:
                kind = next((kind for kind in self._kinds(child, extent) if kind not in self.text), None)
                if kind:
                    yield child, kind
                elif copies.holds_or_adds(child, extent):
                    yield child, _COPY
                elif extent.blocks:
                    yield from self.below(child)

    def kinds_of_text(self, found: list[tuple[Tag, str]]) -> set[str]:
        """Return the kinds that would take too much of the text; copies, and windows on consent, never do."""
        taken: Counter[str] = Counter()
        for element, kind in found:
            taken[kind] += self.extents[id(element)].running
        most = _MOST_OF_A_KIND * (self.running - taken.pop(CONSENT, 0) - taken.pop(_COPY, 0))
        return {kind for kind, running in taken.items() if running > most}

    def _kinds(self, element: Tag, extent: Extent) -> Iterator[str]:
        """Yield the kinds of surroundings that an element may be."""
        if element.name in _NEVER or (self.one_title and extent.titles):
            return
        share = extent.running / self.running if self.running else 0.0
        if share <= _MOST_DECLARED:
            yield from _declared(element, extent)
        if not (element.name in _SENTENCES and extent.running):
            for word in self._called(element, extent, share):
                if word in (HIDDEN, *_CAPTIONS) or not self._is_sentence_or_heads_text(element, extent):
                    yield word
        elif share <= _MOST_CALLED:
            yield from _set_apart(element)
        if share <= _MOST_CALLED and self._is_pull_quote(element):
            yield _QUOTE
        if share <= _MOST_CALLED and _is_list_of_links(element, extent):
            yield _LINKS

    def _called(self, element: Tag, extent: Extent, share: float) -> Iterator[str]:
        """Yield what an element is called; a widget is none where others like it hold the text."""
        builder = class_words()["builder"]
        beside_text = self.article is not None and element.parent is self.article.parent
        for word in _called(element, extent, share, beside_text=beside_text):
            if word not in builder or classes_of(element) not in self.classes_of_text:
                yield word
        if share > _MOST_CALLED and any(says(name)[0] in builder for name in names_of(element)):
            self.classes_of_text.add(classes_of(element))

    def _is_pull_quote(self, element: Tag) -> bool:
        return any(says_quote(name) for name in names_of(element)) and self.quotes.repeats(element)

    def _is_sentence_or_heads_text(self, element: Tag, extent: Extent) -> bool:
        """Tell a short paragraph that ends as sentences do, and a heading above running text."""
        if element.name == "p":
            ends = _SENTENCE_END.search(element.get_text().rstrip())
            return ends is not None and extent.link_share < _LINKED_IN_SENTENCE
        below = self.extents.get(id(element.find_next_sibling())) if element.name in HEADINGS else None
        return below is not None and below.running > 0


def _article_of_title(body: Tag) -> Tag | None:
    """Return the article that holds the only title of a page."""
    titles = body.find_all("h1", limit=2)
    return titles[0].find_parent("article") if len(titles) == 1 else None


class _Copies:
    """Blocks of paragraphs that stand side by side, to find the same words for another width of window."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], Tag] = {}

    def holds_or_adds(self, element: Tag, extent: Extent) -> bool:
        """Tell whether a block of other classes has the same words; if not, remember this one."""
        if element.name not in _COPIED or extent.runs < _FEWEST_RUNS:
            return False
        like = self._seen.setdefault((extent.letters, extent.running), element)
        return (
            like is not element
            and like.attrs.get("class") != element.attrs.get("class")
            and words_of(like) == words_of(element)
        )


def _set_apart(element: Tag) -> Iterator[str]:
    """Yield what sentences are that are no part of the text: captions, and posts of others."""
    if element.name == "p" and _is_caption(element):
        yield _CAPTIONS[0]
    if element.name == "blockquote":
        posts = class_words()["posts"]
        yield from (word for name in names_of(element) if (word := says(name)[0]) in posts)


def _is_group_of_text(element: Tag, extent: Extent) -> bool:
    """Tell running text under a legend; where something is filled in it is a form."""
    return extent.running > 0 and element.find("legend") is not None and element.find(_FILLED_IN) is None


def _declared(element: Tag, extent: Extent) -> Iterator[str]:
    role = str(element.attrs.get("role", ""))
    if element.name in _TAGS and not (element.name == "fieldset" and _is_group_of_text(element, extent)):
        yield element.name
    if _ROLES.fullmatch(role):
        yield role
    if is_unseen(element):
        yield _UNSEEN
    if element.attrs.get("itemprop") == _COMMENT:
        yield _COMMENT


def _called(element: Tag, extent: Extent, share: float, *, beside_text: bool) -> Iterator[str]:
    """Yield what the class and the id of an element say it is, as far as that is believed.

    An article is a text, unless it stands beside the one that holds the title.
    """
    is_a_text = element.name == "article" and extent.runs > 0 and not beside_text
    for name in names_of(element):
        word, surely = says(name)
        if not word or (word in class_words()["people"] and not (extent.running or extent.links)):
            continue  # a name alone may be that of the speaker
        if word == CONSENT:
            if not extent.titles and (surely or share <= _MOST_PERHAPS) and _asks_for_consent(element, share):
                yield CONSENT
        elif word in class_words()["below"] and _is_amid_text(element, extent):
            continue
        elif (share <= _MOST_CALLED and surely and not is_a_text) or share <= _MOST_PERHAPS:
            yield word


def _is_amid_text(element: Tag, extent: Extent) -> bool:
    """Tell what stands without links between two paragraphs, where no comments and no end of a page are."""
    before, after = element.find_previous_sibling(), element.find_next_sibling()
    return (
        extent.running > 0
        and not extent.links
        and before is not None
        and after is not None
        and before.name == after.name == "p"
        and min(len(words_of(before)), len(words_of(after))) >= _SHORTEST_BESIDE
    )


def _is_caption(element: Tag) -> bool:
    """Tell a paragraph that is called a caption, or whose words all stand so, or slanted, below a picture."""
    if any(says(name)[0] in _CAPTIONS for name in names_of(element)):
        return True
    parts = [part for part in element.contents if isinstance(part, Tag) or str(part).strip()]
    first = parts[0] if parts else None
    return (
        isinstance(first, Tag)
        and (first.name == "img" or (first.find("img") is not None and not words_of(first)))
        and len(words_of(element)) <= _LONGEST_CAPTION
        and all(isinstance(part, Tag) and _is_set_as_caption(part) for part in parts[1:])
    )


def _is_set_as_caption(part: Tag) -> bool:
    return part.name in ("br", "em", "i", "small") or any(
        says(name)[0] in _CAPTIONS for name in names_of(part)
    )


def _asks_for_consent(element: Tag, share: float) -> bool:
    """Tell what speaks of cookies or privacy, by name or in its words, and holds no text of the page.

    A page or its text may be called by what was answered ("cookie-accepted"): most of the running text is a
    window only where its own words speak of cookies again and again.
    """
    text = element.get_text()
    if _OF_COOKIES.search(" ".join((*names_of(element), text))) is None or element.find(("main", "article")):
        return False
    return share <= _MOST_ASKED or len(_COOKIES.findall(text)) * _LETTERS_TO_A_COOKIE >= len(text)


def _is_list_of_links(element: Tag, extent: Extent) -> bool:
    return (
        extent.links >= _FEWEST_LINKS
        and extent.link_share > _MOST_LINKED
        and element.name in _LISTS
        and not _is_announced(element)
    )


def _is_announced(element: Tag) -> bool:
    """Tell a list that a sentence with a colon announces, and after which the text goes on."""
    before, after = element.find_previous_sibling(), element.find_next_sibling()
    return (
        before is not None
        and after is not None
        and before.name == after.name == "p"
        and before.get_text().rstrip().endswith((":", "："))
    )
