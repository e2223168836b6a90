"""Numbers as sentences have them: counted nouns, and the ordinals of sessions and meetings."""

from __future__ import annotations

__all__ = ["counted", "ordinal"]


def counted(number: int, noun: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "statement"), counted(1200, "statement")
    ('1 statement', '1,200 statements')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def ordinal(number: int) -> str:
    """Write a number as sessions and meetings are counted.

    >>> ordinal(1), ordinal(12), ordinal(73)
    ('1st', '12th', '73rd')
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
