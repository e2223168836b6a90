"""Words of a question that are also the value of a field: a speaker of the index, or a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from whoosh import query

from onrecord.indexer.analysis.words import fold
from onrecord.search.engine.engine import Engine
from onrecord.search.query import AlsoAs, AnyOf, Inflected

if TYPE_CHECKING:
    from onrecord.search.results.counts import Hint

__all__ = ["hinted", "hints", "plain_words"]

# Digits of a year.
_DIGITS = 4


def hints(engine: Engine, tree: query.Query) -> tuple[Hint, ...]:
    """Name the words of a question that are exactly a speaker or a year of the index."""
    asked = list(dict.fromkeys(plain_words(tree)))
    return hinted(
        asked,
        is_speaker=lambda word: _is_speaker(word, engine),
        is_year=lambda year: any((one.statements.years == year).any() for one in engine.segments),
    )


def hinted(
    asked: Sequence[str], *, is_speaker: Callable[[str], bool], is_year: Callable[[int], bool]
) -> tuple[Hint, ...]:
    """Name those of some words that are a speaker or a year, as an index tells."""
    found = [(word, "speaker") for word in asked if is_speaker(word)]
    found += [
        (word, "date") for word in asked if len(word) == _DIGITS and word.isdecimal() and is_year(int(word))
    ]
    if not found:
        return ()
    from onrecord.search.results.counts import Hint  # most searches have none

    return tuple(Hint(word, field, f"{field}:{word}") for word, field in found)


def _is_speaker(word: str, engine: Engine) -> bool:
    columns = [segment.statements.column("speaker") for segment in engine.segments]
    return any(
        fold(column.values[value - 1][0]) == word
        for column in columns
        for value, _ in column.places(word.encode()).tolist()
    )


def plain_words(tree: query.Query) -> Iterator[str]:
    """Yield the words, folded, that are asked for side by side with others."""
    match tree:
        case Inflected():
            yield fold(tree.word)
        case query.Term(fieldname="text"):
            yield tree.text
        case AlsoAs():
            yield from plain_words(tree.typed)
        case query.AndNot():
            yield from plain_words(tree.a)
        case query.And() | AnyOf():
            for part in tree.subqueries:
                yield from plain_words(part)
