"""A concordance: every place at which a question stands, a line each, between the words around it (KWIC)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, overload

from onrecord.indexer.errors import QueryError
from onrecord.indexer.numbers import counted
from onrecord.search.frames.frame import Frame, fields_of
from onrecord.search.frames.notebook import SHOWN, html_table, marked, runs_left
from onrecord.search.frames.tabular import Tabular
from onrecord.search.request import checked_number, chosen
from onrecord.search.research.concordances.context import ContextUnit, context_of
from onrecord.search.results.hits import Results
from onrecord.search.results.stretches import LineSort, Stretch, Stretches, StretchOrder

__all__ = ["Concordance", "ContextUnit", "Line", "concordance_of", "order_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch that was found, between what stands before and behind it in its paragraph.

    ``occurrence`` counts the stretches of the paragraph from 1. ``start`` and ``end`` are the offsets of
    ``match`` in the text of the paragraph; ``before`` ends where it begins, ``after`` begins where it ends.
    ``cut_before`` and ``cut_after`` tell whether the paragraph goes on beyond the context.
    """

    address: str
    occurrence: int
    before: str
    match: str
    after: str
    start: int
    end: int
    speaker: str | None
    forum: str | None
    date: str | None
    language: str | None
    place: str | None = None
    title: str | None = None
    cut_before: bool = False
    cut_after: bool = False

    @property
    def statement(self) -> str:
        """The statement, as addresses name it."""
        return self.address.rpartition("#")[0]

    @property
    def number(self) -> int:
        """The number of the paragraph in its statement."""
        return int(self.address.rpartition("#")[2])

    def as_dict(self) -> dict[str, Any]:
        """Return the line as plain data, ready for JSON, in the order of the fields."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, eq=False)
class Concordance(Sequence[Line], Tabular):
    """A page of lines, as a sequence, with exact totals of all there are.

    `total` counts the lines; `paragraphs` and `statements` are what a search for the same finds. A line is a
    stretch that a search marks: neighbouring words of one phrase are one, of several words each is one. A
    paragraph may have none, where nothing of a question marks words (``speaker:japan``). `sampled` is how
    many lines were drawn, `total` where no sample was asked for. Texts are read when the lines are first
    looked at, also after the index was closed.
    """

    results: Results = field(repr=False)
    stretches: Stretches = field(repr=False)
    order: StretchOrder
    unit: ContextUnit
    window: int

    @property
    def total(self) -> int:
        """The number of lines there are."""
        return self.stretches.total

    @property
    def sampled(self) -> int:
        """The number of lines that were drawn of them."""
        return self.stretches.sampled

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs that match."""
        return self.results.total

    @property
    def statements(self) -> int:
        """The number of statements in which a paragraph matches."""
        return self.results.statements

    @property
    def understood(self) -> str:
        """What was searched for, in words."""
        return self.results.understood

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the page, in their order."""
        return tuple(self.stream())

    def stream(self) -> Iterator[Line]:
        """Yield the lines of the page one after the other, and keep none: a page may be all there are."""
        return (self._line(stretch) for stretch in self.stretches.read())

    def as_dict(self) -> dict[str, Any]:
        """Return the page and the totals as plain data, ready for JSON."""
        return {
            "understood": self.understood,
            "total": self.total,
            "paragraphs": self.paragraphs,
            "statements": self.statements,
            "sampled": self.sampled,
            "seed": self.order.seed,
            "sort": self.order.sort.value,
            "unit": self.unit.value,
            "window": self.window,
            "limit": self.order.limit,
            "offset": self.order.offset,
            "lines": [line.as_dict() for line in self.lines],
        }

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the lines of the page as plain data, ready for JSON."""
        return [line.as_dict() for line in self.lines]

    def _frame(self) -> Frame:
        return Frame.of(self.stream(), fields_of(Line))

    def _repr_html_(self) -> str:
        """Show the first lines in a notebook, what was found in one column."""
        rows = [_in_a_row(line) for line in islice(self.stream(), SHOWN)]
        said = (
            f"{counted(self.total, 'line')} in {counted(self.paragraphs, 'paragraph')},"
            f" {counted(self.statements, 'statement')}"
        )
        if len(rows) < self.total:
            said += f" (showing {len(rows):,})"
        return html_table(_NAMES, rows, caption=f"{said} for {self.understood}", right=_NAMES[:1])

    def _line(self, found: Stretch) -> Line:
        text, start, end = found.text, found.start, found.end
        begin, stop = context_of(text, start, end, unit=self.unit, window=self.window)
        return Line(
            address=found.address,
            occurrence=found.occurrence,
            before=text[begin:start],
            match=text[start:end],
            after=text[end:stop],
            start=start,
            end=end,
            speaker=found.speaker,
            forum=found.forum,
            date=found.date,
            language=found.language,
            place=found.place,
            title=found.title,
            cut_before=begin > 0,
            cut_after=stop < len(text),
        )

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        return self.lines[at]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __bool__(self) -> bool:
        return self.total > 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Concordance) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self.understood, self.total, self.order))

    def __reduce__(self) -> tuple[Any, ...]:
        """Take along what was not read yet, and not the index that it lies in."""
        kept = _Kept(self.total, self.sampled, tuple(self.stretches.read()))
        return Concordance, (self.results, kept, self.order, self.unit, self.window)


_NAMES = ("before", "match", "after", "speaker", "date", "address")


def _in_a_row(line: Line) -> tuple[str, ...]:
    """Return the cells of a line; what stands before is on the right where words run from there."""
    before = f"{'…' if line.cut_before else ''}{line.before}"
    after = f"{line.after}{'…' if line.cut_after else ''}"
    sides = (after, before) if runs_left(f"{before}{line.match}{after}") else (before, after)
    match = marked(line.match, [(0, len(line.match))])
    return sides[0], match, sides[1], line.speaker or "–", line.date or "–", line.address


@dataclass(frozen=True, slots=True)
class _Kept:
    """`Stretches` of which all were read."""

    total: int
    sampled: int
    page: tuple[Stretch, ...]

    def read(self) -> Iterator[Stretch]:
        return iter(self.page)


def order_of(
    *,
    sort: LineSort | str = LineSort.RIGHT,
    sample: int | None = None,
    seed: int = 0,
    limit: int | None = 50,
    offset: int = 0,
) -> StretchOrder:
    """Read which lines are wanted, as people write it (`QueryError`)."""
    return StretchOrder(
        sort=chosen(LineSort, sort, otherwise="not an order of lines"),
        sample=None if sample is None else _number("sample", sample),
        seed=_seed(seed),
        limit=None if limit is None else _number("limit", limit),
        offset=_number("offset", offset),
    )


def concordance_of(
    results: Results,
    stretches: Stretches,
    *,
    order: StretchOrder,
    window: int = 8,
    unit: ContextUnit | str = ContextUnit.WORDS,
) -> Concordance:
    """Make a concordance of what a search found and of the stretches in it (`QueryError`)."""
    return Concordance(
        results=results,
        stretches=stretches,
        order=order,
        unit=chosen(ContextUnit, unit, otherwise="not a unit of context"),
        window=_number("window", window),
    )


def _number(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        raise QueryError(f"{name.capitalize()} is a number from 0 up and not {value}.", query=str(value))
    return checked_number(name, value)


def _seed(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise QueryError(f"A seed is a whole number and not {value!r}.", query=str(value))
    return value
