"""The words of the statements of a cluster, one after the other (a `search.results.spoken.SpokenWords`).

A statement is its place in the order of addresses here. A run inside a paragraph is found as a phrase is, and
its paragraph is read to see where it stands. Of runs that go over the end of a paragraph the *seam* is asked
for: the last word of a paragraph with the first one behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.indexer.analysis.words import words as words_in
from onrecord.indexer.cluster.mapping import document_id, index_term, seam_term
from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.cluster.asked import Asked
from onrecord.search.cluster.clauses import NOTHING, all_of, any_of, counting
from onrecord.search.cluster.facts import PARAGRAPH_FIELDS, ClusterFactsReader, hit_of
from onrecord.search.cluster.opened import Json, OpenedGeneration, damaged, statements_with
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.query import ExactPhrase
from onrecord.search.results.hits import Hit
from onrecord.search.results.spoken import Numbers, Runs, Stretch

__all__ = ["ClusterSpokenWords"]

Mask = npt.NDArray[np.bool_]
Value = TypeVar("Value")

# Paragraphs that are read for one run of words at most; runs that stand in more say nothing of where a
# quotation stands, and places of a quotation that stands in more are not listed.
_MOST_READ = 20_000
# Bytes of texts that are kept, statements that are read at once, places that are looked up at once.
_ROOM = 64 << 20
_BYTES_OF_A_WORD = 80
_TOGETHER = 200
_AT_ONCE = 5_000
# Those that are asked for at once, and what is asked of them.
_FIRST = 1_000
_OF_PLACES = (*PARAGRAPH_FIELDS, "order", "start", "length")
# Words of a run that a statement has to hold for its ends of paragraphs to be looked at.
_RARE = 3
# Statements of one run that are read with the first of them that is.
_SOON = 50
# Places whose addresses are kept.
_KNOWN = 1 << 17
# Paragraphs with most of the rare words of a quotation that are read for a guess, and how far beside its
# place a word may stand there to count.
_GUESSED = 8_000
_BESIDE = range(-2, 3)


class _Spoken(NamedTuple):
    """The documents of a statement's paragraphs, their words, and the number of the first word of each."""

    paragraphs: tuple[Json, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def slug(self) -> str:
        """The slug of the statement."""
        slug: str = self.paragraphs[0]["statement"]
        return slug

    def paragraph(self, word: int) -> int:
        """Return the paragraph that holds a word, counted from 0; those without words hold none."""
        at = min(word, len(self.words) - 1) if self.words else 0
        return max(0, bisect_right(self.starts, at) - 1)


class ClusterSpokenWords:
    """Reads the words of the statements of a generation that are shown."""

    def __init__(self, opened: OpenedGeneration, words: ClusterWords, facts: ClusterFactsReader) -> None:
        self._opened = opened
        self._words = words
        self._facts = facts
        self._read = BoundedCache(_ROOM)
        self._known: dict[tuple[int, int], str] = {}
        self._last: dict[int, list[Json]] = {}  # the paragraphs of the last run of words
        self._soon: list[int] = []  # the statements of the last run of words, where these are few

    def frequency(self, word: str) -> int:
        """Return how often a folded word stands anywhere, deleted statements included."""
        return self._words.forms([word])[word].times

    def runs(self, words: Sequence[str]) -> Runs:
        """Find every place at which folded words stand side by side (`NeedsLocalIndex`)."""
        runs = self.some_runs(words, below=_MOST_READ)
        if runs is None:
            raise NeedsLocalIndex(f"a quotation of words that stand in more than {_MOST_READ:,} paragraphs")
        return runs

    def some_runs(self, words: Sequence[str], *, below: int) -> Runs | None:
        """Find the same where there are fewer places than a number, and few enough to be read."""
        forms = self._words.forms(words)
        if not words or not all(form.times for form in forms.values()):
            return _runs([])
        rarest = sorted(forms, key=lambda form: forms[form].times)[:_RARE]
        inside, over = self._opened.searches([self._inside(words), _over(words, rarest)])
        there_are = inside["hits"]["total"]["value"]
        if there_are >= min(below, _MOST_READ):
            return None
        if len(self._known) > _KNOWN:
            self._known.clear()
        paragraphs = [hit["_source"] for hit in inside["hits"]["hits"]]
        if len(paragraphs) < there_are:
            clause = self._inside(words)["query"]
            paragraphs = list(self._opened.documents(clause, fields=_OF_PLACES, sort=["order", "number"]))
        self._last = {}
        for paragraph in paragraphs[:_FIRST]:
            self._last.setdefault(paragraph["order"], []).append(paragraph)
        if over["aggregations"]["statements"]["sum_other_doc_count"]:
            return None
        crossing = [cell["key"] for cell in over["aggregations"]["statements"]["buckets"]]
        places = sorted({*self._places_inside(paragraphs, words), *self._places_over(crossing, words)})
        statements = list(dict.fromkeys(statement for statement, _ in places))
        self._soon = statements if len(statements) <= _SOON else []
        return _runs(places) if len(places) < below else None

    def _inside(self, words: Sequence[str]) -> Json:
        """Return what is asked for the paragraphs in which words stand side by side: the first of them."""
        return {
            "size": _FIRST,
            "track_total_hits": True,
            "query": Asked(self._opened, self._words, ExactPhrase("text", list(words))).found,
            "_source": list(_OF_PLACES),
            "sort": ["order", "number"],
        }

    def _places_inside(self, paragraphs: Iterable[Json], words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the places inside of paragraphs: the statement, and the number of the first word."""
        for paragraph in paragraphs:
            statement, start = paragraph["order"], paragraph["start"]
            address = f"{paragraph['statement']}#{paragraph['number']}"
            for at in _starts(words_in(paragraph["text"]), words):
                self._known[statement, start + at] = address
                self._known[statement, start + at + len(words) - 1] = address
                yield statement, start + at

    def _places_over(self, statements: Sequence[int], words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the places that go over the end of a paragraph, in statements where there may be one."""
        for statement, spoken in self._statements(sorted(statements)):
            ends = set(spoken.starts)
            for at in _starts(spoken.words, words):
                if any(inner in ends for inner in range(at + 1, at + len(words))):
                    yield statement, at

    def agreement(self, words: Sequence[tuple[int, str]], places: Runs) -> Numbers:
        """Count of each place how many of some words stand so far behind it, or two words beside that.

        For this the paragraphs are read that hold most of these words, as many as are looked at for a guess.
        """
        stands: dict[tuple[int, int], str] = {}
        wanted = {word for _, word in words}
        for some in _lots(sorted(set(places.statements.tolist()))):
            for paragraph in self._holding(wanted, some):
                for at, word in enumerate(words_in(paragraph["text"]), paragraph["start"]):
                    if word in wanted:
                        stands[paragraph["order"], at] = word
        agreeing = [
            sum(
                any(stands.get((statement, at + offset + beside)) == word for beside in _BESIDE)
                for offset, word in words
            )
            for statement, at in zip(places.statements.tolist(), places.starts.tolist(), strict=True)
        ]
        return np.array(agreeing, np.int64)

    def _holding(self, words: Iterable[str], statements: Sequence[int]) -> Iterator[Json]:
        """Yield the paragraphs of some statements that hold most of some words, those with most first."""
        held: list[Json] = [
            {"constant_score": {"filter": {"term": {"words": index_term(word)}}}} for word in sorted(words)
        ]
        found = {"must": [any_of(held)], "filter": [counting([{"terms": {"order": list(statements)}}])]}
        body: Json = {
            "size": _GUESSED,
            "query": {"bool": found},
            "_source": ["order", "start", "text"],
            "sort": [{"_score": "desc"}, {"order": "asc"}, {"number": "asc"}],
            "track_total_hits": False,
        }
        return (hit["_source"] for hit in self._opened.search(body)["hits"]["hits"])

    def length(self, statement: int) -> int:
        """Return how many words a statement has."""
        return len(self._statement(statement).words)

    def stretch(self, statement: int, first: int, end: int) -> Stretch:
        """Read the paragraphs that hold some words of a statement."""
        for one in self._last.get(statement, ()):
            if one["start"] <= first and max(first + 1, end) <= one["start"] + one["length"]:
                return Stretch(one["number"], (one["text"],), (one["start"],))
        spoken = self._statement(statement)
        begin, last = spoken.paragraph(first), spoken.paragraph(max(first, end - 1))
        own = slice(begin, last + 1)
        texts = tuple(paragraph["text"] for paragraph in spoken.paragraphs[own])
        return Stretch(begin + 1, texts, spoken.starts[own])

    def addresses(self, places: Runs) -> list[str]:
        """Return the addresses of the paragraphs in which some words stand."""
        listed = list(zip(places.statements.tolist(), places.starts.tolist(), strict=True))
        found = {place: address for place in listed if (address := self._known.get(place)) is not None}
        others: dict[int, list[int]] = {}
        for statement, word in listed:
            if (statement, word) not in found:
                others.setdefault(statement, []).append(word)
        for statement, spoken in self._statements(sorted(others)):
            for word in others[statement]:
                found[statement, word] = f"{spoken.slug}#{spoken.paragraph(word) + 1}"
        return [found[place] for place in listed]

    def hits(self, statement: int, numbers: range) -> tuple[Hit, ...]:
        """Read some paragraphs of a statement, by their numbers from 1."""
        known = [one for one in self._last.get(statement, ()) if one["number"] in numbers]
        own = known
        if len(known) < len(numbers):
            own = list(self._statement(statement).paragraphs[numbers.start - 1 : numbers.stop - 1])
        slug = own[0]["statement"]
        facts = self._facts.of([slug])[slug]
        return tuple(hit_of(paragraph, facts) for paragraph in own)

    def passing(self, within: Query, places: Runs) -> Mask:
        """Mark the words whose paragraphs a filter lets pass."""
        addresses = self.addresses(places)
        passing = set[str]()
        found = Asked(self._opened, self._words, within).found
        for some in _lots(sorted(set(addresses))):
            named = all_of([found, {"ids": {"values": [document_id(address) for address in some]}}])
            documents = self._opened.documents(
                named, fields=["statement", "number"], sort=["order", "number"]
            )
            passing |= {f"{one['statement']}#{one['number']}" for one in documents}
        return np.array([address in passing for address in addresses], bool)

    def named(self, slug: str) -> int | None:
        """Return the statement with a slug, None where none that is shown has it."""
        facts = self._facts.of([slug]).get(slug)
        return None if facts is None or facts.representative is not None else facts.order

    def _statement(self, statement: int) -> _Spoken:
        kept: _Spoken | None = self._read.get(statement)
        if kept is None:
            together = self._soon if statement in self._soon else [statement]
            kept = dict(self._statements(together))[statement]
        return kept

    def _statements(self, statements: Sequence[int]) -> Iterator[tuple[int, _Spoken]]:
        """Read rising statements, some of them at once."""
        for begin in range(0, len(statements), _TOGETHER):
            some = statements[begin : begin + _TOGETHER]
            kept = {one: spoken for one in some if (spoken := self._read.get(one)) is not None}
            kept |= self._read_together([one for one in some if one not in kept])
            yield from ((one, kept[one]) for one in some)

    def _read_together(self, statements: Sequence[int]) -> dict[int, _Spoken]:
        if not statements:
            return {}
        own = counting([{"terms": {"order": list(statements)}}])
        fields = [*PARAGRAPH_FIELDS, "order"]
        paragraphs: dict[int, list[Json]] = {}
        for one in self._opened.documents(own, fields=fields, sort=["order", "number"]):
            paragraphs.setdefault(one["order"], []).append(one)
        if len(paragraphs) < len(statements):
            raise damaged(self._opened, "a statement has no paragraphs")
        read = {statement: _spoken(some) for statement, some in paragraphs.items()}
        for statement, spoken in read.items():
            self._read.keep(statement, spoken, _BYTES_OF_A_WORD * len(spoken.words))
        return read


def _over(words: Sequence[str], rarest: Sequence[str]) -> Json:
    """Return what is asked for the statements in which words may go over the end of a paragraph.

    A paragraph there ends with one of them and the next begins with the one behind it, and the rarest stand
    somewhere in the statement.
    """
    seams = sorted({seam_term(index_term(last), index_term(first)) for last, first in pairwise(words)})
    holding = [statements_with({"term": {"words": index_term(word)}}) for word in rarest]
    in_statement = {"has_parent": {"parent_type": "statement", "query": all_of(holding)}}
    return {
        "size": 0,
        "track_total_hits": False,
        "query": counting([{"terms": {"seam": seams}}, in_statement]) if seams else NOTHING,
        "aggs": {"statements": {"terms": {"field": "order", "size": _MOST_READ}}},
    }


def _spoken(paragraphs: Sequence[Json]) -> _Spoken:
    parts = [words_in(paragraph["text"]) for paragraph in paragraphs]
    starts = list(accumulate(map(len, parts), initial=0))[:-1]
    return _Spoken(tuple(paragraphs), tuple(word for part in parts for word in part), tuple(starts))


def _starts(among: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """Yield where words stand side by side among others."""
    first, length = words[0], len(words)
    wanted = list(words)
    for at, word in enumerate(among):
        if word == first and list(among[at : at + length]) == wanted:
            yield at


def _runs(places: Iterable[tuple[int, int]]) -> Runs:
    table = np.array(list(places), np.int64).reshape(-1, 2)
    return Runs(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))


def _lots(values: Sequence[Value]) -> Iterator[list[Value]]:
    for begin in range(0, len(values), _AT_ONCE):
        yield list(values[begin : begin + _AT_ONCE])
