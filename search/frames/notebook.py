"""A table as a notebook shows it: escaped, each text in its own direction, its columns named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["SHOWN", "Markup", "html_table", "marked", "runs_left"]

#: Rows that a notebook shows.
SHOWN = 100
# Letters of a paragraph that are shown around what was found, and of them those before it.
_LONGEST = 600
_BEFORE = 200
_CUT = "…"


class Markup(str):
    """HTML, which is written as it is; every other text is escaped."""

    __slots__ = ()


def html_table(
    names: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", right: Sequence[str] = ()
) -> str:
    """Write a table; columns whose names are ``right`` are set to the right.

    >>> html_table(["what"], [["a<b"], [Markup("<mark>c</mark>")]]).partition("<tbody>")[2]
    '<tr><td dir="auto">a&lt;b</td></tr><tr><td dir="auto"><mark>c</mark></td></tr></tbody></table>'
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    aligned = [' style="text-align: right"' if name in right else "" for name in names]
    body = "".join(f"<tr>{''.join(map(_cell, row, aligned))}</tr>" for row in rows)
    titled = f'<caption dir="auto">{escape(caption)}</caption>' if caption else ""
    return f"<table>{titled}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: str, style: str) -> str:
    return f'<td dir="auto"{style}>{value if isinstance(value, Markup) else escape(value)}</td>'


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Mark stretches of a text; of a long one, what is around the first of them.

    >>> marked("a canal & more", [(2, 7)])
    'a <mark>canal</mark> &amp; more'
    """
    found = list(spans)
    begin, end = _excerpt(text, found[0][0] if found else 0)
    pieces, done = [_CUT if begin else ""], begin
    for start, stop in found:
        if start >= end:
            break
        stop = min(stop, end)
        pieces += [escape(text[done:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        done = stop
    return Markup("".join([*pieces, escape(text[done:end]), _CUT if end < len(text) else ""]))


def _excerpt(text: str, found: int) -> tuple[int, int]:
    """Return where to begin and to end, between words."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    begin = 0 if found <= _BEFORE else text.find(" ", found - _BEFORE, found) + 1 or found
    end = len(text) if begin + _LONGEST >= len(text) else text.rfind(" ", found, begin + _LONGEST)
    return begin, end if end > found else min(begin + _LONGEST, len(text))


def runs_left(text: str) -> bool:
    """Tell whether most letters of a text run from right to left."""
    directions = [unicodedata.bidirectional(letter) for letter in text]
    leftwards = sum(direction in ("R", "AL") for direction in directions)
    return leftwards > directions.count("L")
