"""Pull quotes: words of a text set once more, large, beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString

from onrecord.indexer.formats.web.class_words import names_of, says_source
from onrecord.indexer.limits import check_time

__all__ = ["PullQuotes"]

_WORD = re.compile(r"[^\W_]+")
# A whole paragraph of so many words is not said twice by chance.
_FEWEST_WORDS = 4
# Who is quoted stands beside the words.
_SOURCES = ("cite", "figcaption", "footer")


class PullQuotes:
    """The paragraphs of a page, in which the words of a pull quote stand too."""

    __slots__ = ("_body", "_text")

    def __init__(self, body: Tag) -> None:
        self._body = body
        self._text: str | None = None

    def repeats(self, element: Tag) -> bool:
        """Tell whether the words of an element stand in another paragraph of the page."""
        words = _words(text for text in element.find_all(string=True) if not _names_source(text, element))
        if not words:
            return False
        if self._text is None:
            paragraphs = (_words([one.get_text()]) for one in self._body.find_all("p"))
            self._text = "".join(f"\n{paragraph}\n" for paragraph in paragraphs)
        check_time()
        if words.count(" ") + 1 >= _FEWEST_WORDS:
            own = any(_words([one.get_text()]) == words for one in element.find_all("p", limit=2))
            if self._text.count(f"\n{words}\n") > own + (element.name == "p"):
                return True
        return any(longer in self._text for longer in (f"\n{words} ", f" {words} ", f" {words}\n"))


def _names_source(text: NavigableString, quote: Tag) -> bool:
    """Tell words that stand in an element for who is quoted."""
    for outer in text.parents:
        if outer is quote:
            return False
        if outer.name in _SOURCES or any(says_source(name) for name in names_of(outer)):
            return True
    return False


def _words(texts: Iterable[str]) -> str:
    return " ".join(_WORD.findall(" ".join(texts).lower()))
