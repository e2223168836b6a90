"""A name of the lexicon as texts write it: declined in Russian, with what is written on to it in Arabic."""

from __future__ import annotations

from functools import cache

from onrecord.indexer.analysis.words import words
from onrecord.indexer.register.tables import listed, rows

__all__ = ["written_forms"]

Words = tuple[str, ...]

# Conjunctions and prepositions that Arabic writes on to the next word, one or two.
_BEFORE_ARABIC = ("و", "ف", "ب", "ك", "ل", "وب", "ول")
_ARTICLE = "ال"
# Two of the prepositions run together with an article: ل and ال are لل.
_TO = "ل"


def written_forms(name: str, language: str) -> list[Words]:
    """Return the folded words of a name, and of the forms that it takes in running text.

    >>> [" ".join(form) for form in written_forms("Договор о торговле оружием", "ru")][:3]
    ['договор о торговле оружием', 'договора о торговле оружием', 'договору о торговле оружием']
    >>> [" ".join(form) for form in written_forms("الاتحاد الأفريقي", "ar")][-2:]
    ['وبالاتحاد الافريقي', 'وللاتحاد الافريقي']
    >>> written_forms("Arms Trade Treaty", "en")
    [('arms', 'trade', 'treaty')]
    """
    plain = tuple(words(name))
    if language == "ru":
        return [plain, *_declined(plain)]
    if language == "ar":
        return [plain, *((_joined(before, plain[0]), *plain[1:]) for before in _BEFORE_ARABIC)]
    return [plain]


def _declined(name: Words) -> list[Words]:
    """Return a Russian name in its other cases and numbers."""
    cases = _cases()
    for length in range(len(name) - 1, 0, -1):
        if (beginnings := cases.get(name[:length])) is not None:
            return [(*beginning, *name[length:]) for beginning in beginnings]
    return cases.get(name, [])


def _joined(before: str, word: str) -> str:
    """Write something on to an Arabic word."""
    if before.endswith(_TO) and word.startswith(_ARTICLE):
        return f"{before}{_TO}{word.removeprefix(_ARTICLE)}"
    return before + word


@cache
def _cases() -> dict[Words, list[Words]]:
    return {
        tuple(words(row["beginning"])): [tuple(words(form)) for form in listed(row["cases"])]
        for row in rows("lexicon_cases.csv")
    }
