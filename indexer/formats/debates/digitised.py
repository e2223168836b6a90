"""The digitised Hansard of the British parliament, 1803 to 2005: ``housecommons``, ``houselords`` and others.

A ``member`` names who speaks, the ``membercontribution`` beside it holds the words, in which ``lb`` ends a
paragraph; ``col`` is the column that begins, often in the middle of a word. What has no member is what the
House did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.analysis.lemmas.dictionary import is_word
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, Turn, drafts_of, turn_of
from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    forget,
    line_of,
    local_name,
    root_name,
    text_without,
)
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Confidence, Finding, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_digitised", "read_digitised"]

_HOUSES = {
    "housecommons": "House of Commons",
    "houselords": "House of Lords",
    "westminsterhall": "House of Commons, Westminster Hall",
    "grandcommitteereport": "House of Lords, Grand Committee",
    "lordswrittenanswers": "House of Lords, written answers",
    "writtenanswers": "House of Commons, written answers",
    "lordswrittenstatements": "House of Lords, written statements",
    "writtenstatements": "House of Commons, written statements",
}
_ROOTS = frozenset({"hansard", "volume", "series", *_HOUSES})
_SECTIONS = frozenset({"section", "oralquestions", "oralquestionsection"})
_UNSPOKEN = frozenset({"image", "division", "table", "member"})
_BREAKS = frozenset({"br", "td", "th", "li"})
_LINES = frozenset({"lb"})
_NOTHING: frozenset[str] = frozenset()
_LOOK_AT = 1 << 16
_MARKS = (b"<membercontribution", b"<housecommons", b"<houselords")
# What text cannot hold stands for the end of a paragraph and for the beginning of a column.
_LINE_END, _COLUMN = "\ue000", "\ue001"
_NUMBER = re.compile(r"\s*(\[?\d{1,4}\.)\s*$")
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[A-Za-z]+$"), re.compile(r"[a-z]+")
_LONGEST_WORD = 40
_OPENS = re.compile(r"^[\s:;,.–—-]*")


def is_digitised(data: bytes) -> bool:
    """Recognise the format by its outermost element, or by a house or a member's words soon inside it."""
    root = root_name(data)
    if root in _HOUSES:
        return True
    beginning = data[:_LOOK_AT]
    return root in _ROOTS and any(
        mark in beginning for mark in (b"<membercontribution", b"<housecommons", b"<houselords")
    )


def read_digitised(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of one sitting or of a volume of them."""
    yield from drafts_of(_spoken(path, data))


def _spoken(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    record = _Record()
    for begins, element in events(
        data,
        path=path,
        starts=_SECTIONS | _HOUSES.keys(),
        ends={"title", "date", "p", "col", *_SECTIONS, *_HOUSES},
    ):
        if begins:
            record.enter(local_name(element))
            continue
        yield from record.leave(element)


@dataclass(slots=True)
class _Record:
    """What is known so far of the record being read; ``turn`` is the one that may go on."""

    house: str | None = None
    day: Finding[PartialDate] | None = None
    titles: list[str | None] = field(default_factory=list)
    columns: list[str] = field(default_factory=lambda: [""])
    turn: Turn = field(default_factory=Turn)

    def enter(self, kind: str) -> None:
        """Begin a house or a section."""
        if kind in _HOUSES:
            self.house, self.titles = _HOUSES[kind], []
        else:
            self.titles.append(None)

    def leave(self, element: _Element) -> Iterator[tuple[Turn, Metadata]]:
        """Take in an element that has ended; turns that are over come back with what holds for them."""
        kind = local_name(element)
        if kind == "col":
            column = " ".join(clean(element.text or "").split())
            inside = any(local_name(outer) == "p" for outer in element.iterancestors())
            self.columns = [*self.columns, column] if inside else [column]
        elif kind == "date":
            self.day = _day(element) or self.day
        elif kind == "title":
            parent = element.getparent()
            if self.titles and parent is not None and local_name(parent) in _SECTIONS:
                yield from self._ended()
                self.titles[-1] = self.titles[-1] or text_without(element, unspoken=_NOTHING, spaced=_LINES)
        elif kind == "p":
            if not any(local_name(outer) in ("p", "division", "table") for outer in element.iterancestors()):
                yield from self._paragraph(element)
        else:
            yield from self._ended()
            if kind in _SECTIONS and self.titles:
                self.titles.pop()
            forget(element)

    def _paragraph(self, element: _Element) -> Iterator[tuple[Turn, Metadata]]:
        member = element.find("{*}member")
        if member is not None or self.turn.speaker is not None:
            yield from self._ended()
        number = _NUMBER.fullmatch(element.text or "")
        if member is None:
            said, parted = _text(element, _UNSPOKEN).replace(_LINE_END, " "), False
        else:
            self.turn = turn_of(text_without(member, unspoken=_NOTHING, spaced=_LINES))
            said, parted = _OPENS.sub("", _text(element, _UNSPOKEN, after=member)), True
        for place, part in enumerate(said.split(_LINE_END)):
            page = f"column {self.columns[0]}" if self.columns[0] else None
            first = place == 0
            self.turn.passages.append(
                SpokenParagraph(
                    " ".join(_without_columns(part).split()),
                    attribute(element, "id") if first else None,
                    line_of(element),
                    page,
                    number[1] if number and first and parted else None,
                )
            )
            self.columns = self.columns[min(part.count(_COLUMN), len(self.columns) - 1) :]
        self.columns = self.columns[-1:]

    def _ended(self) -> Iterator[tuple[Turn, Metadata]]:
        turn, self.turn = self.turn, Turn()
        if turn.passages:
            yield turn, self._facts()

    def _facts(self) -> Metadata:
        return Metadata(
            title=": ".join(filter(None, self.titles)) or None,
            forum=Finding(self.house, self.house, Confidence.CERTAIN) if self.house else None,
            date=self.day,
        )


def _day(element: _Element) -> Finding[PartialDate] | None:
    given = attribute(element, "format") or ""
    try:
        return Finding(PartialDate.parse(given), f'date format="{given}"', Confidence.CERTAIN)
    except DateError:
        return None


def _text(element: _Element, unspoken: frozenset[str], *, after: _Element | None = None) -> str:
    """Return the words of a paragraph, from a child on, with signs where lines and columns end."""
    pieces = [] if after is not None else [element.text or ""]
    counts = after is None
    for child in element:
        if child is after:
            counts = True
            pieces.append(child.tail or "")
        elif counts:
            pieces += [_of_child(child, unspoken), child.tail or ""]
    return clean("".join(pieces))


def _of_child(child: _Element, unspoken: frozenset[str]) -> str:
    kind = local_name(child)
    if kind == "lb":
        return _LINE_END
    if kind == "col":
        return _COLUMN
    if kind in unspoken:
        return ""
    return (" " if kind in _BREAKS else "") + _text(child, unspoken)


def _without_columns(text: str) -> str:
    """Join what stands on both sides of the beginning of a column, a word that was broken there too."""
    before, *others = text.split(_COLUMN)
    for after in others:
        first, last = before.rstrip(), after.lstrip()
        before = f"{first}{last}" if _is_broken(first, last) else f"{first} {last}"
    return before


def _is_broken(before: str, after: str) -> bool:
    """Tell whether a word was broken between two texts: both halves together are one, and not each."""
    head, tail = _LAST_LETTERS.search(before[-_LONGEST_WORD:]), _FIRST_LETTERS.match(after)
    if head is None or tail is None:
        return False
    whole = is_word(f"{head[0]}{tail[0]}", "en")
    return whole and not (is_word(head[0], "en") and is_word(tail[0], "en"))
