"""Plain text: blocks are what blank lines set apart."""

from __future__ import annotations

from pathlib import Path

from indexer.layout import Block, Draft
from indexer.sources.declared import split_front_matter
from indexer.sources.decoding import clean, decode, hold_lines

__all__ = ["blocks_of_lines", "clean_lines", "read_plain_text"]

_BREAK = "\f"


def read_plain_text(path: Path, data: bytes) -> list[Draft]:
    """Read one statement from plain text, with front matter if it has any."""
    declared, text = split_front_matter(clean_lines(data), path=path)
    return [Draft(blocks_of_lines(text), declared=declared)]


def clean_lines(data: bytes) -> str:
    """Decode and clean a text for `blocks_of_lines`, with form feeds, so that lines count as in an editor."""
    return clean(decode(data), breaks=_BREAK)


def blocks_of_lines(text: str) -> tuple[Block, ...]:
    r"""Group lines into blocks at blank lines and form feeds.

    A leading space stays, for it may begin a paragraph.

    >>> blocks_of_lines("Mr. President,\n\nWe agree\nwith you.")[1]
    Block(lines=('We agree', 'with you.'), line=3, title=False, stacked=True)
    """
    hold_lines(text)
    blocks: list[Block] = []
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        for at, piece in enumerate(map(str.rstrip, line.split(_BREAK))):
            if lines and (at or not piece):
                blocks.append(Block(tuple(lines), line=first))
                lines = []
            if piece:
                first = first if lines else number
                lines.append(piece)
    return tuple(blocks)
