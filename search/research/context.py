"""What is shown around a stretch of a paragraph: so many words, the sentence, all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from functools import lru_cache

from onrecord.indexer.analysis.words import words_with_offsets
from onrecord.search.research.sentences import sentence_starts

__all__ = ["ContextUnit", "context_of"]


class ContextUnit(Enum):
    """What the context of a line is measured in; it ends where the paragraph does."""

    WORDS = "words"  #: ``window`` words on each side
    SENTENCE = "sentence"  #: the sentence, as far as it can be told (`search.research.sentences`)
    PARAGRAPH = "paragraph"


def context_of(text: str, start: int, end: int, *, unit: ContextUnit, window: int) -> tuple[int, int]:
    """Return where the context of a stretch begins and ends in its paragraph.

    >>> text = "The canal is ours. It is open."
    >>> [text[slice(*context_of(text, 4, 9, unit=ContextUnit.WORDS, window=n))] for n in (0, 1, 9)]
    ['canal', 'The canal is', 'The canal is ours. It is open.']
    >>> text[slice(*context_of(text, 4, 9, unit=ContextUnit.SENTENCE, window=0))]
    'The canal is ours.'
    """
    match unit:
        case ContextUnit.PARAGRAPH:
            return 0, len(text)
        case ContextUnit.SENTENCE:
            return _sentence(text, start, end)
        case ContextUnit.WORDS:
            return _words(text, start, end, window)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    starts = _sentences(text)
    first, behind = bisect_right(starts, start) - 1, bisect_left(starts, end)
    stop = starts[behind] if behind < len(starts) else len(text)
    return starts[first], len(text[:stop].rstrip())


def _words(text: str, start: int, end: int, window: int) -> tuple[int, int]:
    if not window:
        return start, end
    begins, ends = _places(text)
    first = bisect_right(ends, start) - window
    last = bisect_left(begins, end) + window
    begin = begins[first] if first > 0 else 0
    stop = ends[last - 1] if last < len(ends) else len(text)
    return min(begin, start), max(stop, end)


# Lines of one paragraph follow each other in some orders.
@lru_cache(maxsize=16)
def _sentences(text: str) -> list[int]:
    return sentence_starts(text)


@lru_cache(maxsize=16)
def _places(text: str) -> tuple[list[int], list[int]]:
    words = words_with_offsets(text)
    return [word.start for word in words], [word.end for word in words]
