"""What the class and the id of an element say of it: words such as "share", "related", "cookie".

``class_words.csv`` holds them by what they tell.
"""

from __future__ import annotations

import re
from functools import cache

from bs4 import Tag

from onrecord.indexer.formats.web.extents import HEADINGS
from onrecord.indexer.formats.web.marks import words_of
from onrecord.indexer.formats.web.notices import notice_in
from onrecord.indexer.register.tables import listed, rows

__all__ = [
    "CONSENT",
    "HIDDEN",
    "class_words",
    "classes_of",
    "names_of",
    "says",
    "says_lead",
    "says_quote",
    "says_source",
]

CONSENT, HIDDEN = "consent", "hidden"
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HEADING_WORD = re.compile(r"[^\W_]+")


def names_of(element: Tag) -> list[str]:
    """Return the classes of an element, and its id where that is no anchor of a heading."""
    names = str(element.attrs.get("class") or "").split()
    anchor = str(element.attrs.get("id") or "")
    names += () if _is_anchor(anchor, element) else anchor.split()
    # Shown where the window is wide: "hidden md:block".
    shown = any(":" in name for name in names)
    return [name for name in names if name != "hidden"] if shown else names


def classes_of(element: Tag) -> tuple[object, ...]:
    """Return the classes of an element and of its parent."""
    return element.attrs.get("class"), element.parent and element.parent.attrs.get("class")


def _is_anchor(name: str, element: Tag) -> bool:
    """Tell an id made of the words of a heading, to which a table of contents may lead.

    What a heading of one word says may be what it is: "Comments".
    """
    words = _HEADING_WORD.findall(name.lower())
    if len(words) < 2 or not says(name)[0]:
        return False
    heading = element if element.name in HEADINGS else element.find(HEADINGS)
    text = words_of(heading) if isinstance(heading, Tag) else ""
    return words == _HEADING_WORD.findall(text.lower())[: len(words)] and notice_in(text) is None


@cache
def says(name: str) -> tuple[str, bool]:
    """Return the word in a name that says what surrounds a text, if any, and whether it surely does.

    >>> says("share-links"), says("has-sidebar"), says("elementor-widget"), says("statement")
    (('share', True), ('sidebar', False), ('', False), ('', False))
    """
    kinds = class_words()
    if name in kinds["hidden"]:
        return HIDDEN, True
    words = {word.lower() for word in _WORD.findall(name)}
    if "elementor" in words:
        words -= kinds["builder"]
    beside = not words & kinds["no evidence beside"]
    if words & kinds[CONSENT]:
        return CONSENT, beside
    return min(words & kinds["around"], default=""), beside and bool(words & kinds["around"])


@cache
def says_quote(name: str) -> bool:
    """Tell a name that speaks of quotations: "pull-quote"."""
    return not class_words()["quotes"].isdisjoint(word.lower() for word in _WORD.findall(name))


@cache
def says_source(name: str) -> bool:
    """Tell a name that speaks of who is quoted: "quote-source"."""
    return not class_words()["sources of quotes"].isdisjoint(word.lower() for word in _WORD.findall(name))


@cache
def says_lead(name: str) -> bool:
    """Tell a name that speaks of a lead: "entry-summary"."""
    return not class_words()["leads"].isdisjoint(word.lower() for word in _WORD.findall(name))


@cache
def class_words() -> dict[str, frozenset[str]]:
    """Return the words by what they tell, with all that are *around* a text, and those *below* it."""
    kinds = {row["says"]: frozenset(listed(row["words"])) for row in rows("class_words.csv", beside=__file__)}
    apart = (CONSENT, "no evidence beside", "builder", HIDDEN, "quotes", "sources of quotes", "leads")
    around = frozenset().union(*(words for kind, words in kinds.items() if kind not in apart))
    below = kinds["foot"] | kinds["comments"]
    return {kind: kinds[kind] for kind in (*apart, "people", "posts")} | {"around": around, "below": below}
