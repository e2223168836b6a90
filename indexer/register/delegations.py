"""Delegations: states and organisations that speak, by code and by every name they go by.

``delegations.csv`` holds a row a name that was in use for a time: a state that was
renamed has several rows under its code. ``names`` are separated by ``|``. Codes
are ISO 3166-1 alpha-3, withdrawn ones included; an organisation has the
abbreviation it is known by. ``decoys.csv`` holds names that contain a
delegation's name and mean something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.register.names import Mention, NameTable
from indexer.register.tables import listed, rows

__all__ = ["Delegation", "delegation_by_code", "delegation_named", "find_delegations"]


@dataclass(frozen=True, slots=True)
class Delegation:
    """A state or an organisation under the name it had from ``since`` to ``until``, both years included.

    ``kind`` is "state" or "organisation"; ``names`` are its other names: formal,
    former without a time of their own, French, Spanish and native.
    """

    code: str
    name: str
    kind: str = "state"
    names: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def named_so_in(self, year: int) -> bool:
        """Tell whether this was the name in ``year``."""
        return (self.since or year) <= year <= (self.until or year)


def delegation_by_code(code: str, *, year: int | None = None) -> Delegation | None:
    """Return the delegation of a code under the name it had in ``year``, or has now.

    >>> delegation_by_code("SWZ").name, delegation_by_code("SWZ", year=1990).name
    ('Eswatini', 'Swaziland')
    """
    names = _by_code().get(code.upper(), ())
    named_so = [name for name in names if year is not None and name.named_so_in(year)]
    if named_so:
        return max(named_so, key=lambda name: name.since or 0)
    return max(names, key=lambda name: (name.until is None, name.since or 0), default=None)


def delegation_named(name: str) -> Delegation | None:
    """Return the delegation that the whole of ``name`` names, under whatever name.

    >>> delegation_named("Government of Japan") is None, delegation_named("CÔTE D’IVOIRE").code
    (True, 'CIV')
    """
    return _names().get(name)


def find_delegations(text: str) -> list[Mention[Delegation]]:
    """Find the delegations a heading names, in order; the longest name wins.

    >>> [mention.value.code for mention in find_delegations("NIGER and the Republic of Korea")]
    ['NER', 'KOR']
    """
    return [
        Mention(mention.value, mention.text, mention.start, mention.end)
        for mention in _names().find(text)
        if mention.value is not None
    ]


@cache
def _delegations() -> tuple[Delegation, ...]:
    return tuple(
        Delegation(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            names=listed(row["names"]),
            since=int(row["since"]) if row["since"] else None,
            until=int(row["until"]) if row["until"] else None,
        )
        for row in rows("delegations.csv")
    )


@cache
def _by_code() -> dict[str, tuple[Delegation, ...]]:
    names: dict[str, tuple[Delegation, ...]] = {}
    for delegation in _delegations():
        names[delegation.code] = (*names.get(delegation.code, ()), delegation)
    return names


@cache
def _names() -> NameTable[Delegation | None]:
    """All names in one table; a decoy means None, so that it takes its words away."""
    named: list[tuple[str, Delegation | None]] = [
        (name, delegation) for delegation in _delegations() for name in (delegation.name, *delegation.names)
    ]
    # "Antigua & Barbuda": the sign is no word, so the name without "and" stands for it.
    named += [(name.replace(" and ", " "), delegation) for name, delegation in named if " and " in name]
    return NameTable([*named, *((row["words"], None) for row in rows("decoys.csv"))])
