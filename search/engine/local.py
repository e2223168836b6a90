"""The engine of an index on this machine, as an index asks it: one generation of segments, mapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.query import And, Query

from onrecord.indexer.address import parse_address
from onrecord.indexer.errors import AddressError
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.engine.engine import Engine, Ranked, Ranking
from onrecord.search.request import Request
from onrecord.search.results.hit_reader import read_hit, read_statement
from onrecord.search.results.hits import Facets, Folded, Hit, Passage, Status

if TYPE_CHECKING:
    from whoosh.searching import Searcher

__all__ = ["LocalBackend", "open_local"]


def open_local(path: Path | str) -> LocalBackend:
    """Open the index in a folder (`IndexMissing`, `IndexDamaged`)."""
    store = Store(path)
    return LocalBackend(store, store.open())


class LocalBackend:
    """One generation of an index in a folder (a `search.backend.Backend`)."""

    def __init__(self, store: Store, snapshot: Snapshot) -> None:
        self._store = store
        self._snapshot = snapshot
        self.engine = Engine(snapshot.segments)

    @property
    def languages(self) -> Sequence[str]:
        """The languages of the paragraphs, ISO 639-1."""
        return self.engine.languages

    def answer(self, question: Query, *, within: Query | None, request: Request) -> LocalAnswer:
        """Find every paragraph that matches, and put the first of them in order."""
        tree = question if within is None else And([question, within])
        ranking = self.engine.answer(tree, sort=request.sort, stop=request.stop, fold=request.fold)
        return LocalAnswer(self.engine, ranking, question, request)

    def show(self, address: str, *, context: int) -> Passage:
        """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""
        from onrecord.search.engine.addresses import resolve  # loads the catalogue, which a search needs not

        typed, number = parse_address(address)
        segment, statement = resolve(typed, self.engine)
        also_as = self.engine.also_as(segment, statement)
        hits = tuple(
            replace(hit, also_as=also_as)
            for hit in read_statement(segment, statement, copies=self.engine.copies)
        )
        slug = hits[0].statement
        if number is None:
            return Passage(slug, hits)
        if number > len(hits):
            raise AddressError(
                f"{slug} has {len(hits)} paragraphs and none has the number {number}; "
                f"onrecord show {slug} shows them all.",
                address=address,
            )
        return Passage(f"{slug}#{number}", hits[max(0, number - 1 - context) : number + context])

    def status(self) -> Status:
        """Count what is in the index."""
        from onrecord.search.results.status import take_status  # likewise

        return take_status(self._snapshot, self.engine.copies)

    def newest(self) -> LocalBackend:
        """Open the newest generation; return this one where it is the newest."""
        if self._store.generation() == self._snapshot.generation:
            return self
        return LocalBackend(self._store, self._store.open(after=self._snapshot))

    def whoosh_searcher(self) -> Searcher:
        """Return Whoosh's own searcher over this generation."""
        from onrecord.indexer.whoosh.reader import open_searcher  # it takes as long to load as all the rest

        return open_searcher(self.engine.segments)

    def forget(self) -> None:
        """Empty the cache of decoded terms."""
        self.engine.forget()


@dataclass(slots=True, eq=False)
class LocalAnswer:
    """What was found: all of it counted, the first of it in order, and none of it read yet."""

    engine: Engine
    ranking: Ranking
    question: Query
    request: Request

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""
        return self.ranking.found.count

    @property
    def folded(self) -> Folded | None:
        """What was left out, where folding was asked for."""
        return self.ranking.folded

    def statements(self) -> int:
        """Count the statements in which a paragraph matched."""
        return self.engine.statements(self.ranking)

    def hits(self) -> tuple[Hit, ...]:
        """Read the hits of the page."""
        return tuple(map(self._hit, self.engine.ranked(self.ranking, self.request.offset)))

    def facets(self) -> Facets:
        """Count all that matched by speaker, forum and year."""
        return self.engine.count(self.ranking)

    def _hit(self, ranked: Ranked) -> Hit:
        """Read a hit; where the search was folded, with the addresses of statements nearly the same."""
        segment, paragraph = ranked.segment, ranked.paragraph
        hit = read_hit(
            segment,
            paragraph,
            copies=self.engine.copies,
            score=ranked.score,
            tree=self.question,
            context=self.request.context,
        )
        if not self.request.fold:
            return hit
        return replace(hit, also_as=self.engine.grouped_with(segment, segment.statement_of(paragraph)))
