"""A printed page into the lines of its text, in the order in which they are read.

What the printer put on the page goes first: running heads and feet, which come again page
after page, and page numbers. Then columns are told apart by the empty strip between
them, and notes at the foot of a column by their smaller letters. A note is kept where its mark is raised in
the text of its page. Columns in two languages are one text twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import floor
from statistics import median

from onrecord.indexer.formats.facing_columns import columns_in_languages
from onrecord.indexer.formats.pdf.letters import Mark, Piece, WrittenPage, is_mark
from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.note_figures import as_power, makes_power
from onrecord.indexer.paragraphs.page_furniture import is_page_number, is_running_head

__all__ = [
    "PrintedLine",
    "PrintedNote",
    "PrintedPage",
    "RunningLines",
    "body_size",
    "furniture_of_page",
    "running_lines",
    "set_pages",
]

# Heads and feet stand in the outer eighth of a page, are the first two or the last two lines of it at most,
# and stand off from the text by more than this many heights of letters.
_MARGIN, _OUTER_LINES, _OFF = 0.125, 2, 1.5
# Close to the text a line is furniture where so many pages have it at one height, give or take these points.
_OFTEN, _SAME_HEIGHT = 3, 2.0
_WIDE_MARGIN = 0.25
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"[-–—|]?\s*(?:\d{1,4}\s*/\s*\d{1,4}|\d{1,4}|[ivxl]{1,6})\s*[-–—|]?|\d{1,4}\s*\|.{0,40}")
_COUNTED = re.compile(
    r"(?:page|seite|página|pagina|sida|стр\.?)\s*\d{1,4}(?:\s*(?:of|de|sur|von|av|/)\s*\d{1,4})?", re.I
)
# The strip between two columns lies near the middle; a few titles may run across it, and each column has
# several lines.
_STRIP_FROM, _STRIP_TO, _MOST_ACROSS, _FEWEST_LINES = 0.35, 0.65, 0.3, 4
# The right column begins this close to the strip, in points.
_AT_STRIP = 3.0
# Two pieces are on one line where their baselines lie closer than this part of their height.
_SAME_LINE = 0.3
# Raised letters: so many at most, smaller than the word by this, and as near to its end, in its heights.
_LONGEST_RAISED, _RAISED, _AT_WORD = 4, 0.8, 0.3
# Notes are set smaller than the text by at least this, and begin with their mark.
_SMALLER = 0.93
# What the printer says of the document at the foot of its first page: its number, and its bar code in words.
_IMPRINT = re.compile(r"\*\d{6,9}\*|\d\d-\d{5}(?:\s*\([A-Z]\))?(?:\s+.*)?")
_NOTE_MARK = re.compile(r"[(\[]?(?P<mark>\d{1,3}|[*†‡§]{1,3})[)\]]?[.)]?\s*(?=\S)")
# Letters may be words, so that one is a mark only where it is raised, or before what begins a sentence.
_LETTER_MARK = re.compile(r"[(\[]?(?P<mark>[ivx]{1,5}|[a-z])[)\]]?[.)]?\s*(?=\S)")
_BEFORE_SENTENCE = re.compile(r"[^\Wa-z_]|[\"“«]")
# Raised letters that belong to a number: 1a, XIXe.
_NUMBER_BEFORE = re.compile(r"(?:\d|\b[IVXLC]+)$")
# A mark that was written apart from its note stands as near to it, in heights of its letters.
_NEAR_NOTE = 3.0
# Signs are not raised everywhere, so that they are told by standing behind a word.
_SIGN = re.compile(r"(?<=[^\s*†‡§])(?P<mark>[*†‡§]{1,3})(?!\w)")
# Nor are figures in brackets.
_BRACKETED = re.compile(r"(?<=\S) ?\[(?P<mark>\d{1,3})\](?!\w)")
# A column of fewer letters than this does not tell its language.
_FEW_WORDS = 300
# A note goes on overleaf where its last line ends this near to the edge of its column (shares of the width).
_FULL_LINE = 0.1


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the text: its edges, the edges of its column, baseline and height of its letters.

    ``top`` tells that it is the first of a column; ``language`` is that of its column, where another column
    is in another. ``marks`` are raised in it; so many letters at its beginning as ``lead`` says are, too.
    """

    text: str
    left: float
    right: float
    column_left: float
    column_right: float
    base: float
    size: float
    top: bool = False
    marks: tuple[Mark, ...] = ()
    lead: int = 0
    language: str | None = None


