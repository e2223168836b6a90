"""Former addresses: what became of every address that an index gave and no longer gives.

They are one file of a generation, written only by a commit that changes them, read only for an address that
no statement has and to say that a statement was edited. Its two lines are those of a generation: JSON, and
the CRC-32 of the first line. What is read may be a stranger's, so only what `FormerAddresses.dump` writes is
accepted.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from onrecord.indexer.errors import SourceError

__all__ = [
    "LARGEST_ADDRESSES_FILE",
    "MOST_FORMER",
    "Former",
    "FormerAddresses",
    "KnownAddress",
    "new_addresses_name",
    "read_addresses",
]

FORMAT_VERSION = 1
#: Bytes above which no such file is read or written.
LARGEST_ADDRESSES_FILE = 1 << 30
#: Former addresses that are remembered; of more, those that were given up first are forgotten.
MOST_FORMER = 2_000_000
_LARGEST_NUMBER = 1 << 53
_COLUMNS = ("slugs", "now", "sources", "generations", "words", "edited")
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


def new_addresses_name() -> str:
    """Name the file of former addresses as no other is named."""
    return f"addresses-{os.urandom(8).hex()}.json"


class Former(NamedTuple):
    """One end of an address: in ``generation`` it ceased to be that of a statement.

    ``now`` is the statement's slug from then on, None where the statement was taken out. ``source`` is the
    file that it came from. Where it was taken out, ``words`` is the hash of its words, and ``edited`` the
    generation in which these had last changed, 0 if never. An address that was brought from another index
    and led nowhere here has the generation 0. (A tuple, since an update makes all of them.)
    """

    slug: str
    now: str | None
    source: str
    generation: int
    words: str = ""
    edited: int = 0


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address that an index gave, live or former, as ``onrecord addresses`` prints it.

    ``now`` is the address of its statement today, None where that was taken out. ``generation`` is the one in
    which it was given up, of a live one that of the index. ``words`` is the hash of the words of a statement
    that is live or was taken out (`indexer.fingerprint.words_hash`), ``edited`` the generation in which the
    words of a live one last changed.
    """

    address: str
    now: str | None
    source: str
    generation: int
    words: str = ""
    edited: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the address as plain data, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> KnownAddress:
        """Read what `as_dict` gave (`ValueError`)."""
        if not isinstance(data, Mapping) or set(data) != {one.name for one in fields(cls)}:
            raise ValueError("it is no line of onrecord addresses")
        now, edited = data["now"], data["edited"]
        return cls(
            _text(data["address"]),
            None if now is None else _text(now),
            _text(data["source"]),
            _number(data["generation"]),
            _text(data["words"]),
            None if edited is None else _number(edited),
        )


def read_addresses(path: Path | str) -> list[KnownAddress]:
    """Read what ``onrecord addresses`` printed (`SourceError` with the line that it did not)."""
    found = []
    try:
        with Path(path).open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    found.append(KnownAddress.from_dict(json.loads(line)))
                except (ValueError, RecursionError) as error:
                    raise SourceError(
                        path, "this is no line that onrecord addresses printed; give it whole.", line=number
                    ) from error
    except OSError as error:
        raise SourceError(path, f"it cannot be read ({(error.strerror or str(error)).lower()}).") from error
    return found


