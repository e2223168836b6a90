"""The fields of facts that Whoosh searches: who, where, when, and the addresses.

Most facts belong to a statement, so a segment stores them once; here they are spread over
the statement's paragraphs.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import CODES, COLUMNS, NO_DAY, ROLES
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.indexed_fields import Groups, IndexedField, SortedTerms, Terms, Words
from onrecord.indexer.whoosh.occurrences import Indices, Ints, Occurrences
from onrecord.indexer.whoosh.schema import Day
from onrecord.indexer.whoosh.stored import address

__all__ = ["indexed_fields"]

_DAY = Day()


def indexed_fields(segment: Segment) -> dict[str, IndexedField]:
    """Return the fields of a segment by name, in the order of the names."""
    fields: dict[str, IndexedField] = {
        "text": Words(segment),
        "stem": Groups(segment),
        "role": _Roles(segment),
        "language": _Languages(segment),
        "statement": _Slugs(segment),
        "address": _Addresses(segment),
    }
    fields |= {name: _Codes(segment, name) for name in CODES}
    fields |= {name: _Names(segment, name) for name in COLUMNS if name not in CODES}
    fields |= {name: _Days(segment, name) for name in ("first", "last")}
    return dict(sorted(fields.items()))


class _Names(IndexedField):
    """Words of names, with their positions, from a column."""

    def __init__(self, segment: Segment, name: str) -> None:
        self._segment = segment
        self._name = name
        self._column = segment.statements.column(name)

    @property
    def terms(self) -> Terms:
        return self._column.terms

    @cached_property
    def lengths(self) -> Ints:
        """Words in the names that each paragraph bears."""
        values = self._column.all_places[:, 0]
        length_of_value = np.bincount(values, minlength=self._values).astype(np.uint32)
        return length_of_value[self._column.of][self._segment.paragraphs.statement_of]

    @cached_property
    def _values(self) -> int:
        """How many numbers values have, 0 among them."""
        return len(self._column.values) + 1

    def occurrences(self, number: int) -> Occurrences:
        values, positions = self._column.places(self.terms[number]).T
        standing, firsts, counts = np.unique(values, return_index=True, return_counts=True)
        begins, frequencies = np.zeros((2, self._values), np.intp)
        begins[standing], frequencies[standing] = firsts, counts
        value_of = self._column.of
        paragraphs = self._segment.statements.paragraphs_of(np.flatnonzero(frequencies[value_of]))
        value = value_of[self._segment.paragraphs.statement_of[paragraphs]]
        return Occurrences(paragraphs, frequencies[value], np.ascontiguousarray(positions), begins[value])


class _ByStatement(IndexedField):
    """One term a statement; ``_numbers`` has the number of its term, -1 where it has none."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _numbers(self) -> npt.NDArray[np.int64]:
        raise NotImplementedError

    @cached_property
    def _statements(self) -> tuple[npt.NDArray[np.int64], Indices]:
        """The numbers, sorted, and the statement of each."""
        order = np.argsort(self._numbers, kind="stable")
        return self._numbers[order], order

    def occurrences(self, number: int) -> Occurrences:
        numbers, statements = self._statements
        begin, end = np.searchsorted(numbers, [number, number + 1]).tolist()
        return Occurrences.once(self._segment.statements.paragraphs_of(statements[begin:end]))


class _Codes(_ByStatement):
    """The code of a delegation, whole, from where it stands in a column."""

    def __init__(self, segment: Segment, name: str) -> None:
        super().__init__(segment)
        column, self._at = CODES[name]
        self._column = segment.statements.column(column)

    @cached_property
    def _coded(self) -> list[str]:
        """The code in each value of the column, "" where it has none."""
        return ["".join(value[self._at : self._at + 1]) for value in self._column.values]

    @cached_property
    def _different(self) -> list[str]:
        return sorted({*self._coded} - {""}, key=str.encode)

    @cached_property
    def terms(self) -> Terms:
        return SortedTerms(code.encode() for code in self._different)

    @cached_property
    def _numbers(self) -> npt.NDArray[np.int64]:
        place = {code: at for at, code in enumerate(self._different)} | {"": -1}
        return np.array([-1, *(place[code] for code in self._coded)], np.int64)[self._column.of]


class _Days(_ByStatement):
    """Days as Whoosh writes numbers."""

    def __init__(self, segment: Segment, name: str) -> None:
        super().__init__(segment)
        self._days: Ints = segment.container[f"statement.{name}"]

    @cached_property
    def _different(self) -> Ints:
        days: Ints = np.unique(self._days[self._days != NO_DAY])
        return days

    @cached_property
    def terms(self) -> Terms:
        return SortedTerms(map(_DAY.to_bytes, self._different.tolist()))

    @cached_property
    def _numbers(self) -> npt.NDArray[np.int64]:
        places: npt.NDArray[np.int64] = np.searchsorted(self._different, self._days)
        places[self._days == NO_DAY] = -1
        return places


class _Slugs(IndexedField):
    """The slug of each statement."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @property
    def terms(self) -> Terms:
        return self._segment.statements.slugs

    def occurrences(self, number: int) -> Occurrences:
        statement = self._segment.statements.slug_statements[number : number + 1]
        return Occurrences.once(self._segment.statements.paragraphs_of(statement))


class _Roles(IndexedField):
    """What paragraphs do in their statements."""

    def __init__(self, segment: Segment) -> None:
        self._roles = segment.paragraphs.roles

    @cached_property
    def terms(self) -> Terms:
        return SortedTerms(sorted(ROLES[code].value.encode() for code in np.unique(self._roles).tolist()))

    def occurrences(self, number: int) -> Occurrences:
        codes = [role.value.encode() for role in ROLES]
        return Occurrences.once(np.flatnonzero(self._roles == codes.index(self.terms[number])))


class _Languages(IndexedField):
    """The languages of paragraphs."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @property
    def terms(self) -> Terms:
        return self._segment.paragraphs.language_codes

    def occurrences(self, number: int) -> Occurrences:
        return Occurrences.once(np.flatnonzero(self._segment.paragraphs.languages == number + 1))


class _Addresses(IndexedField):
    """The address of each paragraph, known by the paragraph's number; sorted only for who asks for all."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def terms(self) -> Terms:
        segment = self._segment
        return SortedTerms(sorted(address(segment, paragraph).encode() for paragraph in range(len(segment))))

    def find(self, term: bytes) -> int | None:
        slug, _, number = term.rpartition(b"#")
        found = self._segment.statements.slugs.find(slug)
        if found is None or not number.isdigit():
            return None
        statement = int(self._segment.statements.slug_statements[found])
        begin, end = self._segment.statements.first_paragraphs[statement : statement + 2].tolist()
        paragraph: int = begin + int(number) - 1
        stands = begin <= paragraph < end and address(self._segment, paragraph).encode() == term
        return paragraph if stands else None

    def occurrences(self, number: int) -> Occurrences:
        return Occurrences.once(np.array([number]))
