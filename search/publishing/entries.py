"""What lists, feeds and maps say of a statement: an entry."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from onrecord.search.publishing.site import folder_of_name, folder_of_statement
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["KINDS", "Entry", "Group", "grouped", "newest_first"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement: where it lies, what is known of it, and how many paragraphs it has."""

    slug: str
    folder: str
    title: str | None
    speaker: str | None
    forum: str | None
    date: str | None
    day: datetime.date | None
    language: str | None
    paragraphs: int

    @classmethod
    def of(cls, hits: Sequence[Hit], *, folder: str | None = None) -> Self:
        """Make the entry of a statement, given its paragraphs."""
        first = hits[0]
        return cls(
            slug=first.statement,
            folder=folder or folder_of_statement(first.statement),
            title=_clean(first.title),
            speaker=_clean(first.speaker),
            forum=_clean(first.forum),
            date=first.date,
            day=first.first_day,
            language=first.language,
            paragraphs=len(hits),
        )

    @property
    def path(self) -> str:
        """The path of its page, with the slash that servers add."""
        return f"{self.folder}/"

    @property
    def year(self) -> str | None:
        """The year in which it was given."""
        return self.date and self.date[:4]

    @property
    def name(self) -> str:
        """What it is called: its title, or who spoke where."""
        return self.title or ", ".join(filter(None, (self.speaker, self.forum))) or self.slug


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one speaker, in one forum or of one year; the name is None where it is not known."""

    kind: str
    name: str | None
    folder: str
    entries: tuple[Entry, ...]


#: The lists there are: the folder of each, its title, and by what of a statement it is made.
KINDS: tuple[tuple[str, str, Callable[[Entry], str | None]], ...] = (
    ("speakers", "Speakers", lambda entry: entry.speaker),
    ("forums", "Forums", lambda entry: entry.forum),
    ("years", "Years", lambda entry: entry.year),
)


def grouped(entries: Iterable[Entry], kind: str) -> list[Group]:
    """Group statements by speaker, forum or year, in the order of the names; what is not known comes last."""
    key = next(one for name, _, one in KINDS if name == kind)
    groups: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    names = sorted(groups, key=lambda name: (name is None, (name or "").casefold(), name or ""))
    return [
        Group(kind, name, folder_of_name(kind, name), tuple(newest_first(groups[name]))) for name in names
    ]


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Put statements in order: the newest first, those of one day by their addresses, those of none last."""
    by_address = sorted(entries, key=lambda entry: entry.slug)
    return sorted(by_address, key=lambda entry: entry.day or datetime.date.min, reverse=True)


def _clean(value: str | None) -> str | None:
    return (printable(value).strip() or None) if value else None
