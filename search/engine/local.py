"""The engine of an index on this machine, as an index asks it: one generation of segments, mapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.query import And, Query

from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.engine.engine import Engine, Ranked, Ranking
from onrecord.search.request import Request
from onrecord.search.results.hit_reader import read_hit
from onrecord.search.results.hits import Facets, Folded, Hit, Passage, Status

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.store.former_addresses import FormerAddresses, KnownAddress

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
        self._remembered: FormerAddresses | None = None

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
        from onrecord.search.engine.addresses import show_passage  # loads the catalogue, as no search does

        return show_passage(address, context=context, engine=self.engine, former=self._former)

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that was ever given."""
        from onrecord.search.engine.addresses import known_addresses  # likewise

        return known_addresses(self.engine, self._former(), generation=self._snapshot.generation.number)

    def _former(self) -> FormerAddresses:
        """Read the former addresses once."""
        if self._remembered is None:
            self._remembered = self._store.former_addresses(self._snapshot.generation)
        return self._remembered

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
