"""A reader's visit to a page: in which language, with which links on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from onrecord.search.results.hits import Hit
from onrecord.search.web.pages.wording import LANGUAGES, Wording, language_of, wording
from onrecord.search.web.parameters import FILTERS, WORDS
from onrecord.search.web.resource import Asked
from onrecord.search.web.view import Site

__all__ = ["Visit"]

# What a question keeps when it is put another way, as a count or a concordance.
_SHARED = ("q", *(parameter.name for parameter in (*FILTERS, *WORDS)))
# What belongs to one page of several.
_OF_A_PAGE = ("offset", "at")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page, and the links that its page has. All are relative to the URL of the page."""

    asked: Asked
    site: Site
    data: bool  #: whether there are answers for programs to link to
    path: str  #: that of the page, from the root of the application

    @property
    def words(self) -> Wording:
        """The words of the reader's language."""
        return wording(language_of(self.asked))

    @property
    def language(self) -> str | None:
        """The language, where the URL names it: there are no cookies, so that links carry it along."""
        named = (value for name, value in self.asked.typed if name == "lang")
        return next((value for value in named if value in LANGUAGES), None)

    def to(self, path: str, pairs: Iterable[tuple[str, str]] = (), *, anchor: str = "", **more: Any) -> str:
        """Link to a path from the root of the application."""
        query = [one for one in pairs if one[0] != "lang"]
        query += [(name, str(value)) for name, value in more.items() if value is not None]
        if self.language is not None and "lang" not in more:
            query.append(("lang", self.language))
        target = self.asked.up + quote(path, safe="/~.-_") or "."
        return target + (f"?{urlencode(query)}" if query else "") + (f"#{anchor}" if anchor else "")

    def here(self, **changed: Any) -> str:
        """Link to this page with something changed: None takes it out."""
        kept = [one for one in self.typed if one[0] not in (*changed, *_OF_A_PAGE)]
        return self.to(self.path, kept, **changed)

    def narrowed(self, name: str, value: str) -> str:
        """Link to this page with one more value of a filter."""
        return self.to(self.path, [*(one for one in self.typed if one[0] not in _OF_A_PAGE), (name, value)])

    def widened(self, name: str, value: str) -> str:
        """Link to this page without a value of a filter."""
        return self.to(self.path, [one for one in self._first_page() if one != (name, value)])

    def tool(self, path: str, **more: Any) -> str:
        """Link to another way of putting the same question."""
        kept = [one for one in self.typed if one[0] in _SHARED and one[0] not in more]
        return self.to(path, kept, **more)

    def data_form(self, ending: str) -> str:
        """Link to the same answer for programs, all of it."""
        kept = [one for one in self._first_page() if one[0] != "limit"]
        query = urlencode([one for one in kept if one[0] != "lang"])
        return f"{self.asked.up}{self.path}.{ending}?{query}"

    def paragraph(self, hit: Hit, **more: Any) -> str:
        """Link to the page of a paragraph."""
        return self.to(f"statements/{hit.statement}/{hit.number}", **more)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What stands in the URL."""
        return [one for one in self.asked.typed if one[1].strip()]

    def _first_page(self) -> list[tuple[str, str]]:
        return [one for one in self.typed if one[0] not in _OF_A_PAGE]

    @property
    def canonical(self) -> str | None:
        """The absolute URL of the page, in whatever language, where the application knows its own."""
        if self.asked.base is None:
            return None
        kept = [one for one in self.typed if one[0] not in ("lang", "at")]
        query = f"?{urlencode(kept)}" if kept else ""
        return f"{self.asked.base}/{quote(self.path, safe='/~.-_')}{query}"
