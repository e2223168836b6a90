"""Notes as paragraphs of their own: after all that was spoken, in the order of their marks.

Nobody says a note. It is kept, found and shown as a paragraph whose role says what it is; it is never part
of a sentence, of a greeting or a closing, or of the evidence for who speaks and in which language. Since
notes stand last, the numbers of the other paragraphs are what they would be without them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.indexer.draft import Note
from onrecord.indexer.statement import Paragraph, Role

__all__ = ["notes_by_turn", "spoken_in", "with_notes"]


def with_notes(paragraphs: Sequence[Paragraph], notes: Sequence[Note]) -> tuple[Paragraph, ...]:
    """Set notes behind the paragraphs of a statement; each paragraph of a note has the note's mark.

    >>> said = (Paragraph(1, "We agree with the treaty."),)
    >>> [(one.number, one.printed, one.role.value) for one in with_notes(said, [Note(("Of 1997.",), "1")])]
    [(1, None, 'body'), (2, '1', 'note')]
    """
    texts = [(text, note) for note in notes for text in note.texts]
    return (
        *paragraphs,
        *(
            Paragraph(number, text, Role.NOTE, note.mark, note.line or note.behind)
            for number, (text, note) in enumerate(texts, start=len(paragraphs) + 1)
        ),
    )


def spoken_in(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return the paragraphs without the notes."""
    return [paragraph for paragraph in paragraphs if paragraph.role is not Role.NOTE]


def notes_by_turn(notes: Sequence[Note], begins: Sequence[int]) -> list[tuple[Note, ...]]:
    """Share the notes of a record among its turns, of which these are the first lines.

    A note goes to the turn in which its mark stands; what stands before the first turn is the first one's.

    >>> [len(own) for own in notes_by_turn([Note(("a",), behind=2), Note(("b",), behind=7)], [1, 5, 9])]
    [1, 1, 0]
    """
    shared: list[list[Note]] = [[] for _ in begins]
    for note in notes:
        shared[max(bisect_right(begins, note.behind) - 1, 0)].append(note)
    return [tuple(own) for own in shared]
