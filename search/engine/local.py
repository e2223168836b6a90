"""The engine of an index on this machine, as an index asks it: one generation of segments, mapped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.query import And, Every, Query

from onrecord.indexer.errors import AddressError
from onrecord.indexer.segments.columns.lists import as_array
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.engine.engine import Engine, Ranking
from onrecord.search.engine.filters import filters_something
from onrecord.search.engine.lexicon import CollectionLexicon
from onrecord.search.engine.scorers import every_paragraph
from onrecord.search.request import Request, checked_number
from onrecord.search.results.hit_reader import HitReader, Place
from onrecord.search.results.hits import Hit, Standing, sample_key
from onrecord.search.results.share import WHOLE, Share

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.store.former_addresses import FormerAddresses, KnownAddress
    from onrecord.search.engine.long_page import LongPage
    from onrecord.search.engine.paragraph_set import ParagraphSet
    from onrecord.search.engine.spoken_words import LocalSpokenWords
    from onrecord.search.lexicon import FieldLexicon
    from onrecord.search.results.counts import (
        Facets,
        Folded,
        Hint,
        Instead,
        Missing,
        Status,
        Unknown,
        Variant,
    )
    from onrecord.search.results.neighbours import Neighbours
    from onrecord.search.results.passage import Passage
    from onrecord.search.results.presence import GivenStatement
    from onrecord.search.results.stretches import Stretches, StretchOrder
    from onrecord.search.results.tally import Key, Tally
    from onrecord.search.results.word_counts import WordCounts

__all__ = ["LocalBackend", "open_local"]

# Hits up to which a page is chosen without putting all that matched in order.
_LONG = 500
# Letters of a hash that two states of an index have in common by chance once in 10^19 pairs.
_VERSION_LENGTH = 16


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
        self._fingerprint: str | None = None

    @property
    def lexicon(self) -> CollectionLexicon:
        """What knows the words of the index."""
        return self.engine.lexicon

    def field_lexicon(self) -> FieldLexicon:
        """Return the lexicon of the field, with what the file beside the index changes in it."""
        from onrecord.search.lexicon import lexicon_beside  # broad mode alone needs it

        return lexicon_beside(self._store.path)

    def answer(self, question: Query, *, within: Query | None, request: Request) -> LocalAnswer:
        """Find every paragraph that matches, and put the first of them in order."""
        tree = question if within is None else And([question, within])
        if request.stop is None or request.stop > _LONG:
            from onrecord.search.engine.long_page import LongPage  # most searches show ten

            page = LongPage(self.engine, tree, sort=request.sort, fold=request.fold)
            return LocalAnswer(self.engine, page.ranking, question, request, tree, page)
        ranking = self.engine.answer(tree, sort=request.sort, stop=request.stop, fold=request.fold)
        return LocalAnswer(self.engine, ranking, question, request, tree)

    def tally(self, question: Query, *, within: Query | None, request: Request, by: Sequence[Key]) -> Tally:
        """Count what matches a question, and all that passes ``within`` and its filters, by some keys."""
        from onrecord.search.engine.tally import tally  # nothing that a search needs

        return tally(self.engine, question, within=within, fold=request.fold, by=by)

    def stretches(
        self,
        question: Query,
        *,
        within: Query | None,
        request: Request,
        order: StretchOrder,
        node: Query | None = None,
    ) -> Stretches:
        """Find the stretches that a question or a node marks in all that matches."""
        from onrecord.search.engine.stretches import LocalStretches  # nothing that a search needs

        tree = question if within is None else And([question, within])
        found = self.engine.answer(tree, sort=request.sort, stop=0, fold=request.fold).found
        if node is None:
            return LocalStretches(self.engine, question, found.array, order)
        both = as_array(found.bitmap & self.engine.scorer(node).found.bitmap)
        return LocalStretches(self.engine, node, both, order)

    def neighbours(
        self, question: Query, *, within: Query | None, request: Request, window: int
    ) -> Neighbours:
        """Count the words near what a question marks, and all other words."""
        from onrecord.search.engine.neighbours import count_neighbours  # likewise

        def passing(tree: Query) -> ParagraphSet:
            return self.engine.answer(tree, sort=request.sort, stop=0, fold=request.fold).found

        found = passing(question if within is None else And([question, within])).array
        among = passing(Every() if within is None else And([within])).array
        return count_neighbours(self.engine, question, found=found, among=among, window=window)

    def statements(
        self, question: Query, *, within: Query | None, request: Request
    ) -> Iterator[GivenStatement]:
        """Yield every statement that passes the filters of a question, with how much matches."""
        from onrecord.search.engine.presence import given_statements  # likewise

        return given_statements(self.engine, question, within=within, fold=request.fold)

    def word_counts(self, sides: Sequence[tuple[Query, Query | None]], *, request: Request) -> WordCounts:
        """Count how often each word stands in what matches each of some questions with their filters."""
        from onrecord.search.engine.tally import found_and_among  # likewise
        from onrecord.search.engine.word_counts import word_counts

        found = [
            found_and_among(self.engine, question, within=within, fold=request.fold)[0].array
            for question, within in sides
        ]
        return word_counts(self.engine, found)

    def show(self, address: str, *, context: int) -> Passage:
        """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""
        from onrecord.search.engine.addresses import SegmentStatements  # loads the catalogue,
        from onrecord.search.results.addressing import show_passage  # as no search does

        context = checked_number("context", context)
        if not isinstance(address, str):
            raise AddressError(
                f"{address!r} is not an address; write STATEMENT#NUMBER or STATEMENT as a search prints it.",
                address=str(address),
            )
        statements = SegmentStatements(self.engine, self.former_addresses)
        return show_passage(address, context=context, statements=statements)

    def shown_as(self, slugs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return under which slugs the statements are found today that once had some slugs."""
        from onrecord.search.engine.standing import shown_as  # likewise

        return shown_as(slugs, self.engine, self.former_addresses)

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that was ever given."""
        from onrecord.search.engine.addresses import known_addresses  # likewise

        return known_addresses(
            self.engine, self.former_addresses(), generation=self._snapshot.generation.number
        )

    def former_addresses(self) -> FormerAddresses:
        """Read the former addresses once."""
        if self._remembered is None:
            self._remembered = self._store.former_addresses(self._snapshot.generation)
        return self._remembered

    @cached_property
    def spoken(self) -> LocalSpokenWords:
        """The words of its statements, one after the other."""
        from onrecord.search.engine.spoken_words import LocalSpokenWords  # no search needs it

        return LocalSpokenWords(self.engine)

    def status(self) -> Status:
        """Count what is in the index."""
        from onrecord.search.results.status import take_status

        engine = self.engine
        everything = every_paragraph(engine.collection).array
        return take_status(self._snapshot, engine.copies, counts=engine.facets.count(everything))

    def newest(self) -> LocalBackend:
        """Open the newest generation; return this one where it is the newest."""
        if self._store.generation() == self._snapshot.generation:
            return self
        return LocalBackend(self._store, self._store.open(after=self._snapshot))

    def whoosh_searcher(self) -> Searcher:
        """Return Whoosh's own searcher over this generation."""
        from onrecord.indexer.whoosh.reader import open_searcher  # it takes as long to load as all the rest

        return open_searcher(self.engine.segments)

    @property
    def generation(self) -> int:
        """The number of its commit."""
        return self._snapshot.generation.number

    @cached_property
    def version(self) -> str:
        """What tells it from every other state of an index: a segment is named as no other ever is."""
        return sha256(self._snapshot.generation.dump()).hexdigest()[:_VERSION_LENGTH]

    def fingerprint(self) -> str:
        """Return the SHA-256 of what the statements of the index say."""
        if self._fingerprint is None:
            from onrecord.search.engine.index_fingerprint import index_fingerprint  # exports ask for it

            self._fingerprint = index_fingerprint(self.engine.segments)
        return self._fingerprint

    def forget(self) -> None:
        """Empty the caches."""
        self.engine.forget()


@dataclass(slots=True, eq=False)
class LocalAnswer:
    """What was found: all of it counted, the first of it in order, and none of it read yet."""

    engine: Engine
    ranking: Ranking
    question: Query
    request: Request
    tree: Query  #: the question and its filters
    long_page: LongPage | None = None
    marked: bool = True
    kept: frozenset[int] | None = None  #: the paragraphs of the page that count, where not all do

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
        return tuple(self.stream())

    def facets(self) -> Facets:
        """Count all that matched by speaker, forum and year."""
        return self.engine.count(self.ranking)

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        """Read the hits of the page or of a share of it one after the other, and hold few of them at once."""
        engine, request = self.engine, self.request
        if self.long_page is not None:  # which may take room: what was read to find it gives its own back
            for segment in engine.segments:
                segment.container.let_go()
        reader = HitReader(
            engine.facts,
            tree=self.question if self.marked else None,
            context=request.context,
            also_as=engine.grouped_with if request.fold else None,
        )
        places = (Place(*engine.collection.locate(at), score) for score, at in share.taken(self._page()))
        return reader.read(places, readers=share.of)

    def unmarked(self) -> LocalAnswer:
        """Return the same answer, in whose hits nothing is marked."""
        return replace(self, marked=False)

    def sample(self, size: int, *, seed: int) -> LocalAnswer:
        """Return the same answer with some hits of the page only."""
        collection = self.engine.collection

        def key(paragraph: int) -> bytes:
            segment, number = collection.locate(paragraph)
            address = f"{collection.slug_of(paragraph).decode()}#{segment.number(number)}"
            return sample_key(address, seed=seed)

        chosen = nsmallest(size, (paragraph for _, paragraph in self._page()), key=key)
        return replace(self, kept=frozenset(chosen))

    def among(self, slugs: Collection[str]) -> LocalAnswer:
        """Return the same answer with the hits of some statements only."""
        wanted = {slug.encode() for slug in slugs}
        slug_of = self.engine.collection.slug_of
        page = (paragraph for _, paragraph in self._page())
        return replace(self, kept=frozenset(one for one in page if slug_of(one) in wanted))

    def standing(self) -> Iterator[Standing]:
        """Yield the statements of all that was found, in order of address."""
        from onrecord.search.engine.standing import standing  # alerts alone ask for it

        return standing(self.engine.collection, self.ranking.found.array)

    def _page(self) -> Iterable[tuple[float, int]]:
        """Return the scores and the paragraphs of the page, in order."""
        if self.long_page is not None:
            page: Iterable[tuple[float, int]] = self.long_page.pairs(self.request.offset, self.request.stop)
        else:
            page = self.ranking.best[self.request.offset :]
        return page if self.kept is None else (one for one in page if one[1] in self.kept)

    def unknown(self) -> tuple[Unknown, ...]:
        """Count what the filters leave out because it is not known."""
        if not filters_something(self.tree):
            return ()
        from onrecord.search.engine.left_out import unknown_to_filters  # most searches filter nothing

        return unknown_to_filters(self.engine, self.tree)

    def missing(self) -> tuple[Missing, ...]:
        """Say which parts of the question leave nothing."""
        from onrecord.search.engine.left_out import missing_parts  # most searches find something

        return missing_parts(self.engine, self.tree)

    def instead(self) -> Instead | None:
        """Say what could be asked instead."""
        from onrecord.search.engine.instead import instead  # likewise

        return instead(self.engine, self.tree)

    def hints(self) -> tuple[Hint, ...]:
        """Name the words of the question that are also the value of a field."""
        from onrecord.search.engine.hints import hints  # asked for by those who print

        return hints(self.engine, self.question)

    def variants(self) -> tuple[Variant, ...]:
        """Count the forms and spellings of the question's words."""
        from onrecord.search.engine.variants import variants_found  # asked for by those who count

        return variants_found(self.engine, self.question, self.ranking.found)
