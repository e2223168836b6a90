"""A word with wildcards, as the query that finds its words: ``*`` is any letters, ``?`` is one."""

from __future__ import annotations

import re
from typing import TypeAlias

from whoosh import query

from onrecord.indexer.analysis.words import words

__all__ = ["ALONE", "Pattern", "is_pattern", "pattern_of", "without_question_mark"]

Pattern: TypeAlias = query.Prefix | query.Wildcard

#: What to say of a ``*`` beside no letter.
ALONE = "A * by itself would match every word; write the beginning of a word before it, as in disarm*."
_WILD = re.compile(r"([*?]+)")
# Punctuation that may stand behind a question mark at the end of a word.
_BEHIND = ".,;:!…'’)]}"


def is_pattern(typed: str) -> bool:
    """Tell whether a word has wildcards."""
    return "*" in typed or "?" in typed


def pattern_of(typed: str) -> Pattern | None:
    """Return the query of one word with wildcards; None where there is no letter in it.

    >>> pattern_of("Désarm**"), pattern_of("m?n*"), pattern_of("*")
    (Prefix('text', 'desarm'), Wildcard('text', 'm?n*'), None)
    """
    pieces = ["".join(piece if _WILD.match(piece) else words(piece)) for piece in _WILD.split(typed)]
    pattern = re.sub(r"\*+", "*", "".join(pieces))
    if not pattern.strip("*?"):
        return None
    stem = pattern.removesuffix("*")
    if stem != pattern and not is_pattern(stem):
        return query.Prefix("text", stem)
    return query.Wildcard("text", pattern)


def without_question_mark(typed: str) -> str:
    """Take off a question mark that ends a word, with what stands behind it.

    A word with another ``*`` or ``?`` keeps it: there it is a wildcard.

    >>> without_question_mark("munitions?"), without_question_mark("m?ne?"), without_question_mark("20??")
    ('munitions', 'm?ne?', '20??')
    """
    ended = typed.rstrip(_BEHIND)
    if ended.endswith("?") and not is_pattern(ended[:-1]) and words(ended):
        return ended[:-1]
    return typed
