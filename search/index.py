"""An index, open for questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from whoosh.query import And, Query

from onrecord.indexer.address import parse_address, readable_part
from onrecord.indexer.errors import AddressError, QueryError
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.engine.engine import Engine, Ranked
from onrecord.search.engine.rank import Sort
from onrecord.search.language import Mode, read_filters, read_query, read_tree
from onrecord.search.results.hit_reader import quote, quote_statement
from onrecord.search.results.hits import Hit, Passage, Results, Status
from onrecord.search.results.status import take_status

__all__ = ["Index", "open_index"]

Names = str | Sequence[str]
Choice = TypeVar("Choice", bound=Enum)
# How many addresses to offer when one is not found.
_NEAR_ADDRESSES = 3


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
    return Index(Store(path))


class Index:
    """One generation of an index, and the questions it answers.

    It keeps answering from the generation it was opened on until `refresh`. Use
    it as a context manager, or `close` it; hits outlive it. One thread at a time.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open(store.open())

    def search(
        self,
        text: str | Query,
        *,
        speaker: Names = (),
        forum: Names = (),
        place: Names = (),
        language: Names = (),
        since: str | None = None,
        until: str | None = None,
        mode: Mode | str = Mode.NORMAL,
        sort: Sort | str = Sort.RELEVANCE,
        limit: int | None = 10,
        offset: int = 0,
        context: int = 0,
        fold: bool = False,
    ) -> Results:
        """Search the paragraphs.

        ``text`` is in the query language (`search.language`), or a tree of Whoosh's
        query classes over the fields of `indexer.whoosh.schema`. ``speaker``,
        ``forum``, ``place`` and ``language`` narrow the search, several values
        meaning any of them; ``since`` and ``until`` are dates, ends included.
        ``limit`` is the number of hits on a page, None for all, ``offset`` the
        number to pass over, ``context`` the number of neighbours on each side.
        ``fold`` gives the paragraphs of one of several statements that are nearly the same.
        Raises `QueryError` or `DateError` with the sentence to show.
        """
        if offset < 0 or context < 0 or (limit is not None and limit < 0):
            raise QueryError("Limit, offset and context are numbers from 0 up.", query=str(text))
        if isinstance(text, Query):
            question = read_tree(text)
        else:
            question = read_query(text, mode=_choice(Mode, mode), languages=self._engine.languages)
        narrowed, narrowed_in_words = read_filters(
            speaker=speaker, forum=forum, place=place, language=language, since=since, until=until
        )
        tree = question.query if narrowed is None else And([question.query, narrowed])
        stop = None if limit is None else offset + limit
        engine = self._engine
        answer = engine.answer(tree, sort=_choice(Sort, sort), stop=stop, fold=fold)
        return Results(
            total=answer.found.count,
            understood="; ".join(filter(None, (question.understood, narrowed_in_words))),
            limit=limit,
            offset=offset,
            count_statements=lambda: engine.statements(answer),
            read_hits=lambda: tuple(
                _quoted(engine, hit, tree=question.query, context=context, linked=fold)
                for hit in engine.ranked(answer, offset)
            ),
            count_facets=lambda: engine.count(answer),
            folded=answer.folded,
        )

    def show(self, address: str, *, context: int = 2) -> Passage:
        """Return a paragraph with ``context`` neighbours on each side, or a whole statement.

        ``address`` is ``STATEMENT#NUMBER`` or ``STATEMENT``; the last five letters
        of the statement may be left out where that leaves one. Raises `AddressError`.
        """
        typed, number = parse_address(address)
        segment, statement = self._resolve(typed)
        also_as = self._engine.also_as(segment, statement)
        hits = tuple(
            replace(hit, also_as=also_as)
            for hit in quote_statement(segment, statement, copies=self._engine.collection.copies)
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
        return take_status(self._snapshot)

    def refresh(self) -> bool:
        """Go on with the newest generation; tell whether it is another one."""
        if self._store.generation() == self._snapshot.generation:
            return False
        self._open(self._store.open(after=self._snapshot))
        return True

    def forget(self) -> None:
        """Empty the cache of decoded terms; the next question decodes anew what it needs."""
        self._engine.forget()

    def close(self) -> None:
        """Let go of the index; results that were returned keep what they need of it."""
        self._open(Snapshot(self._snapshot.path, self._snapshot.generation, ()))

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._engine = Engine(snapshot.segments)

    def _slugs(self) -> list[str]:
        """List the slugs of all statements that are shown."""
        hidden = self._engine.collection.copies.hidden
        return sorted(entry.record.slug for entry in Catalogue(self._engine.segments).entries(without=hidden))

    def _resolve(self, typed: str) -> tuple[Segment, int]:
        """Find the one statement that is meant (`AddressError`)."""
        found = _named(self._engine.segments, typed)
        if found is not None:
            return found
        slugs = self._slugs()
        meant = [slug for slug in slugs if readable_part(slug) == typed]
        if len(meant) == 1:
            resolved = _named(self._engine.segments, meant[0])
            assert resolved is not None
            return resolved
        if meant:
            advice = f"{len(meant)} statements begin so: {', '.join(meant[:_NEAR_ADDRESSES])}."
        else:
            meant = get_close_matches(typed, slugs, n=_NEAR_ADDRESSES)
            advice = (
                f"the nearest are {', '.join(meant)}." if meant else "search prints the addresses there are."
            )
        raise AddressError(
            f"No statement has the address {typed}; {advice}", address=typed, near=tuple(meant)
        )


def _quoted(engine: Engine, ranked: Ranked, *, tree: Query, context: int, linked: bool) -> Hit:
    """Read a hit, with the addresses of statements that are nearly the same if ``linked``."""
    segment, paragraph = ranked.segment, ranked.paragraph
    copies = engine.collection.copies
    hit = quote(segment, paragraph, copies=copies, score=ranked.score, tree=tree, context=context)
    if not linked:
        return hit
    return replace(hit, also_as=engine.grouped_with(segment, segment.statement_of(paragraph)))


def _named(segments: Sequence[Segment], slug: str) -> tuple[Segment, int] | None:
    for segment in segments:
        statement = segment.statements.named(slug)
        if statement is not None:
            return segment, statement
    return None


def _choice(kind: type[Choice], value: Choice | str) -> Choice:
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError as error:
        names = " or ".join(str(member.value) for member in kind)
        message = f'"{value}" is not a {kind.__name__.lower()}; write {names}.'
        raise QueryError(message, query=str(value)) from error
