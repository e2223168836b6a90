"""An index, open for questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Unpack, overload

from whoosh.query import Query

from onrecord.indexer.errors import IndexClosed
from onrecord.search.backend import Backend
from onrecord.search.engine.local import open_local
from onrecord.search.request import Filters, Names, Options, Request, When, checked_number
from onrecord.search.results.hits import Hit, Results

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from onrecord.indexer.report import Progress
    from onrecord.indexer.store.former_addresses import KnownAddress
    from onrecord.search.brief.brief import Brief
    from onrecord.search.citation.cite import Format
    from onrecord.search.citation.footnotes import Style
    from onrecord.search.exports.replay import Replay
    from onrecord.search.exports.run_record import RunRecord
    from onrecord.search.lexicon import FieldLexicon
    from onrecord.search.research.comparisons.collocates import CollocateMeasure, Collocates
    from onrecord.search.research.comparisons.comparison import Comparison
    from onrecord.search.research.comparisons.keyness import Measure
    from onrecord.search.research.concordances.concordance import Concordance
    from onrecord.search.research.concordances.context import ContextUnit
    from onrecord.search.research.counts.counting import Questions
    from onrecord.search.research.counts.counts import Counts
    from onrecord.search.research.silence import Among, Silence
    from onrecord.search.research.silences import Silences
    from onrecord.search.research.topics import Topic
    from onrecord.search.research.units import Per, Unit
    from onrecord.search.research.verification.claims import SourceFilters
    from onrecord.search.research.verification.quotations import Quotes
    from onrecord.search.research.verification.verdict import Verdict, Verdicts
    from onrecord.search.research.verification.verify import Verifier
    from onrecord.search.results.counts import Status
    from onrecord.search.results.neighbours import Neighbours
    from onrecord.search.results.passage import Passage
    from onrecord.search.results.stretches import LineSort
    from onrecord.search.results.tally import Key

__all__ = ["Index", "open_index"]

_CLOSED = "This index was closed; open it again with open_index."


def open_index(path: Path | str) -> Index:
    r"""Open the index in a folder, or the one of a cluster at an address (``opensearch+https://HOST/NAME``).

    Raises `IndexMissing` where there is none, `IndexDamaged` where it cannot be read, `ClusterError` where a
    cluster does not answer.

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
    return Index(_opened(path))


def _opened(path: Path | str) -> Backend:
    if isinstance(path, str) and "://" in path:
        from onrecord.indexer.cluster.address import is_cluster_address  # no index in a folder needs it

        if is_cluster_address(path):
            from onrecord.search.cluster.backend import open_cluster

            return open_cluster(path)
    return open_local(path)


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
        return self._answered(self._backend, request)[0]

    def kwic(
        self,
        text: str | Query,
        *,
        window: int = 8,
        unit: ContextUnit | str = "words",
        sort: LineSort | str = "right",
        node: str | Query | None = None,
        sample: int | None = None,
        seed: int = 0,
        limit: int | None = 50,
        offset: int = 0,
        **filters: Unpack[Filters],
    ) -> Concordance:
        """List every place at which a question stands, a line each, between the words around it.

        ``unit`` is what is shown: ``window`` words on each side, the sentence (a guess), or the paragraph, at
        whose ends the context ends in any case. ``sort`` is by the words behind (``right``) or before the
        place (``left``), by its own (``node``), ``newest``, ``oldest``, ``speaker`` or ``address``. Of a
        question with several words each is a line, unless ``node`` is the one that is meant, in the query
        language. A ``sample`` of so many lines follows from the ``seed`` and the addresses alone: it is the
        same in every index of the same texts. Raises `QueryError` or `DateError` with the sentence to show.
        """
        from onrecord.search.research.concordances.concordance import (  # no search needs it
            concordance_of,
            order_of,
        )

        order = order_of(sort=sort, sample=sample, seed=seed, limit=limit, offset=offset)
        backend, request = self._backend, Request.of(text, **filters)._replace(limit=0)
        results, question, within = self._answered(backend, request)
        marked = None if node is None else request._replace(text=node).read(backend).question
        stretches = backend.stretches(question, within=within, request=request, order=order, node=marked)
        return concordance_of(results, stretches, order=order, window=window, unit=unit)

    def near(
        self,
        text: str | Query,
        *,
        window: int = 5,
        minimum: int = 5,
        measure: CollocateMeasure | str = "ll",
        limit: int | None = 30,
        **filters: Unpack[Filters],
    ) -> Collocates:
        """List the words that stand near what was asked for more often than elsewhere.

        Near is up to ``window`` words away in the same paragraph; elsewhere are all other words of the
        paragraphs that the filters let pass. Words that stand near less than ``minimum`` times are left out.
        The strongest by ``measure`` come first: ``ll``, ``log-ratio``, ``mi``, ``dice``. Raises `QueryError`
        or `DateError` with the sentence to show.
        """
        from onrecord.search.research.comparisons.collocates import (
            collocates_of,  # nothing that a search needs
        )

        backend, request = self._backend, Request.of(text, **filters)._replace(limit=0)
        results, question, within = self._answered(backend, request)

        def count(words: int) -> Neighbours:
            return backend.neighbours(question, within=within, request=request, window=words)

        return collocates_of(results, count, window=window, minimum=minimum, measure=measure, limit=limit)

    def _answered(self, backend: Backend, request: Request) -> tuple[Results, Query, Query | None]:
        """Answer a question, and return it as a tree, with the filters that are beside it."""
        question, within, understood = request.read(backend)
        results = Results(
            answer=backend.answer(question, within=within, request=request),
            understood=understood,
            limit=request.limit,
            offset=request.offset,
        )
        return results, question, within

    def count(
        self,
        text: Questions,
        *,
        by: Iterable[str | Key] | str | Key = ("year",),
        of: Unit | str = "paragraphs",
        per: Per | str | None = None,
        fill: bool = True,
        **options: Unpack[Options],
    ) -> Counts:
        """Count a question, or several by their names, by some keys, with what there was to count.

        ``by`` names the keys: year, month, decade, speaker, delegation, person, forum, place, language, role,
        speaker_role; of several questions also topic. All units are counted; ``of`` and ``per`` say what
        `Cell.rate` is. With ``fill`` cells in which nothing was found are rows too. The options are those of
        `search`. Raises `QueryError` or `DateError` with the sentence to show.
        """
        from onrecord.search.research.counts.counting import count  # nothing that a search needs

        return count(self._backend, text, by=by, of=of, per=per, fill=fill, options=options)

    @overload
    def silence(
        self,
        text: str | Query,
        *,
        among: Among = "delegations",
        absent: bool = False,
        **options: Unpack[Options],
    ) -> Silence: ...

    @overload
    def silence(
        self,
        text: Mapping[str, str | Query | Topic],
        *,
        among: Among = "delegations",
        absent: bool = False,
        **options: Unpack[Options],
    ) -> Silences: ...

    def silence(
        self,
        text: Questions,
        *,
        among: Among = "delegations",
        absent: bool = False,
        **options: Unpack[Options],
    ) -> Silence | Silences:
        """Say who spoke on something, who spoke and not on it, and who did not speak.

        ``among`` is "delegations", "persons", or delegations by their codes with the groups of each
        (`read_among`). With ``absent`` those who gave no statement are named: the states that the register
        has at that date, or those that were listed. Of several questions by their names there is a `Silence`
        for each (`Silences`). The options are those of `search`.
        """
        if isinstance(text, Mapping):
            from onrecord.search.research.silences import silences  # nothing that a search needs

            return silences(self._backend, text, among=among, absent=absent, options=options)
        from onrecord.search.research.silence import silence  # likewise

        return silence(self._backend, text, among=among, absent=absent, options=options)

    def brief(
        self,
        topics: Path | str | Mapping[str, str | Query | Topic],
        *,
        silence: bool = False,
        absent: bool = False,
        quotes: int = 1,
        among: Among = "delegations",
        **options: Unpack[Options],
    ) -> Brief:
        """Say of some topics who spoke on each and in which words, every figure with the question behind it.

        ``topics`` is a file of YAML, the name of one that comes with On Record ("lancet", "disarmament"), or
        questions by their names. With ``silence`` those who spoke and not on it are listed, with ``absent``
        those who did not speak. Of each speaker up to ``quotes`` sentences are quoted, each from another
        paragraph, which `verify` calls exact at their addresses. `Brief.save` writes it as Markdown, a web
        page or a Word document. The options are those of `search`, without order and page. Raises
        `QueryError` or `DateError`.
        """
        from onrecord.search.brief.compose import brief  # nothing that a search needs

        return brief(
            self._backend,
            topics,
            silence=silence,
            absent=absent,
            quotes=quotes,
            among=among,
            options=options,
        )

    def compare(
        self,
        a: str,
        b: str,
        text: str | Query | None = None,
        *,
        words: int = 30,
        minimum: int = 5,
        measure: Measure | str = "ll",
        **options: Unpack[Options],
    ) -> Comparison:
        """Compare what two questions find: how often ``text`` stands there, else which words mark each side.

        With a ``text`` there are rates, their ratio, and its interval; without one the ``words`` that mark
        each side most, by a measure ("ll", "log-ratio", "chi2"), of those that stand ``minimum`` times or
        more. The options are those of `search`.
        """
        from onrecord.search.research.comparisons.comparing import compare  # nothing that a search needs

        sides = (a, b)
        return compare(
            self._backend, sides, text, words=words, minimum=minimum, measure=measure, options=options
        )

    def export(
        self,
        text: str | Query,
        to: Path | str | BinaryIO,
        *,
        form: str | None = None,
        columns: str | Iterable[str] | None = None,
        sample: int | None = None,
        seed: int = 0,
        raw: bool = False,
        record: bool | Path | str = True,
        progress: Callable[[Progress], None] | None = None,
        **options: Unpack[Options],
    ) -> RunRecord:
        """Write all that a question finds into a file or a stream; return how that came about.

        The ending of the file says the ``form``, unless that is given: csv, tsv, jsonl, md, html, sqlite,
        xlsx, docx or parquet. ``columns`` names what is written of each hit (`search.exports.columns`).
        A ``sample`` is so many of the hits, drawn by ``seed``, the same on every machine. Cells of a CSV that
        a spreadsheet would work out get an apostrophe, unless ``raw``. The record stands beside the file, or
        in the file that ``record`` names. The options are those of `search`; without ``sort`` rows are in the
        order of their addresses. Raises `QueryError`, `DateError`, `ExportError`, `NotInstalled`.
        """
        from onrecord.search.exports.door import export  # nothing that a search needs

        asked = Request.of(text, **(Options(limit=None, sort="address") | options))
        return export(
            self._backend,
            asked,
            to,
            form=form,
            columns=columns,
            sample=sample,
            seed=seed,
            raw=raw,
            record=record,
            moved=progress,
        )

    def replay(
        self,
        record: RunRecord | Path | str,
        to: Path | str | BinaryIO | None = None,
        *,
        progress: Callable[[Progress], None] | None = None,
    ) -> Replay:
        """Write the file that a run record tells of again; where other bytes come out, none is written.

        Without ``to`` it is only seen which come out. `Replay.same` says which, `Replay.differs` what
        is another than it was. Raises `ExportError`.
        """
        from onrecord.search.exports.replay import replay  # likewise

        return replay(self._backend, record, to, moved=progress)

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
        address: str | None = None,
        nearest: int = 3,
        **filters: Unpack[SourceFilters],
    ) -> Verdict:
        """Say whether a quotation is what was said, where, and what differs word by word.

        ``speaker``, ``date`` and the filters (``forum``, ``place``, ``language``, ``since``, ``until``) are
        what is said of its source, ``address`` is the paragraph or the statement in which it has to stand:
        words that stand elsewhere alone are misattributed. ``nearest`` is how
        many passages are named that are nearest to a quotation that is absent.
        `search.research.verification.verdict` has the grades. Raises `QueryError` or `DateError` for what is
        no filter.
        """
        from onrecord.search.research.verification.claims import Claims  # no search needs it

        claims = Claims.of(speaker=speaker, date=date, **filters)
        nearest = checked_number("nearest", nearest)
        return self._verifier().verdict(quotation, claims=claims, address=address, nearest=nearest)

    def verify_text(
        self,
        document: str,
        *,
        quotes: Quotes | str = "auto",
        speaker: Names = None,
        date: When = None,
        nearest: int = 3,
        most: int | None = None,
        **filters: Unpack[SourceFilters],
    ) -> Verdicts:
        """Verify every quotation of a text: between quotation marks, and in lines behind ``>``.

        Each verdict says at which line and column its quotation begins. An address behind a quotation, or in
        its note (``[^1]``), is where its words have to stand; what else is said of the source holds for all.
        ``quotes`` is "auto", "lines" or "blocks". Fewer than four words are too short to tell. With ``most``
        only so many quotations are looked at, the first ones.
        """
        from onrecord.search.research.verification.claims import Claims  # likewise
        from onrecord.search.research.verification.verdict import Verdicts
        from onrecord.search.research.verification.verify_document import verify_document

        claims = Claims.of(speaker=speaker, date=date, **filters)
        nearest = checked_number("nearest", nearest)
        verdicts = verify_document(document, self._verifier(), claims=claims, quotes=quotes, nearest=nearest)
        return Verdicts(islice(verdicts, most))

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
        from onrecord.search.research.verification.verify import Verifier  # likewise

        backend = self._backend
        return Verifier(backend.spoken, lambda address: backend.show(address, context=0))

    def lexicon(self) -> FieldLexicon:
        """Return the other names of things, which broad mode asks for, with those of the index's own file."""
        return self._backend.field_lexicon()

    def addresses(self) -> Iterator[KnownAddress]:
        """Yield every address that the index ever gave: the live ones, then the former ones."""
        return self._backend.addresses()

    def shown_as(self, statements: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return for each of some slugs those under which its statement is found today.

        That may be the same one, another after a move or a correction, or that of a copy which it stands
        behind; none where it was taken out, several where several statements had the slug in turn.
        """
        return self._backend.shown_as(statements)

    def status(self) -> Status:
        """Count what is in the index."""
        return self._backend.status()

    @property
    def generation(self) -> int:
        """The number of the commit that it answers from."""
        return self._backend.generation

    @property
    def version(self) -> str:
        """What tells the generation that it answers from from every other: 16 letters, no number.

        Two processes that have the same generation open have the same version.
        """
        return self._backend.version

    def pinned(self) -> Index:
        """Return an index that stays on the generation that is open now, whatever is refreshed or closed.

        What is asked of it in several calls is answered from one state of the texts.
        """
        return Index(self._backend)

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
        r"""Return Whoosh's own ``Searcher`` over the open index, for whoever knows Whoosh.

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
