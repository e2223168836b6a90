"""Bars in SVG, without a library: the same bytes for the same numbers, to be printed, shown and read aloud.

The labels and the numbers of the drawing are the table that a screen reader reads (roles of WAI-ARIA 1.2);
the bars themselves are hidden from it. Colours have a contrast of 4.5 to 1 and more, on paper and on a dark
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from onrecord.search.research.tables import shown

__all__ = ["Bar", "drawn"]

_WIDTH = 720
_ROW = 20
_THICKNESS = 14
_TOP = 64
_MARGIN = 12
# The width of a letter on average, of the font in which labels are set.
_LETTER = 7
_LONGEST = 34  # letters of a label
_NUMBER = 80  # beside each bar
_STYLE = """\
#{id} text {{ font: 13px system-ui, sans-serif; fill: #1b1b1b; }}
#{id} .title {{ font-size: 15px; font-weight: 600; }}
#{id} .bar {{ fill: #1f5a99; }}
#{id} .ground {{ fill: #ffffff; }}
@media (prefers-color-scheme: dark) {{
#{id} text {{ fill: #f2f2f2; }}
#{id} .bar {{ fill: #7db4ea; }}
#{id} .ground {{ fill: #161616; }}
}}
@media print {{
#{id} text {{ fill: #000000; }}
#{id} .bar {{ fill: #444444; }}
#{id} .ground {{ fill: #ffffff; }}
}}"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a drawing: its name, and its number, None where there is none."""

    label: str
    number: float | None


def drawn(bars: Sequence[Bar], *, title: str, measure: str, styled: bool = True) -> str:
    """Draw bars below each other; ``measure`` says what their numbers are.

    What is not ``styled`` takes its colours from the page that it stands in.
    """
    title, measure = _sayable(title), _sayable(measure)
    name = _name(bars, title, measure)
    room = min(max((len(bar.label) for bar in bars), default=0), _LONGEST) * _LETTER + _MARGIN
    height = _TOP + _ROW * len(bars) + _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(_described(bars, measure))}</desc>',
        *([f"<style>{_STYLE.format(id=name)}</style>"] if styled else []),
        f'<rect class="ground" width="{_WIDTH}" height="{height}" aria-hidden="true"/>',
        f'<text class="title" x="{_MARGIN}" y="24" aria-hidden="true">{escape(_cut(title, 84))}</text>',
        f'<g role="table" aria-labelledby="{name}-title" aria-describedby="{name}-desc">',
        '<g role="row">',
        f'<text role="columnheader" x="{_MARGIN}" y="50">name</text>',
        f'<text role="columnheader" x="{_MARGIN + room}" y="50">{escape(measure)}</text>',
        "</g>",
    ]
    longest = max((bar.number or 0 for bar in bars), default=0)
    for number, bar in enumerate(bars):
        lines += _row(bar, top=_TOP + number * _ROW, left=_MARGIN + room, longest=longest)
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _row(bar: Bar, *, top: int, left: int, longest: float) -> list[str]:
    room = _WIDTH - left - _NUMBER - _MARGIN
    length = round(room * (bar.number or 0) / longest, 1) if longest else 0.0
    label = _sayable(bar.label)
    base = top + _THICKNESS - 3
    return [
        '<g role="row">',
        f'<text role="rowheader" x="{_MARGIN}" y="{base}">{escape(_cut(label, _LONGEST))}</text>',
        f'<rect class="bar" x="{left}" y="{top}" width="{length}" height="{_THICKNESS}" aria-hidden="true"/>',
        f'<text role="cell" x="{left + length + 6:.1f}" y="{base}">{escape(shown(bar.number))}</text>',
        "</g>",
    ]


def _described(bars: Sequence[Bar], measure: str) -> str:
    """Say in a sentence what there is to see."""
    known = [bar for bar in bars if bar.number is not None]
    if not known:
        return f"Bars of {measure}, none of which has a number."
    most = max(known, key=lambda bar: bar.number or 0)
    return (
        f"Bars of {measure}, {len(bars):,} in all; the longest is {_sayable(most.label)}"
        f" with {shown(most.number)}."
    )


def _name(bars: Sequence[Bar], title: str, measure: str) -> str:
    """Name a drawing by what it shows, so that several fit into one page."""
    said = "\n".join([title, measure, *(f"{bar.label}\t{bar.number!r}" for bar in bars)])
    return f"onrecord-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _sayable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(character if character.isprintable() else " " for character in text)
