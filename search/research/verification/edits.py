"""What a quotation and a passage that it lies along do not have in common, as edits for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.search.research.verification.alignment import Step
from onrecord.search.research.verification.changes import Change, Side, number_signs
from onrecord.search.research.verification.exact_places import Place
from onrecord.search.research.verification.near_passages import NearPassage
from onrecord.search.research.verification.quoted_words import Reading
from onrecord.search.research.verification.verdict import Edit, EditKind, Flag

__all__ = ["changes_of", "edit_of", "elided_in", "other_numbers"]


def changes_of(passage: NearPassage, reading: Reading, spoken: Side) -> Iterator[tuple[Change, int]]:
    """Yield the changes of an alignment, each with the place in the quotation where it stands."""
    words, begin = reading.words, passage.alignment.first
    quoted: list[int] = []
    there: list[int] = []
    place = 0
    breaks = reading.breaks
    for step in (*passage.alignment.steps, Step(None, None)):
        at = None if step.spoken is None else step.spoken - begin
        same = step.quoted is not None and at is not None and words[step.quoted].text == spoken.words[at].text
        ends = same or (step.quoted is None and at is None) or (step.quoted in breaks)
        if ends and (quoted or there):
            yield Change(tuple(quoted), tuple(there)), place
            quoted, there = [], []
        if not same:
            quoted += [] if step.quoted is None else [step.quoted]
            there += [] if at is None else [at]
        if step.quoted is not None:
            place = words[step.quoted].end


def elided_in(passage: NearPassage, reading: Reading) -> Iterator[int]:
    """Yield the words of the passage that stand in the gaps of the quotation."""
    used = {step.spoken for step in passage.alignment.steps}
    for word in range(passage.alignment.first, passage.alignment.end):
        if word not in used:
            yield word - passage.alignment.first


def other_numbers(quoted: Side, spoken: Side, place: Place) -> Iterator[tuple[Edit, Flag]]:
    """Yield the figures that the quotation puts together in another way than the statement.

    What stands before the first word of a piece and behind the last is not the quotation's.
    """
    first = 0
    for start, piece in zip(place.starts, place.reading.pieces, strict=True):
        words = range(first, first + len(piece))
        there = range(start - place.first, start - place.first + len(piece))
        first += len(piece)
        ours, theirs = number_signs(quoted, words), number_signs(spoken, there)
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            before = at > 0 and one[0] != other[0]
            behind = at + 1 < len(piece) and one[1:] != other[1:]
            if before or behind:
                span = range(at, min(at + 2, len(piece)) if one[1] or other[1] else at + 1)
                change = Change(
                    tuple(words.start + place for place in span), tuple(there.start + place for place in span)
                )
                yield edit_of(change, quoted, spoken, 0, wider=1), Flag.NUMBER


def edit_of(change: Change, quoted: Side, spoken: Side, place: int, *, wider: int = 0) -> Edit:
    """Write a change down; ``wider`` is how many signs beside the words are taken along."""
    ours, theirs = _span(change.quoted, quoted, wider), _span(change.spoken, spoken, wider)
    start, end = ours or (place, place)
    kind = EditKind.REPLACED if ours and theirs else EditKind.ADDED if ours else EditKind.LEFT_OUT
    written = spoken.text[slice(*theirs)] if theirs else ""
    return Edit(kind, quoted.text[start:end].strip(), written.strip(), start, end)


def _span(words: Sequence[int], side: Side, wider: int) -> tuple[int, int] | None:
    if not words:
        return None
    start, end = side.words[words[0]].start, side.words[words[-1]].end
    return max(0, start - wider), min(len(side.text), end + wider)
