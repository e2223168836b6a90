"""The quotations in a document: between quotation marks, in quoted blocks, each with the address beside it.

A document is a text with the signs of Markdown that matter here: lines that begin with ``>``, notes
(``[^1]`` and ``[^1]: …``, also ``[1]`` and ``¹``), code between backticks, in which no quotation begins.
`indexer.reading.with_notes` makes such a text of files.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from onrecord.indexer.address import parse_address
from onrecord.indexer.errors import AddressError
from onrecord.indexer.fingerprint import LETTERS
from onrecord.search.language.quotation_marks import closing_mark

__all__ = ["OPENING_MARKS", "Quotation", "Quotes", "quotations_in"]

_SUFFIX = f"[{LETTERS}]{{5}}(?:[{LETTERS}]{{3}})?"
_NUMBER = rf"(?:#|%23)[0-9]{{1,9}}(?:(?:~|%7[Ee])[{LETTERS}]{{5}})?"
# An address with its readable part; of letters alone only with a fingerprint, since "issue#5" is none.
_ADDRESS = re.compile(
    rf"(?<![\w-])(?:\w[\w%-]*-{_SUFFIX}{_NUMBER}|{_SUFFIX}(?:#|%23)[0-9]{{1,9}}(?:~|%7[Ee])[{LETTERS}]{{5}})(?![\w~])"
)
_QUOTED_LINE = re.compile(r"[ ]{0,3}>[ ]?")
_NOTE = re.compile(r"[ ]{0,3}(?:\[(?:\^([^\]\s]{1,60})|([0-9]{1,3}))\]:?|([¹²³⁴-⁹⁰]+))[ \t]+")
_MARK_OF_NOTE = re.compile(r"\[\^?([^\]\s]{1,60})\]|([¹²³⁴-⁹⁰]+)")
_SOURCE_LINE = re.compile(r"\s*(?:[—–―]|--|\(|\[(?!…|\.))")
#: What opens a quotation.
OPENING_MARKS = re.compile('["“”„‟«»＂「『‘‹]')
# What may stand before it.
_BEFORE = re.compile(r"(?:^|[\s(\[{—–:;,/*_>’'\-\u2e80-\uffef]|[\"“„«‘])$")
# Marks of code.
_BACKTICKS = re.compile("`+")
# What a text has that is written about something, and is no quotation as a whole.
_OF_A_DOCUMENT = re.compile(r"^[ ]{0,3}#{1,6}[ \t]|`[^`\n]+`", re.MULTILINE)
_PAIRS = {"「": "」", "『": "』", "‹": "›"}
_END_OF_SINGLE = re.compile(r"’(?!\w)")
# Blocks further down in which a quotation may be closed.
_BLOCKS_FURTHER = 5
# How far behind a quotation its source may stand, in characters.
_NEAR = 400
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Quotes(Enum):
    """What of a document is taken for its quotations."""

    #: What stands between marks and in quoted blocks; every block of a text that has neither, nor code nor
    #: headings, which what somebody pastes has not.
    AUTO = "auto"
    LINES = "lines"  #: every line
    BLOCKS = "blocks"  #: every block of lines


class Quotation(NamedTuple):
    """A quotation, where it begins in its document, counted from 1, and the address beside it."""

    text: str
    line: int
    column: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int
    column: int  #: of its first character


@dataclass(frozen=True, slots=True)
class _Block:
    lines: Sequence[_Line]
    is_quoted: bool

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        return self.lines[-1].number, self.lines[-1].column


def quotations_in(text: str, how: Quotes = Quotes.AUTO) -> list[Quotation]:
    """List the quotations of a document in their order.

    >>> [one.text for one in quotations_in('He said “no more war” and «jamais».')]
    ['no more war', 'jamais']
    """
    blocks, notes = _parted(text)
    if how is Quotes.LINES:
        blocks = [_Block([line], is_quoted=True) for block in blocks for line in block.lines]
    if how is Quotes.AUTO:
        found = [one for at in range(len(blocks)) for one in _quoted(blocks, at, notes)]
        if found or _OF_A_DOCUMENT.search(text):
            return found
    return [one for at in range(len(blocks)) for one in _whole(blocks, at, notes)]


def _parted(text: str) -> tuple[list[_Block], dict[str, str]]:
    """Part a document into blocks and notes."""
    blocks: list[_Block] = []
    notes: dict[str, str] = {}
    lines: list[_Line] = []
    quoted, note = False, None

    def close() -> None:
        if lines:
            blocks.append(_Block(tuple(lines), quoted))
            lines.clear()

    for number, written in enumerate(text.split("\n"), 1):
        mark = _QUOTED_LINE.match(written)
        if not written.strip():
            close()
            note = None
        elif mark is None and (begun := _NOTE.match(written)) is not None:
            close()
            note = begun[1] or begun[2] or begun[3]
            notes[note] = written[begun.end() :]
        elif note is not None:
            notes[note] += f" {written.strip()}"
        else:
            if lines and quoted is not (mark is not None):
                close()
            quoted = mark is not None
            column = mark.end() if mark else 0
            if written[column:].strip() or quoted:
                lines.append(_Line(written[column:], number, column + 1))
    close()
    return blocks, notes


def _quoted(blocks: Sequence[_Block], at: int, notes: Mapping[str, str]) -> Iterator[Quotation]:
    if blocks[at].is_quoted:
        yield from _whole(blocks, at, notes)
    else:
        yield from _between_marks(blocks[at], blocks[at + 1 : at + 1 + _BLOCKS_FURTHER], notes)


def _whole(blocks: Sequence[_Block], at: int, notes: Mapping[str, str]) -> Iterator[Quotation]:
    """Take a block for a quotation, but for the line that names its source."""
    block, lines = blocks[at], list(blocks[at].lines)
    source = ""
    while len(lines) > 1 and (not lines[-1].text.strip() or _is_source(lines[-1].text)):
        source = f"{lines.pop().text} {source}"
    while lines and not lines[0].text.strip():
        lines.pop(0)
    if not lines:
        return
    if not source and at + 1 < len(blocks) and _is_source(blocks[at + 1].text):
        source = blocks[at + 1].text
    if at and blocks[at - 1].is_quoted and _is_source(block.text):
        return
    text = "\n".join(line.text for line in lines)
    yield Quotation(
        _plain(text, notes), lines[0].number, lines[0].column, _address(f"{text} {source}", notes)
    )


def _is_source(text: str) -> bool:
    return _SOURCE_LINE.match(text) is not None and _ADDRESS.search(text) is not None


def _between_marks(
    block: _Block, following: Sequence[_Block], notes: Mapping[str, str]
) -> Iterator[Quotation]:
    """Yield what stands between marks; the last one may be closed in a block further down."""
    own = block.text
    text = "\n\n".join([own, *(other.text for other in takewhile(_is_not_quoted, following))])
    spans = list(_spans(_without_marks(text, notes), own=len(own)))
    for number, (start, end) in enumerate(spans):
        until = spans[number + 1][0] if number + 1 < len(spans) else max(end, len(own))
        line, column = block.place(start)
        behind = text[end : min(until, end + _NEAR)] if end < len(own) else text[end : end + _NEAR]
        yield Quotation(_plain(text[start:end], notes), line, column, _address(_first_block(behind), notes))


def _without_marks(text: str, notes: Mapping[str, str]) -> str:
    """Return a text of the same length in which the marks of notes are blanks: they close no quotation."""
    if not notes:
        return text

    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0]) if (found[1] or found[2]) in notes else found[0]

    return _MARK_OF_NOTE.sub(blank, text)


def _is_not_quoted(block: _Block) -> bool:
    return not block.is_quoted


def _first_block(text: str) -> str:
    """Return a text up to the end of its block, or to where the next quotation begins."""
    block = text.partition("\n\n")[0]
    opened = next((mark for mark in OPENING_MARKS.finditer(block, 1) if _opens(block, mark.start())), None)
    return block[: opened.start()] if opened else block


def _spans(text: str, *, own: int) -> Iterator[tuple[int, int]]:
    """Yield where the words between quotation marks begin and end; those inside others are theirs.

    The first ``own`` characters are the block in which they begin. A block whose marks are not closed is
    quoted to its end where the next one opens again, as is usual of several paragraphs; where it does not,
    the quotation goes on to the next mark that closes it.
    """
    at = 0
    code = {place: end for begin, end in _code(text[:own]) for place in range(begin, end)}
    while (found := OPENING_MARKS.search(text, at, own)) is not None:
        start = found.start()
        at = code.get(start, start + 1)
        if start in code or not _opens(text, start):
            continue
        end = _end(text[:own], start)
        if end is None:
            begins = not text[:start].strip()
            end = own if begins and _opens(text, own + 2) else _end_further_down(text, start, own)
        if end is not None and text[at:end].strip():
            yield at, end
            at = end + 1


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code begins and ends: as many marks behind it as before it.

    None of them touches a word on the outside: ``TeX'' opens no code.
    """
    runs = list(_BACKTICKS.finditer(text))
    closing: dict[int, list[int]] = {}
    for run in runs:
        if not _is_of_a_word(text[run.end() : run.end() + 1]):
            closing.setdefault(len(run[0]), []).append(run.end())
    reached = 0
    for run in runs:
        before = text[run.start() - 1 : run.start()]
        if run.start() < reached or _is_of_a_word(before) or before == "\\":
            continue
        ends = closing.get(len(run[0]), [])
        at = bisect_right(ends, run.end())
        if at < len(ends):
            reached = ends[at]
            yield run.start(), reached


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _end_further_down(text: str, start: int, own: int) -> int | None:
    """Return where a quotation is closed in a later block, None where another one begins before."""
    end = None if text[start] == "‘" else _end(text, start)
    if end is None or any(_opens(text, mark.start()) for mark in OPENING_MARKS.finditer(text, own, end)):
        return None
    return end


