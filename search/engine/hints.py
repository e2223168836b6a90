"""Words of a question that are also the value of a field: a speaker of the index, or a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from whoosh import query

from onrecord.indexer.analysis.words import fold
from onrecord.search.engine.engine import Engine
from onrecord.search.query import AlsoAs, AnyOf, Inflected

if TYPE_CHECKING:
    from onrecord.search.results.counts import Hint

__all__ = ["hints"]

# Digits of a year.
_DIGITS = 4


def hints(engine: Engine, tree: query.Query) -> tuple[Hint, ...]:
    """Name the words of a question that are exactly a speaker or a year of the index."""
    asked = list(dict.fromkeys(_plain_words(tree)))
    found = [(word, "speaker") for word in asked if _is_speaker(word, engine)]
    found += [(word, "date") for word in asked if _is_year(word, engine)]
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


def _is_year(word: str, engine: Engine) -> bool:
    is_written_so = len(word) == _DIGITS and word.isdecimal()
    return is_written_so and any((segment.statements.years == int(word)).any() for segment in engine.segments)


def _plain_words(tree: query.Query) -> Iterator[str]:
    """Yield the words, folded, that are asked for side by side with others."""
    match tree:
        case Inflected():
            yield fold(tree.word)
        case query.Term(fieldname="text"):
            yield tree.text
        case AlsoAs():
            yield from _plain_words(tree.typed)
        case query.AndNot():
            yield from _plain_words(tree.a)
        case query.And() | AnyOf():
            for part in tree.subqueries:
                yield from _plain_words(part)
