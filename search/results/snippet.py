"""What of a paragraph to show, and which words in it matched.

Highlights come from the query tree itself, played again over the one paragraph: a
phrase marks its own words where they stand together and nowhere else, an
alternative marks only the branch that holds, a negation marks nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from whoosh import query

from onrecord.search.query import Near, Quotation
from onrecord.search.query.expansion import fits
from onrecord.search.query.quotation import Slot, in_order
from onrecord.search.query.windows import windows
from onrecord.search.results.paragraph_words import ParagraphWords, Span, WordsAsked, spans_of_words

__all__ = ["Span", "highlights", "lacking", "snippet"]

#: The longest snippet, in characters, without the marks and the dots.
SNIPPET_LENGTH = 280
MARK = "**"
ELLIPSIS = "…"

# The positions that a query matched in a paragraph; None where it does not hold there.
_Marked = frozenset[int] | None
_NOTHING: frozenset[int] = frozenset()


def highlights(text: str, *, language: str | None, asked: WordsAsked) -> tuple[Span, ...]:
    """Find the stretches of a matching paragraph that the query matched, in order.

    Neighbouring words of one phrase, and of one compound, are one stretch. ``asked`` are the query and its
    words in the segment of the paragraph.
    """
    if asked.always_marked:
        words = spans_of_words(text, language=language, asked=asked)
        if words is not None:
            return tuple(words)
    paragraph = ParagraphWords(text, language=language, asked=asked)
    marked = sorted(_matched(asked.tree, paragraph) or _NOTHING)
    together = _phrase_pairs(asked.phrases, paragraph) | paragraph.pairs
    spans: list[Span] = []
    for position in marked:
        start, end = paragraph.span(position)
        reached = spans[-1][1] if spans else 0
        joined = (position - 1, position) in together and paragraph.span(position - 1)[1] == reached
        # One character can be several words, such as ½; they share its place.
        if joined or start < reached:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def lacking(text: str, *, language: str | None, asked: WordsAsked) -> tuple[str, ...]:
    """Name the words of content that a paragraph lacks, where any of them was asked for."""
    paragraph = ParagraphWords(text, language=language, asked=asked)
    return tuple(name for name, node in asked.alternatives if _matched(node, paragraph) is None)


def snippet(text: str, spans: Sequence[Span], *, length: int = SNIPPET_LENGTH) -> str:
    """Cut a stretch of text around as many matches as fit, and mark them with ``**``.

    >>> snippet("Clear the mines.", [(10, 15)])
    'Clear the **mines**.'
    """
    begins, ends = [first for first, _ in spans], [last for _, last in spans]
    start, stop = _window(text, begins, ends, length)
    bounds = [start, *chain.from_iterable(_inside(spans, begins, ends, start, stop, length)), stop]
    shown = MARK.join([text[begin:end] for begin, end in pairwise(bounds)])
    return f"{ELLIPSIS if start else ''}{shown}{ELLIPSIS if stop < len(text) else ''}"


def _inside(
    spans: Sequence[Span], begins: Sequence[int], ends: Sequence[int], start: int, stop: int, length: int
) -> Sequence[Span]:
    """Return the matches that a stretch of text holds; a long quotation is marked as far as it is shown."""
    first, last = bisect_left(begins, start), bisect_right(ends, stop)
    inside = list(spans[first:last])
    if first and ends[first - 1] > start and ends[first - 1] - begins[first - 1] > length:
        inside.insert(0, (start, min(ends[first - 1], stop)))
    if first <= last < len(spans) and begins[last] < stop and ends[last] - begins[last] > length:
        inside.append((begins[last], stop))
    return inside


def _matched(tree: query.Query, paragraph: ParagraphWords, *, others: _Marked = _NOTHING) -> _Marked:
    """Play a query over a paragraph. What asks about ``others``, other fields, holds: the engine saw to it.

    In what is left out it does not, for the same reason.
    """
    match tree:
        case query.Term(fieldname="text"):
            return _some(paragraph.forms.get(tree.text, ()))
        case query.Term(fieldname="stem"):
            return _some(paragraph.groups.get(tree.text, ()))
        case Near(fieldname="text"):
            return _near(tree, paragraph)
        case query.Phrase(fieldname="text"):
            return _some(place for start in _starts(tree, paragraph) for place in _run(start, tree))
        case Quotation(fieldname="text"):
            return _some(place for run in _quoted(tree, paragraph) for place in run)
        case query.Prefix() | query.Wildcard() | query.FuzzyTerm() if tree.fieldname == "text":
            return _some(paragraph.like(fits(tree)))
        case _:
            return _combined(tree, paragraph, others)


def _combined(tree: query.Query, paragraph: ParagraphWords, others: _Marked) -> _Marked:
    match tree:
        case query.ConstantScoreQuery():
            return _matched(tree.child, paragraph, others=others)
        case query.AndNot():
            left_out = _left_out(tree.b, paragraph, others)
            return None if left_out else _matched(tree.a, paragraph, others=others)
        case query.Not():
            return None if _left_out(tree.query, paragraph, others) else _NOTHING
        case query.And():
            found = [_matched(child, paragraph, others=others) for child in tree.subqueries]
            return None if None in found else _NOTHING.union(*filter(None, found))
        case query.Or():
            tried = (_matched(child, paragraph, others=others) for child in tree.subqueries)
            branches = [marked for marked in tried if marked is not None]
            return _NOTHING.union(*branches) if branches else None
        case _:
            return others


def _left_out(tree: query.Query, paragraph: ParagraphWords, others: _Marked) -> bool:
    """Tell whether a paragraph has what it must not have."""
    return _matched(tree, paragraph, others=_NOTHING if others is None else None) is not None


def _some(places: Iterable[int]) -> _Marked:
    return frozenset(places) or None


def _starts(phrase: query.Phrase, paragraph: ParagraphWords) -> list[int]:
    """Find where a phrase begins."""
    return [
        start
        for start in paragraph.forms.get(phrase.words[0], ())
        if all(paragraph.stands(word, start + index) for index, word in enumerate(phrase.words))
    ]


def _run(start: int, phrase: query.Phrase) -> range:
    return range(start, start + len(phrase.words))


def _quoted(quotation: Quotation, paragraph: ParagraphWords) -> list[range]:
    """Find the runs of a quotation that take part in it somewhere."""
    starts = [_run_starts(run, paragraph) for run in quotation.runs]
    lengths = [len(run) for run in quotation.runs]
    kept = zip(in_order(starts, lengths), lengths, strict=True)
    return [range(start, start + length) for places, length in kept for start in places]


def _run_starts(run: Sequence[Slot], paragraph: ParagraphWords) -> list[int]:
    """Find where words stand side by side, some of them patterns."""
    moved = [{place - offset for place in paragraph.places(slot)} for offset, slot in enumerate(run)]
    return sorted(set.intersection(*moved))


def _near(near: Near, paragraph: ParagraphWords) -> _Marked:
    """Mark the words of every stretch that holds all of them close enough together."""
    wanted = Counter(near.words)
    places = sorted((place, word) for word in wanted for place in paragraph.forms.get(word, ()))
    ends: dict[int, int] = {}
    for first, last in windows(places, wanted):
        ends.setdefault(first, last)
    width = len(near.words) + near.within
    nearest, starts = len(paragraph.words) + width, list[int]()
    for start, _ in reversed(places):
        nearest = min(nearest, ends.get(start, nearest))
        if nearest < start + width:
            starts.append(start)
    return _some(_covered([place for place, _ in places], starts[::-1], width))


def _covered(places: Sequence[int], starts: Iterable[int], width: int) -> Iterator[int]:
    """Yield the places in stretches of one width, all rising."""
    at = 0
    for start in starts:
        at = max(at, bisect_left(places, start))
        while at < len(places) and places[at] < start + width:
            yield places[at]
            at += 1


def _phrase_pairs(
    phrases: Iterable[query.Phrase | Quotation], paragraph: ParagraphWords
) -> set[tuple[int, int]]:
    """Collect the neighbouring positions that one phrase holds together."""
    runs: list[range] = []
    for phrase in phrases:
        if isinstance(phrase, Quotation):
            runs += _quoted(phrase, paragraph)
        else:
            runs += [_run(start, phrase) for start in _starts(phrase, paragraph)]
    return {(place, place + 1) for run in runs for place in run[:-1]}


def _window(text: str, begins: Sequence[int], ends: Sequence[int], length: int) -> Span:
    """Choose the stretch of text that holds most matches, whole words only."""
    if len(text) <= length:
        return 0, len(text)
    begin = 0
    if begins:
        fullest = _fullest(begins, length)
        best = begins[fullest]
        beyond = bisect_right(ends, best + length, fullest)
        slack = length - (ends[beyond - 1] - best) if beyond > fullest else 0
        begin = max(0, min(best - slack // 2, len(text) - length))
    stop = min(len(text), begin + length)
    if begin:
        begin = _next_space(text, begin, begins)
    if stop < len(text):
        whole = bisect_right(ends, stop)
        stop = max(text.rfind(" ", begin, stop), ends[whole - 1] if whole else begin, begin)
    return begin, stop if stop > begin else min(len(text), begin + length)


def _fullest(begins: Sequence[int], length: int) -> int:
    """Return the match behind which most others begin within a length, the first of several such."""
    fullest = most = 0
    for number, first in enumerate(begins):
        if number + most >= len(begins):
            break
        held = bisect_left(begins, first + length, number + most) - number
        if held > most:
            fullest, most = number, held
    return fullest


def _next_space(text: str, begin: int, begins: Sequence[int]) -> int:
    """Move a beginning to the next word, but not into or past a match."""
    following = bisect_left(begins, begin)
    limit = begins[following] if following < len(begins) else len(text)
    space = text.find(" ", begin, limit)
    return begin if space < 0 else space + 1
