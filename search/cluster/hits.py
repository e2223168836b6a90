"""Paragraphs of a cluster read as hits: text, facts, highlights, neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from whoosh.query import Query

from onrecord.search.cluster.asked import Row
from onrecord.search.cluster.clauses import PARAGRAPHS, all_of, any_of
from onrecord.search.cluster.facts import PARAGRAPH_FIELDS, ClusterFacts, ClusterFactsReader, hit_of
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.cluster.text_groups import ParagraphGroups
from onrecord.search.results.hits import Hit
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights, lacking

__all__ = ["FIELDS_TO_MARK", "ClusterHitReader"]

Json = dict[str, Any]
#: The statement of a paragraph, and its number there.
_Key = tuple[str, int]

#: What a hit takes from the document of its paragraph, and what marks the words in it.
FIELDS_TO_MARK = (*PARAGRAPH_FIELDS, "groups")
_STATEMENTS: Json = {"term": {"part": "statement"}}
# Hits that are read at once, at first and at most; statements that one clause names.
_FEW, _MANY = 64, 1_000
_NAMED = 500


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
        self._facts = ClusterFactsReader(opened)
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
                all_of([PARAGRAPHS, any_of(named)]), fields=FIELDS_TO_MARK, sort=["order", "number"]
            )
            found |= {_key(one): one for one in documents}
        return found

    def _facts_of(self, slugs: Iterable[str]) -> dict[str, ClusterFacts]:
        facts = self._facts.of(sorted(slugs))
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

    def _hit(self, row: Row, documents: Mapping[_Key, Json], facts: ClusterFacts) -> Hit:
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
        return hit_of(
            document,
            facts,
            score=row.score,
            highlights=spans,
            lacks=lacks,
            before=tuple(hit_of(one, facts) for one in near if one["number"] < row.number),
            after=tuple(hit_of(one, facts) for one in near if one["number"] > row.number),
            also_as=self._also_as(row.statement, facts),
        )

    def _also_as(self, slug: str, facts: ClusterFacts) -> tuple[str, ...]:
        if not self._folded:
            return ()
        return tuple(sorted(one for one in self._members.get(facts.group, ()) if one != slug))


def _key(document: Json) -> _Key:
    return document["statement"], document["number"]


def _lots(slugs: Iterable[str]) -> Iterator[list[str]]:
    listed = list(slugs)
    for begin in range(0, len(listed), _NAMED):
        yield listed[begin : begin + _NAMED]
