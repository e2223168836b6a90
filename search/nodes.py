"""The query nodes of our own, beside those of Whoosh.

Whoosh's search and ours both evaluate them. Where stock Whoosh already has the
node, ours is a subclass that keeps a rule the stock one breaks:

- `Constant` gives each match exactly its score. Stock ``ConstantScoreQuery`` scores
  1 where 0 was asked for, and the child's own score when terms are recorded.
- `Filter` is a `Constant` that scores 0: it says which statements, not how good.
- `Either` keeps a match that scores 0. Stock ``Or`` drops it in segments of up to
  5,000 paragraphs.
- `Without` leaves out always. Stock ``AndNot`` gives the first match of a segment back
  unchecked where what is to be left out begins earlier, and fails at a segment's end.
- `Inflected` is a word in all its forms, and remembers which word.
- `Near` finds words close together in any order. Stock slop counts from word to word.
"""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whoosh import matching, query
from whoosh.query import spans
from whoosh.util import make_binary_tree

__all__ = ["Constant", "Either", "Filter", "Inflected", "Near", "Without"]


class Constant(query.ConstantScoreQuery):
    """Give every match of ``child`` the same score, whatever the search asks for."""

    def __str__(self) -> str:
        return str(self.child)

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as the child does; the scores underneath are not computed."""
        unscored = context.set(weighting=None) if context else searcher.boolean_context()
        child = self.child.matcher(searcher, unscored)
        return _ConstantMatcher(child, score=self.score) if child.is_active() else _nothing()


def _nothing() -> matching.Matcher:
    matcher: matching.Matcher = matching.NullMatcher()
    return matcher


class _ConstantMatcher(matching.ConstantScoreWrapperMatcher):
    def weight(self) -> float:
        return float(self.score())

    def supports_block_quality(self) -> bool:
        return False


class Filter(Constant):
    """Keep what matches ``child`` and add nothing to its score.

    ``shown`` is how a reader would name the filter, where the child does not tell.
    """

    def __init__(self, child: query.Query, shown: str | None = None) -> None:
        super().__init__(child, score=0.0)
        self.shown = shown

    def _rewrap(self, child: query.Query) -> Filter:
        return Filter(child, self.shown)


class Either(query.Or):
    """Match any of the subqueries, also those that score 0."""

    matcher_type = query.Or.DEFAULT_MATCHER


class Without(query.AndNot):
    """Match ``a`` where ``b`` does not match; the score is that of ``a``."""

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as ``a`` does, past all that ``b`` matches."""
        left_out = self.b.matcher(searcher, searcher.boolean_context())
        return _WithoutMatcher(self.a.matcher(searcher, context), left_out)


class _Sieve(matching.WrappingMatcher):
    """Passes over the documents of its child that it does not keep."""

    def __init__(self, child: matching.Matcher, boost: float = 1.0) -> None:
        super().__init__(child, boost=boost)
        self._find()

    def _keeps(self) -> bool:
        raise NotImplementedError

    def _find(self) -> None:
        while self.child.is_active() and not self._keeps():
            self.child.next()

    def replace(self, minquality: float = 0) -> matching.Matcher:
        return self if self.is_active() else _nothing()

    def reset(self) -> None:
        self.child.reset()
        self._find()

    def next(self) -> None:
        self.child.next()
        self._find()

    def skip_to(self, id: int) -> None:  # noqa: A002 - the name Whoosh gave it
        self.child.skip_to(id)
        self._find()

    def all_ids(self) -> Iterator[int]:
        return matching.Matcher.all_ids(self)

    def supports_block_quality(self) -> bool:
        return False


class _WithoutMatcher(_Sieve):
    def __init__(self, wanted: matching.Matcher, left_out: matching.Matcher) -> None:
        self._left_out = left_out
        super().__init__(wanted)

    def _keeps(self) -> bool:
        left_out, document = self._left_out, self.child.id()
        if left_out.is_active() and left_out.id() < document:
            left_out.skip_to(document)
        return not (left_out.is_active() and left_out.id() == document)

    def reset(self) -> None:
        self._left_out.reset()
        super().reset()


