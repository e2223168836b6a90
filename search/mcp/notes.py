"""What a search keeps from sight, in sentences: what leaves nothing, and what a filter cannot tell."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.indexer.numbers import counted
from onrecord.search.results.counts import Instead, Missing, Unknown
from onrecord.search.results.hits import Results

__all__ = ["notes_of"]


def notes_of(results: Results) -> list[str]:
    """List what has to be known of an answer beside its totals."""
    instead = [] if results.instead is None else _instead(results.instead)
    return [*map(_missing, results.missing), *instead, *map(_unknown, results.unknown)]


def _missing(one: Missing) -> str:
    without = f"there would be {counted(one.rest, 'paragraph')}."
    if one.paragraphs:
        return f"Without {one.part} {without}"
    near = f"; like it {'are' if len(one.near) > 1 else 'is'} {', '.join(one.near)}" if one.near else ""
    return f"No paragraph has {one.part}{near}. Without it {without}"


def _instead(instead: Instead) -> Iterator[str]:
    words = "; ".join(f"{one.word} {one.paragraphs:,}" for one in instead.words)
    yield f"No paragraph has all of these words: {words}."
    if instead.any:
        yield f"Any of them: {counted(instead.any, 'paragraph')}; to see them write OR between the words."


def _unknown(one: Unknown) -> str:
    paragraphs = counted(one.paragraphs, "more paragraph")
    verb = "matches" if one.paragraphs == 1 else "match"
    where = "a statement" if one.statements == 1 else f"{one.statements:,} statements"
    lacks = "date is not precise enough" if one.filter == "day" else f"{one.filter} is unknown"
    return f"{paragraphs} {verb} in {where} whose {lacks}; to see them ask for {one.query} instead."
