"""Delegations: states and organisations that speak, by code and by every name they go by.

``delegations.csv`` holds a row a name that was in use for a time: a state that was
renamed has several rows under its code. ``other_names.csv`` adds the names in further
languages that we keep by hand, ``territories.csv`` those of maintained data
(`indexer.register.generate`). Every row says where it is from. ``names.csv`` is made of
them all, folded, and is what lookups read. ``names`` are separated
by ``|``. Codes are ISO 3166-1 alpha-3, withdrawn ones included; an organisation has the
abbreviation it is known by. ``short_names.csv`` adds what people type for a delegation and
no heading is searched for. ``statehood.csv`` says since when a state is one. ``decoys.csv``
holds names that contain a delegation's name and mean something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.register.names import KEPT, Mention, NameTable
from onrecord.indexer.register.tables import listed, read_table, rows

__all__ = [
    "Delegation",
    "delegation_by_code",
    "delegation_named",
    "delegation_of_adjective",
    "find_delegations",
    "keys_of_names",
    "states_in",
]


@dataclass(frozen=True, slots=True)
class Delegation:
    """A state or an organisation under the name it had from ``since`` to ``until``, both years included.

    ``kind`` is "state", "observer" (a non-member state that observes in the United
    Nations), "other" (a territory that speaks in some forums, without a word on its
    status), "organisation" or "agency" (an organisation before which states speak, so
    that its name alone in a heading says nothing about the speaker). ``names`` are the
    other names of this time: formal, former without a time of their own, French,
    Spanish and native.
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


def states_in(year: int) -> tuple[Delegation, ...]:
    """Return the states of the register in a year, each under the name it had then, once.

    ``statehood.csv`` has the year in which those became states that were none in 1945. A state with a code of
    today and a withdrawn one has the one of today.

    >>> [state.name for state in states_in(1985) if state.code in ("SWZ", "DDR", "CZE", "RUS", "SUN")]
    ['German Democratic Republic', 'Swaziland', 'Union of Soviet Socialist Republics']
    """
    since = _statehood()
    codes = {
        row.code
        for row in _delegations()
        if row.kind == "state" and row.named_so_in(year) and since.get(row.code, year) <= year
    }
    states = (delegation_by_code(code, year=year) for code in codes)
    lasting = sorted(filter(None, states), key=lambda state: (_is_withdrawn(state.code), state.code))
    by_name: dict[str, Delegation] = {}
    for state in lasting:
        by_name.setdefault(fold(state.name), state)
    return tuple(sorted(by_name.values(), key=lambda state: state.name))


def _is_withdrawn(code: str) -> bool:
    """Tell whether a code is no longer in use: its last name has ended."""
    last = delegation_by_code(code)
    return last is not None and last.until is not None


def delegation_named(name: str) -> Delegation | None:
    """Return the delegation that the whole of ``name`` names, under whatever name.

    >>> delegation_named("Government of Japan") is None, delegation_named("CÔTE D’IVOIRE").code
    (True, 'CIV')
    """
    key = fold(name)
    at = _keys().find(f"\n{key},")
    if at < 0:
        return delegation_by_code(_short_names().get(key, ""))
    _, code, until = _keys()[at + 1 : _keys().index("\n", at + 1)].split(",")
    return _named_until().get((code, until))


@lru_cache(maxsize=KEPT)
def find_delegations(text: str) -> tuple[Mention[Delegation], ...]:
    """Find the delegations a heading names, in order; the longest name wins.

    >>> [mention.value.code for mention in find_delegations("NIGER and the Republic of Korea")]
    ['NER', 'KOR']
    """
    return tuple(
        Mention(mention.value, mention.text, mention.start, mention.end)
        for mention in _names().find(text)
        if mention.value is not None
    )


def delegation_of_adjective(word: str) -> Delegation | None:
    """Return the delegation that an English adjective belongs to, None where it is none's or several's.

    >>> delegation_of_adjective("Norwegian").name, delegation_of_adjective("Dominican")
    ('Norway', None)
    """
    return _adjectives().get(word.casefold())


@cache
def _adjectives() -> dict[str, Delegation]:
    """Return the delegations by their adjectives, in small letters (``adjectives.csv``)."""
    by_code = {delegation.code: delegation for delegation in _delegations() if delegation.until is None}
    return {
        word.casefold(): by_code[row["code"]]
        for row in rows("adjectives.csv")
        for word in listed(row["words"])
    }


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


def _in_other_languages() -> Iterator[tuple[str, Delegation]]:
    """Yield the names of the further tables, each with what the code means today."""
    for table in ("other_names.csv", "territories.csv"):
        for row in rows(table):
            delegation = delegation_by_code(row["code"])
            if delegation:
                yield from ((name, delegation) for name in listed(row["names"]))


@cache
def _statehood() -> dict[str, int]:
    """Return the year in which each state that was none in 1945 became one."""
    return {row["code"]: int(row["since"]) for row in rows("statehood.csv")}


@cache
def _by_code() -> dict[str, tuple[Delegation, ...]]:
    names: dict[str, tuple[Delegation, ...]] = {}
    for delegation in _delegations():
        names[delegation.code] = (*names.get(delegation.code, ()), delegation)
    return names


@cache
def _named_until() -> dict[tuple[str, str], Delegation]:
    return {(row.code, str(row.until or "")): row for row in _delegations()}


@cache
def _keys() -> str:
    """Return the folded names, a line each: read whole, for a search looks up one name and is gone."""
    return "\n" + read_table("names.csv")


@cache
def _short_names() -> dict[str, str]:
    """Return the codes by what people type, which is too short to be looked for in a heading."""
    return {
        fold(name): row["code"]
        for row in rows("short_names.csv")
        if row["kind"] == "delegation"
        for name in listed(row["names"])
    }


@cache
def _names() -> NameTable[Delegation | None]:
    """All names in one table; a decoy means None, so that it takes its words away."""
    named_until = _named_until()
    lines = (line.split(",") for line in _keys().splitlines()[2:])
    return NameTable.of_keys(
        (tuple(key.split()), named_until.get((code, until))) for key, code, until in lines
    )


def keys_of_names() -> Iterator[tuple[str, str, str]]:
    """Yield what ``names.csv`` holds: each name folded, its code, and the year its time ended.

    A decoy has no code. Of two meanings of one name the first is kept: a state's name of
    its own before one in another language.
    """
    named = [(name, row) for row in _delegations() for name in (row.name, *row.names)]
    named += _in_other_languages()
    # "Antigua & Barbuda": the sign is no word, so the name without "and" stands for it.
    named += [(name.replace(" and ", " "), row) for name, row in named if " and " in name]
    seen: set[str] = set()
    for name, code, until in (
        *((name, row.code, str(row.until or "")) for name, row in named),
        *((row["words"], "", "") for row in rows("decoys.csv")),
    ):
        key = fold(name)
        if key and key not in seen:
            seen.add(key)
            yield key, code, until
