"""What a record tells in its own words: decisions, votes, who took the Chair; nobody has said it.

``told.csv`` holds the words by language, as regular expressions in which a blank is any one space and an
apostrophe any apostrophe:

happened    "It was so decided", "Il est procédé à un vote": how such a paragraph begins
votes       "In favour", "Votent contre": stands before a colon and a list of those who voted so
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.indexer.paragraphs.sentences import ends_sentence
from onrecord.indexer.register.tables import rows

__all__ = ["is_told", "is_told_alone", "lists_votes"]

# What is told in a paragraph of its own is no longer than this.
_LONGEST = 300
_SENTENCE_IN = re.compile(r"[.!?]\s+(?=[^\W\d_a-zà-ÿ])")


def is_told(text: str) -> bool:
    """Tell whether a paragraph begins as what a record itself tells does.

    >>> is_told("It was so decided."), is_told("Votos en contra:"), is_told("We have so decided.")
    (True, True, False)
    """
    return _happened().match(text) is not None or lists_votes(text)


def is_told_alone(text: str) -> bool:
    """Tell whether a paragraph is one sentence that a record tells, or the head of a list of votes.

    >>> is_told_alone("The motion was adopted by 8 votes to 3.")
    True
    >>> is_told_alone("The motion was adopted. Let us go on.")
    False
    """
    if len(text) > _LONGEST or text.lstrip()[:1] == "[":
        return False
    if lists_votes(text):
        return True
    return ends_sentence(text) and _SENTENCE_IN.search(text) is None and _happened().match(text) is not None


def lists_votes(text: str) -> bool:
    """Tell whether a line begins a list of those who voted in one way.

    >>> lists_votes("S’abstiennent : Chad"), lists_votes("Against all odds")
    (True, False)
    """
    return _votes().match(text) is not None


@cache
def _happened() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_words('happened')}|\[.*)")


@cache
def _votes() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_words('votes')})\s*:")


def _words(kind: str) -> str:
    cells = (row["words"] for row in rows("told.csv", beside=__file__) if row["kind"] == kind)
    return "|".join(cell.replace(" ", r"\s").replace("'", "[’']") for cell in cells)
