"""The words of a hit as HTML, with what was found between ``mark``."""

from __future__ import annotations

from markupsafe import Markup, escape

from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["marked"]


def marked(hit: Hit) -> Markup:
    """Write a text with its marks; nothing of it is markup."""
    end, pieces = 0, []
    for start, stop in hit.highlights:
        pieces.append(escape(printable(hit.text[end:start])))
        pieces.append(Markup("<mark>{}</mark>").format(printable(hit.text[start:stop])))
        end = stop
    pieces.append(escape(printable(hit.text[end:])))
    return Markup("").join(pieces)
