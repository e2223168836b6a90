"""The door: an index and a folder in, pages out; of what is there only what changed is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Unpack

from whoosh.query import Every

from onrecord.indexer.report import Progress
from onrecord.search.citation.cite import cite, facts_of
from onrecord.search.index import Index
from onrecord.search.publishing.entries import KINDS, Entry, grouped, newest_first
from onrecord.search.publishing.feed import feed
from onrecord.search.publishing.pages import Pages, file_beside
from onrecord.search.publishing.published_folder import PublishedFolder
from onrecord.search.publishing.site import Site, folder_of_statement
from onrecord.search.publishing.site_map import robots, site_maps
from onrecord.search.publishing.word_list import LARGEST, WordList
from onrecord.search.request import Filters, Request
from onrecord.search.results.hits import Hit

__all__ = ["Published", "publish"]

_CITATIONS = {"cite.bib": "bibtex", "cite.ris": "ris"}


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: statements and their paragraphs, files in all, written and taken away.

    ``left`` are files in the way that are not ours to change, each with why, ``notes`` sentences of what
    there is not.
    """

    folder: str
    statements: int
    paragraphs: int
    files: int
    written: int
    removed: int
    left: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return asdict(self)


def publish(
    index: Index,
    folder: Path | str,
    *,
    title: str = "On Record",
    base_url: str | None = None,
    server: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    **filters: Unpack[Filters],
) -> Published:
    """Write the statements of an index as static pages into a folder, or bring those up to date.

    Of a statement of which a paragraph passes the filters, which are those of `Index.search`, all is
    published. ``base_url`` is the URL that the folder will have, ``server`` that of a web application which
    searches for the pages; without one the browser searches, where the words are few enough. One run at a
    time may publish into a folder. Raises `ExportError`, `NotInstalled`, `QueryError`, `DateError`.
    """
    site = Site(title=title, base_url=base_url, server=server)
    press = _Press(index.pinned(), site, Path(folder), filters)
    try:
        return press.run(progress or (lambda _: None))
    finally:
        press.folder.close()


class _Press:
    """One run."""

    def __init__(self, index: Index, site: Site, folder: Path, filters: Filters) -> None:
        self._index = index
        self._site = site
        self._pages = Pages(site)
        found = index.ask(Request.of(Every(), **filters)._replace(limit=0))
        self._folders = _folders(one.slug for one in found.answer.standing())
        self._words = WordList()
        self.folder = PublishedFolder(folder)

    def run(self, moved: Callable[[Progress], None]) -> Published:
        entries = []
        for done, slug in enumerate(self._folders):
            moved(Progress(done, len(self._folders), slug))
            entries.append(self._statement(slug))
        moved(Progress(len(self._folders), len(self._folders), ""))
        newest = newest_first(entries)
        paragraphs = sum(entry.paragraphs for entry in entries)
        searched = self._search_by_browser()
        self.folder.put("index.html", self._pages.home(newest, paragraphs=paragraphs, searched=searched))
        paths = ["", *self._lists(entries), *(entry.path for entry in entries)]
        self._beside(newest, paths)
        self.folder.finish()
        return Published(
            folder=str(self.folder.folder),
            statements=len(entries),
            paragraphs=paragraphs,
            files=self.folder.files,
            written=self.folder.written,
            removed=self.folder.removed,
            left=tuple(sorted(self.folder.left.items())),
            notes=tuple(self._notes(searched)),
        )

    def _statement(self, slug: str) -> Entry:
        hits = self._index.show(slug).hits
        entry = Entry.of(hits, folder=self._folders[slug])
        self.folder.put(f"{entry.path}index.html", self._pages.statement(hits, entry, self._folders))
        for name, form in _CITATIONS.items():
            self.folder.put(f"{entry.path}{name}", self._cited(hits[0], form))
        if self._site.server is None:
            self._words.add(entry, (hit.text for hit in hits))
        return entry

    def _cited(self, hit: Hit, form: str) -> bytes:
        statements = facts_of([(hit, True)], format=form, base_url=self._site.cited)
        return cite(statements, format=form).encode(errors="replace") + b"\n"

    def _search_by_browser(self) -> bool:
        written = self._words.written() if self._site.server is None else None
        if written is None:
            return False
        self.folder.put("words.json", written)
        self.folder.put("search.js", file_beside("search.js"))
        return True

    def _lists(self, entries: list[Entry]) -> Iterator[str]:
        """Write the lists of statements, and yield the path of each page."""
        for kind, title, _ in KINDS:
            for path, content in self._pages.lists(kind, title, grouped(entries, kind)):
                self.folder.put(path, content)
                yield path.removesuffix("index.html")

    def _beside(self, newest: list[Entry], paths: list[str]) -> None:
        self.folder.put("feed.xml", feed(self._site, newest))
        self.folder.put("style.css", file_beside("style.css"))
        self.folder.put("404.html", self._pages.not_found())
        self.folder.put("robots.txt", robots(self._site))
        self.folder.put(".nojekyll", b"")  # without it GitHub reads every page as a template
        for name, content in site_maps(self._site, paths):
            self.folder.put(name, content)

    def _notes(self, searched: bool) -> Iterator[str]:
        if self._site.root is None:
            yield (
                "There is no sitemap.xml, and citations have no URLs;"
                " say with --base-url where the pages will be."
            )
        if not searched and self._site.server is None:
            yield (
                f"The words of these statements take more than the {LARGEST // 1_000_000} MB that a browser"
                " is given, so that nothing searches them; let a server do it with --server URL."
            )


def _folders(slugs: Iterator[str]) -> dict[str, str]:
    """Give each statement a folder that no other has."""
    folders: dict[str, str] = {}
    taken: set[str] = set()
    for slug in slugs:
        folder = folder_of_statement(slug)
        while folder in taken:  # two long slugs that end in the same letters
            folder += "x"
        taken.add(folder)
        folders[slug] = folder
    return folders
