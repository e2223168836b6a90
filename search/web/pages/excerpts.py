"""What of a long paragraph a page of hits shows, with what was found in it marked."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from onrecord.search.results.hits import Hit
from onrecord.search.web.marking import marked

__all__ = ["excerpt"]

_BEFORE = 0.35  # of an excerpt stands before the first word that was found
# How far off a space is looked for.
_NEAR = 40


def excerpt(hit: Hit, length: int) -> Markup:
    """Cut so many characters around the first words found, at spaces; … marks what is cut."""
    text = hit.text
    if len(text) <= length * 1.25:
        return marked(hit)
    first = hit.highlights[0][0] if hit.highlights else 0
    begin = max(0, min(first - int(length * _BEFORE), len(text) - length))
    begin = _at_a_space(text, begin) if begin else 0
    end = min(len(text), begin + length)
    end = max(_at_a_space(text, end), first + 1) if end < len(text) else end
    inside = tuple(
        (max(start, begin) - begin, min(stop, end) - begin)
        for start, stop in hit.highlights
        if start < end and stop > begin
    )
    words = marked(replace(hit, text=text[begin:end], highlights=inside))
    before, after = Markup("… ") if begin else "", Markup(" …") if end < len(text) else ""
    return Markup("{}{}{}").format(before, words, after)


def _at_a_space(text: str, at: int) -> int:
    """Return the space before a place, where there is one near by; Chinese has none."""
    found = text.rfind(" ", max(0, at - _NEAR), at)
    return at if found < 0 else found
