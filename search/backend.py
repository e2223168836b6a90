"""The seam between an index and its engine: a query tree and a request go in, values come out.

`search.index` asks nothing else of an engine, and knows none. `search.engine.local` is the engine of an
index on this machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from whoosh.query import Query

from onrecord.search.query.lexicon import Lexicon
from onrecord.search.request import Request
from onrecord.search.results.hits import Answer

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.store.former_addresses import KnownAddress
    from onrecord.search.lexicon import FieldLexicon
    from onrecord.search.results.counts import Status
    from onrecord.search.results.neighbours import Neighbours
    from onrecord.search.results.passage import Passage
    from onrecord.search.results.presence import GivenStatement
    from onrecord.search.results.spoken import SpokenWords
    from onrecord.search.results.stretches import Stretches, StretchOrder
    from onrecord.search.results.tally import Key, Tally
    from onrecord.search.results.word_counts import WordCounts

__all__ = ["Answer", "Backend"]


class Backend(Protocol):
    """One generation of an index, open for questions: it answers from this generation until it is closed."""

    @property
    def lexicon(self) -> Lexicon:
        """What knows the words of the index."""

    def field_lexicon(self) -> FieldLexicon:
        """Return the lexicon of the field with what the user of the index changed in it."""

    def answer(self, question: Query, *, within: Query | None, request: Request) -> Answer:
        """Find every paragraph that matches a question, among those that a filter lets pass.

        Of the request the order, the page, the neighbours and the folding count here. Matches of
        ``question`` are marked in the hits, those of ``within`` are not.
        """

    def tally(self, question: Query, *, within: Query | None, request: Request, by: Sequence[Key]) -> Tally:
        """Count what matches a question, and all that passes ``within`` and its filters, by some keys.

        Of the request the folding counts here. Of an index in several parts the sums of a cell add up, but
        for speakers, who have to be counted by name.
        """

    def stretches(
        self,
        question: Query,
        *,
        within: Query | None,
        request: Request,
        order: StretchOrder,
        node: Query | None = None,
    ) -> Stretches:
        """Find the stretches that ``question`` or ``node`` marks in all that `answer` finds.

        Of the request the folding counts here; ``order`` has the rest. With a node, only paragraphs that
        match it too have stretches.
        """

    def neighbours(
        self, question: Query, *, within: Query | None, request: Request, window: int
    ) -> Neighbours:
        """Count the words up to ``window`` words from what ``question`` marks, and all other words.

        Of the request the folding counts here. What is counted are the paragraphs that pass ``within``; of an
        index in several parts the counts add up.
        """

    def statements(
        self, question: Query, *, within: Query | None, request: Request
    ) -> Iterator[GivenStatement]:
        """Yield every statement that passes ``within`` and the filters of a question: how much matches."""

    def word_counts(self, sides: Sequence[tuple[Query, Query | None]], *, request: Request) -> WordCounts:
        """Count how often each word stands in what matches each of some questions with their filters."""

    def show(self, address: str, *, context: int) -> Passage:
        """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""

    def shown_as(self, slugs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return under which slugs the statements are found today that once had some slugs.

        A statement may be found under its own, under another that it has now, or under that of a copy which
        it stands behind. Several statements may have had one slug, one after the other; of one
        that was taken out there is none.
        """

    @property
    def spoken(self) -> SpokenWords:
        """The words of its statements, one after the other."""

    @property
    def generation(self) -> int:
        """The number of the generation that is open."""

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that was ever given, the live ones first."""

    def fingerprint(self) -> str:
        """Return the SHA-256 of what the statements of the index say, in hexadecimal.

        Two indexes of the same files below their folders have one, whatever came first and wherever they lie.
        """

    def status(self) -> Status:
        """Count what is in the index."""

    def newest(self) -> Backend:
        """Open the newest generation; return this one where it is the newest."""

    def whoosh_searcher(self) -> Searcher:
        """Return Whoosh's own searcher over this generation."""

    def forget(self) -> None:
        """Empty the caches; the next question decodes anew what it needs."""
