"""What a question found in a cluster: counted at once, and read as it is asked for.

A question is put to the nodes in two or three requests: what its words stand for and how rare they are, then
the count of all that matches with the first page of it. Everything else is asked for when it is wanted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import copy
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, Any

from whoosh.query import And, Query

from onrecord.search.cluster.asked import Asked, Row
from onrecord.search.cluster.clauses import of_statements
from onrecord.search.cluster.hits import FIELDS_TO_MARK, ClusterHitReader
from onrecord.search.cluster.lexicon import ClusterLexicon
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.engine.filters import filters_something
from onrecord.search.request import Request
from onrecord.search.results.hits import Hit, Standing, sample_key
from onrecord.search.results.share import WHOLE, Share

if TYPE_CHECKING:
    from onrecord.search.results.counts import (
        Facets,
        Folded,
        Hint,
        Instead,
        Missing,
        Unknown,
        Variant,
    )

__all__ = ["ClusterAnswer", "answer"]

Json = dict[str, Any]

# Hits of a page that come with the count of all; a longer one is read when it is looked at.
_AT_ONCE = 500


def answer(
    opened: OpenedGeneration,
    question: Query,
    *,
    within: Query | None,
    request: Request,
    lexicon: ClusterLexicon,
) -> ClusterAnswer:
    """Find every paragraph that matches, and put the first of them in order (`ClusterError`)."""
    tree = question if within is None else And([question, within])
    asked, folded = Asked(opened, lexicon.words, tree), None
    if request.fold:
        from onrecord.search.cluster.fold import fold_near_duplicates  # most searches do not need it

        left_out, folded = fold_near_duplicates(asked)
        asked = Asked(opened, lexicon.words, tree, left_out=left_out) if left_out else asked
    return ClusterAnswer(asked, question, request, folded)


class ClusterAnswer:
    """What was found (a `search.results.hits.Answer`)."""

    def __init__(self, asked: Asked, question: Query, request: Request, folded: Folded | None) -> None:
        self._asked = asked
        self._question = question
        self._request = request
        self._marked = True
        self._kept: tuple[Row, ...] | None = None  # the rows of the page that count, where not all do
        self._rows: tuple[Row, ...] | None = None
        self._documents: tuple[Json, ...] = ()
        self._folded = folded
        stop = request.stop
        if request.limit and request.limit <= _AT_ONCE and asked.within_window(stop) and stop is not None:
            page = asked.page(request.sort, request.offset, stop, fields=FIELDS_TO_MARK)
            self._rows, self._documents, self._total = page.rows, page.documents, page.total
        else:
            self._total = asked.count()

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""
        return self._total

    @property
    def folded(self) -> Folded | None:
        """What was left out, where folding was asked for."""
        return self._folded

    def statements(self) -> int:
        """Count the statements in which a paragraph matched."""
        return self._asked.opened.count(of_statements(self._asked.found)) if self._total else 0

    def hits(self) -> tuple[Hit, ...]:
        """Read the hits of the page."""
        return tuple(self.stream())

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        """Read the hits of the page or of a share of it one after the other, and hold few of them at once."""
        reader = ClusterHitReader(
            self._asked.opened,
            tree=self._question if self._marked else None,
            context=self._request.context,
            folded=self._request.fold,
        )
        if self._kept is not None or self._rows is not None:
            rows = self._rows if self._kept is None else self._kept
            return reader.read(share.taken(rows or ()), self._documents)
        if share.of > 1:
            return reader.read(share.taken(self._keys()))
        return self._read_through(reader)

    def _read_through(self, reader: ClusterHitReader) -> Iterator[Hit]:
        for page in self._asked.pages(
            self._request.sort, self._request.offset, self._request.stop, fields=FIELDS_TO_MARK
        ):
            yield from reader.read(page.rows, page.documents)

    def _keys(self) -> Iterator[Row]:
        """Yield the rows of the page, and read no texts for it."""
        if self._kept is not None or self._rows is not None:
            return iter((self._rows if self._kept is None else self._kept) or ())
        if self._request.limit == 0 or not self._total:
            return iter(())
        pages = self._asked.pages(self._request.sort, self._request.offset, self._request.stop)
        return chain.from_iterable(page.rows for page in pages)

    def unmarked(self) -> ClusterAnswer:
        """Return the same answer, in whose hits nothing is marked."""
        other = copy(self)
        other._marked = False
        return other

    def sample(self, size: int, *, seed: int) -> ClusterAnswer:
        """Return the same answer with some hits of the page only."""

        def key(row: Row) -> bytes:
            return sample_key(f"{row.statement}#{row.number}", seed=seed)

        chosen = set(nsmallest(size, self._keys(), key=key))
        return self._keeping([row for row in self._keys() if row in chosen])

    def among(self, slugs: Collection[str]) -> ClusterAnswer:
        """Return the same answer with the hits of some statements only."""
        wanted = set(slugs)
        return self._keeping([row for row in self._keys() if row.statement in wanted])

    def _keeping(self, rows: Sequence[Row]) -> ClusterAnswer:
        other = copy(self)
        other._kept = tuple(rows)
        return other

    def standing(self) -> Iterator[Standing]:
        """Yield the statements of all that was found, in order of address."""
        from onrecord.search.cluster.standing import digests  # alerts alone ask for it

        for page in self._asked.statements_with_numbers():
            known = digests(self._asked.opened, page)
            for slug, numbers in page.items():
                yield Standing(slug, known[slug], numbers)

    def facets(self) -> Facets:
        """Count all that matched by speaker, forum and year."""
        from onrecord.search.cluster.facets import facets  # most searches count none

        return facets(self._asked.opened, self._asked.found)

    def unknown(self) -> tuple[Unknown, ...]:
        """Count what the filters leave out because it is not known."""
        if not filters_something(self._asked.tree):
            return ()
        from onrecord.search.cluster.left_out import unknown_to_filters  # most searches filter nothing

        return unknown_to_filters(self._asked)

    def missing(self) -> tuple[Missing, ...]:
        """Say which parts of the question leave nothing."""
        from onrecord.search.cluster.left_out import missing_parts  # most searches find something

        return missing_parts(self._asked)

    def instead(self) -> Instead | None:
        """Say what could be asked instead."""
        from onrecord.search.cluster.left_out import instead  # likewise

        return instead(self._asked)

    def hints(self) -> tuple[Hint, ...]:
        """Name the words of the question that are also the value of a field."""
        from onrecord.search.cluster.hints import hints  # asked for by those who print

        return hints(self._asked.opened, self._question)

    def variants(self) -> tuple[Variant, ...]:
        """Count the forms and spellings of the question's words."""
        from onrecord.search.cluster.variants import variants_found  # asked for by those who count

        return variants_found(self._asked, self._question)
