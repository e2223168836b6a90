"""How a browser sets an element: whether its words are shown with those around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.indexer.formats.web.extents import BLOCK_TAGS, HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["breaks_line", "is_read", "set_as"]

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
# What holds the words of a sentence: in these an element of a page's own making is one of its words.
_SENTENCES = frozenset(("p", "pre", *HEADINGS))
# Elements that a style may set as a block.
_PHRASES = frozenset(("b", "big", "em", "font", "i", "label", "small", "span", "strong", "u"))
_AS_BLOCK = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid)\b", re.IGNORECASE)
_BESIDE = re.compile(r"(?:^|[;\s])(?:float\s*:\s*(?:left|right)|position\s*:\s*absolute)\b", re.IGNORECASE)
# Whole names of classes for what is said to screen readers alone, and for tools beside a heading.
_HINTS = frozenset(
    [
        "a11y-hidden",
        "element-invisible",
        "govuk-visually-hidden",
        "headerlink",
        "is-visually-hidden",
        "mw-editsection",
        "screen-reader",
        "screen-reader-only",
        "screen-reader-text",
        "show-for-sr",
        "sr-only",
        "u-visually-hidden",
        "visually-hidden",
        "visuallyhidden",
    ]
)
# Words that are struck out.
_STRUCK_OUT = frozenset(("del", "s", "strike"))
_LINK_SIGNS = frozenset("#§¶")
# So many elements may stand around what is looked for in a heading, or without words beside a word.
_NEAR = 3


def set_as(element: HtmlElement, attributes: Mapping[str, str], around: Sequence[str]) -> str:
    """Name the element as which a browser sets this one: ``div`` where it is a block of its own.

    Elements of a page's own making (``<x-text>``) are blocks where they hold words, and stand neither beside
    words nor in a sentence. Those around have the names under which they are set.
    """
    name = str(element.tag)
    if "-" in name:
        amid = bool(around) and (around[-1] not in BLOCK_TAGS or around[-1] in _SENTENCES)
        return name if amid or not _is_by_itself(element) else "div"
    if name in _PHRASES and _is_set_as_block(attributes) and not _is_in_heading(around):
        return "div"
    return name


def breaks_line(name: str, attributes: Mapping[str, str]) -> bool:
    """Tell an element that begins a line without being a block: a link, or words of a heading."""
    return (name == "a" or name in _PHRASES) and _is_set_as_block(attributes)


def is_read(element: HtmlElement, name: str, attributes: Mapping[str, str], around: Sequence[str]) -> bool:
    """Tell whether the words of an element are read; ``around`` names the elements around it.

    A button is there to be pressed, unless it stands amid the words of a sentence or is a heading. What is
    said to screen readers alone is left out beside the words that it explains; alone it may be all there is.
    What is struck out is not said, unless it is blocks of text: then somebody forgot to close the element.
    """
    if name == "button":
        return _is_in_heading(around) or (_has_words_before(element) and _has_words_behind(element))
    if name in _UNSEEN or (name in _STRUCK_OUT and not _holds_blocks(element)):
        return False
    if name in BLOCK_TAGS or not attributes:
        return True
    if not (_is_hint(element, attributes) or (name == "a" and _is_sign_of_link(element, around))):
        return True
    return not (_has_words_before(element) or _has_words_behind(element))


def _holds_blocks(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*BLOCK_TAGS), None) is not None


def _is_hint(element: HtmlElement, attributes: Mapping[str, str]) -> bool:
    """Tell what explains words, and is no sign that stands between them."""
    called = not _HINTS.isdisjoint(attributes.get("class", "").split())
    if not called and attributes.get("role") != "tooltip":
        return False
    return "headerlink" in attributes.get("class", "") or any(map(str.isalpha, element.xpath("string()")))


def _is_sign_of_link(element: HtmlElement, around: Sequence[str]) -> bool:
    """Tell the sign beside a heading that is a link to it."""
    alone = len(element) == 0 and (element.text or "").strip() in _LINK_SIGNS
    return alone and _is_in_heading(around)


def _is_in_heading(around: Sequence[str]) -> bool:
    return any(name in HEADINGS for name in around[-_NEAR:])


def _is_set_as_block(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style")
    return style is not None and _AS_BLOCK.search(style) is not None and not _BESIDE.search(style)


def _is_by_itself(element: HtmlElement) -> bool:
    beside = _has_words_before(element) or _has_words_behind(element)
    return not beside and _has_letters(element.itertext())


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
