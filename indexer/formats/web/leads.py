"""Leads: what a site says of a statement in a sentence or two, between the title and the greeting.

Nothing is spoken above a greeting. What a class calls a lead there, and reads as a sentence, is the site's.
One with a day in it may say when and where the statement was made, and stays.
"""

from __future__ import annotations

from bs4 import Tag

from onrecord.indexer.formats.web.class_words import names_of, says_lead
from onrecord.indexer.formats.web.text import Piece
from onrecord.indexer.paragraphs.greetings import begins_with_greeting
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["without_lead"]

# A greeting stands among so many pieces; a class is looked for on so many elements around a piece.
_FIRST_PIECES, _AROUND = 16, 4
_FEWEST_WORDS = 8
_STOPS = (".", "!", "?", "…", "。")


def without_lead(pieces: list[Piece]) -> list[Piece]:
    """Leave out the lead of a page above the greeting with which its statement begins."""
    greeting = next(
        (at for at, piece in enumerate(pieces[:_FIRST_PIECES]) if begins_with_greeting(piece.text)), None
    )
    if not greeting:
        return pieces
    inside = {id(pieces[greeting].element), *map(id, pieces[greeting].element.parents)}
    above = [piece for piece in pieces[:greeting] if not _is_lead(piece, inside)]
    return [*above, *pieces[greeting:]]


def _is_lead(piece: Piece, inside: set[int]) -> bool:
    text = piece.text.rstrip("”\"»' ")
    if piece.block.title or len(text.split()) < _FEWEST_WORDS or not text.endswith(_STOPS):
        return False
    outer: Tag | None = piece.element
    for _ in range(_AROUND):
        if outer is None or id(outer) in inside:
            return False
        if any(map(says_lead, names_of(outer))):
            return not find_dates(text)
        outer = outer.parent
    return False
