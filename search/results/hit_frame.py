"""Hits as a table: for other libraries, and for a notebook."""

from __future__ import annotations

from itertools import islice

from onrecord.indexer.numbers import counted
from onrecord.search.frames.frame import Field, Frame, Kind, fields_of
from onrecord.search.frames.notebook import SHOWN, html_table, marked
from onrecord.search.results.hits import Hit, Results

__all__ = ["frame_of", "html_of"]

_NAMES = ("address", "speaker", "date", "forum", "paragraph")


def frame_of(results: Results) -> Frame:
    """Make columns of all that a hit says, its neighbours as texts."""
    fields = (
        *fields_of(Hit),
        Field("year", Kind.WHOLE, lambda hit: hit.year),
        Field("before", Kind.TEXTS, lambda hit: [one.text for one in hit.before]),
        Field("after", Kind.TEXTS, lambda hit: [one.text for one in hit.after]),
        Field("lasting_address", Kind.TEXT, lambda hit: hit.lasting_address),
    )
    return Frame.of(results.stream(), fields)


def html_of(results: Results) -> str:
    """Show the first hits of a page, the words found marked, and what there is of them in all."""
    rows = [
        (hit.address, hit.speaker or "–", hit.date or "–", hit.forum or "–", marked(hit.text, hit.highlights))
        for hit in islice(results.stream(), SHOWN)
    ]
    found = f"{counted(results.total, 'paragraph')} in {counted(results.statements, 'statement')}"
    if len(rows) < results.total:
        first = results.offset + 1
        found += f" (showing {first:,}-{results.offset + len(rows):,})" if rows else " (showing none)"
    return html_table(_NAMES, rows, caption=f"{found} for {results.understood}")
