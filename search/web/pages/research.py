"""The pages of the research tools: concordance, count, silence, comparison."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from onrecord.search.research.counts.counts import shown_keys
from onrecord.search.research.drawing import drawn
from onrecord.search.research.silence import Presence
from onrecord.search.research.tables import shown
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.resource import Asked, Reply
from onrecord.search.web.resources.research import compared, concordance, counted, listened, next_lines
from onrecord.search.web.view import View

__all__ = ["LINES_ON_A_PAGE", "compare_page", "count_page", "kwic_page", "silence_page"]

#: Lines of a concordance, rows of a count and names of a silence on a page.
LINES_ON_A_PAGE = 40
_ROWS = 80
_NAMES = 120
_WORDS_A_SIDE = 40


def kwic_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show a page of a concordance, or the form alone."""
    if "q" not in asked.values:
        return page("kwic.html", visit, found=None)
    limit = min(asked.values.get("limit", LINES_ON_A_PAGE), LINES_ON_A_PAGE)
    asked = replace(asked, values={**asked.values, "limit": limit})
    found = concordance(view, asked)
    offset = found.order.offset
    previous = max(0, offset - limit)
    at = view.version if previous else None
    following = next_lines(view, asked, found, "kwic")
    return page(
        "kwic.html",
        visit,
        found=found,
        offset=offset,
        before=visit.here(offset=previous or None, at=at) if offset and limit else None,
        behind=visit.here(offset=offset + len(found), at=view.version) if following else None,
    )


def count_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show counts, drawn and as a table, or the form alone."""
    if "q" not in asked.values:
        return page("count.html", visit, counts=None)
    counts = counted(view, asked)
    offset = min(asked.values.get("offset", 0), max(0, len(counts) - 1)) // _ROWS * _ROWS
    rows, bars = counts.rows[offset : offset + _ROWS], counts.bars()[offset : offset + _ROWS]
    drawing = drawn(bars, title="; ".join(counts.understood), measure=counts.measure, styled=False)
    behind = offset + _ROWS < len(counts)
    return page(
        "count.html",
        visit,
        counts=counts,
        rows=[(shown_keys(row.keys), row) for row in rows],
        drawing=Markup(drawing),  # it escapes what it is given
        rate=shown,
        offset=offset,
        before=visit.here(offset=offset - _ROWS or None) if offset else None,
        behind=visit.here(offset=offset + _ROWS) if behind else None,
    )


def silence_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show who spoke on something and who did not, or the form alone."""
    if "q" not in asked.values:
        return page("silence.html", visit, found=None)
    found = listened(view, asked)
    offset = asked.values.get("offset", 0) // _NAMES * _NAMES
    every = list(found)
    shown_ones = every[offset : offset + _NAMES]
    kinds = ("spoke", "silent", "absent")
    groups: list[tuple[str, int, list[Presence]]] = [
        (kind, len(getattr(found, kind)), [one for one in shown_ones if one.status == kind]) for kind in kinds
    ]
    return page(
        "silence.html",
        visit,
        found=found,
        groups=[group for group in groups if group[1]],
        before=visit.here(offset=offset - _NAMES or None) if offset else None,
        behind=visit.here(offset=offset + _NAMES) if offset + _NAMES < len(every) else None,
    )


def compare_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show two sides beside each other, or the form alone."""
    if "a" not in asked.values or "b" not in asked.values:
        return page("compare.html", visit, found=None)
    words = min(asked.values.get("words", 20), _WORDS_A_SIDE)
    found = compared(view, replace(asked, values={**asked.values, "words": words}))
    sides = [(side, [word for word in found.words if word.side == side]) for side in ("a", "b")]
    return page("compare.html", visit, found=found, sides=sides, shown=shown)
