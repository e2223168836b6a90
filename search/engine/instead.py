"""What could be asked instead, where all the words find nothing.

Nothing of it is run in the place of what was asked. The numbers are exact, and are of what the fields of the
question leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import combinations, filterfalse
from operator import and_

from pyroaring import BitMap
from whoosh import query

from onrecord.search.engine.engine import Engine
from onrecord.search.engine.filters import is_filter
from onrecord.search.engine.left_out import found_by
from onrecord.search.engine.parts import parts_of
from onrecord.search.query import Without
from onrecord.search.query.describe import named
from onrecord.search.results.counts import Instead, WordCount

__all__ = ["GIVEN_UP", "WORDS", "instead", "is_word"]

#: Words up to which it is worth looking for those that stand in the way; how many of content may be given up.
WORDS = 40
GIVEN_UP = 2


def instead(engine: Engine, tree: query.Query) -> Instead | None:
    """Say what the words of a question find by themselves, without some of them, and any of them."""
    parts = list(parts_of(tree))
    words = list(filter(is_word, parts))
    if not 2 <= len(words) <= WORDS:
        return None
    base = found_by(engine, list(filterfalse(is_word, parts)))
    found = [engine.scorer(word).found.bitmap & base for word in words]
    left_out, paragraphs = _without_few(words, found)
    return Instead(
        words=tuple(WordCount(named(word), len(some)) for word, some in zip(words, found, strict=True)),
        without=tuple(named(words[at]) for at in left_out),
        paragraphs=paragraphs,
        any=len(BitMap.union(*found)),
    )


def is_word(part: query.Query) -> bool:
    """Tell what is looked for from what narrows it: fields, and what is left out."""
    return not (is_filter(part) or isinstance(part, Without | query.Every))


def _without_few(words: Sequence[query.Query], found: Sequence[BitMap]) -> tuple[list[int], int]:
    """Find the fewest words of content whose leaving out finds something, the most there is; and how much.

    Words of grammar are left out with them.
    """
    content = [at for at, word in enumerate(words) if getattr(word, "boost", 1.0) == 1.0]
    grammar = [at for at in range(len(words)) if at not in content]
    for count in range(min(GIVEN_UP, len(content) - 1) + 1):
        paragraphs, given_up = max(
            (len(reduce(and_, [found[at] for at in content if at not in given_up])), given_up)
            for given_up in combinations(content, count)
        )
        if paragraphs:
            return sorted([*given_up, *grammar]), paragraphs
    return [], 0
