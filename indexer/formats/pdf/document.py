"""PDF with a text layer: the paragraphs of the text, and the page on which each begins.

A paragraph begins with a space above it, an indent, another size of letters, or after a
line that ended before it had to. Lines that the page broke are joined, so are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from statistics import median

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.pdf.legibility import is_unreadable
from onrecord.indexer.formats.pdf.letters import WrittenPage, pages_of
from onrecord.indexer.formats.pdf.page_layout import (
    PrintedLine,
    PrintedNote,
    PrintedPage,
    furniture_of_page,
    running_lines,
    set_pages,
)
from onrecord.indexer.formats.pdf.recognition import is_wanted, recognised_pages
from onrecord.indexer.formats.verbatim.record import statements_in
from onrecord.indexer.paragraphs.broken_words import BrokenWords
from onrecord.indexer.paragraphs.sentences import ends_sentence
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Metadata

__all__ = ["is_pdf", "read_pdf"]

# Bytes before the mark that readers of PDF put up with.
_MARK_WITHIN = 1024
# A line this much further below the one above it than lines of a paragraph are stands apart.
_SPACED = 1.25
# Lines that plainly go on tell the pitch of a text, if there are as many; else the closer ones of all may.
# The pitch of a single line, in heights of letters.
_ENOUGH, _PITCH = 8, 1.2
# In heights of letters: further in than this is indented, and what differs by this part is another size.
_INDENT, _OTHER_SIZE = 0.6, 0.12
# A line that leaves this part of its column free, and the next word would have fitted, was ended on purpose.
_ROOM = 0.02
# Inside a paragraph a line may stop that much short of its column, before a long word that cannot be broken.
_RAGGED = 0.15
_ITEM = re.compile(r"(?:[•▪●◦‣∙*–—-]|\([a-z\d]{1,4}\)|\d{1,3}[.)])\s+\S")
# The dots that lead from a heading to its page, or from a name to its country.
_LEADERS = re.compile(r"(?:\s?[._·]){5,}\s?|…{3,}")
# A letter is this part of its height wide, on the average.
_LETTER = 0.45
# Pages whose heads may say who speaks, or that this is a verbatim record.
_HEADS = 2
# Fewer letters a page than this are a stamp or the name of a scanner.
_FEWEST_LETTERS = 10


def is_pdf(data: bytes) -> bool:
    """Recognise a PDF by its first bytes."""
    return b"%PDF-" in data[:_MARK_WITHIN]


def read_pdf(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document, or the turns of a verbatim record.

    A scan without a text layer is a `SourceError`, unless text recognition is wanted (`recognition`).
    """
    pages = list(pages_of(path, data))
    if is_wanted() and (pictures := _pictures(pages)):
        recognised = recognised_pages(path, data, pages, pictures)
        if len(pictures) == len(pages) and recognised.finding is None:
            raise SourceError(path, "text recognition found no words on its pages; scan it anew.")
        _refuse_without_text(path, recognised.pages)
        known = Metadata(recognised=recognised.finding)
        for draft in _statements(recognised.pages):
            yield replace(draft, declared=known.over(draft.declared))
    else:
        _refuse_without_text(path, pages)
        yield from _statements(pages)


def _pictures(pages: Sequence[WrittenPage]) -> list[int]:
    """Return the places of pages without text: of all, where what is written on them is none."""
    if is_unreadable(piece.text for page in pages for piece in page.pieces):
        return list(range(len(pages)))
    letters = [sum(len(piece.text) for piece in page.pieces) for page in pages]
    return [place for place, count in enumerate(letters) if count < _FEWEST_LETTERS]


def _refuse_without_text(path: Path, pages: Sequence[WrittenPage]) -> None:
    texts = [piece.text for page in pages for piece in page.pieces]
    if sum(map(len, texts)) < _FEWEST_LETTERS * len(pages) or not pages:
        raise SourceError(
            path, "its pages are pictures without text; run text recognition (OCR) on it and save it again."
        )
    if is_unreadable(texts):
        raise SourceError(
            path,
            "the text in it is no text (its fonts do not say which letter is which); "
            "run text recognition (OCR) on it and save it again.",
        )


def _statements(pages: Sequence[WrittenPage]) -> Iterator[Draft]:
    running = running_lines(pages)
    printed = set_pages(pages, running=running)
    begins = [1, *accumulate((len(page.lines) for page in printed), initial=1)][1:-1]
    numbered = _in_reading_order(printed, begins)
    flow = [line for _, line in numbered]
    notes = [
        (begin + note.behind, note)
        for begin, page in zip(begins, printed, strict=True)
        for note in page.notes
    ]
    letterhead = [line for page in pages[:_HEADS] for line in furniture_of_page(page, running=running)]
    yield from statements_in(
        tuple(_Flow(flow, [number for number, _ in numbered]).blocks()),
        pages=tuple(begins),
        letterhead=tuple(Block((_cleaned(line).strip(),)) for line in dict.fromkeys(letterhead)),
        notes=tuple(_notes(notes, flow)),
    )