class Inflected(query.Or):
    """Match any form of ``word``: any of its inflection groups in the field ``stem``.

    >>> Inflected("mines", ["en:mine", "fr:min"]).subqueries
    [Term('stem', 'en:mine'), Term('stem', 'fr:min')]
    """

    def __init__(self, word: str, groups: Sequence[str]) -> None:
        super().__init__([query.Term("stem", group) for group in groups])
        self.word = word

    def apply(self, change: Callable[[query.Query], query.Query]) -> Inflected:
        """Return a copy with each subquery changed."""
        changed = copy.copy(self)
        changed.subqueries = [change(subquery) for subquery in self.subqueries]
        return changed

    def normalize(self) -> query.Query:
        """Return the node itself, which holds nothing to merge."""
        return self

    def simplify(self, reader: Any) -> query.Query:
        """Return the groups without the word."""
        simple: query.Query = query.Or(self.subqueries, boost=self.boost).simplify(reader)
        return simple


class Near(query.Query):
    """Match all ``words`` in any order with at most ``within`` other words among them.

    From the first of them to the last are ``max - min + 1`` positions, of which
    ``within`` may hold others. A word given twice must stand in two places. The
    score is the sum over the words of the scores of their terms, as for a phrase.
    """

    def __init__(self, fieldname: str, words: Sequence[str], within: int, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.words = list(words)
        self.within = within
        self.boost = boost

    def __repr__(self) -> str:
        return f"Near({self.fieldname!r}, {self.words!r}, {self.within})"

    def __str__(self) -> str:
        return f'{self.fieldname}:"{" ".join(self.words)}"~{self.within}'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.fieldname, tuple(self.words), self.within, self.boost

    def _terms(self) -> list[query.Term]:
        return [query.Term(self.fieldname, word) for word in self.words]

    def has_terms(self) -> bool:
        """Tell Whoosh that `terms` names something."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        """Yield field and word of each word, where those of phrases are asked for."""
        return ((self.fieldname, word) for word in self.words if phrases)

    def estimate_size(self, reader: Any) -> int:
        """Count the documents of the rarest word."""
        return min(term.estimate_size(reader) for term in self._terms())

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match documents where the words stand close enough."""
        terms = [term.matcher(searcher, context) for term in self._terms()]
        if not all(term.is_active() for term in terms):
            return _nothing()
        return _NearMatcher(terms, self.words, self.within, self.boost)


class _NearMatcher(_Sieve):
    """Keeps of the documents that hold every word those where some window is small enough."""

    def __init__(
        self, terms: list[matching.Matcher], words: Sequence[str], within: int, boost: float
    ) -> None:
        self._terms = terms
        self._words = words
        self._within = within
        super().__init__(make_binary_tree(matching.IntersectionMatcher, terms), boost)

    def _keeps(self) -> bool:
        return next(self._windows(), None) is not None

    def spans(self) -> list[spans.Span]:
        return [spans.Span(first, last) for first, last in self._windows()]

    def _windows(self) -> Iterator[tuple[int, int]]:
        """Yield first and last position of the windows that hold all words and are small enough."""
        places = {
            word: term.value_as("positions") for word, term in zip(self._words, self._terms, strict=True)
        }
        wanted = Counter(self._words)
        widest = self._within + len(self._words) - 1
        return (window for window in _windows(places, wanted) if window[1] - window[0] <= widest)


def _windows(places: dict[str, list[int]], wanted: Counter[str]) -> Iterator[tuple[int, int]]:
    """Yield for each position where a window can end the latest position where it can begin.

    ``places`` are the positions of each word, ``wanted`` how often it must occur.
    """
    stream = sorted((position, word) for word, positions in places.items() for position in positions)
    held: Counter[str] = Counter()
    missing = wanted.total()
    first = 0
    for last, word in stream:
        held[word] += 1
        missing -= held[word] <= wanted[word]
        while held[stream[first][1]] > wanted[stream[first][1]]:
            held[stream[first][1]] -= 1
            first += 1
        if not missing:
            yield stream[first][0], last
