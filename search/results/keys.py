"""The keys of a collection: of each statement, or of each paragraph, the number of its value.

The values of all segments are numbered once, so that a count is a few sums over numbers and nothing is looked
up by name. Names that differ in case and accents alone are one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.segments.layout import NO_DAY, ROLES
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection
from onrecord.search.results.tally import DATE_NOT_CERTAIN, Key, KeyValue, Numbers

__all__ = [
    "NOT_CERTAIN",
    "KeyColumn",
    "KeyColumns",
    "asked_by_code",
    "asked_by_name",
    "asked_by_shown_name",
    "name_of_today",
    "values_in_order",
]

# Codes whose names are kept: to look one up, the register is read through.
_KEPT = 1 << 10
# Signs that would end a phrase; a name is found without them.
_QUOTES = re.compile('["“”„‟«»＂]')
_EPOCH = np.datetime64("0001-01-01")
#: What stands for a time that is not certain among the numbers of times.
NOT_CERTAIN = -1
# Of what no field finds the lack.
_NO_FIELD_OF_LACK = (Key.DELEGATION, Key.LANGUAGE, Key.ROLE, Key.SPEAKER_ROLE)
#: What a name is in a segment: the different ones, None among them, and the place of each statement's.
_Named = tuple[Sequence[str | None], npt.NDArray[np.integer]]


@dataclass(frozen=True, slots=True, eq=False)
class KeyColumn:
    """The values of a key in their order, and of each statement or paragraph the number of its value.

    Names are in the order of the alphabet; a date that is not certain, and what is not known, come last.
    """

    values: tuple[KeyValue, ...]
    of: Numbers


class KeyColumns:
    """The keys of a collection, each made when it is first asked for."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._made: dict[Key, KeyColumn] = {}

    def of(self, key: Key) -> KeyColumn:
        """Return the column of a key: of paragraphs where the key is theirs, else of statements."""
        column = self._made.get(key)
        if column is None:
            column = self._made[key] = self._make(key)
        return column

    @cached_property
    def identities(self) -> Numbers:
        """Who speaks in each statement, as numbers from 0 up: a delegation is one; -1 is not known."""
        codes, names = self.of(Key.DELEGATION), self.of(Key.SPEAKER)
        by_code = np.array([value.name is not None for value in codes.values], bool)
        by_name = np.array([value.name is not None for value in names.values], bool)
        named = np.where(by_name[names.of], names.of + len(codes.values), -1)
        return np.where(by_code[codes.of], codes.of, named)

    def _make(self, key: Key) -> KeyColumn:
        if key.is_time:
            return _dated(key, self._days("first_days"), self._days("last_days"))
        if key is Key.LANGUAGE:
            return self._named(_languages, str.casefold, "language:{}".format, by_paragraph=True)
        if key is Key.ROLE:
            return self._named(_roles, str.casefold, lambda _: None, by_paragraph=True)
        if key is Key.SPEAKER_ROLE:
            return self._named(_speaker_roles, str.casefold, lambda _: None)
        if key is Key.DELEGATION:
            return self._delegations()
        return self._named(
            lambda segment: _names(segment, key.value),
            _as_one,
            asked_by_shown_name(key.value),
            unknown=key.value,
        )

    def _delegations(self) -> KeyColumn:
        """Return delegations, told apart by their codes and named as they are called now."""
        coded = self._named(lambda segment: _names(segment, "delegation"), str, lambda code: code)
        values = [
            KeyValue(name_of_today(code.name), asked_by_code(code.name)) if code.name else code
            for code in coded.values
        ]
        return _in_order(values, coded.of)

    def _named(
        self,
        names: Callable[[Segment], _Named],
        same: Callable[[str], str],
        asked: Callable[[str], str | None],
        *,
        by_paragraph: bool = False,
        unknown: str | None = None,
    ) -> KeyColumn:
        """Give the names of all segments the same numbers; the first of those that are one stands for all.

        Paragraphs that lie between two segments, and are none, have the first number.
        """
        numbers: dict[str, int] = {}
        values = [KeyValue(None, None if unknown is None else f"{unknown}:unknown")]
        parts: list[Numbers] = []
        for segment in self._collection.segments:
            different, of = names(segment)
            shared = [
                0 if one is None else numbers.setdefault(same(one), len(numbers) + 1) for one in different
            ]
            for one, number in zip(different, shared, strict=True):
                if number == len(values) and one is not None:
                    values.append(KeyValue(one, asked(one)))
            parts.append(np.array(shared, np.int64).take(of))
        if not by_paragraph:
            return _in_order(values, np.concatenate([np.zeros(0, np.int64), *parts]))
        spread = np.zeros(self._collection.size, np.int64)
        for base, part in zip(self._collection.bases, parts, strict=True):
            spread[base : base + len(part)] = part
        return _in_order(values, spread)

    def _days(self, name: str) -> Numbers:
        days = (getattr(segment.statements, name) for segment in self._collection.segments)
        return np.concatenate([np.zeros(0, np.int64), *days]).astype(np.int64)


