"""Greetings and closings: the courtesies around the substance of a statement."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile

from onrecord.indexer.statement import Role

__all__ = ["is_closing", "is_greeting", "roles"]

# The longest form of address in a round of protocol, and the longest thanks, leave room under these.
_MOST_CHARACTERS_OF_GREETING = 200
_MOST_CHARACTERS_OF_CLOSING = 90
# Who speaks about himself or says that something is has begun the substance.
_SUBSTANCE = re.compile(
    r"\b(?:i|we|it|this|that|is|are|was|has|have|will|would|let|allow|permit|my|our|us|me|"
    r"je|j|nous|permettez|est|sont|yo|nosotros|quiero|deseo|permítame|permítanme|es|son|está|"
    r"eu|nós|gostaria|é|ich|wir|ist|sind|я|мы|нам|наша)\b",
    re.IGNORECASE,
)
# "Distinguished representatives of Governments and of international organizations" has eight.
_MOST_WORDS_OF_ADDRESS = 10
_PIECE_END = re.compile(r"\s*[,;:!،，：！…—–]+\s*|(?<=\w{4})[.]\s*")
_JOINING = re.compile(r"of|the|and|to|for|at|in|de|du|des|la|le|les|et|y|e|a|el|los|do|da|dos|das|der|und")
_ABBREVIATED = re.compile(r"\b\w{1,3}\.$")


def roles(texts: Sequence[str]) -> list[Role]:
    """Tell what each paragraph of a statement does.

    Greetings stand before all else and closings after it; the same words inside
    the statement are body.

    >>> [role.value for role in roles(["Mr. President,", "We agree.", "I thank you."])]
    ['greeting', 'body', 'closing']
    """
    greetings = _count(is_greeting(text) for text in texts)
    closings = min(_count(is_closing(text) for text in reversed(texts)), len(texts) - greetings)
    body = len(texts) - greetings - closings
    return [Role.GREETING] * greetings + [Role.BODY] * body + [Role.CLOSING] * closings


def is_greeting(text: str) -> bool:
    """Recognise a form of address and nothing more.

    >>> is_greeting("Monsieur le Président,"), is_greeting("Mr. President, we meet at a grave hour.")
    (True, False)
    """
    if len(text) > _MOST_CHARACTERS_OF_GREETING or text.endswith("?") or "(" in text:
        return False
    if _opening("greeting").match(text) is None or _ABBREVIATED.search(text) or _SUBSTANCE.search(text):
        return False
    return all(_is_address(piece) for piece in _PIECE_END.split(text) if piece)


def _is_address(piece: str) -> bool:
    """Tell whether the words between two commas call someone: "ladies and gentlemen", "Minister Sato"."""
    words = piece.split()
    if len(words) > _MOST_WORDS_OF_ADDRESS:
        return False
    if _opening("greeting").match(piece) is not None:
        return _JOINING.fullmatch(words[-1].lower()) is None
    return all(_JOINING.fullmatch(word) or not word[0].islower() for word in words)


def is_closing(text: str) -> bool:
    """Recognise thanks and nothing more.

    >>> is_closing("Muchas gracias."), is_closing("Thank you for the report, which shows what is left to do.")
    (True, False)
    """
    if len(text) > _MOST_CHARACTERS_OF_CLOSING:
        return False
    match = _opening("closing").match(text)
    return match is not None and _SUBSTANCE.search(text, match.end()) is None


def _count(found: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(bool, found))


@cache
def _opening(kind: str) -> re.Pattern[str]:
    """Compile the openings of ``courtesies.csv``; scripts without spaces need no word end."""
    table = files("onrecord.indexer.paragraphs").joinpath("courtesies.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(table.splitlines()) if row["kind"] == kind]
    spaced = "|".join(row["opening"] for row in rows if row["language"] != "zh")
    unspaced = "|".join(row["opening"] for row in rows if row["language"] == "zh")
    return re.compile(rf"(?:(?:{spaced})(?!\w)|{unspaced})", re.IGNORECASE)
