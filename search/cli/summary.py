"""The sentence on stderr that says what was found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from onrecord.indexer.numbers import counted
from onrecord.search.results.hits import Results

if TYPE_CHECKING:
    from onrecord.search.results.counts import Instead, Missing

__all__ = ["forms_that_were_found", "what_is_hidden", "what_was_found"]

# Forms of a word that are named; the rest are counted.
_NAMED = 20

# What a paragraph lacks, where a filter cannot tell whether it belongs.
_FIELDS = {"speaker": "speaker", "date": "year"}
_LACKS = {"day": "date is not precise enough"}


def what_was_found(results: Results) -> str:
    """Say how many there are, which of them are shown, and how the query was understood."""
    last = results.total if results.limit is None else min(results.total, results.offset + results.limit)
    total = f"{counted(results.total, 'paragraph')} in {counted(results.statements, 'statement')}"
    if results.folded is not None:
        folded = counted(results.folded.statements, "near-identical statement")
        total += f", {counted(results.folded.paragraphs, 'paragraph')} in {folded} folded"
    if last > results.offset:
        total += f" (showing {results.offset + 1:,}-{last:,})"
    elif results.total and results.limit != 0:
        total += f" (none after the first {results.offset:,})"
    return f"{total} for {results.understood}"


def what_is_hidden(results: Results) -> Iterator[str]:
    """Say, a line each, what leaves nothing where nothing is found, and what filters cannot tell."""
    for one in results.missing:
        yield _missing(one)
    if results.instead is not None:
        yield from _instead(results.instead, told={one.part for one in results.missing})
    if results.hints:
        yield (
            "; ".join(f"{hint.word} is also a {_FIELDS[hint.field]}: {hint.query}" for hint in results.hints)
            + "."
        )
    for lacking in results.unknown:
        paragraphs = counted(lacking.paragraphs, "more paragraph")
        verb = "matches" if lacking.paragraphs == 1 else "match"
        lacks = _LACKS.get(lacking.filter, f"{lacking.filter} is unknown")
        where = "a statement" if lacking.statements == 1 else f"{lacking.statements:,} statements"
        yield f"{paragraphs} {verb} in {where} whose {lacks}; to see them ask for {lacking.query} instead."


def forms_that_were_found(results: Results) -> Iterator[str]:
    """Say of each word on a line which forms and spellings there are, and how many paragraphs hold each."""
    for word, variants in groupby(results.variants, key=attrgetter("word")):
        forms = [f"{one.form} {one.paragraphs:,}" for one in variants]
        more = [f"{len(forms) - _NAMED:,} more"] if len(forms) > _NAMED else []
        yield f"{word}: {', '.join([*forms[:_NAMED], *more])}"


def _instead(instead: Instead, told: set[str]) -> Iterator[str]:
    words = "; ".join(f"{one.word} {one.paragraphs:,}" for one in instead.words)
    yield f"No paragraph has all of these words: {words}."
    if len(instead.without) > 1 or (instead.without and not told):
        without = f"{', '.join(instead.without[:-1])} and {instead.without[-1]}".removeprefix(" and ")
        yield f"Without {without} there would be {counted(instead.paragraphs, 'paragraph')}."
    if instead.any:
        yield f"Any of them, best first: {counted(instead.any, 'paragraph')}; to see them add --any."


def _missing(one: Missing) -> str:
    without = f"there would be {counted(one.rest, 'paragraph')}."
    if one.paragraphs:
        return f"Without {one.part} {without}"
    near = f"; like it {'are' if len(one.near) > 1 else 'is'} {', '.join(one.near)}" if one.near else ""
    return f"No paragraph has {one.part}{near}. Without it {without}"