def values_in_order(key: Key, names: Iterable[str | int]) -> dict[str | int | None, KeyValue]:
    """Return the values of a key by what an index has for them, in the order in which they are shown.

    That is a name, the code of a delegation or of a language, or the number of a year, a month or a decade,
    or `NOT_CERTAIN`. What is not known is None, and the last.

    >>> values_in_order(Key.YEAR, [2021, NOT_CERTAIN])[2021]
    KeyValue(name='2021', query='date:2021')
    """
    known: dict[str | int | None, KeyValue] = {}
    if key.is_time:
        times = sorted(int(time) for time in names if time != NOT_CERTAIN)
        known |= {time: _named_time(key, time) for time in times}
        known[NOT_CERTAIN] = KeyValue(DATE_NOT_CERTAIN, None)
        known[None] = KeyValue(None, "date:unknown")
        return known
    values = {name: _value(key, str(name)) for name in names}
    known |= sorted(values.items(), key=lambda item: (_place(item[1].name), item[0]))
    known[None] = KeyValue(None, None if key in _NO_FIELD_OF_LACK else f"{key.value}:unknown")
    return known


def _value(key: Key, name: str) -> KeyValue:
    match key:
        case Key.DELEGATION:
            return KeyValue(name_of_today(name), asked_by_code(name))
        case Key.LANGUAGE:
            return KeyValue(name, f"language:{name}")
        case Key.ROLE | Key.SPEAKER_ROLE:
            return KeyValue(name, None)
    return KeyValue(name, asked_by_shown_name(key.value)(name))


def _in_order(values: Sequence[KeyValue], of: Numbers) -> KeyColumn:
    """Put values in the order in which they are shown, and number by it."""
    order = sorted(range(len(values)), key=lambda number: _place(values[number].name))
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    return KeyColumn(tuple(values[number] for number in order), ranks[of])


def _place(name: str | None) -> tuple[bool, str, str]:
    return (name is None, fold(name or ""), name or "")


def _dated(key: Key, first: Numbers, last: Numbers) -> KeyColumn:
    """Return the times in which statements certainly lie."""
    begin, end = _times(key, first), _times(key, last)
    certain = (first != NO_DAY) & (begin == end)
    times, of = np.unique(begin[certain], return_inverse=True)
    numbers = np.full(len(first), len(times), np.int64)  # not certain
    numbers[certain] = of
    numbers[first == NO_DAY] = len(times) + 1
    named = [_named_time(key, time) for time in times.tolist()]
    return KeyColumn((*named, KeyValue(DATE_NOT_CERTAIN, None), KeyValue(None, "date:unknown")), numbers)


def _times(key: Key, days: Numbers) -> Numbers:
    """Return the year, the month counted from year 0, or the decade in which each day lies."""
    months = (_EPOCH + (np.maximum(days, 1) - 1)).astype("datetime64[M]").astype(np.int64) + 1970 * 12
    widths = {Key.MONTH: 1, Key.YEAR: 12, Key.DECADE: 120}
    times: Numbers = months // widths[key]
    return times


def _named_time(key: Key, time: int) -> KeyValue:
    if key is Key.MONTH:
        name = f"{time // 12:04}-{time % 12 + 1:02}"
        return KeyValue(name, f"date:{name}")
    if key is Key.YEAR:
        return KeyValue(f"{time:04}", f"date:{time:04}")
    return KeyValue(f"{time * 10:04}s", f"date:{max(time * 10, 1):04}..{time * 10 + 9:04}")


def _as_one(name: str) -> str:
    """Return what names have in common that differ in case and accents alone."""
    return fold(name) or name


def asked_by_shown_name(field: str) -> Callable[[str], str]:
    """Return how to ask for the statements that are shown under a name."""
    return lambda name: f'{field}:"={" ".join(_QUOTES.sub(" ", name).split())}"'


@lru_cache(maxsize=_KEPT)
def name_of_today(code: str) -> str:
    """Return the name that a delegation has now, its code where that is not known."""
    from onrecord.indexer.register import delegation_by_code  # its tables are nothing that a search needs

    known = delegation_by_code(code)
    return known.name if known else code


@lru_cache(maxsize=_KEPT)
def asked_by_code(code: str) -> str:
    """Return how to ask for a delegation under all its names: by its code, unless that names another.

    >>> asked_by_code("RUS"), asked_by_code("NAM")
    ('speaker:rus', 'speaker:"Namibia"')
    """
    from onrecord.indexer.register import delegation_by_code, delegation_named

    known, named = delegation_by_code(code), delegation_named(code)
    if known is None or named is None or named.code == code:
        return f"speaker:{code.lower()}"
    return f'speaker:"{known.name}"'


def asked_by_name(name: str) -> str:
    """Return how to ask for the statements that are shown under the name of a speaker."""
    return asked_by_shown_name("speaker")(name)


def _names(segment: Segment, name: str) -> _Named:
    column = segment.statements.column(name)
    return [None, *(value[0] for value in column.values)], column.of


def _languages(segment: Segment) -> _Named:
    return [None, *segment.paragraphs.languages_known], segment.paragraphs.languages


def _roles(segment: Segment) -> _Named:
    return [role.value for role in ROLES], segment.paragraphs.roles


def _speaker_roles(segment: Segment) -> _Named:
    """Read the roles of speakers, which stand in the records alone: 15 microseconds a statement."""
    roles: list[str | None] = list(_each_role(segment))
    different: list[str | None] = [None, *sorted({role for role in roles if role is not None})]
    numbers = {role: number for number, role in enumerate(different)}
    return different, np.array([numbers[role] for role in roles], np.int64)


def _each_role(segment: Segment) -> Iterator[str | None]:
    return (segment.statements.record(number).speaker_role for number in range(len(segment.statements)))
