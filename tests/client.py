"""A small program of somebody else's, which the types of the public names must satisfy."""

from __future__ import annotations

from pathlib import Path

from onrecord import Hit, Report, Results, open_index, update


def quotations(texts: Path, index_folder: Path, phrase: str, *, speaker: str, since: str) -> list[str]:
    """Index a folder and return each quotation with its citation."""
    report: Report = update(texts, into=index_folder)
    assert report.failed == ()
    with open_index(index_folder) as index:
        results: Results = index.search(f'"{phrase}"', speaker=speaker, since=since, limit=None)
    return [cite(hit) for hit in results]


def cite(hit: Hit) -> str:
    """Return a paragraph with who said it, when and where."""
    who: str = hit.speaker or "unknown"
    when: str = hit.date or "undated"
    return f"{hit.text} ({who}, {when}, {hit.address})"
