"""What an index was asked to hold: the paths that were indexed, and what was taken out below them.

A file counts when, of all paths around it, the innermost that was named was named to be indexed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from onrecord.indexer.paths import around, is_within, key_of

__all__ = ["is_kept_out", "merge_roots", "still_removed"]


def merge_roots(known: Iterable[str], roots: Iterable[Path], *, removed: Collection[str]) -> tuple[str, ...]:
    """Add roots to those known, in order, leaving out what another one holds already.

    A path inside a folder that was taken out is held by no other.
    """
    every = list(dict.fromkeys([*known, *map(key_of, roots)]))
    return tuple(
        one
        for one in every
        if not any(
            one != other and is_within(one, other) and not _is_between(removed, outer=other, inner=one)
            for other in every
        )
    )


def is_kept_out(key: str, *, roots: Collection[str], removed: Collection[str]) -> bool:
    """Tell whether a file was taken out, or lies in a folder that was.

    >>> is_kept_out("/texts/2021/a.txt", roots={"/texts"}, removed={"/texts/2021"})
    True
    >>> is_kept_out("/texts/2021/a.txt", roots={"/texts", "/texts/2021/a.txt"}, removed={"/texts/2021"})
    False
    """
    kept_out = False
    for path in around(key):
        kept_out = path in removed or (kept_out and path not in roots)
    return kept_out


def still_removed(removed: Iterable[str], named: Iterable[Path]) -> tuple[str, ...]:
    """Return what stays taken out when some paths are named: what is named is taken in again."""
    again = set(map(key_of, named))
    return tuple(path for path in removed if path not in again)


def _is_between(removed: Collection[str], *, outer: str, inner: str) -> bool:
    return any(is_within(inner, path) and is_within(path, outer) for path in removed)
