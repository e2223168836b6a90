"""What is shown around a stretch of a paragraph: so many words, the sentence, all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from functools import lru_cache
from operator import itemgetter

from onrecord.search.research.concordances.sentences import sentence_starts
from onrecord.search.results.paragraph_words import places_of_words

__all__ = ["ContextUnit", "context_of"]

_BEGIN, _END = itemgetter(0), itemgetter(1)


class ContextUnit(Enum):
    """What the context of a line is measured in; it ends where the paragraph does."""

    WORDS = "words"  #: ``window`` words on each side
    SENTENCE = "sentence"  #: the sentence, as far as `sentences` can tell it
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
    places = places_of_words(text)
    first = bisect_right(places, start, key=_END) - window
    last = bisect_left(places, end, key=_BEGIN) + window
    begin = places[first][0] if first > 0 else 0
    stop = places[last - 1][1] if last < len(places) else len(text)
    return min(begin, start), max(stop, end)


# Lines of one paragraph follow each other in some orders.
@lru_cache(maxsize=16)
def _sentences(text: str) -> list[int]:
    return sentence_starts(text)
