"""Notes that signs mark at the end of a text, as "* Malta and Peru continue to take part" does.

A text without markup, or a page without links to its notes, may still have one: a sign behind a word, and the
same sign before the last paragraph. A list has bullets, the same before each of its items and behind no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.indexer.draft import Block, Note
from onrecord.indexer.paragraphs.greetings import is_closing

__all__ = ["without_sign_notes"]

# The sign before a note, and what a note begins with.
_BEFORE_NOTE = re.compile(r"(?P<mark>[*†‡§]{1,3})[ \t]*(?=[\"“«]?[^\W\d_a-zà-ÿа-яё])")
# The same behind a word or what closes behind it.
_BEHIND_WORD = re.compile(
    r"(?<=[^\W\d_][^\W_]|[^\W\d_][)\"”»]|[^\W\d_][.,])(?P<mark>[*†‡§]{1,3})(?![*†‡§\w])"
)
# No text has more notes of this kind: there are not as many signs.
_MOST = 6


def without_sign_notes(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Part the notes that signs mark from the blocks of a text, and take their signs off the words.

    >>> said = Block(("Malta* and Peru agree.",), line=1), Block(("I thank you.",), line=3)
    >>> blocks, notes = without_sign_notes([*said, Block(("* Malta is a candidate.",), line=5)])
    >>> [block.lines for block in blocks], [(note.mark, note.texts, note.behind) for note in notes]
    ([('Malta and Peru agree.',), ('I thank you.',)], [('*', ('Malta is a candidate.',), 1)])
    """
    notes = dict(_notes_at_the_end(blocks))
    marks = {mark for mark, _ in notes.values()}
    if not notes or len(marks) < len(notes):  # the same sign twice is a bullet
        return tuple(blocks), ()
    places = _places_of(marks, [block for at, block in enumerate(blocks) if at not in notes])
    if places.keys() != marks:
        return tuple(blocks), ()
    kept = tuple(_without_signs(block, marks) for at, block in enumerate(blocks) if at not in notes)
    return kept, tuple(
        Note((text,), mark, behind=places[mark], line=blocks[at].line)
        for at, (mark, text) in sorted(notes.items())
    )


def _notes_at_the_end(blocks: Sequence[Block]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the places of the last blocks that begin with a sign, with the sign and the words behind it."""
    found = 0
    for at in range(len(blocks) - 1, 0, -1):
        text = " ".join(blocks[at].lines)
        begins = _BEFORE_NOTE.match(text)
        if begins is None and is_closing(text) and not found:
            continue
        if begins is None or found == _MOST or blocks[at].title:
            return
        found += 1
        yield at, (begins["mark"], text[begins.end() :])


def _places_of(marks: set[str], blocks: Sequence[Block]) -> dict[str, int]:
    """Return the lines in which the signs first stand behind words."""
    places: dict[str, int] = {}
    for block in blocks:
        for number, line in enumerate(block.lines):
            for sign in _BEHIND_WORD.finditer(line):
                if sign["mark"] in marks:
                    places.setdefault(sign["mark"], block.line + (number if block.stacked else 0))
    return places


def _without_signs(block: Block, marks: set[str]) -> Block:
    lines = tuple(
        _BEHIND_WORD.sub(lambda sign: "" if sign["mark"] in marks else sign[0], line) for line in block.lines
    )
    return block if lines == block.lines else replace(block, lines=lines)
