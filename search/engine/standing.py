"""Which statements hold what was found, told without reading them; and where statements stand today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np

from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.former_addresses import FormerAddresses
from onrecord.search.collection import Collection, Ints
from onrecord.search.engine.engine import Engine
from onrecord.search.results.hits import Standing

__all__ = ["shown_as", "standing"]


def standing(collection: Collection, paragraphs: Ints) -> Iterator[Standing]:
    """Yield the statements of some rising paragraphs with the numbers of these, in order of address."""
    found: list[Standing] = []
    for _, segment, own in collection.split(paragraphs):
        statements = segment.paragraphs.statement_of.take(own)
        begins = np.flatnonzero(np.diff(statements.astype(np.int64), prepend=-1)).tolist()
        numbers = (own - segment.statements.first_paragraphs.take(statements) + 1).tolist()
        for begin, end in pairwise([*begins, len(own)]):
            statement = int(statements[begin])
            digest = segment.statements.digests[statement].tobytes()
            slug = segment.statements.slug(statement).decode()
            found.append(Standing(slug, digest, tuple(numbers[begin:end])))
    return iter(sorted(found))


def shown_as(
    slugs: Iterable[str], engine: Engine, former: Callable[[], FormerAddresses]
) -> dict[str, tuple[str, ...]]:
    """Return under which slugs the statements are found today that once had some slugs.

    The one that has a slug today comes first, then those that have given it up, the first one first.
    """
    found = {}
    for slug in slugs:
        ends = [former().last(end).now for end in former().of(slug)]
        now = [_shown(one, engine) for one in (slug, *ends) if one is not None]
        found[slug] = tuple(dict.fromkeys(one for one in now if one is not None))
    return found


def _shown(slug: str, engine: Engine) -> str | None:
    """Return the slug that a live statement is found under, None where there is none."""
    for segment in engine.segments:
        statement = segment.statements.named(slug)
        if statement is not None:
            return _slug(*engine.copies.representative(segment, statement))
    return None


def _slug(segment: Segment, statement: int) -> str:
    return segment.statements.slug(statement).decode()
