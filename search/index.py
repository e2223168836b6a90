"""An index, open for questions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

from whoosh.query import And, Query

from onrecord.indexer.errors import IndexClosed
from onrecord.search.backend import Backend
from onrecord.search.engine.local import open_local
from onrecord.search.language import read_filters, read_query, read_tree, refuse_turned_dates
from onrecord.search.request import Names, Options, Request, When, checked_number
from onrecord.search.results.hits import Hit, Results

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.store.former_addresses import KnownAddress
    from onrecord.search.citation.cite import Format
    from onrecord.search.citation.footnotes import Style
    from onrecord.search.research.claims import Filters
    from onrecord.search.research.quotations import Quotes
    from onrecord.search.research.verdict import Verdict
    from onrecord.search.research.verify import Verifier
    from onrecord.search.results.counts import Status
    from onrecord.search.results.passage import Passage

__all__ = ["Index", "open_index"]

_CLOSED = "This index was closed; open it again with open_index."


def open_index(path: Path | str) -> Index:
    r"""Open the index in a folder.

    Raises `IndexMissing` where there is none, `IndexDamaged` where it cannot be read.

    >>> from tempfile import TemporaryDirectory
    >>> from onrecord import build
    >>> with TemporaryDirectory() as folder:
    ...     text = Path(folder, "panama.txt")
    ...     _ = text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    ...     _ = build(text, into=Path(folder, "index"))
    ...     with open_index(Path(folder, "index")) as index:
    ...         index.search('"the canal"').total
    1
    """
    return Index(open_local(path))


class _OneAtATime:
    """A lock that a process does not inherit in the hand of a thread that it has not got."""

    def __init__(self) -> None:
        self._held = os.getpid(), Lock()

    def lock(self) -> Lock:
        """Return the lock of this process."""
        if self._held[0] != os.getpid():
            self._held = os.getpid(), Lock()
        return self._held[1]


class Index:
    """One generation of an index, and the questions it answers.

    It keeps answering from the generation it was opened on until `refresh`. Use it as a context manager, or
    `close` it: what is asked of it afterwards is an `IndexClosed`, while results that it gave outlive it.
    Any number of threads may ask it at once: a call goes on with the generation that it began with,
    whatever `refresh` or `close` do meanwhile. A process that is forked off may go on asking it.
    """

    def __init__(self, backend: Backend) -> None:
        self._open: Backend | None = backend
        self._refreshing = _OneAtATime()

    def search(self, text: str | Query, **options: Unpack[Options]) -> Results:
        """Search the paragraphs; `Request` says what the options mean.

        Raises `QueryError` or `DateError` with the sentence to show.
        """
        return self.ask(Request.of(text, **options))

    def stream(self, text: str | Query, **options: Unpack[Options]) -> Iterator[Hit]:
        """Yield hits one after the other and keep none: all there are, unless ``limit`` says fewer."""
        return self.ask(Request.of(text, **Options(limit=None) | options)).stream()

    def ask(self, request: Request) -> Results:
        """Answer a question that was put into one value; `search` says what it raises."""
        backend = self._backend
        if isinstance(request.text, Query):
            question = read_tree(request.text)
        else:
            question = read_query(
                request.text, mode=request.mode, match=request.match, lexicon=backend.lexicon
            )
        within, within_in_words = read_filters(
            speaker=request.speaker,
            forum=request.forum,
            place=request.place,
            language=request.language,
            since=request.since,
            until=request.until,
        )
        if within is not None:
            refuse_turned_dates(And([question.query, within]), typed=str(request.text))
        return Results(
            answer=backend.answer(question.query, within=within, request=request),
            understood="; ".join(filter(None, (question.understood, within_in_words))),
            limit=request.limit,
            offset=request.offset,
        )

    def show(self, address: str, *, context: int = 2) -> Passage:
        """Return a paragraph with ``context`` neighbours on each side, or a whole statement.

        ``address`` is ``STATEMENT#NUMBER``, with ``~`` and the fingerprint of the words behind it or
        without, or ``STATEMENT``. The letters at the end of the statement are enough; they may be left out
        where that leaves one. A former address leads to what it was of. ``Passage.note`` says what became
        of the words where that has to be known. Raises `AddressError`.
        """
        return self._backend.show(address, context=context)

    def verify(
        self,
        quotation: str,
        *,
        speaker: Names = None,
        date: When = None,
        nearest: int = 3,
        **filters: Unpack[Filters],
    ) -> Verdict:
        """Say whether a quotation is what was said, where, and what differs word by word.

        ``speaker``, ``date`` and the filters (``forum``, ``place``, ``language``, ``since``, ``until``) are
        what is said of its source: words that stand elsewhere alone are misattributed. ``nearest`` is how
        many passages are named that are nearest to a quotation that is absent. `search.research.verdict` has
        the grades. Raises `QueryError` or `DateError` for what is no filter.
        """
        from onrecord.search.research.claims import Claims  # no search needs it

        claims = Claims.of(speaker=speaker, date=date, **filters)
        return self._verifier().verdict(quotation, claims=claims, nearest=checked_number("nearest", nearest))

    def verify_text(
        self,
        document: str,
        *,
        quotes: Quotes | str = "auto",
        speaker: Names = None,
        date: When = None,
        nearest: int = 3,
        **filters: Unpack[Filters],
    ) -> list[Verdict]:
        """Verify every quotation of a text: between quotation marks, and in lines behind ``>``.

        Each verdict says at which line and column its quotation begins. An address behind a quotation, or in
        its note (``[^1]``), is where its words have to stand; what else is said of the source holds for all.
        ``quotes`` is "auto", "lines" or "blocks". Fewer than four words are too short to tell.
        """
        from onrecord.search.research.claims import Claims  # likewise
        from onrecord.search.research.verify_document import verify_document

        claims = Claims.of(speaker=speaker, date=date, **filters)
        nearest = checked_number("nearest", nearest)
        return list(
            verify_document(document, self._verifier(), claims=claims, quotes=quotes, nearest=nearest)
        )

    def cite(
        self,
        addresses: str | Iterable[str],
        *,
        format: Format | str = "footnote",  # noqa: A002  # as people know it
        style: Style | str = "un",
        base_url: str | None = None,
        quote: bool = False,
        accessed: str | None = None,
    ) -> str:
        """Cite paragraphs, or whole statements, by their addresses; `Hit.cite` says in which forms.

        ``quote`` adds the words, ``accessed`` is the day on which you looked at the URLs. A bibliography has
        one entry a statement. Raises `AddressError`, `QueryError` or `DateError`.
        """
        from onrecord.indexer.address import parse_address  # likewise
        from onrecord.search.citation.cite import cite, facts_of

        listed = [addresses] if isinstance(addresses, str) else list(addresses)
        cited = [
            (self.show(address, context=0)[0], parse_address(address).number is None) for address in listed
        ]
        statements = facts_of(cited, format=format, base_url=base_url, quote=quote, accessed=accessed)
        return cite(statements, format=format, style=style)

    def _verifier(self) -> Verifier:
        from onrecord.search.research.verify import Verifier  # likewise

        backend = self._backend
        return Verifier(backend.spoken, lambda address: backend.show(address, context=0))

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that the index ever gave: the live ones, then the former ones."""
        return self._backend.addresses()

    def status(self) -> Status:
        """Count what is in the index."""
        return self._backend.status()

    def refresh(self) -> bool:
        """Go on with the newest generation; tell whether it is another one."""
        with self._refreshing.lock():
            before = self._backend
            newest = before.newest()
            if newest is before:
                return False
            self._open = newest
        return True

    def whoosh_searcher(self) -> Searcher:
        r"""Return Whoosh's own `Searcher` over the open index, for whoever knows Whoosh.

        Its documents are paragraphs; `indexer.whoosh.schema` lists their fields. Whoosh's query parser,
        sorting and highlighting work on it as on any index of Whoosh's; copies of a statement are all
        found. Close it when you are done. It answers from the generation that is open now.

        >>> from tempfile import TemporaryDirectory
        >>> from whoosh.qparser import QueryParser
        >>> from onrecord import build
        >>> with TemporaryDirectory() as folder:
        ...     text = Path(folder, "panama.txt")
        ...     _ = text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
        ...     _ = build(text, into=Path(folder, "index"))
        ...     with open_index(Path(folder, "index")) as index, index.whoosh_searcher() as searcher:
        ...         tree = QueryParser("text", searcher.schema).parse("canal OR speaker:panama")
        ...         [hit["address"] for hit in searcher.search(tree, sortedby="first")]
        ['panama-3jnea#1']
        """
        return self._backend.whoosh_searcher()

    def forget(self) -> None:
        """Empty the cache of decoded terms; the next question decodes anew what it needs."""
        self._backend.forget()

    def close(self) -> None:
        """Let go of the index; results that were returned keep what they need of it."""
        with self._refreshing.lock():
            self._open = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _backend(self) -> Backend:
        opened = self._open
        if opened is None:
            raise IndexClosed(_CLOSED)
        return opened
