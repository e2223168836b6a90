"""What stands between quotation marks: words as written, words with wildcards, and gaps."""

from __future__ import annotations

import re
from typing import TypeAlias

from onrecord.indexer.analysis.words import words, words_with_offsets
from onrecord.search.language.wildcards import Pattern, is_pattern, pattern_of, without_question_mark

__all__ = ["Run", "plain_quotation", "runs_of", "slots_of"]

#: Words that stand side by side, some of them patterns; None for a ``*`` that stands alone.
Run: TypeAlias = list["str | Pattern | None"]

# As quotations leave something out: …, ..., . . ., alone or in brackets.
_GAP = re.compile(r"[\[(]?\s*(?:[…⋯]+|\.(?:\s?\.){2,})\s*[\])]?")
# A word that was set in bold, as snippets mark what matched.
_BOLD = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_WORD = re.compile(r"\S+")
_FUZZY = re.compile(r"\w(~)")
_WILD = re.compile(r"[*?]")


def plain_quotation(typed: str) -> tuple[str, list[str]]:
    """Take out of a phrase the signs that are no part of its words, and return them beside it.

    These are question marks that end a word and no wildcard, marks of bold, and ``~``, which means
    nothing inside quotation marks.

    >>> plain_quotation("who will **guard** the guards?")
    ('who will guard the guards', ['**', '**', '?'])
    """
    unmarked = _BOLD.sub(r"\1", typed)
    signs = ["**"] * (typed.count("**") - unmarked.count("**"))
    signs += _FUZZY.findall(unmarked)
    if "?" not in unmarked:
        return unmarked, signs
    plain = _WORD.sub(lambda word: _without_question_mark(word.group(), signs), unmarked)
    return plain, signs


def _without_question_mark(word: str, signs: list[str]) -> str:
    if "*" not in word and not words(word):
        signs += ["?"] * word.count("?")
        return word.replace("?", " ")
    plain = without_question_mark(word)
    signs += ["?"] if plain != word else []
    return plain


def runs_of(typed: str) -> list[Run]:
    """Return the runs of words of a phrase; between each two there is a gap.

    >>> runs_of("we m?st … act, […] now"), runs_of("Côte d’Ivoire ...")
    ([['we', Wildcard('text', 'm?st')], ['act'], ['now']], [['cote', 'd', 'ivoire']])
    """
    return [run for piece in _GAP.split(typed) if (run := slots_of(piece))]


def slots_of(typed: str) -> Run:
    """Return the words of a text, those with wildcards as patterns."""
    if not is_pattern(typed):
        return list(words(typed))
    # A wildcard belongs to the word that it touches, as a letter or a digit would.
    filled = _WILD.sub(lambda sign: "0" if typed[sign.start() - 1 : sign.start()].isdigit() else "a", typed)
    slots: Run = []
    for word in words_with_offsets(filled):
        written = typed[word.start : word.end]
        slots.append(pattern_of(written) if is_pattern(written) else word.text)
    return slots
