"""Blocks into paragraphs: unwrap, split, number, tag greeting and closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.indexer.draft import Block
from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.broken_words import BrokenWords
from onrecord.indexer.paragraphs.greetings import roles
from onrecord.indexer.paragraphs.line_joining import Line, LineLayout, lines_of, without_bullet
from onrecord.indexer.paragraphs.page_furniture import (
    is_ornament,
    is_page_mark,
    is_page_number,
    may_be_furniture,
)
from onrecord.indexer.paragraphs.page_heads import heads_at_page_ends
from onrecord.indexer.paragraphs.printed_numbers import printed_numbers, without_number
from onrecord.indexer.paragraphs.running_heads import RunningHeads
from onrecord.indexer.statement import Paragraph

__all__ = ["split_paragraphs"]


def split_paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Split a text into paragraphs as they can be quoted.

    Lines that a page broke off are joined, and words broken at their ends. A list
    item is a paragraph of its own; its bullet is taken off, as is a printed number,
    which is kept in ``printed``. Page furniture is dropped where it is certain.

    >>> [p.text for p in split_paragraphs([Block(("Mr. President,",)), Block(("We agree.",), line=3)])]
    ['Mr. President,', 'We agree.']
    """
    drafts = [draft for draft in _drafts(_without_furniture(lines_of(blocks))) if not is_ornament(draft.text)]
    tagged = zip(drafts, roles([draft.text for draft in drafts]), strict=True)
    return tuple(
        Paragraph(number, draft.text, role, draft.printed, draft.line)
        for number, (draft, role) in enumerate(tagged, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    printed: str | None
    line: int | None


def _drafts(lines: Sequence[Line]) -> Iterator[_Draft]:
    begins = LineLayout(lines).begins()
    texts = [line.text for line in lines]
    printed = printed_numbers(texts, begins=begins)
    words = BrokenWords(texts)
    starts = [index for index, begin in enumerate(begins) if begin or index in printed]
    for start, end in pairwise([*starts, len(lines)]):
        check_time()
        own = texts[start:end]
        own[0] = without_number(own[0]) if start in printed else without_bullet(own[0])
        yield _Draft(words.join(own), printed.get(start), lines[start].number)


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Drop running heads and page numbers; the line after them is marked as torn off."""
    heads = RunningHeads([line.text for line in lines])
    at_page_ends = heads_at_page_ends(lines)
    kept: list[Line] = []
    torn = gap = False
    headed = heads.may_be_glued
    for index, line in enumerate(lines):
        furniture = (headed or may_be_furniture(line.text)) and _is_furniture(lines, index, heads=heads)
        if furniture or index in at_page_ends:
            torn, gap = True, gap or line.gap
            continue
        behind = False
        if headed:
            text, before, behind = heads.taken_off(line.text, above=kept[-1].text if kept else "")
            line, torn = line._replace(text=text), torn or before
        kept.append(line._replace(torn=True, gap=gap or line.gap) if torn else line)
        torn, gap = behind, False
    return kept


def _is_furniture(lines: Sequence[Line], index: int, *, heads: RunningHeads) -> bool:
    text = lines[index].text
    if heads.is_head(text) or is_page_mark(text):
        return True
    numbers_page = is_page_number(text) and not lines[index].marked_up
    return numbers_page and _stands_at_page_end(lines, index, heads=heads)


def _stands_at_page_end(lines: Sequence[Line], index: int, *, heads: RunningHeads) -> bool:
    """Tell whether a blank line or another piece of furniture is next to the line."""
    if lines[index].gap or index + 1 == len(lines) or lines[index + 1].gap:
        return True
    return heads.is_head(lines[index + 1].text) or (index > 0 and heads.is_head(lines[index - 1].text))
