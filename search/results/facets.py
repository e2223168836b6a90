"""Counts of hits by their names, from the columns of statements and paragraphs.

The names of all segments are numbered once, so that a count is a few sums over
statements and nothing is looked up by name. Names that differ in case and accents alone are one name.
Each count carries the field that finds exactly what was counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection, Ints
from onrecord.search.results.counts import Count, Facets

__all__ = ["FacetCounter", "asked_by_code"]

Numbers = npt.NDArray[np.int64]
_UNNAMED = ""
# Codes whose names are kept: to look one up, the register is read through.
_KEPT = 1 << 10
# Signs that would end a phrase; a name is found without them.
_QUOTES = re.compile('["“”„‟«»＂]')


class FacetCounter:
    """Counts by the names of a collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._columns = {
            name: _Column(collection.segments, name, query)
            for name, query in (
                ("speaker", _shown_as("speaker")),
                ("forum", _shown_as("forum")),
                ("year", "date:{}".format),
                ("delegation", str),
                ("person", _shown_as("person")),
            )
        }

    def count(self, paragraphs: Ints) -> Facets:
        """Count some paragraphs of the collection."""
        owners = self._collection.statement_of.take(paragraphs)
        of_statement = np.bincount(owners, minlength=self._collection.statements)
        counts = {name: column.count(of_statement) for name, column in self._columns.items()}
        return Facets(
            speakers=counts["speaker"],
            forums=counts["forum"],
            years=counts["year"],
            delegations=_by_name(counts["delegation"]),
            languages=self._languages(paragraphs, owners),
            persons=counts["person"],
        )

    def _languages(self, paragraphs: Ints, owners: Ints) -> tuple[Count, ...]:
        """Count paragraphs by their own language, and the statements that hold one of each."""
        counted: Counter[str] = Counter()
        statements: Counter[str] = Counter()
        begin = 0
        if not len(paragraphs):
            return ()
        for _, segment, some in self._collection.split(paragraphs):
            codes = [_UNNAMED, *map(bytes.decode, segment.paragraphs.language_codes)]
            numbers = segment.paragraphs.languages.take(some)
            their = owners[begin : begin + len(some)]
            begin += len(some)
            for number, count in enumerate(np.bincount(numbers, minlength=len(codes)).tolist()):
                if count:
                    held = their if count == len(their) else their[numbers == number]
                    counted[codes[number]] += count
                    statements[codes[number]] += 1 + int(np.count_nonzero(held[1:] != held[:-1]))
        named = [(-count, code) for code, count in counted.items() if code]
        return tuple(
            Count(code, statements[code], -count, f"language:{code}") for count, code in sorted(named)
        )


class _Column:
    """One name a statement, numbered alike in all segments; 0 is none."""

    def __init__(self, segments: Sequence[Segment], name: str, query: Callable[[str], str]) -> None:
        self._query = query
        numbers: dict[str, int] = {_UNNAMED: 0}
        self._names = [_UNNAMED]
        parts = [np.zeros(0, np.int64)]
        for segment in segments:
            names, of = _names(segment, name)
            shared = np.array([self._number(one, numbers) for one in names], np.int64)
            parts.append(shared[of])
        self._of: Numbers = np.concatenate(parts)

    def _number(self, name: str, numbers: dict[str, int]) -> int:
        """Return the number of a name; the first of those that are folded alike stands for all."""
        number = numbers.setdefault(fold(name) or name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number

    def count(self, of_statement: Numbers) -> tuple[Count, ...]:
        """Count statements and paragraphs, given how many paragraphs of each statement are hits."""
        statements = np.bincount(self._of[of_statement > 0], minlength=len(self._names))
        paragraphs = np.bincount(self._of, of_statement, len(self._names))
        named = [
            (-int(count), self._names[number], int(statements[number]))
            for number, count in enumerate(paragraphs.tolist())
            if count and number
        ]
        return tuple(Count(name, held, -count, self._query(name)) for count, name, held in sorted(named))


def _shown_as(field: str) -> Callable[[str], str]:
    """Return how to ask for the statements that are shown under a name."""
    return lambda name: f'{field}:"={" ".join(_QUOTES.sub(" ", name).split())}"'


def _by_name(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Name delegations that were counted by their codes as they are called now."""
    return tuple(
        Count(_name_of_today(count.name), count.statements, count.paragraphs, asked_by_code(count.name))
        for count in counts
    )


@lru_cache(maxsize=_KEPT)
def _name_of_today(code: str) -> str:
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


def _names(segment: Segment, name: str) -> tuple[list[str], npt.NDArray[np.integer]]:
    """Return the names in a column of a segment, and the place of each statement's name among them."""
    if name == "year":
        years, of = np.unique(segment.statements.years, return_inverse=True)
        return [str(year) if year else _UNNAMED for year in years.tolist()], of
    column = segment.statements.column(name)
    return [_UNNAMED, *(value[0] for value in column.values)], column.of
