"""Plain text: blocks are what blank lines set apart."""

from __future__ import annotations

from pathlib import Path

from indexer.layout import Block, Draft
from indexer.sources.declared import split_front_matter
from indexer.sources.decoding import clean, decode, hold_lines

__all__ = ["blocks_of_lines", "read_plain_text"]


def read_plain_text(path: Path, data: bytes) -> list[Draft]:
    """Read one statement from plain text, with front matter if it has any."""
    declared, text = split_front_matter(clean(decode(data)), path=path)
    return [Draft(blocks_of_lines(text), declared=declared)]


def blocks_of_lines(text: str) -> tuple[Block, ...]:
    r"""Group lines into blocks at blank lines; a leading space stays, for it may begin a paragraph.

    >>> blocks_of_lines("Mr. President,\n\nWe agree\nwith you.")[1]
    Block(lines=('We agree', 'with you.'), line=3, title=False, stacked=True)
    """
    hold_lines(text)
    blocks: list[Block] = []
    lines: list[str] = []
    for number, line in enumerate([*map(str.rstrip, text.split("\n")), ""], start=1):
        if line:
            lines.append(line)
        elif lines:
            blocks.append(Block(tuple(lines), line=number - len(lines)))
            lines = []
    return tuple(blocks)
