"""The pages, each as bytes: of a statement, a list, the first one, and the one for what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.indexer.errors import NotInstalled
from onrecord.indexer.numbers import counted
from onrecord.search.citation.cite import cite, facts_of
from onrecord.search.publishing.entries import KINDS, Entry, Group
from onrecord.search.publishing.site import Site, folder_of_name, href
from onrecord.search.results.hits import Hit
from onrecord.search.results.linked_data import in_a_page, statement_data
from onrecord.search.results.shown_text import printable

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Pages", "file_beside"]

#: Entries of a page of a list: a page of 500 has some 150 KB.
_A_PAGE = 500
# Letters of what a browser calls a page, as they are written in it.
_TITLE = 70
# Statements that the first page names.
_NEWEST = 20
_NOT_KNOWN = "not known"


class Pages:
    """Writes the pages of a site (`NotInstalled` where there is no Jinja2)."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._templates = _environment()

    def statement(self, hits: Sequence[Hit], entry: Entry, published: Mapping[str, str]) -> bytes:
        """Write the page of a statement; ``published`` has the folders of those that are, by their slugs."""
        first, up = hits[0], "../../"
        anchors = [f"{hit.number}~{hit.fingerprint}" for hit in hits]
        url = None if self._site.root is None else self._site.absolute(entry.path)
        return self._written(
            "statement.html",
            up=up,
            path=entry.path,
            heading=entry.name,
            entry=entry,
            facts=list(_facts(first, entry, up)),
            also=[(slug, up + href(published[slug]) + "/") for slug in first.also_as if slug in published],
            cited=_cited(first, whole=True, base_url=self._site.cited),
            recognised=first.recognised,
            paragraphs=[
                {
                    "number": hit.number,
                    "anchor": anchor,
                    "address": f"{hit.statement}#{anchor}",
                    "printed": printable(hit.printed_number or ""),
                    "role": hit.role,
                    "language": hit.language or "",
                    "text": printable(hit.text),
                    "cited": _cited(hit, whole=False, base_url=self._site.cited),
                }
                for hit, anchor in zip(hits, anchors, strict=True)
            ],
            data=in_a_page(statement_data(hits, [f"#{anchor}" for anchor in anchors], url=url)),
        )

    def lists(self, kind: str, title: str, groups: Sequence[Group]) -> Iterator[tuple[str, bytes]]:
        """Yield the paths and pages of the speakers, forums or years, and of the statements of each."""
        names = [
            {
                "name": group.name or _NOT_KNOWN,
                "href": f"{href(group.folder)}/",
                "said": counted(len(group.entries), "statement"),
            }
            for group in groups
        ]
        yield from self._pages_of(kind, title, names, template="names.html")
        for group in groups:
            heading = group.name or f"{title}: {_NOT_KNOWN}"
            yield from self._pages_of(
                group.folder,
                heading,
                [_listed(entry) for entry in group.entries],
                template="list.html",
                said=counted(len(group.entries), "statement"),
            )

    def home(self, entries: Sequence[Entry], *, paragraphs: int, searched: bool) -> bytes:
        """Write the first page; ``entries`` are all, the newest first."""
        return self._written(
            "home.html",
            up="",
            path="",
            heading=self._site.title,
            said=f"{counted(paragraphs, 'paragraph')} in {counted(len(entries), 'statement')}",
            searched=searched,
            entries=[_listed(entry) for entry in entries[:_NEWEST]],
        )

    def not_found(self) -> bytes:
        """Write the page for what is not there, which is served at any path: its links are whole."""
        up = None if self._site.root is None else f"{urlsplit(self._site.root).path}/"
        return self._written("not_found.html", up=up, path=None, heading="There is nothing here")

    def _pages_of(
        self, folder: str, heading: str, items: Iterable[Mapping[str, Any]], *, template: str, said: str = ""
    ) -> Iterator[tuple[str, bytes]]:
        every = list(items)
        parts = [every[at : at + _A_PAGE] for at in range(0, len(every), _A_PAGE)]
        for number, part in enumerate(parts, 1):
            place = folder if number == 1 else f"{folder}/{number}"
            up = "../" * (place.count("/") + 1)
            numbered = [folder, *(f"{folder}/{other}" for other in range(2, len(parts) + 1))]
            yield (
                f"{place}/index.html",
                self._written(
                    template,
                    up=up,
                    path=f"{place}/",
                    heading=heading,
                    said=said,
                    items=part,
                    number=number,
                    numbered=[f"{up}{href(one)}/" for one in numbered] if len(parts) > 1 else [],
                ),
            )

    def _written(self, template: str, *, path: str | None, heading: str, **given: Any) -> bytes:
        canonical = None if path is None or self._site.root is None else self._site.absolute(path)
        page = self._templates.get_template(template).render(
            site=self._site,
            kinds=KINDS,
            canonical=canonical,
            path=path,
            heading=heading,
            title=_shortened(heading if heading == self._site.title else f"{heading} – {self._site.title}"),
            **given,
        )
        return page.encode(errors="replace")


def file_beside(name: str) -> bytes:
    """Return a file that goes with the pages as it is."""
    return files(__package__).joinpath("templates", name).read_bytes()


def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise NotInstalled(
            "Pages are written by Jinja2, which is not installed; pip install 'onrecord[web]'."
        ) from error
    return Environment(
        loader=PackageLoader("onrecord.search.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _cited(hit: Hit, *, whole: bool, base_url: str | None, form: str = "footnote") -> str:
    return printable(cite(facts_of([(hit, whole)], format=form, base_url=base_url), format=form))


def _shortened(title: str) -> str:
    """Cut what a tab and a list of search results cut anyway; the heading of the page has all of it."""
    shortened, end = title, _TITLE
    while len(escape(shortened)) > _TITLE:
        end -= 1
        shortened = f"{title[:end].rstrip()}…"
    return shortened


def _listed(entry: Entry) -> dict[str, Any]:
    where = filter(None, (entry.speaker if entry.title else None, entry.forum if entry.title else None))
    return {
        "href": href(entry.path),
        "name": entry.name,
        "date": entry.date,
        "said": ", ".join([*where, counted(entry.paragraphs, "paragraph")]),
    }


def _facts(first: Hit, entry: Entry, up: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield what is known of a statement: the name of a fact, its value, and the list it is in."""

    def listed(kind: str, name: str | None) -> str:
        return f"{up}{href(folder_of_name(kind, name))}/"

    yield "Speaker", entry.speaker or _NOT_KNOWN, listed("speakers", entry.speaker)
    if first.person and first.person != first.speaker:
        yield "Person", printable(", ".join(filter(None, (first.person, first.post)))), None
    for name, value in (
        ("On behalf of", first.on_behalf_of),
        ("Delivered by", first.delivered_by),
    ):
        if value:
            yield name, printable(value), None
    yield "Forum", entry.forum or _NOT_KNOWN, listed("forums", entry.forum)
    yield "Date", entry.date or _NOT_KNOWN, listed("years", entry.year)
    for name, value in (
        ("Place", first.place),
        ("Document", first.document_symbol),
        ("Spoken in", first.original_language),
        ("Source", first.source),
        ("Address", first.statement),
    ):
        if value:
            yield name, printable(value), None
