"""Counts of hits by speaker, forum and year, from the columns of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np
import numpy.typing as npt

from indexer.codec.layout import NO_DAY
from indexer.codec.segment import Segment
from search.hits import Count, Facets

__all__ = ["count_facets"]

Ints = npt.NDArray[np.uint32]


def count_facets(found: Iterable[tuple[Segment, Ints]]) -> Facets:
    """Count paragraphs found in segments."""
    statements: dict[str, Counter[str]] = {"speaker": Counter(), "forum": Counter(), "year": Counter()}
    paragraphs: dict[str, Counter[str]] = {"speaker": Counter(), "forum": Counter(), "year": Counter()}
    for segment, hits in found:
        per_statement = np.bincount(segment.statement_of[hits], minlength=len(segment.first_paragraphs) - 1)
        hit = per_statement > 0
        for name in ("speaker", "forum"):
            column = segment.column(name)
            labels = ["", *(value[0] for value in column.values)]
            _add(statements[name], labels, np.bincount(column.of[hit], minlength=len(labels)))
            _add(paragraphs[name], labels, np.bincount(column.of, per_statement, len(labels)))
        years = _years(segment)
        labels = [str(year) if year else "" for year in range(int(years.max(initial=0)) + 1)]
        _add(statements["year"], labels, np.bincount(years[hit], minlength=len(labels)))
        _add(paragraphs["year"], labels, np.bincount(years, per_statement, len(labels)))
    return Facets(*(_counts(statements[name], paragraphs[name]) for name in ("speaker", "forum", "year")))


def _add(counter: Counter[str], labels: list[str], counts: npt.NDArray[np.int64 | np.float64]) -> None:
    for label in np.flatnonzero(counts).tolist():
        if labels[label]:
            counter[labels[label]] += int(counts[label])


def _counts(statements: Counter[str], paragraphs: Counter[str]) -> tuple[Count, ...]:
    counts = [Count(name, statements[name], number) for name, number in paragraphs.items()]
    return tuple(sorted(counts, key=lambda count: (-count.paragraphs, count.name)))


def _years(segment: Segment) -> npt.NDArray[np.int64]:
    """Return the year of each statement, 0 where it is not known for certain."""
    first = segment.container["statement.first"]
    last = segment.container["statement.last"]
    days = {
        day: date.fromordinal(day).year if day != NO_DAY else 0 for day in {*first.tolist(), *last.tolist()}
    }
    begin = np.array([days[day] for day in first.tolist()], np.int64)
    end = np.array([days[day] for day in last.tolist()], np.int64)
    return np.where(begin == end, begin, 0)