def _opens(text: str, at: int) -> bool:
    """Tell whether a mark at a place opens a quotation, by what stands around it."""
    mark, behind = text[at : at + 1], text[at + 1 : at + 2]
    if not mark or not OPENING_MARKS.match(mark) or not _BEFORE.search(text[max(0, at - 1) : at]):
        return False
    return not behind.isspace() or mark in "«»"


def _end(text: str, start: int) -> int | None:
    mark = text[start]
    if mark in _PAIRS:
        closing = text.find(_PAIRS[mark], start)
        return None if closing < 0 else closing
    if mark == "‘":
        found = _END_OF_SINGLE.search(text, start + 1)
        return found.start() if found else None
    return closing_mark(text, start)


def _address(text: str, notes: Mapping[str, str]) -> str | None:
    """Return the first address in a text or in the notes that it points to."""
    named = [text]
    named += [
        notes[mark] for found in _MARK_OF_NOTE.finditer(text) if (mark := found[1] or found[2]) in notes
    ]
    for one in named:
        for found in _ADDRESS.finditer(one):
            try:
                return str(parse_address(found[0]))
            except AddressError:
                continue
    return None


def _plain(text: str, notes: Mapping[str, str]) -> str:
    """Take out of a quotation what is no word of it: marks of notes, links, tags."""

    def without_note(found: re.Match[str]) -> str:
        return "" if (found[1] or found[2]) in notes else found[0]

    text = _MARK_OF_NOTE.sub(without_note, text)
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    return unescape(_ESCAPED.sub(r"\1", text)).strip()