@dataclass(frozen=True)
class FormerAddresses:
    """All former addresses, and the live statements that were edited.

    A slug is there once for every statement that ceased to have it: a file may be renamed, and another be
    put in its place. ``edited`` holds the generation in which the words of a statement last changed.
    """

    former: tuple[Former, ...] = ()
    edited: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.former or self.edited)

    def of(self, slug: str) -> tuple[Former, ...]:
        """Return the ends of an address, the first one first."""
        return tuple(self._by_slug.get(slug, ()))

    def last(self, end: Former) -> Former:
        """Follow a statement from one end of an address to its last: ``now`` is its slug today, or None."""
        while end.now is not None:
            later = next((one for one in self.of(end.now) if one.generation > end.generation), None)
            if later is None:
                break
            end = later
        return end

    def as_of(self, generation: int) -> FormerAddresses:
        """Return what was known in a generation."""
        return FormerAddresses(
            tuple(one for one in self.former if one.generation <= generation),
            {slug: edit for slug, edit in self.edited.items() if edit <= generation},
        )

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """All former slugs, each once."""
        return tuple(self._by_slug)

    @cached_property
    def _by_slug(self) -> dict[str, list[Former]]:
        found: defaultdict[str, list[Former]] = defaultdict(list)
        for one in self.former:
            found[one.slug].append(one)
        for ends in found.values():
            ends.sort(key=lambda one: one.generation)
        return dict(found)

    def dump(self) -> bytes:
        """Write the file: of the former addresses a list of each value, which is read in half the time."""
        kept = self.former
        if len(kept) > MOST_FORMER:
            kept = tuple(sorted(kept, key=lambda one: one.generation)[-MOST_FORMER:])
        slugs, now, files, generations, words, edited = list(zip(*kept, strict=True)) or [()] * len(_COLUMNS)
        sources = {source: at for at, source in enumerate(dict.fromkeys(files))}
        columns = (slugs, now, [sources[source] for source in files], generations, words, edited)
        data = {
            "version": FORMAT_VERSION,
            "sources": list(sources),
            "former": dict(zip(_COLUMNS, columns, strict=True)),
            "edited": dict(self.edited),
        }
        line = json.dumps(data, separators=(",", ":")).encode()
        return b"%s\n%08x\n" % (line, zlib.crc32(line))

    @classmethod
    def load(cls, data: bytes) -> FormerAddresses:
        """Read what `dump` wrote; anything else is a `ValueError`."""
        line, _, rest = data.partition(b"\n")
        if rest != b"%08x\n" % zlib.crc32(line):
            raise ValueError("its checksum is another")
        try:
            members = json.loads(line, parse_float=_unknown, parse_constant=_unknown)
            if _HALF_CHARACTER.search(line):  # one can be spelled, and could not be printed
                json.dumps(members, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
        if not isinstance(members, dict) or set(members) != {"version", "sources", "former", "edited"}:
            raise ValueError("it holds something unknown")
        if members["version"] != FORMAT_VERSION:
            raise ValueError("it is of another version of On Record")
        edited = _table(members["edited"])
        _check_numbers(edited.values())
        return cls(_ends(_table(members["former"]), _texts(members["sources"])), edited)

    def with_ends(self, ends: Iterable[Former], edited: Mapping[str, int]) -> FormerAddresses:
        """Add ends of addresses, without those of addresses that their statement has again."""
        new = list(ends)
        every = FormerAddresses((*self.former, *new), edited)
        taken = {one.now for one in new}
        if any(one.slug in taken for one in every.former):
            kept = (one for one in every.former if one.slug not in taken or every.last(one).now != one.slug)
            every = FormerAddresses(tuple(kept), edited)
        return every


def _ends(columns: dict[str, Any], files: list[str]) -> tuple[Former, ...]:
    if set(columns) != set(_COLUMNS):
        raise ValueError("a value of former addresses is missing")
    slugs, words = _texts(columns["slugs"]), _texts(columns["words"])
    now = _list(columns["now"])
    _texts([slug for slug in now if slug is not None])
    sources, generations, edited = (_list(columns[name]) for name in ("sources", "generations", "edited"))
    _check_numbers([*sources, *generations, *edited])
    if sources and max(sources) >= len(files):
        raise ValueError("there is no such source")
    # Columns of different lengths are a ValueError too.
    every = zip(slugs, now, (files[at] for at in sources), generations, words, edited, strict=True)
    return tuple(map(Former._make, every))


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a table is none")  # noqa: TRY004  (damage is one kind of error)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list is none")  # noqa: TRY004
    return value


def _texts(value: Any) -> list[str]:
    texts = _list(value)
    if not set(map(type, texts)) <= {str}:
        raise ValueError("a text is none")
    return texts


def _text(value: Any) -> str:
    return _texts([value])[0]


def _check_numbers(values: Collection[Any]) -> None:
    if values and not (set(map(type, values)) <= {int} and 0 <= min(values) <= max(values) < _LARGEST_NUMBER):
        raise ValueError("a number is none")


def _number(value: Any) -> int:
    _check_numbers([value])
    number: int = value
    return number


def _unknown(_: str) -> NoReturn:
    raise ValueError("a number is no whole one")
