"""What is said beside a quotation: who spoke, when, before whom; and whether a place bears it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self, TypedDict, Unpack

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.indexer.dates import DateInterval, PartialDate
from onrecord.search.language import read_filters
from onrecord.search.request import Names, Request, When
from onrecord.search.results.hits import Hit
from onrecord.search.results.spoken import Runs, SpokenWords

__all__ = ["Claims", "SourceFilters"]

Mask = npt.NDArray[np.bool_]


class SourceFilters(TypedDict, total=False):
    """What may be said beside a quotation but for who spoke; `search.request.Request` has what each means."""

    forum: Names
    place: Names
    language: Names
    since: When
    until: When


@dataclass(frozen=True)
class Claims:
    """What is said of the source of a quotation: each claim by its name, with the filter that it is."""

    filters: tuple[tuple[str, Query], ...] = ()
    days: DateInterval | None = None

    @classmethod
    def of(cls, *, speaker: Names = None, date: When = None, **filters: Unpack[SourceFilters]) -> Self:
        """Make claims of options as people write them (`QueryError`, `DateError`)."""
        asked = Request.of("", speaker=speaker, since=date, until=date)
        given = Request.of("", **filters)
        found = [
            (name, read_filters(**{name: values})[0])  # type: ignore[arg-type]  # as `Request` has read them
            for name, values in (
                ("speaker", asked.speaker),
                ("forum", given.forum),
                ("place", given.place),
                ("language", given.language),
            )
            if values
        ]
        dates = [(one.since, one.until) for one in (asked, given) if one.since or one.until]
        found += [("date", read_filters(since=since, until=until)[0]) for since, until in dates]
        return cls(tuple((name, tree) for name, tree in found if tree is not None), _days(dates))

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.filters)

    def passing(self, spoken: SpokenWords, places: Runs) -> Mask:
        """Mark the places that bear out all claims for certain."""
        masks = [spoken.passing(tree, places) for _, tree in self.filters]
        passing: Mask = np.logical_and.reduce(masks) if masks else np.ones(len(places), bool)
        return passing

    def differing(self, spoken: SpokenWords, statement: int, word: int) -> list[str]:
        """Name the claims that a place does not bear out for certain."""
        place = Runs(np.array([statement]), np.array([word]))
        return [name for name, tree in self.filters if not spoken.passing(tree, place).all()]

    def unsure(self, names: list[str], hit: Hit) -> Iterator[str]:
        """Yield those of some claims that a paragraph says nothing of, or not precisely enough."""
        for name in names:
            if getattr(hit, name) is None or (name == "date" and self._may_be(str(hit.date))):
                yield name

    def _may_be(self, date: str) -> bool:
        known, days = PartialDate.parse(date), self.days
        if days is None:
            return False
        return (days.first is None or known.last >= days.first) and (
            days.last is None or known.first <= days.last
        )


def _days(dates: list[tuple[str | None, str | None]]) -> DateInterval | None:
    """Return the days that lie within all dates."""
    firsts = [PartialDate.parse(since).first for since, _ in dates if since]
    lasts = [PartialDate.parse(until).last for _, until in dates if until]
    return DateInterval(max(firsts, default=None), min(lasts, default=None)) if dates else None
