"""Hits as a stranger may see them: all that a citation needs, and nothing of the machine they lie on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, get_type_hints

from onrecord.search.results.hits import Hit

__all__ = ["FACTS", "facts_of_statement", "hit_answer", "hit_answers", "hit_schema", "paragraph_url"]

# The folder that was indexed; and hits in a hit, which are made the same way.
_NOT_TOLD = ("root",)
_NEIGHBOURS = ("before", "after")
_TOLD = tuple(one.name for one in fields(Hit) if one.name not in (*_NOT_TOLD, *_NEIGHBOURS))
_ALL = attrgetter(*_TOLD)
# What belongs to the statement and is the same for all its paragraphs.
FACTS = (
    *(
        "statement",
        "title",
        "speaker",
        "printed_speaker",
        "delegation_code",
        "person",
        "post",
        "speaker_role",
    ),
    *("on_behalf_of", "on_behalf_of_code", "delivered_by", "delivered_by_code", "forum", "date", "place"),
    *("original_language", "statement_id", "document_symbol", "source", "sources", "recognised"),
)
_FACTS = attrgetter(*FACTS)


def hit_answer(hit: Hit, up: str) -> dict[str, Any]:
    """Return a hit as plain data; ``up`` leads to the root of the application, for its URL.

    To its fields come its neighbours, its lasting address, and where it is read.
    """
    answer = dict(zip(_TOLD, _ALL(hit), strict=True))
    answer["lasting_address"] = hit.lasting_address
    answer["url"] = paragraph_url(hit, up)
    for side in _NEIGHBOURS:
        answer[side] = [hit_answer(one, up) for one in getattr(hit, side)]
    return answer


def hit_answers(hits: Iterable[Hit], up: str) -> list[dict[str, Any]]:
    """Return some hits as plain data."""
    return [hit_answer(hit, up) for hit in hits]


def paragraph_url(hit: Hit, up: str) -> str:
    """Return the URL at which a paragraph is read."""
    return f"{up}statements/{hit.statement}/{hit.number}"


def facts_of_statement(hit: Hit) -> dict[str, Any]:
    """Return what is known of the statement of a paragraph."""
    return dict(zip(FACTS, _FACTS(hit), strict=True))


def hit_schema() -> dict[str, Any]:
    """Return the type of each field of a hit, for the description of the answers."""
    hints = get_type_hints(Hit)
    return {name: hints[name] for name in _TOLD}
