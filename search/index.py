"""An index, open for questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from whoosh.columns import MultiColumnReader
from whoosh.query import And, Query, Term
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from indexer.address import parse_address, readable_part
from indexer.errors import AddressError, QueryError
from indexer.statement import Role
from indexer.store import Snapshot, Store
from search.evaluate import Matches, evaluate
from search.hits import Hit, Passage, Results, Status
from search.language import Mode, read_filters, read_query
from search.rank import Sort, SubstanceFirst, page
from search.snippet import highlights, snippet
from search.status import take_status

__all__ = ["Index", "open_index"]

Names = str | Sequence[str]
Choice = TypeVar("Choice", bound=Enum)
_FORMAL = (Role.GREETING.value, Role.CLOSING.value)
# How many addresses to offer when one is not found.
_NEAR_ADDRESSES = 3


def open_index(path: Path | str) -> Index:
    r"""Open the index in a folder.

    Raises `IndexMissing` where there is none, `IndexDamaged` where it cannot be read.

    >>> from tempfile import TemporaryDirectory
    >>> from indexer import build
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
        text: str,
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
    ) -> Results:
        """Search the paragraphs.

        ``text`` is in the query language (`search.language`). ``speaker``,
        ``forum``, ``place`` and ``language`` narrow the search, several values
        meaning any of them; ``since`` and ``until`` are dates, ends included.
        ``limit`` is the number of hits on a page, None for all, ``offset`` the
        number to pass over, ``context`` the number of neighbours on each side.
        Raises `QueryError` or `DateError` with the sentence to show.
        """
        if offset < 0 or context < 0 or (limit is not None and limit < 0):
            raise QueryError("Limit, offset and context are numbers from 0 up.", query=text)
        question = read_query(text, mode=_choice(Mode, mode, text), languages=self._languages)
        narrowed, narrowed_in_words = read_filters(
            speaker=speaker, forum=forum, place=place, language=language, since=since, until=until
        )
        tree = question.query if narrowed is None else And([question.query, narrowed])
        matches = evaluate(tree, self._searcher)
        ranked = page(
            matches,
            sort=_choice(Sort, sort, text),
            first_day=self._first_day,
            address=self._address,
            start=offset,
            stop=len(matches) if limit is None else offset + limit,
        )
        return Results(
            hits=tuple(
                self._hit(document, score, tree=question.query, context=context) for document, score in ranked
            ),
            total=len(matches),
            statements=self._count_statements(matches),
            understood="; ".join(filter(None, (question.understood, narrowed_in_words))),
            limit=limit,
            offset=offset,
        )

    def show(self, address: str, *, context: int = 2) -> Passage:
        """Return a paragraph with ``context`` neighbours on each side, or a whole statement.

        ``address`` is ``STATEMENT#NUMBER`` or ``STATEMENT``; the last five letters
        of the statement may be left out where that leaves one. Raises `AddressError`.
        """
        typed, number = parse_address(address)
        slug = self._resolve(typed)
        hits = [self._hit(document, 0.0) for document in self._documents_of(slug)]
        if number is None:
            return Passage(slug, tuple(hits))
        found = [index for index, hit in enumerate(hits) if hit.number == number]
        if not found:
            raise AddressError(
                f"{slug} has {len(hits)} paragraphs and none has the number {number}; "
                f"onrecord show {slug} shows them all.",
                address=address,
            )
        [at] = found
        return Passage(f"{slug}#{number}", tuple(hits[max(0, at - context) : at + context + 1]))

    def status(self) -> Status:
        """Count what is in the index."""
        return take_status(self._store.path, self._snapshot.folder, self._snapshot.catalogue())

    def refresh(self) -> bool:
        """Go on with the newest generation; tell whether it is another one."""
        newest = self._store.open()
        if (newest.folder, newest.whoosh_generation) == (
            self._snapshot.folder,
            self._snapshot.whoosh_generation,
        ):
            newest.close()
            return False
        self.close()
        self._open(newest)
        return True

    def close(self) -> None:
        """Let go of the index files."""
        self._searcher.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, snapshot: Snapshot) -> None:
        reader = snapshot.reader
        self._snapshot = snapshot
        self._searcher = Searcher(reader, weighting=SubstanceFirst(frozenset(_formal_documents(reader))))
        self._languages = [term.decode() for term in reader.lexicon("language")]
        self._addresses = _column(reader, "address")
        self._statements = _column(reader, "statement", translate=False)
        self._days = _column(reader, "first")

    def _address(self, document: int) -> str:
        return str(self._addresses[document])

    def _first_day(self, document: int) -> int | None:
        day = int(self._days[document])
        return day if day < _NO_DAY else None

    def _count_statements(self, matches: Matches) -> int:
        return len({self._statements[document] for document in matches.documents})

    def _hit(self, document: int, score: float, *, tree: Query | None = None, context: int = 0) -> Hit:
        stored = self._snapshot.reader.stored_fields(document)
        text, language = stored["text"], stored.get("language")
        spans = () if tree is None else highlights(tree, text, language=language)
        hit = Hit(
            score=score,
            snippet=snippet(text, spans),
            highlights=spans,
            **{name: stored.get(name) for name in _STORED},
        )
        if not context:
            return hit
        return replace(
            hit,
            before=tuple(reversed(self._neighbours(document, stored["statement"], -1, context))),
            after=tuple(self._neighbours(document, stored["statement"], 1, context)),
        )

    def _neighbours(self, document: int, slug: str, step: int, count: int) -> list[Hit]:
        """Read the paragraphs next to one; a statement's documents stand side by side, in order."""
        found = []
        last = self._searcher.doc_count_all() - 1
        for neighbour in range(document + step, document + step * (count + 1), step):
            if not 0 <= neighbour <= last or self._statements[neighbour] != slug.encode():
                break
            found.append(self._hit(neighbour, 0.0))
        return found

    def _documents_of(self, slug: str) -> list[int]:
        return evaluate(Term("statement", slug), self._searcher).documents

    def _resolve(self, typed: str) -> str:
        """Find the one statement that is meant (`AddressError`)."""
        if self._documents_of(typed):
            return typed
        slugs = sorted(entry.slug for entry in self._snapshot.catalogue().entries())
        meant = [slug for slug in slugs if readable_part(slug) == typed]
        if len(meant) == 1:
            return meant[0]
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


# What Whoosh keeps in a column of integers where a document has no value.
_NO_DAY = 2**31 - 1
_STORED = tuple(
    name
    for name in Hit.__dataclass_fields__
    if name not in {"score", "snippet", "highlights", "before", "after"}
)


def _column(reader: Any, name: str, **options: bool) -> Any:
    """Open a column over all segments; Whoosh's own way loses count where one lacks the column."""
    leaves = list(reader.leaf_readers())
    columns = [leaf.column_reader(name, **options) for leaf, _ in leaves]
    return MultiColumnReader(columns, [offset for _, offset in leaves])


def _formal_documents(reader: Any) -> Iterable[int]:
    """Yield the documents that are greetings or closings."""
    for role in _FORMAL:
        with suppress(TermNotFound):
            yield from reader.postings("role", role).all_ids()


def _choice(kind: type[Choice], value: Choice | str, text: str) -> Choice:
    try:
        return kind(value)
    except ValueError as error:
        names = " or ".join(str(member.value) for member in kind)
        raise QueryError(f'"{value}" is not a {kind.__name__.lower()}; write {names}.', query=text) from error
