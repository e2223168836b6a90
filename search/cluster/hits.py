"""Paragraphs of a cluster read as hits: text, facts, highlights, neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

from whoosh.query import Query

from onrecord.indexer.segments.records import StatementRecord
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.cluster.asked import Row
from onrecord.search.cluster.clauses import PARAGRAPHS, all_of, any_of
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.cluster.text_groups import ParagraphGroups
from onrecord.search.results.hits import Hit
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights, lacking, snippet

__all__ = ["PARAGRAPH_FIELDS", "ClusterHitReader", "Facts"]

Json = dict[str, Any]
#: The statement of a paragraph, and its number there.
_Key = tuple[str, int]

#: What of the document of a paragraph a hit is made of.
PARAGRAPH_FIELDS = ("statement", "number", "text", "groups", "language", "role", "printed_number")
_STATEMENT_FIELDS = ("statement", "record", "sources", "root", "code", "group")
_STATEMENTS: Json = {"term": {"part": "statement"}}
# Hits that are read at once, at first and at most; statements that one clause names; facts that are kept.
_FEW, _MANY = 64, 1_000
_NAMED = 500
_KEPT = 4_000


class Facts(NamedTuple):
    """What the hits of a statement have in common."""

    record: StatementRecord
    sources: tuple[str, ...]
    root: str | None
    code: str | None
    group: int  #: of the statements that are nearly the same, 0 for none


class ClusterHitReader:
    """Reads paragraphs as hits, the matches of ``tree`` marked, with ``context`` neighbours on each side.

    With ``folded`` each says which statements are nearly the same.
    """

    def __init__(
        self,
        opened: OpenedGeneration,
        *,
        tree: Query | None = None,
        context: int = 0,
        folded: bool = False,
    ) -> None:
        self._opened = opened
        self._tree = tree
        self._context = context
        self._folded = folded
        self._facts = BoundedCache(_KEPT)
        self._members: dict[int, list[str]] = {}

    def read(self, rows: Iterable[Row], known: Iterable[Json] = ()) -> Iterator[Hit]:
        """Yield a hit for each row, in their order; ``known`` are documents that need not be asked for."""
        documents = {_key(one): one for one in known}
        rest, size = iter(rows), _FEW
        while some := list(islice(rest, size)):
            yield from self._read_together(some, documents)
            size = _MANY

    def _read_together(self, rows: Sequence[Row], known: Mapping[_Key, Json]) -> Iterator[Hit]:
        wanted = {key for row in rows for key in self._near(row)}
        documents = {key: known[key] for key in wanted if key in known}
        documents |= self._paragraphs(wanted.difference(documents))
        facts = self._facts_of({row.statement for row in rows})
        for row in rows:
            yield self._hit(row, documents, facts[row.statement])

    def _near(self, row: Row) -> Iterator[_Key]:
        first = max(1, row.number - self._context)
        return ((row.statement, number) for number in range(first, row.number + self._context + 1))

    def _paragraphs(self, keys: Iterable[_Key]) -> dict[_Key, Json]:
        """Read the documents of some paragraphs, as far as there are such."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for statement, number in sorted(keys):
            numbers[statement].append(number)
        found: dict[_Key, Json] = {}
        for some in _lots(numbers):
            named: list[Json] = [
                all_of([{"term": {"statement": slug}}, {"terms": {"number": numbers[slug]}}]) for slug in some
            ]
            documents = self._opened.documents(
                all_of([PARAGRAPHS, any_of(named)]), fields=PARAGRAPH_FIELDS, sort=["order", "number"]
            )
            found |= {_key(one): one for one in documents}
        return found

    def _facts_of(self, slugs: Iterable[str]) -> dict[str, Facts]:
        wanted = sorted(slugs)
        facts = {slug: kept for slug in wanted if (kept := self._facts.get(slug)) is not None}
        for some in _lots(slug for slug in wanted if slug not in facts):
            named: Json = {"terms": {"statement": some}}
            documents = self._opened.documents(
                all_of([_STATEMENTS, named]), fields=_STATEMENT_FIELDS, sort=["order"]
            )
            for one in documents:
                facts[one["statement"]] = read = _facts(one)
                self._facts.keep(one["statement"], read, 1)
        if self._folded:
            self._read_members({one.group for one in facts.values()}.difference(self._members, {0}))
        return facts

    def _read_members(self, groups: Iterable[int]) -> None:
        """Read which statements are in some groups."""
        wanted = sorted(groups)
        if not wanted:
            return
        named: Json = {"terms": {"group": wanted}}
        for group in wanted:
            self._members[group] = []
        documents = self._opened.documents(
            all_of([_STATEMENTS, named]), fields=("statement", "group"), sort=["order"]
        )
        for one in documents:
            self._members[one["group"]].append(one["statement"])

    def _hit(self, row: Row, documents: Mapping[_Key, Json], facts: Facts) -> Hit:
        document = documents[row.statement, row.number]
        text, language = document["text"], document.get("language")
        spans: tuple[tuple[int, int], ...] = ()
        lacks: tuple[str, ...] = ()
        if self._tree is not None:
            asked = WordsAsked(self._tree, ParagraphGroups(text, document.get("groups", "")))
            spans = highlights(text, language=language, asked=asked)
            if asked.alternatives:
                lacks = lacking(text, language=language, asked=asked)
        near = [documents[key] for key in self._near(row) if key in documents]
        return _as_hit(
            document,
            facts,
            score=row.score,
            highlights=spans,
            lacks=lacks,
            before=tuple(_as_hit(one, facts) for one in near if one["number"] < row.number),
            after=tuple(_as_hit(one, facts) for one in near if one["number"] > row.number),
            also_as=self._also_as(row.statement, facts),
        )

    def _also_as(self, slug: str, facts: Facts) -> tuple[str, ...]:
        if not self._folded:
            return ()
        return tuple(sorted(one for one in self._members.get(facts.group, ()) if one != slug))


