"""Words that name a forum: bodies that meet, and their meetings, in English, French and Spanish."""

from __future__ import annotations

import re
from functools import cache

from indexer.register.names import Mention, NameTable
from indexer.register.tables import listed, rows

__all__ = ["find_forum_words"]

# A meeting by its abbreviation and number: COP26, UNGA 79, 11MSP.
_NUMBERED = re.compile(r"\b\d{0,3}(?:COP|CMP|UNGA|UNEA|UNOC|MSP|HRC|CD|RC|PC)[- ]?\d{0,3}\b")


def find_forum_words(text: str) -> list[Mention[str]]:
    """Find the words that show a forum is named, in order; the value is the language they are in.

    The value is "mul" for an abbreviation.

    >>> [mention.text for mention in find_forum_words("79e session de l’Assemblée générale; COP26")]
    ['session', 'Assemblée', 'COP26']
    """
    numbered = [
        Mention("mul", match[0], match.start(), match.end())
        for match in _NUMBERED.finditer(text)
        if any(map(str.isdigit, match[0]))
    ]
    found = [*_words().find(text), *numbered]
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


@cache
def _words() -> NameTable[str]:
    return NameTable((words, row["language"]) for row in rows("forums.csv") for words in listed(row["words"]))
