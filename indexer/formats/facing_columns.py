"""Tables that set one text in two languages side by side, told from tables of facts.

Such a table is read column by column, for a row of it is one sentence said twice. The language of each column
is told from all of its words together. A table of facts has short cells, and is read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, Protocol, Self, TypeVar

from onrecord.indexer.analysis.languages import guess_language
from onrecord.indexer.draft import Block

__all__ = ["LONGEST_ROW", "Cell", "TablePart", "columns_in_languages", "parts_of_table"]

# So many letters a column are needed to tell its language; a Chinese character stands for three.
_FEWEST_LETTERS = 200
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LETTERS_OF_IDEOGRAPH = 3
# Running text: a cell of so many letters; half of a column's letters stand in such cells.
_RUNNING, _MOSTLY = 60, 0.5
# What stands beside both texts: the number of a paragraph.
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]|[ivxl]{1,6})[.)]?", re.IGNORECASE)
#: A row whose cells hold a paragraph at most, and together no more than this, is a row of facts.
LONGEST_ROW = 300


class _Mark(Protocol):
    """The mark of a note, which stands in a line."""

    @property
    def behind(self) -> int:
        """The line in which it stands."""


MarkOf = TypeVar("MarkOf", bound=_Mark)


@dataclass(slots=True)
class Cell(Generic[MarkOf]):
    """A cell of a table: its blocks, and the marks of notes in them, by the lines of the cell."""

    blocks: Sequence[Block]
    marks: Sequence[MarkOf]

    @property
    def text(self) -> str:
        """All words in one line."""
        return " ".join(line for block in self.blocks for line in block.lines)

    def numbered(self, number: str) -> Self:
        """Set a number before the words."""
        if not number or not self.blocks:
            return self
        first = self.blocks[0]
        first = replace(first, lines=(f"{number} {first.lines[0]}", *first.lines[1:]))
        return replace(self, blocks=[first, *self.blocks[1:]])


@dataclass(frozen=True, slots=True)
class TablePart(Generic[MarkOf]):
    """What is set together: a row of facts as one line of ``text``, or a cell, in its language if told."""

    cells: Sequence[Cell[MarkOf]]
    text: str | None = None
    language: str | None = None

    def marks(self) -> Iterator[tuple[MarkOf, int]]:
        """Yield the marks of notes, each with the line of this part in which it stands."""
        return ((mark, mark.behind if self.text is None else 1) for cell in self.cells for mark in cell.marks)

    def blocks(self) -> Iterator[tuple[str, bool, str | None]]:
        """Yield what is set: words, whether they are a title, and their language if told."""
        if self.text is not None:
            yield self.text, False, None
            return
        for block in (block for cell in self.cells for block in cell.blocks):
            yield "\n".join(block.lines), block.title, self.language or block.language


def parts_of_table(rows: Sequence[Sequence[Cell[MarkOf]]]) -> Iterator[TablePart[MarkOf]]:
    """Yield what a table holds in the order in which it is read."""
    for _, run in groupby(rows, key=len):
        together = list(run)
        texts = [[cell.text for cell in row] for row in together]
        columns = columns_in_languages(texts)
        for column, language in columns.items():
            for row, words in zip(together, texts, strict=True):
                number = next((text for at, text in enumerate(words) if at not in columns), "")
                yield TablePart([row[column].numbered(number)], language=language)
        if not columns:
            for row, words in zip(together, texts, strict=True):
                yield from _parts_of_row(row, words)


def _parts_of_row(row: Sequence[Cell[MarkOf]], words: Sequence[str]) -> Iterator[TablePart[MarkOf]]:
    """Yield a row of facts as one line, the cells of any other one after the other."""
    facts = len(row) > 1 and all(len(cell.blocks) <= 1 for cell in row)
    if facts and sum(map(len, words)) <= LONGEST_ROW:
        yield TablePart(row, text=" | ".join(filter(None, words)))
    else:
        yield from (TablePart([cell]) for cell in row)


def columns_in_languages(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the columns of running text, each with its language; none where two are in one language.

    The rows have as many cells each. Beside the texts there may be a column of numbers and no other.

    >>> english = "We thank the President for the report of the Committee, and we support what it says. "
    >>> french = "Nous remercions le Président pour le rapport de la Commission, et nous le soutenons. "
    >>> columns_in_languages([[english * 2, french * 2], [english, french]])
    {0: 'en', 1: 'fr'}
    >>> columns_in_languages([["Vote", "Yes"], [english * 3, "No"]])
    {}
    """
    columns = list(zip(*rows, strict=True))
    running = [at for at, cells in enumerate(columns) if _runs_on(cells)]
    beside = [cells for at, cells in enumerate(columns) if at not in running]
    if len(running) < 2 or len(beside) > 1:
        return {}
    if any(text and not _NUMBER.fullmatch(text) for cells in beside for text in cells):
        return {}
    languages = [guess_language(" ".join(columns[at])) for at in running]
    if None in languages or len(set(languages)) < len(languages):
        return {}
    return {at: language for at, language in zip(running, languages, strict=True) if language is not None}


def _runs_on(cells: Sequence[str]) -> bool:
    """Tell a column of running text."""
    letters = [_letters(text) for text in cells]
    total = sum(letters)
    return total >= _FEWEST_LETTERS and sum(one for one in letters if one >= _RUNNING) >= _MOSTLY * total


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text)) + (_LETTERS_OF_IDEOGRAPH - 1) * len(_IDEOGRAPH.findall(text))
