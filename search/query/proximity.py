"""Nodes for words that stand together: side by side, or near each other in any order."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from whoosh import matching, query
from whoosh.query import spans
from whoosh.util import make_binary_tree

from onrecord.search.query.sieve import Sieve, nothing
from onrecord.search.query.windows import windows

__all__ = ["Apart", "ExactPhrase", "Near"]


class ExactPhrase(query.Phrase):
    """Match ``words`` side by side in this order.

    The score counts how often the phrase stands there: for each of its words, the
    score of that word in a paragraph that holds it as often as the phrase. The
    rarity of a phrase is so the sum of the rarities of its words, as in Lucene;
    Whoosh's own phrase scores its words wherever they stand.
    """

    def __init__(self, fieldname: str, words: Sequence[str], boost: float = 1.0) -> None:
        super().__init__(fieldname, list(words), boost=boost)

    def __repr__(self) -> str:
        return f"ExactPhrase({self.fieldname!r}, {self.words!r})"

    def normalize(self) -> query.Query:
        """Return the node itself, which holds nothing to merge."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match documents where the words stand side by side."""
        return _together(_PhraseMatcher, self, searcher, context)

    def counted(self, searcher: Any) -> Iterator[tuple[int, int]]:
        """Yield the documents of a searcher that hold the phrase, and how often."""
        found = self.matcher(searcher, searcher.boolean_context())
        while found.is_active():
            yield found.id(), sum(1 for _ in found.spans())
            found.next()


class Apart(ExactPhrase):
    """Match words side by side where they do not end one of some longer phrases.

    "nuclear-weapon States" that are not "non-nuclear-weapon States".
    """

    def __init__(
        self,
        fieldname: str,
        words: Sequence[str],
        longer: Sequence[Sequence[str]] = (),
        boost: float = 1.0,
    ) -> None:
        super().__init__(fieldname, words, boost)
        self.longer = tuple(map(tuple, longer))

    def __repr__(self) -> str:
        return f"Apart({self.fieldname!r}, {self.words!r}, {self.longer!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Apart) and super().__eq__(other) and self.longer == other.longer

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.longer))

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match documents where the words stand apart."""
        taken: dict[int, set[int]] = {}
        for words in self.longer:
            found = ExactPhrase(self.fieldname, words).matcher(searcher, searcher.boolean_context())
            while found.is_active():
                ends = (span.end for span in found.spans())
                taken.setdefault(found.id(), set()).update(end - len(self.words) + 1 for end in ends)
                found.next()
        return _together(partial(_ApartMatcher, taken), self, searcher, context)


class Near(query.Query):
    """Match all ``words`` in any order with at most ``within`` other words among them.

    From the first of them to the last are ``max - min + 1`` positions, of which
    ``within`` may hold others. A word given twice must stand in two places. The
    score is that of a phrase of the words that stands there once.
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

    def has_terms(self) -> bool:
        """Tell Whoosh that `terms` names something."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        """Yield field and word of each word, where those of phrases are asked for."""
        return ((self.fieldname, word) for word in self.words if phrases)

    def estimate_size(self, reader: Any) -> int:
        """Count the documents of the rarest word."""
        return min(query.Term(self.fieldname, word).estimate_size(reader) for word in self.words)

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match documents where the words stand close enough."""
        return _together(_NearMatcher, self, searcher, context)


def _together(
    kind: Callable[..., _TogetherMatcher], node: ExactPhrase | Near, searcher: Any, context: Any
) -> matching.Matcher:
    terms = [query.Term(node.fieldname, word).matcher(searcher, context) for word in node.words]
    if not all(term.is_active() for term in terms):
        return nothing()
    weighting = (context and context.weighting) or searcher.weighting
    to_bytes = searcher.schema[node.fieldname].to_bytes
    scorers = [weighting.scorer(searcher, node.fieldname, to_bytes(word)) for word in node.words]
    return kind(node, terms, scorers)


class _TogetherMatcher(Sieve):
    """Keeps of the documents that hold every word those where they stand together."""

    def __init__(self, node: Any, terms: list[matching.Matcher], scorers: list[Any]) -> None:
        self._node = node
        self._terms = terms
        self._scorers = scorers
        super().__init__(make_binary_tree(matching.IntersectionMatcher, terms), node.boost)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Yield first and last position of each place where the words stand together."""
        raise NotImplementedError

    def _times(self) -> int:
        raise NotImplementedError

    def _keeps(self) -> bool:
        return next(self._stretches(), None) is not None

    def _places(self) -> dict[str, list[int]]:
        return {
            word: term.value_as("positions") for word, term in zip(self._node.words, self._terms, strict=True)
        }

    def spans(self) -> list[spans.Span]:
        return [spans.Span(first, last) for first, last in self._stretches()]

    def score(self) -> float:
        times, document = self._times(), self.child.id()
        scores = (scorer._score(times, scorer.dfl(document)) for scorer in self._scorers)
        return float(self._node.boost * sum(scores))


class _PhraseMatcher(_TogetherMatcher):
    def _stretches(self) -> Iterator[tuple[int, int]]:
        words, places = self._node.words, {word: set(at) for word, at in self._places().items()}
        for start in sorted(places[words[0]]):
            if all(start + offset in places[word] for offset, word in enumerate(words)):
                yield start, start + len(words) - 1

    def _times(self) -> int:
        return sum(1 for _ in self._stretches())


class _ApartMatcher(_PhraseMatcher):
    def __init__(self, taken: dict[int, set[int]], *of_phrase: Any) -> None:
        self._taken = taken
        super().__init__(*of_phrase)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        taken = self._taken.get(self.child.id(), ())
        return (stretch for stretch in super()._stretches() if stretch[0] not in taken)


class _NearMatcher(_TogetherMatcher):
    def _stretches(self) -> Iterator[tuple[int, int]]:
        wanted = Counter(self._node.words)
        widest = self._node.within + len(self._node.words) - 1
        stream = sorted((position, word) for word, at in self._places().items() for position in at)
        return (window for window in windows(stream, wanted) if window[1] - window[0] <= widest)

    def _times(self) -> int:
        return 1
