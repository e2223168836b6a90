"""The statements that pass the filters of a question, with how much of each matches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from whoosh import query

from onrecord.search.engine.engine import Engine
from onrecord.search.engine.tally import found_and_among
from onrecord.search.results.presence import GivenStatement

__all__ = ["given_statements"]


def given_statements(
    engine: Engine, question: query.Query, *, within: query.Query | None, fold: bool
) -> Iterator[GivenStatement]:
    """Yield every statement that passes the filters, in the order in which they lie."""
    found, among = found_and_among(engine, question, within=within, fold=fold)
    collection = engine.collection
    matched, there = found.array, among.array
    owners, first, paragraphs = np.unique(
        collection.statement_of.take(matched), return_index=True, return_counts=True
    )
    held = dict(
        zip(owners.tolist(), zip(matched[first].tolist(), paragraphs.tolist(), strict=True), strict=True)
    )
    givers, begin, given = np.unique(
        collection.statement_of.take(there), return_index=True, return_counts=True
    )
    for number, paragraph, of_paragraphs in zip(
        givers.tolist(), there[begin].tolist(), given.tolist(), strict=True
    ):
        segment, at = collection.locate(paragraph)
        facts = engine.facts.of(segment, segment.statement_of(at))
        match, count = held.get(number, (None, 0))
        record = facts.record
        yield GivenStatement(
            statement=record.slug,
            speaker=record.speaker,
            code=facts.delegation_code,
            date=record.date,
            forum=record.forum,
            paragraphs=count,
            of_paragraphs=of_paragraphs,
            first=None if match is None else collection.locate(match)[1] - facts.first_paragraph + 1,
            on_behalf_of=record.on_behalf_of,
        )
