"""The engine of an index in a cluster, as an index asks it: one generation, on any number of machines.

What it cannot do without reading the whole index is refused by name (`NeedsLocalIndex`).
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from whoosh.query import Every, Query

from onrecord.indexer.cluster.address import ClusterAddress, parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import AddressError, NeedsLocalIndex
from onrecord.search.cluster.clauses import all_of
from onrecord.search.cluster.opened import OpenedGeneration, open_generation
from onrecord.search.request import Request, checked_number

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.store.former_addresses import KnownAddress
    from onrecord.search.cluster.answer import ClusterAnswer
    from onrecord.search.cluster.facts import ClusterFactsReader
    from onrecord.search.cluster.keys import ClusterKeys
    from onrecord.search.cluster.lexicon import ClusterLexicon
    from onrecord.search.lexicon import FieldLexicon
    from onrecord.search.results.counts import Status
    from onrecord.search.results.neighbours import Neighbours
    from onrecord.search.results.passage import Passage
    from onrecord.search.results.presence import GivenStatement
    from onrecord.search.results.spoken import SpokenWords
    from onrecord.search.results.stretches import Stretches, StretchOrder
    from onrecord.search.results.tally import Key, Tally
    from onrecord.search.results.word_counts import WordCounts

__all__ = ["ClusterBackend", "open_cluster"]


def open_cluster(address: ClusterAddress | str) -> ClusterBackend:
    """Open an index in a cluster (`IndexMissing`, `ClusterError`, `NotInstalled`)."""
    parsed = parse_cluster_address(address) if isinstance(address, str) else address
    return ClusterBackend(open_generation(Cluster(parsed)))


class ClusterBackend:
    """One generation of an index in a cluster (a `search.backend.Backend`)."""

    def __init__(self, opened: OpenedGeneration) -> None:
        self.opened = opened
        self._field_lexicon: FieldLexicon | None = None

    @cached_property
    def lexicon(self) -> ClusterLexicon:
        """What knows the words of the index."""
        from onrecord.search.cluster.lexicon import ClusterLexicon

        return ClusterLexicon(self.opened)

    def field_lexicon(self) -> FieldLexicon:
        """Return the lexicon of the field, with what the file beside the index changed that was loaded."""
        from onrecord.search.lexicon import lexicon_of  # broad mode alone needs it

        if self._field_lexicon is None:
            own = self.opened.meta.get("lexicon")
            self._field_lexicon = lexicon_of(None if own is None else b64decode(own))
        return self._field_lexicon

    def answer(self, question: Query, *, within: Query | None, request: Request) -> ClusterAnswer:
        """Find every paragraph that matches, and put the first of them in order."""
        from onrecord.search.cluster.answer import answer

        return answer(self.opened, question, within=within, request=request, lexicon=self.lexicon)

    def tally(self, question: Query, *, within: Query | None, request: Request, by: Sequence[Key]) -> Tally:
        """Count what matches a question, and all that passes ``within`` and its filters, by some keys."""
        from onrecord.search.cluster.among import found_and_among  # nothing that a search needs
        from onrecord.search.cluster.occurrences import occurrences
        from onrecord.search.cluster.tally import ClusterCounter

        words = self.lexicon.words
        found, among = found_and_among(self.opened, words, question, within=within, fold=request.fold)
        counter = ClusterCounter(self.opened, self._keys, by)
        return counter.tally(found, among, occurrences(self.opened, words, counter, question, found))

    def stretches(
        self,
        question: Query,
        *,
        within: Query | None,
        request: Request,
        order: StretchOrder,
        node: Query | None = None,
    ) -> Stretches:
        """Find the stretches that a question or a node marks in all that matches (`NeedsLocalIndex`)."""
        from onrecord.search.cluster.among import found_by  # likewise
        from onrecord.search.cluster.stretches import ClusterStretches, marker

        words = self.lexicon.words
        found = found_by(self.opened, words, question, within, fold=request.fold)
        if node is not None:
            found = all_of([found, found_by(self.opened, words, node, None, fold=False)])
        mark = marker(question if node is None else node)
        return ClusterStretches(self.opened, self._facts, found, mark, order)

    def neighbours(
        self, question: Query, *, within: Query | None, request: Request, window: int
    ) -> Neighbours:
        """Count the words near what a question marks, and all other words (`NeedsLocalIndex`)."""
        from onrecord.search.cluster.among import found_by  # likewise
        from onrecord.search.cluster.stretches import marker
        from onrecord.search.cluster.words_read import neighbours

        words = self.lexicon.words
        return neighbours(
            self.opened,
            found=found_by(self.opened, words, question, within, fold=request.fold),
            among=found_by(self.opened, words, within or Every(), None, fold=request.fold),
            mark=marker(question),
            window=window,
        )

    def statements(
        self, question: Query, *, within: Query | None, request: Request
    ) -> Iterator[GivenStatement]:
        """Yield every statement that passes the filters of a question, with how much matches."""
        from onrecord.search.cluster.among import found_and_among  # likewise
        from onrecord.search.cluster.presence import given_statements

        found, among = found_and_among(
            self.opened, self.lexicon.words, question, within=within, fold=request.fold
        )
        return given_statements(self.opened, self._facts, found=found, among=among)

    def word_counts(self, sides: Sequence[tuple[Query, Query | None]], *, request: Request) -> WordCounts:
        """Count how often each word stands in what matches each of some questions (`NeedsLocalIndex`)."""
        from onrecord.search.cluster.among import found_by  # likewise
        from onrecord.search.cluster.words_read import word_counts

        found = [
            found_by(self.opened, self.lexicon.words, question, within, fold=request.fold)
            for question, within in sides
        ]
        return word_counts(self.opened, found)

    def show(self, address: str, *, context: int) -> Passage:
        """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""
        context = checked_number("context", context)
        if not isinstance(address, str):
            raise AddressError(
                f"{address!r} is not an address; write STATEMENT#NUMBER or STATEMENT as a search prints it.",
                address=str(address),
            )
        from onrecord.search.cluster.show import ClusterStatements  # likewise
        from onrecord.search.results.addressing import show_passage

        statements = ClusterStatements(self.opened, self._facts)
        return show_passage(address, context=context, statements=statements)

    def shown_as(self, slugs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return under which slugs the statements are found today that once had some slugs."""
        from onrecord.search.cluster.show import shown_as  # likewise

        return shown_as(slugs, self.opened, self._facts)

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that was ever given."""
        from onrecord.search.cluster.show import known_addresses  # likewise

        return known_addresses(self.opened, self._facts)

    @cached_property
    def spoken(self) -> SpokenWords:
        """The words of its statements, one after the other."""
        from onrecord.search.cluster.spoken import ClusterSpokenWords  # no search needs it

        return ClusterSpokenWords(self.opened, self.lexicon.words, self._facts)

    def status(self) -> Status:
        """Count what is in the index."""
        from onrecord.search.cluster.status import status_of  # likewise

        return status_of(self.opened)

    def newest(self) -> ClusterBackend:
        """Open the newest generation; return this one where it is the newest."""
        newest = open_generation(self.opened.cluster)
        return self if newest.index == self.opened.index else ClusterBackend(newest)

    def whoosh_searcher(self) -> Searcher:
        """Refuse: Whoosh reads files (`NeedsLocalIndex`)."""
        raise NeedsLocalIndex("Whoosh's own searcher")

    @property
    def generation(self) -> int:
        """The number of its commit."""
        return int(self.opened.meta["generation"])

    @property
    def version(self) -> str:
        """What tells it from every other state of an index."""
        return str(self.opened.meta["version"])

    def fingerprint(self) -> str:
        """Return the SHA-256 of what the statements of the index say."""
        return str(self.opened.meta["fingerprint"])

    def forget(self) -> None:
        """Empty the caches; the next question asks the cluster for all that it needs."""
        self.lexicon.forget()
        self._facts.forget()
        self._keys.forget()

    @cached_property
    def _facts(self) -> ClusterFactsReader:
        """What is known of its statements."""
        from onrecord.search.cluster.facts import ClusterFactsReader  # a search reads its own

        return ClusterFactsReader(self.opened, sketched=True)

    @cached_property
    def _keys(self) -> ClusterKeys:
        """What its statements and paragraphs are told apart by."""
        from onrecord.search.cluster.keys import ClusterKeys  # likewise

        return ClusterKeys(self.opened)