@dataclass(slots=True)
class PrintedNote:
    """A note at the foot of a page: its mark, the place of the line in which that is raised, its lines."""

    mark: str
    behind: int
    lines: list[PrintedLine]

    @property
    def breaks_off(self) -> bool:
        """Tell whether the last line is as long as its column."""
        last = self.lines[-1]
        return last.right >= last.column_right - _FULL_LINE * (last.column_right - last.column_left)


@dataclass(slots=True)
class PrintedPage:
    """The lines of a page in reading order, without furniture and notes, and the notes."""

    lines: list[PrintedLine] = field(default_factory=list)
    notes: list[PrintedNote] = field(default_factory=list)


def body_size(pages: Iterable[WrittenPage]) -> float:
    """Return the height of the letters that most of the text is set in."""
    letters: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            letters[round(piece.size, 1)] += len(piece.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def furniture_of_page(page: WrittenPage, *, running: RunningLines) -> list[str]:
    """Return the lines of a page that the printer put there."""
    return [_text(row) for row in _furniture(page, running)]


def _furniture(page: WrittenPage, running: RunningLines) -> list[list[Piece]]:
    rows = _rows(page.pieces)
    found = [row for row in _outer_rows(page, rows) if _is_furniture(row, running.apart)]
    known = {id(row) for row in found}
    for row in _edge_rows(page, rows):
        if id(row) not in known and any(place in running.close for place in _places(row)):
            found.append(row)
    return found


@dataclass(frozen=True, slots=True)
class RunningLines:
    """Heads and feet, figures apart: those that stand off from the text, and those close to it.

    What is close to the text has its height too, since only the same line at the same height is one.
    """

    apart: frozenset[str]
    close: frozenset[tuple[str, int]]


def running_lines(pages: Sequence[WrittenPage]) -> RunningLines:
    """Return the lines that stand at the head or foot of two pages, or close to the text of several.

    Close to the text it is enough to stand on all pages but the first, which has a title, if these are two.
    """
    apart: Counter[str] = Counter()
    close: Counter[tuple[str, int]] = Counter()
    first: frozenset[tuple[str, int]] = frozenset()
    for page in pages:
        rows = _rows(page.pieces)
        apart.update({_shape(row) for row in _outer_rows(page, rows)})
        places = frozenset(at for row in _edge_rows(page, rows) for at in _places(row))
        close.update(places)
        first = places if page is pages[0] else first
    later = len(pages) - 1
    return RunningLines(
        frozenset(shape for shape, times in apart.items() if times > 1 and shape),
        frozenset(
            place
            for place, times in close.items()
            if place[0] and (times >= _OFTEN or (times == later > 1 and place not in first))
        ),
    )


def _edge_rows(page: WrittenPage, rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return the rows nearest to the head and to the foot of a page."""
    head = [row for row in rows[:_OUTER_LINES] if row[0].base > (1 - _MARGIN) * page.height]
    foot = [row for row in rows[-_OUTER_LINES:] if row[0].base < _MARGIN * page.height]
    # A number alone is that of a page further up, too, where margins are wide.
    number = [row for row in rows[-1:] if row[0].base < _WIDE_MARGIN * page.height and _is_number(row)]
    return head + (foot or number)


def _is_number(row: Sequence[Piece]) -> bool:
    return len(row) == 1 and _NUMBER.fullmatch(row[0].text) is not None


def _places(row: Sequence[Piece]) -> tuple[tuple[str, int], ...]:
    """Return a line with its height and the next one, so that what differs by a hair is the same."""
    height = floor(row[0].base / _SAME_HEIGHT)
    return ((_shape(row), height), (_shape(row), height + 1))


def set_pages(pages: Sequence[WrittenPage], *, running: RunningLines) -> list[PrintedPage]:
    """Set pages in reading order."""
    size = body_size(pages)
    strip: float | None = None
    columns: list[list[_Column]] = []
    for page in pages:
        furniture = {piece.order for row in _furniture(page, running) for piece in row}
        if page is pages[0]:
            furniture |= {piece.order for row in _imprint(page, size) for piece in row}
        pieces = [piece for piece in page.pieces if piece.order not in furniture]
        found = _strip(pieces, page)
        strip = strip if found is None else found
        columns.append(list(_columns(pieces, strip if found is not None or _fits(pieces, strip) else None)))
    of_all = _languages_of([column for own in columns for column in own])
    printed: list[PrintedPage] = []
    for own in columns:
        languages = _languages_of(own, of_all)
        last = printed[-1].notes[-1] if printed and printed[-1].notes else None
        printed.append(_set_page(own, size, languages=languages, last=last))
    return printed


def _set_page(
    columns: Sequence[_Column], size: float, *, languages: Mapping[int, str], last: PrintedNote | None
) -> PrintedPage:
    """Set the columns of a page one after the other; ``last`` is the last note of the page before it."""
    page, feet = PrintedPage(), list[PrintedLine]()
    set_columns: list[list[PrintedLine]] = []
    for column in columns:
        language = languages.get(column.side) if column.side is not None else None
        set_columns.append([replace(line, language=language) for line in _column_lines(column.pieces)])
    letters = _letters_in(line for lines in set_columns for line in lines)
    for number, lines in enumerate(set_columns):
        goes_on = number == 0 and last is not None and last.breaks_off
        end = _end_of_text(lines, size, goes_on=goes_on, letters=letters)
        page.lines += lines[:end]
        feet += lines[end:]
    page.notes, answered = _notes(feet, page.lines, last)
    page.lines = [_without_marks(line, answered.get(at, ())) for at, line in enumerate(page.lines)]
    for note in page.notes:
        note.lines = [_without_marks(line) for line in note.lines]
    return page


def _notes(
    feet: Sequence[PrintedLine], lines: Sequence[PrintedLine], last: PrintedNote | None
) -> tuple[list[PrintedNote], dict[int, list[Mark]]]:
    """Part the foot of a page into notes; what no mark in the text leads to is left out.

    Notes stand in the order of their marks. The first lines may go on with ``last``. The marks that a note
    answers come along by the places of their lines.
    """
    marks = [(mark, at) for at, line in enumerate(lines) for mark in _marks_in(line)]
    answered: dict[int, list[Mark]] = {}
    notes: list[PrintedNote] = []
    note, done = last, 0
    letters = _letters_in(lines)
    for line in feet:
        begins = _note_mark(line, letters)
        if begins is not None:
            places = [place for place in range(done, len(marks)) if marks[place][0].figure == begins["mark"]]
            follows = note is not None and note is not last and _follows(note.mark, begins["mark"])
            if places:
                # Of a square metre only where no other mark is the same.
                likely = (one for one in places if not _is_measure(*marks[one], lines))
                place = next(likely, places[0])
                mark, behind = marks[place]
                done = place + 1
                answered.setdefault(behind, []).append(mark)
                note = PrintedNote(begins["mark"], behind, [_behind_mark(line, begins)])
                notes.append(note)
                continue
            if follows or note is last:
                note = None
        if note is not None:
            note.lines.append(line)
    return notes, answered


def _note_mark(line: PrintedLine, letters: Collection[str]) -> re.Match[str] | None:
    """Match the mark that a line at the foot of a page begins with; a letter is one of those in the text."""
    if begins := _NOTE_MARK.match(line.text):
        return begins
    begins = _LETTER_MARK.match(line.text)
    if begins is None or begins["mark"] not in letters:
        return None
    if line.lead:
        return begins if begins.end("mark") <= line.lead <= begins.end() else None
    apart = not line.text[begins.end("mark")].isalnum()
    return begins if apart and _BEFORE_SENTENCE.match(line.text, begins.end()) else None


def _behind_mark(line: PrintedLine, begins: re.Match[str]) -> PrintedLine:
    """Return the first line of a note without its mark."""
    text, done = line.text[begins.end() :], begins.end()
    marks = tuple(replace(mark, at=mark.at - done) for mark in line.marks if mark.at >= done)
    return replace(line, text=text, marks=marks, lead=0)


def _marks_in(line: PrintedLine) -> list[Mark]:
    """Return what may be marks of notes in a line, in their order: what is raised, and signs behind words."""
    raised = [
        mark
        for mark in line.marks
        if not (mark.length and mark.figure.isalpha() and _NUMBER_BEFORE.search(line.text, 0, mark.at))
    ]
    known = {mark.at + mark.length for mark in raised if mark.length}
    flat = [
        Mark(sign.start(), sign["mark"], len(sign[0]))
        for pattern in (_SIGN, _BRACKETED)
        for sign in pattern.finditer(line.text)
        if sign.end() not in known
    ]
    return sorted([*raised, *flat], key=lambda mark: mark.at)


def _letters_in(lines: Iterable[PrintedLine]) -> frozenset[str]:
    """Return the letters that are raised in lines as marks are."""
    return frozenset(mark.figure for line in lines for mark in _marks_in(line) if mark.figure.isalpha())


def _is_measure(mark: Mark, at: int, lines: Sequence[PrintedLine]) -> bool:
    """Tell whether a raised figure makes a square or a cube of a measure, which no note needs to answer."""
    before = lines[at].text[: mark.at]
    return not mark.length and before[-1:].isalpha() and makes_power(before, mark.figure)


def _without_marks(line: PrintedLine, answered: Collection[Mark] = ()) -> PrintedLine:
    """Return a line without the marks that a note answers; other figures stay where they are powers."""
    if not line.marks and not answered:
        return line
    text = line.text
    others = [mark for mark in line.marks if not mark.length and mark not in answered]
    for mark in sorted([*answered, *others], key=lambda mark: mark.at, reverse=True):
        before = text[: mark.at]
        power = as_power(mark.figure) if mark not in answered and makes_power(before, mark.figure) else ""
        text = before + power + text[mark.at + mark.length :]
    return replace(line, text=text, marks=())


def _follows(mark: str, other: str) -> bool:
    """Tell whether one mark is the next after another, or a sign, so that a note begins with it."""
    return not other.isdigit() or (mark.isdigit() and int(other) == int(mark) + 1)


def _languages_of(columns: Sequence[_Column], of_all: Mapping[int, str] | None = None) -> Mapping[int, str]:
    """Return the languages of the columns of a page where they are two; few words are as those ``of_all``."""
    sides = [
        " ".join(piece.text for one in columns if one.side == side for piece in one.pieces) for side in (0, 1)
    ]
    if not all(sides):
        return {}
    return columns_in_languages([sides]) or (of_all or {} if min(map(len, sides)) < _FEW_WORDS else {})


def _imprint(page: WrittenPage, size: float) -> list[list[Piece]]:
    """Return the rows at the foot of the first page that tell of the document, in small letters."""
    found: list[list[Piece]] = []
    numbered = False
    for row in reversed(_rows(page.pieces)):
        number = [piece for piece in row if _IMPRINT.fullmatch(piece.text)]
        if not number and not all(piece.size < _SMALLER * size for piece in row):
            break
        numbered = numbered or bool(number)
        found.append(row)
    return found if numbered else []


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Put pieces on one baseline together, from the top of the page down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if rows and abs(rows[-1][0].base - piece.base) <= _SAME_LINE * max(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_in_order(row) for row in _with_raised(rows)]


def _in_order(row: list[Piece]) -> list[Piece]:
    """Set the pieces of a row in the order in which they are read; PDFium knows that of right to left."""
    eastern = sum(len(piece.text) for piece in row if piece.eastern)
    if eastern * 2 > sum(len(piece.text) for piece in row):
        return sorted(row, key=lambda piece: piece.order)
    return sorted(row, key=lambda piece: piece.left)


def _with_raised(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Put raised letters that were written apart, as in 15th, behind the word that they belong to."""
    kept: list[list[Piece]] = []
    for row, below in zip(rows, [*rows, []][1:], strict=True):
        left = [piece for piece in row if not _raise_into(below, piece)]
        if left and not _set_before(below, left):
            kept.append(left)
    return kept


def _set_before(row: list[Piece], raised: Sequence[Piece]) -> bool:
    """Set the mark of a note, which stands alone above its line, before the words of the line."""
    first, mark = row[0] if row else None, raised[0]
    if first is None or len(raised) > 1 or not is_mark(mark.text):
        return False
    near = 0 <= first.left - mark.right <= _NEAR_NOTE * first.size
    if not near or mark.size > _RAISED * first.size or mark.base - first.base > first.size:
        return False
    lead = len(mark.text)
    marks = tuple(replace(one, at=one.at + lead + 1) for one in first.marks)
    row[0] = replace(first, text=f"{mark.text} {first.text}", left=mark.left, marks=marks, lead=lead)
    return True


def _raise_into(row: list[Piece], raised: Piece) -> bool:
    if len(raised.text) > _LONGEST_RAISED or not raised.text.isalpha():
        return False
    for at, piece in enumerate(row):
        near = abs(raised.left - piece.right) <= _AT_WORD * piece.size
        if near and raised.size <= _RAISED * piece.size and raised.base - piece.base <= piece.size:
            row[at] = replace(piece, text=piece.text + raised.text, right=raised.right)
            return True
    return False


def _outer_rows(page: WrittenPage, rows: list[list[Piece]]) -> list[list[Piece]]:
    """Return the rows at the head and the foot of a page that stand off from those between them."""
    head = [row for row in rows[: _standing_off(rows)] if row[0].base > (1 - _MARGIN) * page.height]
    turned = rows[::-1]
    foot = [row for row in turned[: _standing_off(turned)] if row[0].base < _MARGIN * page.height]
    return head + foot


def _standing_off(rows: Sequence[Sequence[Piece]]) -> int:
    """Return how many of the first rows a wide gap parts from the others; a page of one row has no others."""
    if len(rows) == 1:
        return 1
    for count in range(min(_OUTER_LINES, len(rows) - 1), 0, -1):
        last, following = rows[count - 1][0], rows[count][0]
        if abs(last.base - following.base) > _OFF * max(last.size, following.size):
            return count
    return 0


def _text(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in row)


def _shape(row: Sequence[Piece]) -> str:
    return _FIGURES.sub("#", _text(row)).casefold()


def _is_furniture(row: Sequence[Piece], running: frozenset[str]) -> bool:
    text = _text(row)
    if _shape(row) in running or is_running_head(text) or is_page_number(text):
        return True
    return _NUMBER.fullmatch(text) is not None or _COUNTED.fullmatch(text) is not None


def _fits(pieces: Sequence[Piece], strip: float | None) -> bool:
    """Tell whether a page with few lines goes on with the columns of the page before it."""
    if strip is None:
        return False
    across = sum(1 for piece in pieces if piece.left < strip < piece.right)
    beside = any(0 <= piece.left - strip < _AT_STRIP for piece in pieces)
    return beside and across <= _MOST_ACROSS * len(pieces)


@dataclass(frozen=True, slots=True)
class _Column:
    """Pieces that are read one after the other: on the left (0) or the right (1), or across the page."""

    pieces: list[Piece]
    side: int | None = None


def _columns(pieces: Sequence[Piece], strip: float | None) -> Iterator[_Column]:
    """Yield the columns of a page in reading order; a line across both ends the columns above it."""
    if strip is None:
        if pieces:
            yield _Column(list(pieces))
        return
    left: list[Piece] = []
    right: list[Piece] = []
    for row in _rows(pieces):
        across = [piece for piece in row if piece.left < strip < piece.right]
        if across:
            yield from (one for one in (_Column(left, 0), _Column(right, 1), _Column(row)) if one.pieces)
            left, right = [], []
        else:
            left += [piece for piece in row if piece.right <= strip]
            right += [piece for piece in row if piece.left >= strip]
    yield from (one for one in (_Column(left, 0), _Column(right, 1)) if one.pieces)


def _strip(pieces: Sequence[Piece], page: WrittenPage) -> float | None:
    """Return where the empty strip between two columns lies; None where the text runs across the page."""
    middle = (piece.left for piece in pieces if _STRIP_FROM < piece.left / page.width < _STRIP_TO)
    best: tuple[int, float] | None = None
    for edge in sorted({floor(left) for left in middle}):
        check_time()
        strip = edge - 0.5
        across = sum(1 for piece in pieces if piece.left < strip < piece.right)
        left = [piece for piece in pieces if piece.right <= strip]
        right = [piece for piece in pieces if piece.left >= strip]
        if min(len(left), len(right)) < _FEWEST_LINES or across > _MOST_ACROSS * len(pieces):
            continue
        if not _side_by_side(left, right):
            continue
        if best is None or across < best[0]:
            best = across, strip
    return best[1] if best else None


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell whether two columns share several lines' height, and both hold running text."""
    top = min(max(piece.base for piece in left), max(piece.base for piece in right))
    foot = max(min(piece.base for piece in left), min(piece.base for piece in right))
    beside = [[piece for piece in column if foot <= piece.base <= top] for column in (left, right)]
    widths = [median(piece.right - piece.left for piece in column) if column else 0 for column in beside]
    heights = median(piece.size for piece in left)
    return all(len(column) >= _FEWEST_LINES for column in beside) and min(widths) > 5 * heights


def _column_lines(pieces: Sequence[Piece]) -> Iterator[PrintedLine]:
    rows = _rows(pieces)
    edges = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    for number, row in enumerate(rows):
        sizes = [piece.size for piece in row for _ in piece.text]
        left, right = min(piece.left for piece in row), max(piece.right for piece in row)
        begins = accumulate((len(piece.text) + 1 for piece in row), initial=0)
        marks = tuple(
            replace(mark, at=begin + mark.at)
            for begin, piece in zip(begins, row, strict=False)
            for mark in piece.marks
        )
        base, height, lead = row[0].base, median(sizes), row[0].lead
        top = number == 0
        yield PrintedLine(_text(row), left, right, *edges, base, height, top=top, marks=marks, lead=lead)


def _end_of_text(lines: list[PrintedLine], size: float, *, goes_on: bool, letters: Collection[str]) -> int:
    """Return where the text of a column ends and its notes begin; the first may go on with one overleaf."""
    begin = len(lines)
    while begin and lines[begin - 1].size < _SMALLER * size:
        begin -= 1
    if begin == 0 or begin == len(lines):
        return len(lines)
    if goes_on and lines[begin].text[0].islower():
        return begin
    marked = (at for at in range(begin, len(lines)) if _note_mark(lines[at], letters))
    return next(marked, len(lines))
