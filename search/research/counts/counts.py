"""Counts of questions, cell by cell, with what there was to count: values that outlive the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any

from onrecord.indexer.numbers import counted
from onrecord.search.frames.frame import Frame, Kind
from onrecord.search.frames.tabular import Tabular
from onrecord.search.research.counts.cells import TOPIC, Asked, Cell, Placed, cells_of, total_of
from onrecord.search.research.drawing import Bar, drawn
from onrecord.search.research.tables import Column, Table
from onrecord.search.research.units import Per, Unit
from onrecord.search.results.tally import DATE_NOT_CERTAIN, Key

__all__ = ["Counts", "shown_keys"]


@dataclass(frozen=True, eq=False)
class Counts(Tabular):
    """Counts of one question or several by some keys, as rows of cells.

    ``by`` names the keys, ``of`` and ``per`` say what the rates are. Rows are in the order of the keys: names
    by the alphabet, times one after the other, what is not certain or not known last; or as `sorted_by` has
    put them. ``total`` has everything in one cell, of several questions ``totals`` one for each.
    """

    by: tuple[str, ...]
    of: Unit
    per: Per | None
    asked: tuple[Asked, ...]
    fill: bool
    order: str = "name"
    top: int | None = None

    @cached_property
    def rows(self) -> tuple[Cell, ...]:
        """The cells, each made when they are first looked at."""
        return self.all_rows if self.top is None else self.all_rows[: self.top]

    @cached_property
    def all_rows(self) -> tuple[Cell, ...]:
        """The cells, those beyond the ``top`` ones too."""
        rows = [cell for _, cell in sorted(self._placed(), key=itemgetter(0))]
        if self.order == "count":
            rows.sort(key=lambda cell: -(cell.count(self.of) or 0))
        elif self.order == "rate":
            rows.sort(key=lambda cell: -(cell.rate or 0.0))
        return tuple(rows)

    def _placed(self) -> Iterator[Placed]:
        """Yield the cells of all questions, the name of each put among the other keys."""
        at = self.by.index(TOPIC) if TOPIC in self.by else None
        for number, one in enumerate(self.asked):
            for place, cell in cells_of(one, of=self.of, per=self.per, fill=self.fill):
                if at is None:
                    yield Placed(place, cell)
                    continue
                keys = (*cell.keys[:at], one.name, *cell.keys[at:])
                yield Placed((*place[:at], number, *place[at:]), replace(cell, keys=keys))

    @cached_property
    def totals(self) -> tuple[Cell, ...]:
        """Everything in one cell, for each question."""
        return tuple(total_of(one, of=self.of, per=self.per) for one in self.asked)

    @property
    def total(self) -> Cell:
        """Everything in one cell; of several questions the first."""
        return self.totals[0]

    @property
    def understood(self) -> tuple[str, ...]:
        """How each question was understood."""
        return tuple(
            one.understood if one.name is None else f"{one.name}: {one.understood}" for one in self.asked
        )

    @property
    def summary(self) -> tuple[str, ...]:
        """What was found in all, of how much, and how it was understood: a line for each question."""
        return tuple(
            f"{_found(total)}, of {total.of_paragraphs:,} in {counted(total.of_statements, 'statement')},"
            f" for {understood}"
            for total, understood in zip(self.totals, self.understood, strict=True)
        )

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What has to be known of the numbers, a sentence each."""
        named = [one.name for one in self.asked if one.tally.whole_occurrences is None]
        which = "" if None in named else f" of {', '.join(map(str, named))}"
        return (f"Occurrences{which} {_NO_PLACES}",) if named else ()

    def sorted_by(self, order: str, *, top: int | None = None) -> Counts:
        """Return the cells in the order of their ``name``, ``count`` or ``rate``, or the ``top`` ones."""
        return Counts(self.by, self.of, self.per, self.asked, self.fill, order, top)

    def table(self, *, named: bool = False) -> Table:
        """Return the rows as a table; what is not known is None, or ``named`` so for people."""
        columns = [Column(name) for name in self.by]
        columns += [Column(name, number=True) for name in _NUMBERS]
        if self.per is not None:
            columns.append(Column("rate", number=True, fraction=True))
        columns.append(Column("query"))
        names = [column.name for column in columns[len(self.by) :]]
        rows = (
            (*(shown_keys(row.keys) if named else row.keys), *(getattr(row, name) for name in names))
            for row in self.rows
        )
        return Table(tuple(columns), tuple(rows))

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain data, ready for JSON: a name for each key and each number."""
        return self.table().as_dicts()

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as plain data, ready for JSON."""
        return {
            "by": list(self.by),
            "of": self.of.value,
            "per": self.per and self.per.value,
            "understood": list(self.understood),
            "notes": list(self.notes),
            "totals": [_numbers(one) for one in self.totals],
            "rows": self.as_dicts(),
        }

    def _frame(self) -> Frame:
        """Return the columns; a year is a number, and beside it stands what the row is called."""
        columns: dict[str, tuple[Kind, Sequence[Any]]] = {}
        for name, (kind, values) in self.table().frame().columns.items():
            if name == Key.YEAR.value:
                columns[name] = (Kind.WHOLE, [_year(value) for value in values])
                columns[f"{name}_shown"] = (Kind.TEXT, shown_keys(values))
            else:
                columns[name] = (kind, values)
        return Frame(columns)

    @property
    def measure(self) -> str:
        """What the bars of a drawing are as long as."""
        return self.of.value if self.per is None else f"{self.of.value} per {_PER[self.per]}"

    def bars(self) -> tuple[Bar, ...]:
        """Return the name and the number of each row, as long as its bar is drawn."""
        return tuple(
            Bar(
                " · ".join(shown_keys(row.keys)) or "all",
                row.count(self.of) if self.per is None else row.rate,
            )
            for row in self.rows
        )

    def svg(self, *, title: str | None = None) -> str:
        """Draw the rows as bars, in SVG, with a table of the numbers for those who cannot see them."""
        return drawn(self.bars(), title=title or "; ".join(self.understood), measure=self.measure)

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook."""
        return self.table(named=True).in_a_notebook(caption="; ".join(self.summary))

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self.by, self.of, self.per, self.understood))


_NO_PLACES = (
    "are counted for words, phrases and alternatives of these; of what asks for several things at once there"
    " are paragraphs only."
)
_PER = {
    Per.STATEMENT: "statement",
    Per.PARAGRAPH: "paragraph",
    Per.SPEAKER: "speaker",
    Per.THOUSAND_WORDS: "1,000 words",
    Per.HUNDRED_STATEMENTS: "100 statements",
}
_NUMBERS = (
    "occurrences",
    "paragraphs",
    "of_paragraphs",
    "statements",
    "of_statements",
    "speakers",
    "of_speakers",
    "words",
    "of_words",
)


def _found(total: Cell) -> str:
    found = f"{counted(total.paragraphs, 'paragraph')} in {counted(total.statements, 'statement')}"
    return found if total.occurrences is None else f"{counted(total.occurrences, 'occurrence')} in {found}"


def _year(key: str | None) -> int | None:
    """Return a year as a number; None where it is not certain or not known."""
    return None if key is None or key == DATE_NOT_CERTAIN else int(key)


def _numbers(cell: Cell) -> Mapping[str, Any]:
    return {name: getattr(cell, name) for name in (*_NUMBERS, "rate", "query")}


def shown_keys(keys: Sequence[str | None]) -> tuple[str, ...]:
    """Name the values of keys as they are shown."""
    return tuple("not known" if key is None else key for key in keys)
