"""How rare the terms of a question are: counted in the cluster for all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onrecord.indexer.segments.bm25 import idf
from onrecord.search.cluster.clauses import PARAGRAPHS, counting
from onrecord.search.cluster.limits import within_limits
from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.cluster.scorers import Rarity
from onrecord.search.cluster.words import ClusterWords

__all__ = ["Rarities"]

Json = dict[str, Any]

# Clauses that are counted in one request.
_AT_ONCE = 100


class Rarities:
    """The rarities of one question's terms.

    Forms and groups are counted as the local engine counts them, deleted paragraphs and those behind copies
    included; what is put together is counted in the paragraphs that count, once `count` is called.
    """

    def __init__(
        self, opened: OpenedGeneration, words: ClusterWords, terms: Iterable[tuple[str, str]]
    ) -> None:
        self._opened = opened
        self._paragraphs: int = opened.meta["paragraphs"]
        asked = set(terms)
        forms = words.forms(text for field, text in asked if field == "text")
        groups = words.groups(text for field, text in asked if field == "stem")
        self._holders = {("text", form): known.paragraphs for form, known in forms.items()}
        self._holders |= {("stem", group): known.paragraphs for group, known in groups.items()}
        self._clauses: dict[str, Json] = {}
        self._counted: dict[str, int] = {}
        self._wanted: dict[str, Json] = {}
        self._held: dict[str, int] = {}

    def holders(self, field: str, term: str) -> int:
        """Return how many paragraphs hold a form (``text``) or a group (``stem``)."""
        return self._holders[field, term]

    def of_forms(self, forms: Sequence[str]) -> Rarity:
        """Return the rarity of forms that stand together: the sum of their rarities."""
        rarity = sum(self._idf(self.holders("text", form)) for form in forms)
        return lambda: rarity

    def of_group(self, group: str) -> Rarity:
        """Return the rarity of a group."""
        rarity = self._idf(self.holders("stem", group))
        return lambda: rarity

    def of_clause(self, clause: Json) -> Rarity:
        """Return the rarity of all that a clause finds."""
        key = json.dumps(clause)
        self._clauses[key] = clause
        return lambda: self._idf(self._counted[key])

    def somewhere(self, clause: Json) -> Callable[[], bool]:
        """Return what tells whether a clause finds any paragraph, those behind copies included."""
        key = json.dumps(clause)
        self._wanted[key] = clause
        return lambda: self._held[key] > 0

    def nothing(self) -> float:
        """Return the rarity of what has none."""
        return 0.0

    def count(self, *, in_statements: bool) -> None:
        """Count what the clauses find that rarities were asked of (`ClusterError`).

        What is somewhere is known after that where scores ``in_statements`` are wanted.
        """
        self._count(self._clauses, self._counted, among=counting([]))
        if in_statements:
            self._count(self._wanted, self._held, among=PARAGRAPHS)

    def _count(self, clauses: Mapping[str, Json], counted: dict[str, int], *, among: Json) -> None:
        waiting = [key for key in clauses if key not in counted]
        for begin in range(0, len(waiting), _AT_ONCE):
            some = waiting[begin : begin + _AT_ONCE]
            filters = {str(number): clauses[key] for number, key in enumerate(some)}
            body = {
                "size": 0,
                "track_total_hits": False,
                "query": {"bool": {"filter": [among]}},
                "aggs": {"holders": {"filters": {"filters": filters}}},
            }
            with within_limits():
                buckets = self._opened.search(body)["aggregations"]["holders"]["buckets"]
            for number, key in enumerate(some):
                counted[key] = buckets[str(number)]["doc_count"]

    def _idf(self, holders: int) -> float:
        return idf(self._paragraphs, holders) if self._paragraphs else 0.0
