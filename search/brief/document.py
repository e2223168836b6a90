"""What a brief is laid out as, whatever form it is written in: headings, paragraphs, items, tables, notes.

Only what was said stands in quotation marks. Whatever else has a mark of quotation in it, a question or a
name, is set as code, which whoever verifies the document passes over.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.search.research.verification.quotations import OPENING_MARKS
from onrecord.search.results.shown_text import printable

__all__ = [
    "Block",
    "Code",
    "Document",
    "Heading",
    "Items",
    "Paragraph",
    "Quoted",
    "Rows",
    "Span",
    "Words",
    "plain",
]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the brief itself."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Something that is typed, or that looks like a quotation and is none."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that were said, set in quotation marks, with the number of their note."""

    text: str
    note: int
    language: str | None = None


#: A part of a line.
Span = Words | Code | Quoted


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document has level 1."""

    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: names of columns, those that hold numbers, and rows of cells."""

    names: tuple[str, ...]
    numbers: frozenset[int]
    rows: tuple[tuple[Span, ...], ...]


#: What stands below each other.
Block = Heading | Paragraph | Items | Rows


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, its blocks, and its notes, numbered from 1."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]

    @property
    def quoted(self) -> tuple[str, ...]:
        """All that is quoted in it."""
        lines = (line for block in self.blocks for line in (block.items if isinstance(block, Items) else ()))
        return tuple(span.text for line in lines for span in line if isinstance(span, Quoted))


def plain(text: str, *, strong: bool = False) -> Span:
    """Set a text as words, or as code where it has a mark that may open a quotation.

    >>> plain("Chile"), plain('forum:"general debate"')
    (Words(text='Chile', strong=False), Code(text='forum:"general debate"'))
    """
    text = " ".join(printable(text).split())
    return Code(text) if OPENING_MARKS.search(text) else Words(text, strong)