def _facts(document: Json) -> Facts:
    return Facts(
        record=StatementRecord.load(document["record"].encode()),
        sources=tuple(document["sources"]),
        root=document.get("root"),
        code=document.get("code"),
        group=document.get("group", 0),
    )


def _as_hit(
    document: Json,
    facts: Facts,
    *,
    score: float = 0.0,
    highlights: tuple[tuple[int, int], ...] = (),
    lacks: tuple[str, ...] = (),
    before: tuple[Hit, ...] = (),
    after: tuple[Hit, ...] = (),
    also_as: tuple[str, ...] = (),
) -> Hit:
    record, number, text = facts.record, document["number"], document["text"]
    return Hit(
        address=f"{record.slug}#{number}",
        statement=record.slug,
        number=number,
        text=text,
        snippet=snippet(text, highlights),
        forum=record.forum,
        speaker=record.speaker,
        date=record.date,
        place=record.place,
        language=document.get("language"),
        title=record.title,
        source=facts.sources[0],
        score=score,
        printed_number=document.get("printed_number"),
        printed_speaker=record.printed_speaker,
        delegation_code=facts.code,
        person=record.person,
        post=record.post,
        on_behalf_of=record.on_behalf_of,
        on_behalf_of_code=record.on_behalf_of_code,
        delivered_by=record.delivered_by,
        delivered_by_code=record.delivered_by_code,
        speaker_role=record.speaker_role,
        original_language=record.original_language,
        statement_id=record.source_id,
        paragraph_id=record.paragraph_id(number),
        page=record.page(number),
        document_symbol=record.document_symbol,
        role=document["role"],
        hash=sha256(text.encode()).hexdigest(),
        highlights=highlights,
        before=before,
        after=after,
        sources=facts.sources,
        also_as=also_as,
        root=facts.root,
        lacks=lacks,
        recognised=record.recognised is not None,
    )


def _key(document: Json) -> _Key:
    return document["statement"], document["number"]


def _lots(slugs: Iterable[str]) -> Iterator[list[str]]:
    listed = list(slugs)
    for begin in range(0, len(listed), _NAMED):
        yield listed[begin : begin + _NAMED]
