"""Makes ``spellings.csv``: the English lemmas that are spelt in two ways, from a maintained list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["spellings"]

# Another word in the other country, another unit, or no variant at all: a cheque is not to check anything.
_TRAPS = frozenset(
    [
        "annexe",
        "baulk",
        "bevvy",
        "cheque",
        "connexion",
        "disc",
        "draught",
        "draughtboard",
        "draughty",
        "fillet",
        "gaol",
        "gauge",
        "groyne",
        "kerb",
        "louvre",
        "metre",
        "per",
        "philtre",
        "phoney",
        "storey",
        "tonne",
        "tranquilly",
        "tyre",
    ]
)


def spellings(folder: Path, lemma: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each lemma that is spelt otherwise in America, with that; the folder is the unpacked list."""
    british: dict[str, str] = json.loads(
        (folder / "data" / "british_spellings.json").read_text(encoding="utf-8")
    )
    american: dict[str, str] = json.loads(
        (folder / "data" / "american_spellings.json").read_text(encoding="utf-8")
    )
    pairs = {there: here for here, there in american.items()} | british
    found = {}
    for spelling, other in pairs.items():
        here, there = lemma.get(spelling, spelling), lemma.get(other, other)
        if _TRAPS.isdisjoint((spelling, here)):
            if here == there and spelling in (here, f"{here}e"):
                # The dictionary has the American form under the British one.
                found[here] = other
            elif here != there and (pairs.get(here) == there or _differ_alike(spelling, other, here, there)):
                found[here] = there
    yield from sorted((here, there) for here, there in found.items() if there not in found)


def _differ_alike(spelling: str, other: str, here: str, there: str) -> bool:
    """Tell whether two lemmas differ as two of their forms do: ``defence`` from ``defense`` as "defences"."""
    start = _shared(spelling, other)
    end = _shared(spelling[start:][::-1], other[start:][::-1])
    old, new = spelling[start : len(spelling) - end], other[start : len(other) - end]
    return bool(old) and here[:start] + here[start:].replace(old, new, 1) == there


def _shared(first: str, second: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
