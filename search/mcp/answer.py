"""What a tool answers, as data and as text, never larger than a model can take.

An answer is a list of items, each of them in both forms, below some facts. As many items are given as have
room; where there are more, both forms say with which offset to ask for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from onrecord.indexer.numbers import counted
from onrecord.search.mcp.fence import NOTICE, fenced
from onrecord.search.results.shown_text import printable

__all__ = [
    "MOST_OF_ANSWER",
    "MOST_OF_TEXT",
    "Answer",
    "Item",
    "More",
    "cut",
    "few",
    "go_on",
    "laid_out",
    "written_length",
]

#: Characters of an answer as it is sent: the text and the data together.
MOST_OF_ANSWER = 25_000
#: Characters of the text.
MOST_OF_TEXT = 20_000
# What the protocol puts around an answer: names of fields, who the server is.
_AROUND = 1_500
# The lines of the fence, and the last line, which says how many more there are.
_FENCE = len(NOTICE) + 200
# A text in a sentence, such as how a question was understood.
_LONGEST_LINE = 1_500
# What has to be known beside an answer.
_LONGEST_NOTE = 400
_MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in both forms."""

    data: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things in an answer: ``into`` which list of the data it goes, and as what lines of text.

    ``weight`` is how many it counts in an offset.
    """

    into: str
    data: Any
    lines: Sequence[str]


def laid_out(
    *,
    head: Sequence[str],
    facts: Mapping[str, Any],
    lists: Sequence[str],
    items: Iterable[Item],
    offset: int = 0,
    total: int,
    inside: Sequence[str] = (),
    apart: bool = True,
) -> Answer:
    """Lay out an answer: as many items as have room, of ``total``, the first of which stands at ``offset``.

    ``head`` are lines of ours before the fence, ``inside`` lines within it before the items. Items stand
    ``apart`` by an empty line, or each on its own line.
    """
    head, inside = [cut(line) for line in head], [cut(line) for line in inside]
    before = "\n".join([*head, *inside])
    room = _Room(
        MOST_OF_ANSWER - _AROUND - written_length(dict(facts)) - written_length(before) - _FENCE,
        MOST_OF_TEXT - len(before) - _FENCE,
    )
    data: dict[str, Any] = {**facts, **{name: [] for name in lists}}
    blocks: list[str] = ["\n".join(inside)] if inside else []
    taken = 0
    for item in items:
        block = "\n".join(item.lines)
        if not room.takes(item.data, block) and taken:
            break
        data[item.into].append(item.data)
        blocks.append(block)
        taken += 1
    more = go_on(offset + taken, total)
    data["next_offset"] = more.offset if more else None
    fence = [fenced(("\n\n" if apart else "\n").join(blocks))] if blocks else []
    return Answer(data, "\n".join([*head, *fence, *([more.line] if more else [])]))


class More(NamedTuple):
    """Where an answer goes on, and the line that says so."""

    offset: int
    line: str


def go_on(reached: int, total: int) -> More | None:
    """Say where an answer goes on that has reached so many of all; None where that is all.

    >>> go_on(5, 12).line, go_on(12, 12)
    ('…, 7 more: ask with offset 5.', None)
    """
    if reached >= total:
        return None
    return More(reached, f"…, {total - reached:,} more: ask with offset {reached}.")


@dataclass(slots=True)
class _Room:
    """What there is room for still."""

    of_answer: int
    of_text: int

    def takes(self, data: Any, block: str) -> bool:
        """Take an item in, where there is room for it."""
        of_text = len(block) + 2
        of_answer = written_length(data) + written_length(block) + 3
        if of_text > self.of_text or of_answer > self.of_answer:
            return False
        self.of_text -= of_text
        self.of_answer -= of_answer
        return True


def written_length(value: Any) -> int:
    """Return how many characters a value has as JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def few(notes: Sequence[str]) -> list[str]:
    """Return the first of some notes, each cut where it is long, and how many more there are."""
    shown = [cut(note, _LONGEST_NOTE) for note in notes[:_MOST_NOTES]]
    more = len(notes) - len(shown)
    return [*shown, f"And {counted(more, 'more note')}."] if more else shown


def cut(text: str, most: int = _LONGEST_LINE) -> str:
    r"""Make one line of a text, and cut it where it is long.

    >>> cut("two\nlines"), cut("abcdef", 3)
    ('two lines', 'abc…')
    """
    line = " ".join(printable(text).split())
    return line if len(line) <= most else f"{line[:most]}…"
