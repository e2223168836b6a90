"""What the site is made from: all pages of the tree where they lie, and a page for each public module.

The pages keep their places, so that the links between them, which are written for a forge, lead on here too.
"""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import onrecord

__all__ = ["TREE", "lay_out"]

TREE = Path(__file__).parents[2]
# Pages in the order in which they are read; those that are named nowhere come last.
_PARTS = {
    "Begin": ("README", "docs/readers/*"),
    "Use": (
        "docs/formats",
        "docs/queries",
        "docs/commands",
        "docs/research",
        "docs/running",
        "docs/cluster",
        "docs/pages",
    ),
    "Inside your own program": (
        *("docs/embedding", "docs/frameworks", "docs/http", "docs/fields", "docs/mcp", "docs/publishing"),
        "docs/api/index",
    ),
    "In depth": (
        *("docs/addresses", "docs/paragraphs", "docs/headings", "docs/corrections", "docs/tables"),
        *("docs/lemmas", "docs/lexicon", "docs/limits", "docs/reliability"),
    ),
}
# Names that public ones are given or give back, and that are imported from where they are.
_BESIDE = {
    "onrecord.indexer.formats.tables.columns": ("Columns",),
    "onrecord.indexer.statement": ("Value",),
    "onrecord.search.brief.values": ("Made",),
    "onrecord.search.citation.cite": ("Format",),
    "onrecord.search.citation.footnotes": ("Style",),
    "onrecord.search.frames.tabular": ("Tabular",),
    "onrecord.search.request": ("Filters", "Names", "Options", "Understood", "When", "Words"),
    "onrecord.search.research.comparisons.collocates": ("CollocateMeasure",),
    "onrecord.search.research.comparisons.comparison": ("Rate", "Side"),
    "onrecord.search.research.comparisons.keyness": ("Measure",),
    "onrecord.search.research.concordances.context": ("ContextUnit",),
    "onrecord.search.research.counts.cells": ("Asked",),
    "onrecord.search.research.drawing": ("Bar",),
    "onrecord.search.research.silence": ("Among", "Undetermined"),
    "onrecord.search.research.tables": ("Column", "Table"),
    "onrecord.search.results.hits": ("Answer",),
    "onrecord.search.results.share": ("Share",),
    "onrecord.search.results.stretches": ("StretchOrder", "Stretches"),
}
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\n]*)\]\((?P<target>(?![a-z]+:)[^)#\s]+)(?:#[^)\s]+)?\)")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.py")


def lay_out(source: Path) -> None:
    """Put all that the site is made from into an empty folder."""
    shutil.copytree(TREE / "docs", source / "docs", ignore=_LEFT_OUT)
    (source / "benchmarks").mkdir()
    for page in (*TREE.glob("*.md"), *TREE.glob("benchmarks/*.md")):
        shutil.copy(page, source / page.relative_to(TREE))
    for page in source.rglob("*.md"):
        page.write_text(_without_links_into_the_tree(page, source), "utf-8")
    for name, text in _reference():
        page = source / "docs" / "api" / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
    (source / "index.md").write_text(_front(source), "utf-8")


def _without_links_into_the_tree(page: Path, source: Path) -> str:
    """Leave the words alone of a link to a file or folder that a forge shows, and this site has not."""

    def words(link: re.Match[str]) -> str:
        target = (page.parent / link["target"]).resolve()
        has_no_page = target.is_dir() or not target.exists()
        is_there = (TREE / target.relative_to(source.resolve())).exists()
        return link["words"] if has_no_page and is_there else link[0]

    return _LINK.sub(words, page.read_text("utf-8"))


def _front(source: Path) -> str:
    parts = [
        _contents(caption, [name for name in names if _is_there(source, name)])
        for caption, names in _PARTS.items()
    ]
    named = {name for names in _PARTS.values() for name in names}
    others = sorted(
        name
        for page in source.rglob("*.md")
        if (name := page.relative_to(source).with_suffix("").as_posix()) not in named
        and not name.startswith(("docs/readers/", "docs/api/", "docs/examples/"))
    )
    return "\n".join(["# On Record", *parts, _contents("More", others)])


def _is_there(source: Path, name: str) -> bool:
    return any(source.glob(f"{name}.md"))


def _contents(caption: str, names: Sequence[str]) -> str:
    return "\n".join([f"\n```{{toctree}}\n:caption: {caption}\n:maxdepth: 1\n:glob:\n", *names, "```"])


def _reference() -> Iterator[tuple[str, str]]:
    """Yield the pages of the reference, with their names."""
    homes = {**onrecord._HOMES, "onrecord.web": ("create_app",)}
    for home, names in homes.items():
        place = "onrecord.web" if home == "onrecord.web" else "onrecord"
        yield home, _page(_title(home), [_entry(place, name) for name in sorted(names)])
    beside = [_entry(home, name) for home, names in _BESIDE.items() for name in names]
    yield "beside", _page("Types that are named beside these", beside)
    contents = _contents("", ["*"]).replace(":caption: \n", "")
    yield "index", f"# The Python interface, name by name\n\nAll is imported from `onrecord`.\n{contents}\n"


def _title(home: str) -> str:
    doc = importlib.import_module(home).__doc__ or home
    return doc.partition("\n\n")[0].replace("\n", " ").rstrip(".")


def _page(title: str, entries: Sequence[str]) -> str:
    return "\n".join([f"# {title}\n", *entries])


def _entry(place: str, name: str) -> str:
    directive = _directive(getattr(importlib.import_module(place), name))
    return f"```{{eval-rst}}\n.. {directive}:: {place}.{name}\n```\n"


def _directive(member: object) -> str:
    if isinstance(member, type):
        return "autoexception" if issubclass(member, BaseException) else "autoclass"
    return "autofunction" if callable(member) else "autodata"
