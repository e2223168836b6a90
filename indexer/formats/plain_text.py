"""Plain text: blocks are what blank lines set apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.formats.markdown_marks import without_marks
from onrecord.indexer.sources.declared import split_front_matter
from onrecord.indexer.sources.decoding import clean, decode, hold_lines

__all__ = ["blocks_of_lines", "clean_lines", "read_plain_text"]

_BREAK = "\f"


def read_plain_text(path: Path, data: bytes) -> list[Draft]:
    """Read one statement from plain text, with front matter if it has any."""
    declared, text = split_front_matter(clean_lines(data), path=path)
    return [Draft(blocks_of_lines(without_marks(text)), declared=declared)]


def clean_lines(data: bytes) -> str:
    """Decode and clean a text for `blocks_of_lines`, with form feeds, so that lines count as in an editor."""
    return clean(decode(data), breaks=_BREAK)


def blocks_of_lines(text: str) -> tuple[Block, ...]:
    r"""Group lines into blocks at blank lines and form feeds.

    A leading space stays, for it may begin a paragraph.

    >>> [block.lines for block in blocks_of_lines("Mr. President,\n\nWe agree\nwith you.")]
    [('Mr. President,',), ('We agree', 'with you.')]
    """
    hold_lines(text)
    blocks: list[Block] = []
    lines: list[str] = []
    first, page_top = 1, False
    for number, line in _torn_lines(text) if _BREAK in text else _lines(text):
        if line and line != _BREAK:
            first = first if lines else number
            lines.append(line)
            continue
        if lines:
            blocks.append(Block(tuple(lines), line=first, page_top=page_top))
            lines, page_top = [], False
        page_top = page_top or line == _BREAK
    return tuple(blocks)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, a blank one at the end."""
    return enumerate([*map(str.rstrip, text.split("\n")), ""], start=1)


def _torn_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, a blank one at the end, and the form feeds as lines of their own."""
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        first, *others = map(str.rstrip, line.split(_BREAK))
        yield number, first
        for other in others:
            yield number, _BREAK
            yield number, other
    yield number + 1, ""
