"""How a browser sets an element: whether its words are shown with those around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.indexer.formats.web.extents import BLOCK_TAGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["is_read"]

#: What no reader of a page sees, and what is there to be pressed and filled in.
_UNSEEN = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "dialog",
        "embed",
        "iframe",
        "input",
        "map",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# So many elements may stand around what is looked for in a heading, or without words beside a word.
_NEAR = 3


def is_read(element: HtmlElement, name: str, around: Sequence[str]) -> bool:
    """Tell whether the words of an element are read; ``around`` names the elements around it.

    A button is there to be pressed, unless it stands amid the words of a sentence or is a heading.
    """
    if name == "button":
        return _is_in_heading(around) or (_has_words_before(element) and _has_words_behind(element))
    return name not in _UNSEEN


def _is_in_heading(around: Sequence[str]) -> bool:
    return not _HEADINGS.isdisjoint(around[-_NEAR:])


def _has_words_before(element: HtmlElement) -> bool:
    text = element.getparent().text
    for before in islice(element.itersiblings(preceding=True), _NEAR):
        if _has_letters([before.tail]) or _is_phrase(before):
            return True
        if before.tag == "br" or before.tag in BLOCK_TAGS:
            return False
    return _has_letters([text])


def _has_words_behind(element: HtmlElement) -> bool:
    if _has_letters([element.tail]):
        return True
    for behind in islice(element.itersiblings(), _NEAR):
        if behind.tag == "br" or behind.tag in BLOCK_TAGS:
            return False
        if _is_phrase(behind) or _has_letters([behind.tail]):
            return True
    return False


def _is_phrase(element: HtmlElement) -> bool:
    """Tell an element with words that is set in the line in which it stands."""
    name = element.tag
    inline = name not in BLOCK_TAGS and name not in _UNSEEN and "-" not in name
    return inline and _has_letters(element.itertext())


def _has_letters(texts: Iterable[str | None]) -> bool:
    return any(text and not text.isspace() for text in texts)
