"""The words of a PDF page where they stand: pieces of lines, with position and size.

PDFium decodes the page (fonts, encodings, ligatures, the hyphen at a line's end); the
position of each character comes along, since the order in which a page was written need
not be the order in which it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import check_time

__all__ = ["RIGHT_TO_LEFT", "Mark", "Piece", "WrittenPage", "is_mark", "pages_of", "turned_round"]

# In heights of letters: a gap as wide ends a piece (words of a justified line stand closer, columns and cells
# further apart), a step up or down as large leaves the line, and one as large is a raised figure.
_GAP, _STEP, _RAISED = 0.9, 0.3, 0.15
# Letters this much smaller than those before them are raised figures or the like, which stand no further up.
_SMALL, _HIGHEST, _TOUCHING = 0.8, 0.8, 0.1
# Marks of a program, in letters that nobody sees, beside those that are read (in points). The box of a full
# stop may be as low as that of a mark, so that of signs only the lowest are marks, and those amid the letters
# of one, which stand on its line and are as low as they are, but for this part.
_INVISIBLE, _LOWEST, _VISIBLE = 2.0, 0.5, 4.0
_SAME = 0.1
# What runs from right to left (Hebrew, Arabic and their neighbours, and their forms for printing), and how
# wide a run of figures in it may be, in heights of letters.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_WIDEST_RUN = 9.0
# What is raised may be the mark of a note: figures, the same in brackets, a letter.
_BRACKETS = frozenset("[(")
_IN_TEXT = re.compile(r"[\[(](?P<bare>\d{1,3}|[a-z]|[ivx]{1,5})[\])]|[a-z]|[ivx]{1,5}")
# What a note begins with, where it is raised before larger letters.
_LEADS = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?")
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-"}
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_SPACE = 0x20
_GAP_BETWEEN = (" ", 0.0, 0.0, 0.0, 0.0)
# Text may lean by a degree or two where it was scanned; what runs up the margin is turned by a right angle.
_UPRIGHT = 0.1
_TURN = 6.283185307179586
# A letter with its left and right edge, baseline and height.
_Letter = tuple[str, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is raised in a line: its place in the text, and the figures or the letter of which it is made.

    Figures are no part of the text, so that they take no ``length`` of it; other marks do.
    """

    at: int
    figure: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on a line: their edges, baseline and the height of their letters, in points.

    Heights are counted from the foot of the page, and edges from where lines begin: of a page that is
    read from right to left, from its right edge. ``order`` is the place of a piece among those of its page
    as it was written; ``eastern`` pieces are read in that order. ``marks`` are raised in it: those of
    notes, most of them. So many letters at the beginning as ``lead`` says are raised before larger ones.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    order: int = 0
    eastern: bool = False
    marks: tuple[Mark, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """The pieces of a page in the order in which it was written, and its measures."""

    width: float
    height: float
    pieces: tuple[Piece, ...]


def pages_of(path: Path, data: bytes) -> Iterator[WrittenPage]:
    """Yield the pages of a document; one that is damaged or locked is a `SourceError`."""
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "it is locked with a password; save it without one." if locked else _DAMAGED
        raise SourceError(path, reason) from error
    try:
        for number in range(len(document)):
            check_time()
            page = document[number]
            try:
                yield _page(page)
            finally:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise SourceError(path, _DAMAGED) from error
    finally:
        document.close()


_DAMAGED = "the PDF is damaged; get the file again or print it anew."


def _page(page: Any) -> WrittenPage:
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        letters = _visible(list(_characters(text)))
        pieces = [replace(piece, order=order) for order, piece in enumerate(_pieces(letters))]
        return WrittenPage(width, height, tuple(turned_round(pieces, width)))
    finally:
        text.close()


def _visible(letters: list[_Letter]) -> list[_Letter]:
    """Leave out what is too small to be seen, where there are letters to be read."""
    if not any(one[0] != " " and one[4] >= _VISIBLE for one in letters):
        return letters
    if not any(one[0] != " " and one[4] < _INVISIBLE for one in letters):
        return letters
    hidden = [one[0].isalnum() and one[4] < _INVISIBLE for one in letters]
    for order in (range(1, len(letters)), range(len(letters) - 2, -1, -1)):
        step = 1 if order.step < 0 else -1
        for at in order:
            hidden[at] = hidden[at] or (hidden[at + step] and _is_of_mark(letters[at], letters[at + step]))
    return [
        one
        for one, gone in zip(letters, hidden, strict=True)
        if one[0] == " " or (one[4] >= _LOWEST and not gone)
    ]


def _is_of_mark(sign: _Letter, beside: _Letter) -> bool:
    """Tell whether a sign stands in a mark that nobody sees: on its line, and as low as its letters."""
    if sign[0] == " " or sign[4] >= _INVISIBLE:
        return False
    return abs(sign[3] - beside[3]) < _SAME and abs(sign[4] - beside[4]) < _SAME * beside[4]


def turned_round(pieces: list[Piece], width: float) -> list[Piece]:
    """Measure from the right edge where most of a page is read from there."""
    eastern = sum(len(piece.text) for piece in pieces if piece.eastern)
    if eastern * 2 <= sum(len(piece.text) for piece in pieces):
        return pieces
    return [
        replace(piece, left=width - piece.right, right=width - piece.left, eastern=True) for piece in pieces
    ]


@dataclass(slots=True)
class _Letters:
    """The letters of a piece that is being put together; ``eastern`` counts those from right to left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    eastern: int = 0
    marks: list[Mark] | None = None
    lead: int = 0

    def mark(self, written: str) -> bool:
        """Take in what is raised, maybe one more of the mark before it; tell whether it is in the text."""
        marks = self.marks = self.marks or []
        at, figure = len(self.text), ""
        if marks and (begun := marks[-1]).at + begun.length == at:
            inside = not written.isdigit() or begun.figure[0] in _BRACKETS
            if inside == bool(begun.length):
                at, figure = begun.at, marks.pop().figure
        figure += written
        inside = not figure.isdigit()
        marks.append(Mark(at, figure, len(figure) if inside else 0))
        return inside

    def settle(self, base: float, size: float) -> None:
        """Take what was read so far as raised before larger letters, which tell where the line stands."""
        self.base, self.size, self.lead = base, size, len(self.text)

    def piece(self) -> Piece | None:
        words = " ".join(self.text.split())
        if not words:
            return None
        eastern = self.eastern * 2 > sum(map(str.isalpha, words))
        marks = tuple(_known(self.marks)) if self.marks else ()
        return Piece(
            words, self.left, self.right, self.base, self.size, eastern=eastern, marks=marks, lead=self.lead
        )


def _known(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield marks as notes have them, without brackets; other raised letters are none."""
    for mark in marks:
        if not mark.length:
            yield mark
        elif found := _IN_TEXT.fullmatch(mark.figure):
            yield replace(mark, figure=found["bare"] or mark.figure)


def _pieces(characters: Iterable[_Letter]) -> Iterator[Piece]:
    letters: _Letters | None = None
    spaced = False
    for written, left, right, base, size in characters:
        eastern = written >= "\u0590" and RIGHT_TO_LEFT.match(written) is not None
        if written == " ":
            spaced = True
        elif letters is not None and _goes_on(letters, left, right, base, size, eastern=eastern):
            if not letters.lead and _leads(letters, base, size):
                letters.settle(base, size)
            raised = _is_raised(letters, base, size)
            if raised and written.isdigit() and not spaced and not letters.mark(written):
                continue
            if raised and left - letters.right < _TOUCHING * letters.size:
                spaced = False  # PDFium sets a space wherever a line steps up
            if raised and not spaced and not written.isdigit():
                letters.mark(written)
            letters.text += f" {written}" if spaced else written
            letters.left, letters.right = min(letters.left, left), max(letters.right, right)
            letters.eastern += eastern
            spaced = False
        else:
            if letters is not None and (piece := letters.piece()):
                yield piece
            letters, spaced = _Letters(written, left, right, base, size, int(eastern)), False
    if letters is not None and (piece := letters.piece()):
        yield piece


def _goes_on(
    letters: _Letters, left: float, right: float, base: float, size: float, *, eastern: bool
) -> bool:
    """Tell whether a letter goes on with those before it: beside them, and on their line."""
    unit = max(letters.size, size)
    if eastern or letters.eastern:
        if not _is_beside_eastern(letters, left, right, unit, eastern=eastern):
            return False
    elif not -_GAP * unit <= left - letters.right <= _GAP * unit:
        return False
    up = base - letters.base
    if size <= _SMALL * letters.size and -letters.size / 2 <= up <= _HIGHEST * letters.size:
        return True
    return abs(up) <= _STEP * unit or _leads(letters, base, size)


def _leads(letters: _Letters, base: float, size: float) -> bool:
    """Tell whether all letters so far are small, and raised above one that follows: the mark of a note."""
    if letters.size > _SMALL * size or not _RAISED * size <= letters.base - base <= _HIGHEST * size:
        return False
    return is_mark(letters.text)


def is_mark(text: str) -> bool:
    """Tell whether raised letters may be the mark that a note begins with.

    >>> is_mark("12"), is_mark("[1]"), is_mark("**"), is_mark("th")
    (True, True, True, False)
    """
    return _LEADS.fullmatch(text) is not None


def _is_beside_eastern(letters: _Letters, left: float, right: float, unit: float, *, eastern: bool) -> bool:
    """Tell whether a letter stands to the left; a run of figures begins at its far end and comes back."""
    if eastern:
        return -_GAP * unit <= letters.left - right <= _GAP * unit
    return letters.left - _WIDEST_RUN * unit <= left <= letters.right + _GAP * unit


def _is_raised(letters: _Letters, base: float, size: float) -> bool:
    return size <= _SMALL * letters.size and base - letters.base >= _RAISED * letters.size


def _characters(text: Any) -> Iterator[_Letter]:
    """Yield characters with left and right edge, baseline and height; a space has only itself."""
    from ctypes import byref, c_double

    from pypdfium2 import raw

    # A call takes as long as all else that is done for a letter, so what they share is looked up once.
    code_of, angle_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharAngle
    box_of, origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    page, x, y, box = text.raw, c_double(), c_double(), raw.FS_RECTF()
    into_box, into_x, into_y = byref(box), byref(x), byref(y)
    base = None
    for at in range(text.count_chars()):
        code = code_of(page, at)
        if (code <= _SPACE and code not in _HYPHENS) or not box_of(page, at, into_box):
            yield _GAP_BETWEEN
            continue
        origin_of(page, at, into_x, into_y)
        if y.value != base:  # letters on one baseline lean alike
            base, angle = y.value, angle_of(page, at)
        if _UPRIGHT < angle < _TURN - _UPRIGHT:
            continue
        written = _character(code)
        if written.isspace():
            yield _GAP_BETWEEN
        elif written:
            yield written, box.left, box.right, y.value, box.top - box.bottom


def _character(code: int) -> str:
    """Return a character; half of a pair and what no letter stands for are none."""
    if code in _HYPHENS or code in _LIGATURES:
        return _HYPHENS.get(code) or _LIGATURES[code]
    return "" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
