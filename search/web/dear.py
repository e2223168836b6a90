"""Which requests are dear: they would keep the interpreter, which all threads share, for a second or more.

What is told is told from the letters of a question, in microseconds. `docs/limits.md` has what the dearest
questions take; the numbers here lie where a question of the General Debate takes some 50 milliseconds.
"""

from __future__ import annotations

import re

from onrecord.search.web.parameters import Values

__all__ = ["MOST_PARAGRAPHS", "is_dear"]

#: Paragraphs found above which a concordance or a comparison of words takes longer than a tenth of a second.
MOST_PARAGRAPHS = 20_000

_WORDS = 40
_PATTERNS = 2
# A word that begins with a sign is held against every word of the index; ~ behind one asks for words like it.
_OPEN = re.compile(r'(?:^|[\s("])[*?]')
_PATTERN = re.compile(r"[*?]|\w~")
# Words near each other with a hundred others among them and more.
_FAR = re.compile(r"~\s*\d{3}")
_TEXTS = ("q", "node", "a", "b")


def is_dear(values: Values) -> bool:
    """Tell from its parameters whether a request is dear."""
    return any(_is_dear(values[name]) for name in _TEXTS if name in values)


def _is_dear(text: str) -> bool:
    return (
        len(text.split()) > _WORDS
        or len(_PATTERN.findall(text)) > _PATTERNS
        or _OPEN.search(text) is not None
        or _FAR.search(text) is not None
    )
