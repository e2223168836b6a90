"""Running heads without a date or a symbol: lines that tear sentences, again and again, where pages end.

``Statement by Panama`` on a line of its own may be a title, a label, or what a speaker comes back to. It is a
running head where the same line stands at the ends of pages, which a form feed shows or page numbers that
count up, and where what is above it goes on below it. A refrain ends with a stop or begins a sentence, and a
title that comes again has a whole sentence above it. Only where a page ends is such a line left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.indexer.paragraphs.line_joining import Line
from onrecord.indexer.paragraphs.page_furniture import is_page_number
from onrecord.indexer.paragraphs.sentences import ends_sentence

__all__ = ["heads_at_page_ends"]

_LONGEST = 80
# A page has as many lines at least.
_LINES_OF_A_PAGE = 3
# On so many pages; of fewer, at least these, each must tear a sentence.
_PAGES, _FEWEST = 3, 2
_NUMBER = re.compile(r"\d+")
_NUMBER_BESIDE = re.compile(r"^(?P<before>\d{1,4})\s+(?=\D)|(?<=[^\d\s])[ \t|]{1,20}(?P<behind>\d{1,4})$")
# A line that ends with one of these introduces what follows, or goes on.
_OPEN = (":", ",", ";", "-", "–", "—")


class _Place(NamedTuple):
    """Where a line stands at the end of a page, and the number of the page where it is printed."""

    at: int
    page: int | None


def heads_at_page_ends(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places of running heads that tear sentences where pages end.

    >>> page = [Line("We ask for", None, True), Line("1", None, True), Line("Our harbours", None, True)]
    >>> rest = [Line("light.", None, True), Line("Oil is", None, True), Line("We have", None, True)]
    >>> second = [Line("2", None, True), Line("Our harbours", None, True), Line("none.", None, True)]
    >>> sorted(heads_at_page_ends([*page, *rest, *second])), sorted(heads_at_page_ends([*page, *rest]))
    ([2, 7], [])
    """
    places: dict[str, list[_Place]] = {}
    for at, line in enumerate(lines):
        if len(line.text) <= _LONGEST and not line.marked_up and (line.gap or at) and _is_alone(lines, at):
            for head, page in _read(lines, at):
                places.setdefault(head, []).append(_Place(at, page))
    repeated = [seen for head, seen in places.items() if len(seen) >= _FEWEST and _is_on_pages(head, seen)]
    if not repeated:
        return frozenset()
    passed = frozenset(place.at for seen in repeated for place in seen)
    return frozenset(place.at for seen in repeated if _tear(lines, seen, passed) for place in seen)


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is a block of its own, but for the number of a page."""
    begins = lines[at].gap or (lines[at - 1].gap and is_page_number(lines[at - 1].text))
    if not begins or at + 1 == len(lines) or lines[at + 1].gap:
        return begins
    return is_page_number(lines[at + 1].text) and (at + 2 == len(lines) or lines[at + 2].gap)


def _read(lines: Sequence[Line], at: int) -> Iterator[tuple[str, int | None]]:
    """Yield what may be a head of a line at the end of a page, with the number of the page."""
    text = lines[at].text.strip()
    if is_page_number(text):
        return
    above, below = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
    numbers = [
        int(found[0])
        for line in (above, below)
        if line is not None and is_page_number(line.text) and (found := _NUMBER.search(line.text))
    ]
    ends = lines[at].page_top or (below is not None and below.page_top)
    ends = ends or (above is not None and above.page_top and bool(numbers))
    if ends or numbers:
        yield text, numbers[0] if numbers else None
    # "Article 2" counts up, too, so that a number in the line alone shows no end of a page.
    for number in _NUMBER_BESIDE.finditer(text) if ends else ():
        yield text[: number.start()] + text[number.end() :], int(number["before"] or number["behind"])


def _is_on_pages(head: str, seen: Sequence[_Place]) -> bool:
    """Tell whether a line may be a head: no sentence, a page or more apart, its pages in their order."""
    if not any(map(str.isalpha, head)) or head[0].islower() or head.endswith(_OPEN) or ends_sentence(head):
        return False
    pages = [place.page for place in seen if place.page is not None]
    rising = all(page < following for page, following in pairwise(pages))
    return rising and all(following.at - place.at >= _LINES_OF_A_PAGE for place, following in pairwise(seen))


def _tear(lines: Sequence[Line], seen: Sequence[_Place], passed: frozenset[int]) -> bool:
    """Tell whether a line tears sentences where it stands, or only one of them on more pages."""
    torn = sum(_tears(lines, place.at, passed) for place in seen)
    return torn >= 1 if len(seen) >= _PAGES else torn == len(seen)


def _tears(lines: Sequence[Line], at: int, passed: frozenset[int]) -> bool:
    above = _next(lines, range(at - 1, -1, -1), passed)
    below = _next(lines, range(at + 1, len(lines)), passed)
    return bool(above and below) and not ends_sentence(above) and below[0].islower()


def _next(lines: Sequence[Line], places: range, passed: frozenset[int]) -> str:
    """Return the first line of the text in one direction, past the numbers and the heads of pages."""
    found = (
        lines[at].text.strip() for at in places if at not in passed and not is_page_number(lines[at].text)
    )
    return next(found, "")
