"""Cities in which states meet, in ten languages and their own.

A city a heading names need not be here; one that is here is known to be a
place even where nothing around it says so. ``places.csv`` is kept by hand, ``cities.csv``
is of maintained data (`indexer.register.generate`).
"""

from __future__ import annotations

from functools import cache, lru_cache

from onrecord.indexer.register.names import KEPT, Mention, NameTable
from onrecord.indexer.register.tables import listed, rows

__all__ = ["find_places", "place_names"]


@lru_cache(maxsize=KEPT)
def find_places(text: str) -> tuple[Mention[str], ...]:
    """Find the cities a heading names; the value is the city's English name.

    >>> find_places("Nueva York, 25 de septiembre")
    (Mention(value='New York', text='Nueva York', start=0, end=10),)
    """
    return _names().find(text)


def place_names(name: str) -> tuple[str, ...]:
    """Return the names of the city that the whole of ``name`` names, the English one first; none of others.

    >>> place_names("Wien")[:3], place_names("Vienna, Austria")
    (('Vienna', 'Vienne', 'Viena'), ())
    """
    city = _names().get(name)
    return () if city is None else (city, *_other_names()[city])


@cache
def _other_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {row["name"]: list(listed(row["names"])) for row in rows("places.csv")}
    for row in rows("cities.csv"):
        names[row["name"]] += listed(row["names"])
    return names


@cache
def _names() -> NameTable[str]:
    named = [
        (name, row["name"]) for row in rows("places.csv") for name in (row["name"], *listed(row["names"]))
    ]
    named += [(name, row["name"]) for row in rows("cities.csv") for name in listed(row["names"])]
    return NameTable(named)
