"""Two sides compared: values that outlive the index."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from onrecord.search.frames.frame import Frame
from onrecord.search.frames.tabular import Tabular
from onrecord.search.research.comparisons.keyness import Measure
from onrecord.search.research.tables import Column, Table

__all__ = ["Comparison", "KeyWord", "Rate", "Side"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side: the question that finds it, how it was understood, and how much it has."""

    query: str
    understood: str
    words: int
    paragraphs: int
    statements: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a question stands on each side, by one unit.

    ``unit`` is the unit, ``a`` and ``b`` how often. ``of_a`` and ``of_b`` are the words, paragraphs or
    statements there are. ``ratio`` is the rate of the first side by that of the second, ``low`` and ``high``
    the ends of its interval of 95 %; None is what cannot be told.
    """

    unit: str
    a: int
    of_a: int
    b: int
    of_b: int
    ratio: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word that marks a ``side``, "a" or "b": how often it stands on each, and how much it tells.

    ``word`` is said ``a`` times on the one and ``b`` times on the other. ``log_likelihood`` and ``chi2`` are
    how surely they differ, ``log_ratio`` by how much: the logarithm to base 2 of the quotient of their rates.
    """

    side: str
    word: str
    a: int
    b: int
    log_likelihood: float
    log_ratio: float
    chi2: float


@dataclass(frozen=True, slots=True)
class Comparison(Tabular):
    """What two sides have of a question, as ``rates``, or without one the ``words`` that mark each.

    ``both`` is how many paragraphs are on both sides, ``minimum`` how often a word stands at least, on both
    sides together; ``measure`` is what put them in order.
    """

    a: Side
    b: Side
    both: int
    understood: str | None
    rates: tuple[Rate, ...]
    words: tuple[KeyWord, ...]
    minimum: int
    measure: Measure

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known of the numbers, a sentence each."""
        notes = [f"{self.both:,} paragraphs are on both sides."] if self.both else []
        if self.understood is not None:
            notes.append(
                "Intervals of 95 % are of the logarithm of the ratio (Katz and others 1978), as if each one"
                " were by itself; words of one statement are not, so that of statements is the surest."
            )
            if not any(rate.unit == "occurrences" for rate in self.rates):
                notes.append("What asks for several things at once has paragraphs and no occurrences.")
        else:
            notes.append(
                f"Words that stand {self.minimum:,} times or more; log-likelihood over two cells (Rayson and"
                " Garside 2000), log ratio with half an occurrence for none (Hardie 2014)."
            )
        return tuple(notes)

    def table(self) -> Table:
        """Return the rates, or the words that mark the sides, as a table."""
        if self.understood is not None:
            columns = (
                Column("unit"),
                *_numbers("a", "of_a", "b", "of_b"),
                *_fractions("ratio", "low", "high"),
            )
            return Table(columns, tuple(tuple(asdict(rate).values()) for rate in self.rates))
        measures = _fractions("log_likelihood", "log_ratio", "chi2")
        columns = (Column("side"), Column("word"), *_numbers("a", "b", "of_a", "of_b"), *measures)
        rows = (
            (
                *(one.side, one.word, one.a, one.b, self.a.words, self.b.words),
                *(one.log_likelihood, one.log_ratio, one.chi2),
            )
            for one in self.words
        )
        return Table(columns, tuple(rows))

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the rows of the table as plain data, ready for JSON."""
        return self.table().as_dicts()

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return {**asdict(self), "measure": self.measure.value, "notes": list(self.notes)}

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        sides = " / ".join(
            f"{name}: {side.words:,} words in {side.paragraphs:,} paragraphs in"
            f" {side.statements:,} statements for {side.understood}"
            for name, side in (("a", self.a), ("b", self.b))
        )
        of = f"; {self.understood}" if self.understood else ""
        return self.table().in_a_notebook(caption=f"{sides}{of}")

    def _frame(self) -> Frame:
        return self.table().frame()


def _numbers(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, number=True) for name in names)


def _fractions(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, number=True, fraction=True) for name in names)
