"""Several statements in one text, one behind the other: each under its own heading, each a draft.

A site may show all statements of a meeting on one page, and a letter may come with another statement
behind it. A statement ends with a closing and the next begins with a greeting; where what stands between
them names for sure another who speaks, or another day, it is the heading of another statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_closing
from onrecord.indexer.paragraphs.notes import notes_by_turn
from onrecord.indexer.statement import Metadata

__all__ = ["statements_of"]

# A heading between two statements has no more blocks and no longer ones than these.
_MOST_BLOCKS, _LONGEST = 8, 300


def statements_of(draft: Draft) -> list[Draft] | None:
    """Return the statements of a text that holds several; None where it is one.

    The first keeps what the file says of itself and its key; the others have keys by their number.
    """
    if not draft.headed or draft.paragraphs is not None or draft.declared.speaker is not None:
        return None
    begins = [0, *_begins(draft.blocks)]
    if len(begins) == 1:
        return None
    lines = [draft.blocks[begin].line for begin in begins]
    notes = notes_by_turn(draft.notes, [1, *lines[1:]])
    parts: list[Draft] = []
    for number, (begin, end) in enumerate(pairwise([*begins, len(draft.blocks)])):
        part = replace(draft, blocks=draft.blocks[begin:end], notes=notes[number], of_a_record=False)
        if number:
            key = f"{draft.key_in_file or ''}\0{number + 1}"
            part = replace(part, key_in_file=key, source_id=None, letterhead=())
        parts.append(part)
    return parts


def _begins(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the blocks with which a statement begins behind another."""
    before: Metadata | None = None
    for at in range(1, len(blocks)):
        check_time()
        greeting = _greeting_below(blocks, at) if is_closing(_text(blocks[at - 1])) else None
        if greeting is None:
            continue
        own = _heading(blocks[at : greeting + 1])
        if own.speaker is None or own.speaker.is_guess:
            continue
        before = before or _heading(blocks[:at])
        if _is_another(own, before):
            yield at
            before = own


def _greeting_below(blocks: Sequence[Block], at: int) -> int | None:
    """Return the greeting below a heading that may begin at a block; None where something else is said."""
    for below in range(at, min(at + _MOST_BLOCKS + 1, len(blocks))):
        text = _text(blocks[below])
        if begins_with_greeting(text):
            return below if below > at and not is_closing(text) else None
        if len(text) > _LONGEST:
            return None
    return None


def _is_another(own: Metadata, before: Metadata) -> bool:
    """Tell whether two headings are of two statements, and not of one in two languages."""
    if own.speaker is None or before.speaker is None:
        return False
    if own.speaker.value.name != before.speaker.value.name:
        return True
    return own.date is not None and before.date is not None and own.date.value != before.date.value


def _heading(blocks: Sequence[Block]) -> Metadata:
    from onrecord.indexer.heading import read_heading  # few texts have a closing in the middle

    return read_heading(blocks).metadata


def _text(block: Block) -> str:
    return " ".join(block.lines)
