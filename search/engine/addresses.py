"""From an address as someone typed it to the statement that it means."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from onrecord.indexer.address import readable_part
from onrecord.indexer.errors import AddressError
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.search.engine.engine import Engine

__all__ = ["resolve"]

# How many addresses to offer when one is not found.
_NEAR_ADDRESSES = 3


def resolve(typed: str, engine: Engine) -> tuple[Segment, int]:
    """Find the one statement that is meant (`AddressError` with the nearest addresses)."""
    found = _named(typed, engine.segments)
    if found is not None:
        return found
    slugs = _slugs_shown(engine)
    meant = [slug for slug in slugs if readable_part(slug) == typed]
    if len(meant) == 1:
        resolved = _named(meant[0], engine.segments)
        assert resolved is not None
        return resolved
    if meant:
        advice = f"{len(meant)} statements begin so: {', '.join(meant[:_NEAR_ADDRESSES])}."
    else:
        meant = get_close_matches(typed, slugs, n=_NEAR_ADDRESSES)
        advice = f"the nearest are {', '.join(meant)}." if meant else "search prints the addresses there are."
    raise AddressError(f"No statement has the address {typed}; {advice}", address=typed, near=tuple(meant))


def _slugs_shown(engine: Engine) -> list[str]:
    """List the slugs of all statements that are shown, sorted."""
    return sorted(
        entry.record.slug for entry in Catalogue(engine.segments).entries(without=engine.copies.hidden)
    )


def _named(slug: str, segments: Sequence[Segment]) -> tuple[Segment, int] | None:
    for segment in segments:
        statement = segment.statements.named(slug)
        if statement is not None:
            return segment, statement
    return None
