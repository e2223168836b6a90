"""A question as it is put to a cluster: what finds it, what scores it, and in which order it comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from whoosh import query

from onrecord.search.cluster.clauses import BEHIND, PARAGRAPHS, counting
from onrecord.search.cluster.limits import within_limits
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.cluster.rarities import Rarities
from onrecord.search.cluster.scorers import Norms, with_statement
from onrecord.search.cluster.translate import Translator, terms_of
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.collection import FORMALITY_WEIGHT
from onrecord.search.request import Sort

__all__ = ["Asked", "Page", "Row", "counts_of"]

Json = dict[str, Any]

#: Hits that OpenSearch counts through from the first one on.
_WINDOW = 10_000
# Hits that are asked for at once: with their texts, and by their keys alone.
_FEW, _MANY = 1_000, 10_000
# Clauses that are counted in one request.
_COUNTED = 50
# Statements that are looked up together.
_TOGETHER = 1_000
_FORMAL: Json = {"terms": {"role": ["greeting", "closing"]}}
_TIES: tuple[Json, ...] = ({"order": "asc"}, {"number": "asc"})
_FIRST: dict[Sort, tuple[Json, ...]] = {
    Sort.RELEVANCE: ({"_score": "desc"},),
    Sort.STATEMENT: ({"_score": "desc"},),
    Sort.NEWEST: ({"first": {"order": "desc", "missing": "_last"}},),
    Sort.OLDEST: ({"first": {"order": "asc", "missing": "_last"}},),
    Sort.ADDRESS: (),
}


#: The keys of a hit in the order that is asked for; none before the first.
Behind = tuple[Any, ...]


class Row(NamedTuple):
    """A paragraph that was found: its statement, its number there, its score."""

    statement: str
    number: int
    score: float


class Page(NamedTuple):
    """Some of what was found in order, its documents where they were asked for, and how much there is."""

    rows: tuple[Row, ...]
    documents: tuple[Json, ...]
    total: int
    last: Behind  #: what the next page begins behind


class Asked:
    """A query tree as it is put to one generation; ``left_out`` are slugs that count as not found."""

    def __init__(
        self,
        opened: OpenedGeneration,
        words: ClusterWords,
        tree: query.Query,
        *,
        left_out: Sequence[str] = (),
    ) -> None:
        self.opened = opened
        self.words = words
        self.tree = tree
        self._rarities = Rarities(opened, words, terms_of(tree))
        self._translator = Translator(self._rarities, words)
        self._scorer = self._translator.scorer(tree)
        self._left_out: list[Json] = [{"terms": {"statement": list(left_out)}}] if left_out else []

    @cached_property
    def found(self) -> Json:
        """The clause that finds all paragraphs that match."""
        clause = counting([self._scorer.found])
        clause["bool"]["must_not"] += self._left_out
        return clause

    @property
    def counted(self) -> Json:
        """The clause that finds a word or a phrase, and scores how often it stands in a paragraph."""
        return self._scorer.found

    def scored(self, sort: Sort) -> Json:
        """Return the clause that finds and scores them for an order; greetings and closings score less."""
        self._rarities.count(in_statements=sort is Sort.STATEMENT)
        paragraphs = Norms.of(self.opened.meta["average_length"])
        if sort is Sort.STATEMENT:
            statements = Norms.of(self.opened.meta["average_statement_length"])
            scores = with_statement(self._scorer, paragraphs=paragraphs, statements=statements)
        else:
            scores = self._scorer.scores(paragraphs)
        found = {"must": [scores], "filter": [PARAGRAPHS], "must_not": [BEHIND, *self._left_out]}
        return {
            "boosting": {
                "positive": {"bool": found},
                "negative": _FORMAL,
                "negative_boost": FORMALITY_WEIGHT,
            }
        }

    def count(self) -> int:
        """Count all paragraphs that match (`ClusterError`)."""
        with within_limits():
            return self.opened.count(self.found)

    def found_by(self, parts: Sequence[query.Query]) -> Json:
        """Return the clause that finds the paragraphs which match all of some parts of the tree."""
        if not parts:
            return counting([])
        together = query.And(list(parts)) if len(parts) > 1 else parts[0]
        return counting([self._translator.scorer(together).found])

    def counts(self, several: Sequence[Sequence[query.Query]]) -> list[int]:
        """Count what matches all of some parts of the tree, of several times some (`ClusterError`)."""
        return counts_of(self.opened, [self.found_by(parts) for parts in several])

    def statements_with_numbers(self) -> Iterator[dict[str, tuple[int, ...]]]:
        """Yield the statements of all that was found in order of address, with the numbers of paragraphs."""
        some: dict[str, tuple[int, ...]] = {}
        with within_limits():
            for slug, places in groupby(self.opened.places(self.found), key=itemgetter(0)):
                some[slug] = tuple(number for _, number in places)
                if len(some) == _TOGETHER:
                    yield some
                    some = {}
        if some:
            yield some

    def page(self, sort: Sort, start: int, stop: int, *, fields: Sequence[str]) -> Page:
        """Return the hits from one place to before another, which is within OpenSearch's window."""
        body = self._body(sort, fields) | {"from": start, "size": stop - start, "track_total_hits": True}
        with within_limits():
            return _page(self.opened.search(body))

    def pages(
        self, sort: Sort, start: int, stop: int | None, *, fields: Sequence[str] = ()
    ) -> Iterator[Page]:
        """Yield all hits from one place to before another (None: the end), some at a time.

        Without ``fields`` these are keys, and no document is opened for them. A generation is never written
        to, and no two hits are equal in order: so each page begins behind the last hit of the one before.
        """
        place, behind = 0, Behind()
        while stop is None or place < stop:
            reading = bool(fields) and place >= start
            until = start if place < start else stop
            most = _FEW if reading else _MANY
            size = most if until is None else min(most, until - place)
            page = self._next(sort, behind, size=size, fields=fields if reading else ())
            if place >= start:
                yield page
            if len(page.rows) < size:
                return
            place, behind = place + len(page.rows), page.last

    def _next(self, sort: Sort, behind: Behind, *, size: int, fields: Sequence[str]) -> Page:
        """Return the next hits behind one."""
        body = self._body(sort, fields) | {"size": size}
        if behind:
            body["search_after"] = list(behind)
        with within_limits():
            return _page(self.opened.search(body))

    def _body(self, sort: Sort, fields: Sequence[str]) -> Json:
        shown: Json = {"_source": list(fields)} if fields else {"_source": False, "stored_fields": "_none_"}
        return {
            **shown,
            "docvalue_fields": ["statement", "number"],
            "query": self._scored(sort),
            "sort": [*_FIRST[sort], *_TIES],
            "track_scores": True,
            "track_total_hits": False,
        }

    def _scored(self, sort: Sort) -> Json:
        kept = self._clauses.get(sort)
        if kept is None:
            kept = self._clauses[sort] = self.scored(sort)
        return kept

    @cached_property
    def _clauses(self) -> dict[Sort, Json]:
        return {}

    def within_window(self, stop: int | None) -> bool:
        """Tell whether a page that ends there can be asked for at once."""
        return stop is not None and stop <= _WINDOW


def counts_of(opened: OpenedGeneration, clauses: Sequence[Json]) -> list[int]:
    """Count the documents that each of some clauses finds (`ClusterError`)."""
    counts: list[int] = []
    for begin in range(0, len(clauses), _COUNTED):
        some = clauses[begin : begin + _COUNTED]
        with within_limits():
            answers = opened.searches([{"size": 0, "track_total_hits": True, "query": one} for one in some])
        counts += (answer["hits"]["total"]["value"] for answer in answers)
    return counts


def _page(answer: Json) -> Page:
    hits = answer["hits"]["hits"]
    return Page(
        rows=tuple(map(_row, hits)),
        documents=tuple(hit["_source"] for hit in hits if "_source" in hit),
        total=answer["hits"].get("total", {}).get("value", 0),
        last=tuple(hits[-1]["sort"]) if hits else (),
    )


def _row(hit: Json) -> Row:
    fields = hit["fields"]
    # Scores are of 32 bits, and written as short as such numbers can be.
    return Row(fields["statement"][0], fields["number"][0], float(np.float32(hit["_score"])))
