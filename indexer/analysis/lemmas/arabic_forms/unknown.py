"""An Arabic word that the table does not have: a name, a loan, a rare word.

Only what can hardly be part of the word is taken off: the article with what stands before it, and
endings that a long word has.
"""

from __future__ import annotations

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import PROCLITICS

__all__ = ["guessed"]

_WITH_ARTICLE = tuple(sorted((p.written for p in PROCLITICS if p.article), key=len, reverse=True))
_ENCLITICS = ("هما", "ها", "هم", "هن", "كم")
# Of adjectives in -i, and of other words.
_ENDINGS = (("ية", "ي"), ("يات", "ي"), ("يين", "ي"), ("يون", "ي"), ("ات", ""), ("ون", ""), ("ين", ""))
_SHORTEST = 4


def guessed(word: str) -> str:
    """Return the word that an unknown one is a form of, as far as its outside tells.

    >>> guessed("والكلنغونية"), guessed("كلنغوني")
    ('كلنغوني', 'كلنغوني')
    """
    base = _without_article(word)
    if base == word:
        base = next((_cut(word, ending, "") for ending in _ENCLITICS if _ends(word, ending)), word)
    return next((_cut(base, ending, put) for ending, put in _ENDINGS if _ends(base, ending)), base)


def _without_article(word: str) -> str:
    for before in _WITH_ARTICLE:
        if word.startswith(before) and len(word) - len(before) >= _SHORTEST - 1:
            return word.removeprefix(before)
    return word


def _ends(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= _SHORTEST


def _cut(word: str, ending: str, put: str) -> str:
    return word.removesuffix(ending) + put
