"""A heading read: who said it, before whom, when and where; and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.boundary import Line, cut_heading
from onrecord.indexer.heading.chinese import find_chinese_forum, find_chinese_speaker, is_chinese
from onrecord.indexer.heading.date_and_place import find_date, find_place
from onrecord.indexer.heading.forum import find_forum
from onrecord.indexer.heading.phrases import phrases
from onrecord.indexer.heading.self_introduction import spoken_forum, spoken_speaker
from onrecord.indexer.heading.speaker import find_speaker
from onrecord.indexer.statement import Metadata

__all__ = ["Heading", "read_heading"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a text says, and the blocks it leaves: the spoken words, greeting first.

    ``metadata`` holds title, speaker, forum, date and place, None where the
    heading does not say; a block in which the heading ends is cut in two.
    """

    metadata: Metadata
    body: tuple[Block, ...]


def read_heading(blocks: Sequence[Block]) -> Heading:
    """Read the heading off the first blocks of a text.

    >>> heading = read_heading([Block(("Statement by Japan", "Geneva, 3 May 2021", "Mr. President,"))])
    >>> heading.metadata.speaker.value.name, str(heading.metadata.date.value)
    ('Japan', '2021-05-03')
    >>> [(block.line, block.lines) for block in heading.body]
    [(3, ('Mr. President,',))]
    """
    lines, body = cut_heading(blocks)
    said = phrases(lines)
    date, place = find_date(said), find_place(said)
    title, year = _title(lines), date.value.year if date else None
    if said and is_chinese(said):
        speaker, forum = find_chinese_speaker(said, year=year), find_chinese_forum(said)
    else:
        speaker = find_speaker(said, year=year)
        forum = find_forum(said, place=place.value if place else None)
    speaker = spoken_speaker(body, heading=speaker, title=title or (said[0] if said else None), year=year)
    return Heading(Metadata(title, speaker, forum or spoken_forum(body, heading=said), date, place), body)


def _title(lines: Sequence[Line]) -> str | None:
    """Return what the source marks as the title, on one line."""
    first = next((line.block for line in lines if line.title), None)
    return " ".join(line.text for line in lines if line.block == first) or None
