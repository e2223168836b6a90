"""Which words of a paragraph are quoted: a whole sentence that holds what was found, a long one cut.

What is taken reads back as it was written, in every form that a brief has, and `Index.verify` calls it exact
at its address. A cut is made between clauses where it can be, and never where a word that denies would be
left out; then the sentence is quoted whole, however long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.indexer.analysis.words import Word, fold, words, words_with_offsets
from onrecord.search.brief.markdown import escaped
from onrecord.search.research.concordances.sentences import sentence_starts
from onrecord.search.research.verification.changes import Side
from onrecord.search.research.verification.claims import Claims
from onrecord.search.research.verification.quotations import quotations_in
from onrecord.search.research.verification.verify import Verifier
from onrecord.search.research.verification.verify_document import is_too_short
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["LONGEST", "passages", "quotable", "reads_back"]

#: Words of a sentence that is not cut.
LONGEST = 60
# Of a window without clauses, how much stands before what was found: a third.
_BEFORE = LONGEST // 3
_ELLIPSIS = "…"
# The name of a note that no text has a mark of.
_NOTE = "note-of-a-brief"
_CLAUSE = re.compile("[,;:—–،؛，；：、]")
# Double marks as they are written inside double ones.
_SINGLE = str.maketrans({"“": "‘", "”": "’", "„": "‚", "‟": "‛", '"': "'", "＂": "'"})


def quotable(hit: Hit, verifier: Verifier) -> str | None:
    """Return the words of a paragraph to quote; None where none can be quoted safely."""
    for passage in passages(hit):
        for text in dict.fromkeys((passage, passage.translate(_SINGLE))):
            if _same_words(text, passage) and reads_back(text) and _is_exact(text, hit, verifier):
                return text
    return None


def passages(hit: Hit) -> Iterator[str]:
    """Yield what may be quoted of a paragraph, the sentences with most of what was found first."""
    text = hit.text
    starts = [*sentence_starts(text), len(text)]
    for some in _ranked(hit, starts):
        first, end = _long_enough(text, starts, some)
        sentence = text[starts[first] : starts[end]]
        found = [
            (max(begin, starts[first]) - starts[first], stop - starts[first])
            for begin, stop in hit.highlights
            if begin < starts[end] and stop > starts[first]
        ]
        yield from map(_on_a_line, _cut(sentence, found, hit.language))
        yield _on_a_line(sentence)


class _Sentences(NamedTuple):
    """Sentences that follow each other and hold what was found."""

    first: int
    end: int


def _ranked(hit: Hit, starts: Sequence[int]) -> list[_Sentences]:
    """Return the sentences that hold what was found: most different words first, then most, then in order."""
    holding: dict[_Sentences, list[str]] = {}
    for begin, stop in hit.highlights:
        first, last = (bisect_right(starts, at) - 1 for at in (begin, stop - 1))
        holding.setdefault(_Sentences(first, last + 1), []).append(fold(hit.text[begin:stop]))
    if not holding:  # of a question that marks nothing, as one without a word
        return [_Sentences(at, at + 1) for at in range(len(starts) - 1)]
    return sorted(holding, key=lambda one: (-len(set(holding[one])), -len(holding[one]), one))


def _long_enough(text: str, starts: Sequence[int], some: _Sentences) -> _Sentences:
    """Add the next sentences, or those before, to one with so few words that finding it says nothing."""
    first, end = some
    while is_too_short(text[starts[first] : starts[end]]) and (first, end) != (0, len(starts) - 1):
        first, end = (first, end + 1) if end < len(starts) - 1 else (first - 1, end)
    return _Sentences(first, end)


def _cut(sentence: str, found: Sequence[tuple[int, int]], language: str | None) -> Iterator[str]:
    """Yield a part of a long sentence around the first thing that was found, between marks of omission."""
    told = words_with_offsets(sentence)
    if len(told) <= LONGEST or not found:
        return
    begin, end = _window(sentence, told, found)
    left_out = {*range(begin), *range(end, len(told))}
    if left_out & Side(sentence, told, language).negations:
        return
    start = told[begin].start if begin else 0
    stop = told[end - 1].end if end < len(told) else len(sentence)
    part = sentence[start:stop].strip()
    yield f"{f'{_ELLIPSIS} ' if begin else ''}{part}{f' {_ELLIPSIS}' if end < len(told) else ''}"


def _window(sentence: str, told: Sequence[Word], found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return from which word up to which a long sentence is quoted, at ends of clauses that are near."""
    first = next((at for at, word in enumerate(told) if word.end > found[0][0]), 0)
    past = next((at for at, word in enumerate(told) if word.start >= found[0][1]), len(told))
    past = max(past, first + 1)
    between = (sentence[before.end : word.start] for before, word in pairwise(told))
    clauses = [at for at, signs in enumerate(between, 1) if _CLAUSE.search(signs)]
    begins = [at for at in (0, *clauses) if at <= first and past - at <= LONGEST]
    begin = begins[0] if begins else max(0, first - _BEFORE)
    ends = [at for at in (*clauses, len(told)) if past <= at <= begin + LONGEST]
    return begin, ends[-1] if ends else max(past, min(len(told), begin + LONGEST))


def _on_a_line(text: str) -> str:
    return " ".join(printable(text).split())


def _same_words(text: str, passage: str) -> bool:
    return text == passage or words(text) == words(passage)


def reads_back(text: str) -> bool:
    """Tell whether a text is found again, whole, between quotation marks, as Markdown and as it is.

    An outer mark that a mark inside would close, or that needs what follows to be closed, is not read so.
    """
    for written in (text, escaped(text)):
        found = quotations_in(f"- a: “{written}”[^{_NOTE}]\n\n[^{_NOTE}]: b")
        if [one.text for one in found] != [text]:
            return False
    return True


def _is_exact(text: str, hit: Hit, verifier: Verifier) -> bool:
    verdict = verifier.verdict(text, claims=Claims(), address=hit.lasting_address, nearest=0)
    return verdict.grade.is_exact and not verdict.needs_eyes