def _in_reading_order(pages: Sequence[PrintedPage], begins: Sequence[int]) -> list[tuple[int, PrintedLine]]:
    """Return the lines of all pages with their numbers, which count page by page.

    Pages with columns in the same languages are one text twice, which is read in one language to its end
    and then in the other: a sentence goes on overleaf, and not in the column beside it.
    """
    ordered: list[tuple[int, PrintedLine]] = []
    for languages, run in groupby(zip(begins, pages, strict=True), key=lambda one: _languages_on(one[1])):
        lines = [(begin + at, line) for begin, page in run for at, line in enumerate(page.lines)]
        if len(languages) > 1:
            lines.sort(key=lambda one: languages.index(one[1].language))
        ordered += lines
    return ordered


def _languages_on(page: PrintedPage) -> tuple[str | None, ...]:
    """Return the languages of the columns of a page in their order; none where lines run across it."""
    languages = tuple(dict.fromkeys(line.language for line in page.lines))
    return () if None in languages else languages


def _cleaned(line: str) -> str:
    """Clean a line, which stays one: the separator of lines may be among what is repaired.

    >>> _cleaned("We agree â€¨ today")
    'We agree   today'
    """
    return clean(line).replace("\n", " ")


def _notes(printed: Sequence[tuple[int, PrintedNote]], flow: Sequence[PrintedLine]) -> Iterator[Note]:
    """Join the lines of notes; words that line ends broke are known by those of the text, too."""
    texts = [[_cleaned(line.text) for line in note.lines] for _, note in printed]
    if not texts:
        return
    known = (_cleaned(line.text) for line in flow)
    words = BrokenWords([*known, *(line for lines in texts for line in lines)])
    for (line, note), lines in zip(printed, texts, strict=True):
        text = words.join([one for one in lines if one.strip()])
        if text:
            yield Note((text,), note.mark, line)


@dataclass(slots=True)
class _Flow:
    """The lines of a document, one after the other, with their numbers."""

    lines: Sequence[PrintedLine]
    numbers: Sequence[int]
    words: BrokenWords = field(init=False)
    pitch: float = field(init=False)  #: between lines of a paragraph, in heights of letters
    indented: bool = field(init=False)

    def __post_init__(self) -> None:
        self.words = BrokenWords([_cleaned(line.text) for line in self.lines])
        pairs = [
            (above, line) for above, line in pairwise(self.lines) if not line.top and above.base > line.base
        ]
        inside = [pair for pair in pairs if not _has_room(*pair) and not ends_sentence(pair[0].text)]
        steps = [
            sorted((above.base - line.base) / line.size for above, line in some) for some in (inside, pairs)
        ]
        guesses = [_PITCH] if not pairs else [steps[1][len(pairs) // 4]]
        if len(inside) >= _ENOUGH:
            guesses = [median(steps[0])]
        elif inside:
            guesses.append(median(steps[0]))
        self.pitch = min(guesses)
        self.indented = sum(map(_is_indented, self.lines)) > len(self.lines) / 50

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs; those of running text have one line each, others keep theirs."""
        starts = [at for at in range(len(self.lines)) if at == 0 or self._begins(at)]
        for start, end in pairwise([*starts, len(self.lines)]):
            own = self.lines[start:end]
            texts = [text for line in own if (text := _cleaned(_LEADERS.sub(" … ", line.text)).strip())]
            if not texts:
                continue
            if len(texts) > 1 and self._runs(own):
                texts = [self.words.join(texts)]
            yield Block(tuple(texts), line=self.numbers[start], language=own[0].language)

    def _begins(self, at: int) -> bool:
        line, above = self.lines[at], self.lines[at - 1]
        if line.language != above.language:
            return True
        if abs(line.size - above.size) > _OTHER_SIZE * max(line.size, above.size):
            return True
        ended = ends_sentence(above.text)
        if line.top:
            return self._begins_column(line, above, ended=ended)
        if (above.base - line.base) / line.size > _SPACED * self.pitch:
            return True
        if _is_indented(line) and not _is_indented(above):
            return True
        if _ITEM.match(line.text) and (ended or _has_room(above, line)):
            return True
        return ended and _has_room(above, line)

    def _begins_column(self, line: PrintedLine, above: PrintedLine, *, ended: bool) -> bool:
        """Tell whether the first line of a column or a page begins a paragraph."""
        if _is_indented(line) or _ITEM.match(line.text):
            return True
        if line.text[0].islower():
            return False
        if not ended:
            return _has_room(above, line)
        return not self.indented or _has_room(above, line)

    def _runs(self, lines: Sequence[PrintedLine]) -> bool:
        """Tell running text, whose lines go as far as they can, from lines set one by one."""
        return not any(_has_room(above, line, ragged=_RAGGED) for above, line in pairwise(lines))


def _is_indented(line: PrintedLine) -> bool:
    return line.left - line.column_left > _INDENT * line.size


def _has_room(above: PrintedLine, line: PrintedLine, *, ragged: float = _ROOM) -> bool:
    """Tell whether the first word of a line would have fitted on the line above it."""
    word = line.text.split(None, 1)[0]
    room = above.column_right - above.right
    return room > _LETTER * line.size * (len(word) + 1) + ragged * (above.column_right - above.column_left)
