"""What a question to a cluster leaves out unseen; `search.engine.left_out` and `instead` are its twins.

They say the same of the same index. All of it is counts of paragraphs, put in few requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, filterfalse
from typing import Any

from whoosh import query

from onrecord.indexer.analysis.words import fold
from onrecord.search.cluster.asked import Asked, counts_of
from onrecord.search.cluster.clauses import all_of, filtering, of_statements, refused, without
from onrecord.search.engine.filters import is_filter
from onrecord.search.engine.instead import GIVEN_UP, WORDS, is_word
from onrecord.search.engine.left_out import PARTS
from onrecord.search.engine.near_names import COMPARED, about_as_long, likest_names, likest_words
from onrecord.search.engine.parts import (
    asks_for_unknown,
    called,
    field_of,
    name_of,
    named_leaves,
    parts_of,
    whole_years,
    words_of,
)
from onrecord.search.query import Either, Filter, Without
from onrecord.search.query.describe import describe, named
from onrecord.search.results.counts import Instead, Missing, Unknown, WordCount

__all__ = ["instead", "missing_parts", "unknown_to_filters"]

Json = dict[str, Any]
_DATE = "date"


def unknown_to_filters(asked: Asked) -> tuple[Unknown, ...]:
    """Count, for each field that a question filters by, what matches the rest and has no value there."""
    parts = list(parts_of(asked.tree))
    fields = dict.fromkeys(field for part in parts if (field := field_of(part)) is not None)
    return tuple(one for field in fields for one in _unknown(asked, field, parts) if one.paragraphs)


def _unknown(asked: Asked, field: str, parts: Sequence[query.Query]) -> Iterator[Unknown]:
    """Count what has no value in a field, and matches all that does not look at it."""
    others = [part for part in parts if field_of(part) != field]
    mine = [part for part in parts if field_of(part) == field]
    if any(asks_for_unknown(part) for part in mine):
        return
    column = "first" if field == _DATE else field
    nothing_known = Filter(Without(query.Every(), query.Every(column)))
    yield _counted(asked, field, asked.found_by([*others, nothing_known]), f"{field}:unknown")
    if field == _DATE:
        maybe = without(all_of(list(map(_may_lie, mine))), all_of(list(map(filtering, mine))))
        yield _counted(asked, "day", all_of([asked.found_by(others), maybe]), whole_years(mine))


def _counted(asked: Asked, field: str, found: Json, query_of_it: str) -> Unknown:
    paragraphs, statements = counts_of(asked.opened, [found, of_statements(found)])
    return Unknown(field, statements=statements, paragraphs=paragraphs, query=query_of_it)


def _may_lie(tree: query.Query) -> Json:
    """Find what has a date that may lie within, whether or not it does for certain."""
    match tree:
        case Filter():
            return _may_lie(tree.child)
        case query.NumericRange(fieldname="first"):
            return {"range": {"last": {"gte": int(tree.start or 0)}}}
        case query.NumericRange():
            return {"range": {"first": {"lte": int(tree.end or 0)}}}
        case query.And():
            return all_of(list(map(_may_lie, tree.subqueries)))
        case query.Or():
            return {"bool": {"should": list(map(_may_lie, tree.subqueries)), "minimum_should_match": 1}}
    raise refused()


def missing_parts(asked: Asked) -> tuple[Missing, ...]:
    """Say which parts of a question that finds nothing leave nothing, and what the others find."""
    parts = list(parts_of(asked.tree))
    if len(parts) > PARTS:
        return ()
    found = asked.counts([[part] for part in parts])
    nowhere = [part for part, paragraphs in zip(parts, found, strict=True) if not paragraphs]
    if nowhere:
        (rest,) = asked.counts([[part for part in parts if part not in nowhere]])
        return tuple(Missing(describe(part), 0, rest, _near(asked, part)) for part in nowhere)
    alone = asked.counts([[*parts[:at], *parts[at + 1 :]] for at in range(len(parts))]) if parts[1:] else [0]
    if any(alone):
        return tuple(
            Missing(describe(part), some, rest)
            for part, some, rest in zip(parts, found, alone, strict=True)
            if rest
        )
    return _several(asked, parts, found)


def _several(asked: Asked, parts: Sequence[query.Query], found: Sequence[int]) -> tuple[Missing, ...]:
    """Keep the rarest parts that stand together somewhere, and name the others as one."""
    kept: list[query.Query] = []
    dropped: list[int] = []
    (rest,) = asked.counts([[]])
    for at in sorted(range(len(parts)), key=lambda at: found[at]):
        (both,) = asked.counts([[*kept, parts[at]]])
        if both:
            kept, rest = [*kept, parts[at]], both
        else:
            dropped.append(at)
    several = "; ".join(describe(parts[at]) for at in sorted(dropped))
    return (Missing(several, min(found[at] for at in dropped), rest),)


def _near(asked: Asked, part: query.Query) -> tuple[str, ...]:
    """Name words or names of the index that are like those of a part that is nowhere."""
    match part:
        case Filter() | Either() if is_filter(part):
            typed = [(name_of(leaf), called(leaf)) for leaf in named_leaves(part)]
            near = [_near_names(asked, name, field) for name, field in typed if field != "language"]
        case _:
            words = list(words_of(part))
            held = asked.words.forms(words)
            near = [_near_words(asked, word) for word in words if not held[word].paragraphs]
    return tuple(dict.fromkeys(name for names in near for name in names))


def _near_names(asked: Asked, name: str, field: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for cell in asked.opened.cells({"match_all": {}}, [{"name": {"terms": {"field": f"shown_{field}"}}}]):
        names.setdefault(fold(cell["key"]["name"]), cell["key"]["name"])
        if len(names) >= COMPARED:
            break
    return likest_names(name, names)


def _near_words(asked: Asked, word: str) -> tuple[str, ...]:
    def others() -> list[str]:
        some: list[str] = []
        for beginning in (word[:2], word[:1]):
            some = list(filter(about_as_long(word), asked.words.beginning_with(beginning)))
            if len(some) <= COMPARED:
                break
        return sorted(set(some[:COMPARED]) - {word})

    return likest_words(
        word,
        holders=lambda forms: {form: held.paragraphs for form, held in asked.words.forms(forms).items()},
        others=others,
    )


def instead(asked: Asked) -> Instead | None:
    """Say what the words of a question find by themselves, without some of them, and any of them."""
    parts = list(parts_of(asked.tree))
    words = list(filter(is_word, parts))
    if not 2 <= len(words) <= WORDS:
        return None
    base = list(filterfalse(is_word, parts))
    *found, any_of_them = asked.counts([*([*base, word] for word in words), [*base, Either(words)]])
    left_out, paragraphs = _without_few(asked, words, base)
    return Instead(
        words=tuple(WordCount(named(word), some) for word, some in zip(words, found, strict=True)),
        without=tuple(named(words[at]) for at in left_out),
        paragraphs=paragraphs,
        any=any_of_them,
    )


def _without_few(
    asked: Asked, words: Sequence[query.Query], base: Sequence[query.Query]
) -> tuple[list[int], int]:
    """Find the fewest words of content whose leaving out finds something, the most there is; and how much."""
    content = [at for at, word in enumerate(words) if getattr(word, "boost", 1.0) == 1.0]
    grammar = [at for at in range(len(words)) if at not in content]
    for count in range(min(GIVEN_UP, len(content) - 1) + 1):
        tried = list(combinations(content, count))
        counts = asked.counts(
            [[*base, *(words[at] for at in content if at not in given_up)] for given_up in tried]
        )
        paragraphs, given_up = max(zip(counts, tried, strict=True))
        if paragraphs:
            return sorted([*given_up, *grammar]), paragraphs
    return [], 0
