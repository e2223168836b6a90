"""The words by which a record names who speaks, and the words of speech; kept in ``words.csv``.

article     "The", "M. le": stands before an office
honorific   "Mr", "Abg": stands before a name
vocative    "Monsieur": with an office and no name it addresses someone
modifier    "Deputy": stands before the word that names an office
chair       "Speaker": presides
office      "Minister": has the floor by its office
speaker     "Speaker": presides where members say so as they address the chair
several     "members": no one by name
asks        "Question": the parts of an interview
particle    "van", "of": small words inside a name or an office
asked       "asked": the record tells who put the question that follows
unsaid      "said", "is": no name and no office holds them
spoken      "I", "we": somebody speaks
"""

from __future__ import annotations

from functools import cache

from onrecord.indexer.register.tables import rows

__all__ = ["bare", "is_any", "is_spoken"]

# Where no spaces part the words, one sign is enough.
_SPOKEN_SIGNS = frozenset("我你您谢謝私")


@cache
def _words(kind: str) -> frozenset[str]:
    table = rows("words.csv", beside=__file__)
    return frozenset(word for row in table if row["kind"] == kind for word in row["words"].split("|"))


def bare(token: str) -> str:
    """Return a word without case and the signs around it.

    >>> bare("(Mr.,"), bare("H.E.")
    ('mr', 'h.e')
    """
    return token.strip(".,;:*_()[]“”\"'’«»").casefold()


def is_any(token: str, *kinds: str) -> bool:
    """Tell whether a word is of one of these kinds.

    >>> is_any("Sra.", "honorific"), is_any("Speaker", "honorific", "chair")
    (True, True)
    """
    word = bare(token)
    return any(word in _words(kind) for kind in kinds)


def is_spoken(text: str) -> bool:
    """Tell whether someone speaks of himself in a text, or to those present.

    >>> is_spoken("Let us begin."), is_spoken("The US was a founder.")
    (True, False)
    """
    spoken = _words("spoken")
    for token in text.split():
        if bare(token) in spoken and (not token.isupper() or token == "I"):  # "US", "Annex I,"
            return True
    return any(sign in _SPOKEN_SIGNS for sign in text)
