"""What is counted, and by what it is divided."""

from __future__ import annotations

from enum import Enum

__all__ = ["Per", "Unit"]


class Unit(Enum):
    """What is counted of a question."""

    OCCURRENCES = "occurrences"  #: stretches of words that the question marks
    PARAGRAPHS = "paragraphs"
    STATEMENTS = "statements"
    SPEAKERS = "speakers"


class Per(Enum):
    """What a count is divided by, of all that passes the filters."""

    STATEMENT = "statement"
    PARAGRAPH = "paragraph"
    THOUSAND_WORDS = "1000-words"
    HUNDRED_STATEMENTS = "100-statements"
    SPEAKER = "speaker"

    @property
    def size(self) -> int:
        """How many make one."""
        return {Per.THOUSAND_WORDS: 1000, Per.HUNDRED_STATEMENTS: 100}.get(self, 1)
