"""Words of a question that are also the value of a field of an index in a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import query

from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.engine.hints import hinted, plain_words

if TYPE_CHECKING:
    from onrecord.search.results.counts import Hint

__all__ = ["hints"]

Json = dict[str, Any]
_STATEMENTS: Json = {"term": {"part": "statement"}}


def hints(opened: OpenedGeneration, tree: query.Query) -> tuple[Hint, ...]:
    """Name the words of a question that are exactly a speaker or a year of the index."""
    asked = list(dict.fromkeys(plain_words(tree)))

    def stands(field: str, value: str | int) -> Json:
        return {
            "size": 1,
            "_source": False,
            "query": {"bool": {"filter": [_STATEMENTS, {"term": {field: value}}]}},
        }

    return hinted(
        asked,
        is_speaker=lambda word: _any(opened, stands("named_speaker", word)),
        is_year=lambda year: _any(opened, stands("year", year)),
    )


def _any(opened: OpenedGeneration, body: Json) -> bool:
    return bool(opened.search(body)["hits"]["hits"])
