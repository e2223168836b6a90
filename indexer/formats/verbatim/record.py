"""Verbatim records of the United Nations: one meeting a file, one turn at the floor a statement.

Symbols such as S/PV.8850 and A/C.1/76/PV.2 name the body and the meeting. What the record
tells in between (decisions, votes, who took the Chair, the items of the agenda) was said by
nobody; an item is the title of what is said under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.formats.plain_text import blocks_of_lines, clean_lines
from onrecord.indexer.formats.verbatim.floor import Floor, is_language_aside, speaks_from
from onrecord.indexer.formats.verbatim.meeting import (
    Meeting,
    is_change_of_chair,
    is_running_line,
    read_meeting,
    symbol_in,
)
from onrecord.indexer.formats.verbatim.told import is_told, lists_votes
from onrecord.indexer.paragraphs.greetings import is_closing, is_greeting
from onrecord.indexer.paragraphs.line_joining import Line, lines_of
from onrecord.indexer.paragraphs.notes import notes_by_turn
from onrecord.indexer.paragraphs.sentences import ends_sentence
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.statement import Finding, Metadata, Paragraph, SpeakerRole

__all__ = ["is_verbatim", "read_verbatim", "statements_in", "turns"]

# Symbol, body, meeting, members and agenda take a page at most.
_HEAD_CHARACTERS = 6000
_LOOK_AT = 300
_PAGE_LINES = 80
_BEGINS = re.compile(
    r"\s*(?:The meeting (?:was (?:called to order|opened|resumed)|resumed)|La séance est (?:ouverte|reprise)"
    r"|Se (?:abre|reanuda) la sesión)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:The meeting (?:rose|was adjourned|was closed)|La séance est levée|Se levanta la sesión)\b",
    re.IGNORECASE,
)
# The foot of a page that a conversion to text has put before the paragraph that goes on.
_PAGE_TORN_IN = re.compile(r"^\s*\d{1,3}/\d{1,3}\s+\d\d-\d{5}\s+(?=\S)")
# The longest line of a title, and the most lines it takes: reports are listed in full under an item.
_TITLE_LINE, _TITLE_LINES = 110, 8
# An item of the agenda is followed by its name and by what is before the meeting, over many lines.
_ITEM = re.compile(
    r"(?:Agenda items?|Items?|Points?(?: \d+)? de l[’']ordre du jour|Temas?(?: \d+)? del programa)"
    r"\s+\d{1,3}\b"
    r"[\d\s,()a-z]{0,80}(?:\((?:continued|resumed|suite|continuación)\))?",
    re.IGNORECASE,
)
_ITEM_LINE, _ITEM_LINES, _ITEM_CHARACTERS = 400, 60, 400
# Lines that the record takes to tell something, at most.
_TOLD_LINES = 4
# A last sentence that lost its stop is no title.
_SPOKEN = re.compile(
    r"(?:I|We|Our|My|It|That|This|Let|May|Long live|Thank|God|Nous|Je|Vive|Merci|Nosotros|Gracias|Viva)\b"
)
# Words that no one introduces and that are this long were said by someone the record does not name.
_SENTENCE = 60


def is_verbatim(text: str) -> bool:
    """Recognise a record by the symbol in its head and the words that give the floor."""
    head = text[:_HEAD_CHARACTERS]
    if symbol_in(head) is None:
        return False
    return any(_BEGINS.match(line) or _gives_floor(line) for line in text[: 2 * _HEAD_CHARACTERS].split("\n"))


def read_verbatim(path: Path, data: bytes) -> Iterator[Draft]:
    """Read a record from plain text."""
    return turns(blocks_of_lines(clean_lines(data)))


def turns(
    blocks: Sequence[Block], *, pages: tuple[int, ...] = (), notes: tuple[Note, ...] = ()
) -> Iterator[Draft]:
    """Yield each turn at the floor as a draft; ``pages`` and ``notes`` are as in `Draft`."""
    parted = _turns(blocks, pages)
    if not notes:
        yield from (turn for _, turn in parted)
        return
    found = list(parted)
    shared = notes_by_turn(notes, [begin for begin, _ in found])
    yield from (replace(turn, notes=own) for (_, turn), own in zip(found, shared, strict=True))


def _turns(blocks: Sequence[Block], pages: tuple[int, ...]) -> Iterator[tuple[int, Draft]]:
    """Yield turns, and with each the line on which it begins, or the title above it."""
    lines = lines_of(blocks)
    begin = next(
        (at for at, line in enumerate(lines) if _BEGINS.match(line.text) or _gives_floor(line.text)), None
    )
    if begin is None:
        return
    head = [line.text for line in lines[:begin]]
    meeting = read_meeting(head)
    if meeting.symbol is None:  # the columns of the first page stand in another order
        meeting = read_meeting(head, below=[line.text for line in _first_page(lines[begin:], pages)])
    record = _MeetingRecord(meeting, pages)
    for at in range(begin, len(lines)):
        if _ENDS.match(lines[at].text):
            break
        yield from record.take(lines, at)
    yield from record.finish()


def _first_page(lines: Sequence[Line], pages: tuple[int, ...]) -> Sequence[Line]:
    """Return the lines of the first page, where pages are known, or as many as one takes."""
    if len(pages) > 1:
        return [line for line in lines if line.number is not None and line.number < pages[1]]
    return lines[:_PAGE_LINES]


def statements_in(
    blocks: tuple[Block, ...],
    *,
    pages: tuple[int, ...] = (),
    letterhead: tuple[Block, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Iterator[Draft]:
    """Yield the turns of a document that is a record, or else the one statement that it holds."""
    if is_verbatim("\n".join(line for block in (*letterhead, *blocks[:_LOOK_AT]) for line in block.lines)):
        yield from turns((*letterhead, *blocks), pages=pages, notes=notes)
    elif blocks:
        yield Draft(blocks, pages=pages, letterhead=letterhead, notes=notes)


def _gives_floor(line: str) -> bool:
    floor = speaks_from(line)
    return floor is not None and floor.presides


@dataclass(slots=True)
class _Turn:
    """Someone's words so far, or with no floor what the record tells; ``begin`` is where it was given."""

    floor: Floor | None
    lines: list[Line] = field(default_factory=list)
    begin: int | None = None

    @property
    def votes(self) -> bool:
        """Tell whether what is told is a list of those who voted."""
        return self.floor is None and bool(self.lines) and lists_votes(self.lines[0].text)


@dataclass(slots=True)
class _MeetingRecord:
    """A record as far as it was read."""

    meeting: Meeting
    pages: tuple[int, ...]
    turn: _Turn = field(default_factory=lambda: _Turn(None))
    skip: int = 0
    title: str | None = None
    titled: int | None = None  #: the line on which the title of what follows begins
    turns: int = 0

    def take(self, lines: Sequence[Line], at: int) -> Iterator[tuple[int, Draft]]:
        """Take the next line; a turn that it ends comes back as drafts."""
        line = lines[at]._replace(text=_PAGE_TORN_IN.sub("", lines[at].text))
        if self.skip:
            self.skip -= 1
            return
        if is_running_line(line.text, self.meeting.symbol):
            self.turn.lines.append(line._replace(text=self.meeting.symbol or line.text))
            return
        if is_language_aside(line.text):
            return
        opening = self._opening(lines, at)
        if opening is not None:
            floor, rest, self.skip = opening
            yield from self._close()
            self.turn = _Turn(floor, [rest] if rest.text.strip() else [], line.number)
        elif self._is_told(lines, at):
            told = _told(lines, at)
            if is_change_of_chair(_joined(told)):
                self.meeting, self.skip = self.meeting.after(_joined(told)), len(told) - 1
            else:
                yield from self._close()
                self.turn = _Turn(None, [line])
        else:
            self.turn.lines.append(line)

    def finish(self) -> Iterator[tuple[int, Draft]]:
        """End the record."""
        yield from self._close()

    def _opening(self, lines: Sequence[Line], at: int) -> tuple[Floor, Line, int] | None:
        """Return who is given the floor, the words after it, and how many lines more it took."""
        if ":" not in lines[at].text and (at + 1 == len(lines) or ":" not in lines[at + 1].text):
            return None
        text = lines[at].text.rstrip()
        for taken in range(2):
            if taken:
                if at + 1 == len(lines) or lines[at + 1].gap:
                    break
                text = f"{text} {lines[at + 1].text.strip()}"
            floor = speaks_from(text, year=self.meeting.year)
            if floor is not None:
                begin = lines[at + taken]
                return floor, Line(text[floor.length :], begin.number, gap=True), taken
        return None

    def _is_told(self, lines: Sequence[Line], at: int) -> bool:
        """Tell whether the record itself speaks from here on; it does so at the beginning of a paragraph."""
        begins = lines[at].gap or not self.turn.lines or ends_sentence(lines[at - 1].text.rstrip())
        return begins and is_told(_joined(_told(lines, at)))

    def _close(self) -> Iterator[tuple[int, Draft]]:
        """End the turn: what stands last in it may be the title of the next."""
        turn, floor = self.turn, self.turn.floor
        spoken = 1 if floor is not None else 0
        lines, title = (turn.lines, None) if turn.votes else _without_title(turn.lines, after=spoken)
        if floor is not None:
            yield from self._draft(floor, lines)
        else:
            unnamed = _unintroduced(lines)
            if unnamed:
                yield from self._draft(None, unnamed)
        self.title = title or self.title
        self.titled = turn.lines[len(lines)].number if title else None

    def _draft(self, floor: Floor | None, lines: Sequence[Line]) -> Iterator[tuple[int, Draft]]:
        paragraphs = _paragraphs(lines, number=floor.number if floor else None)
        if not paragraphs:
            return
        self.turns += 1
        declared = self._facts(floor).over(replace(self.meeting.facts, title=self.title))
        draft = Draft(
            (), declared, headed=False, paragraphs=paragraphs, key_in_file=str(self.turns), pages=self.pages
        )
        yield self.titled or self.turn.begin or lines[0].number or 1, draft

    def _facts(self, floor: Floor | None) -> Metadata:
        """Say who had the floor: the person in the chair, the country of a head of state."""
        if floor is None:
            return Metadata()
        speaker, role, chair = floor.speaker, floor.role, self.meeting.chair
        if floor.presides and chair is not None:
            evidence = f"{speaker.evidence}; {chair.evidence}"
            speaker = replace(speaker, value=replace(speaker.value, person=chair.value), evidence=evidence)
        elif not floor.presides:
            speaker = self.meeting.addressing(speaker, self.title)
            if speaker.value.delegation and not floor.speaker.value.delegation:
                role = Finding(SpeakerRole.DELEGATION, speaker.evidence)
        return Metadata(
            speaker=speaker,
            speaker_role=role,
            original_language=floor.original_language,
            on_behalf_of=floor.on_behalf_of,
        )


def _told(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Return the lines of the sentence that begins here, as far as a blank line or a few lines."""
    end = at + 1
    while end < min(at + _TOLD_LINES, len(lines)) and not lines[end].gap:
        if ends_sentence(lines[end - 1].text.rstrip()):
            break
        end += 1
    return lines[at:end]


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)


def _without_title(lines: list[Line], *, after: int) -> tuple[list[Line], str | None]:
    """Part the lines of a turn from the title that follows them: short lines without a stop after a stop.

    The first ``after`` lines are none.
    """
    item = _item(lines, after=after)
    if item is not None:
        return lines[:item], _named(lines[item:])
    begin = len(lines)
    while begin > after and len(lines) - begin < _TITLE_LINES and _may_be_title(lines[begin - 1].text):
        begin -= 1
    while begin < len(lines) and not _begins_title(lines, begin):
        begin += 1
    title = "".join(f"{': ' if line.gap else ' '}{_one_line(line.text)}" for line in lines[begin:]).lstrip(
        ": "
    )
    if not title or is_closing(title) or is_greeting(title) or _SPOKEN.match(title):
        return lines, None
    return lines[:begin], title


def _item(lines: Sequence[Line], *, after: int) -> int | None:
    """Return where the items of the agenda begin that stand last in a turn: no sentence follows them."""
    found = None
    for at in range(len(lines) - 1, max(after, len(lines) - _ITEM_LINES) - 1, -1):
        text = lines[at].text.strip()
        if _ITEM.fullmatch(text) and (at == 0 or ends_sentence(lines[at - 1].text.rstrip()) or found):
            found = at
        if ends_sentence(text) or len(text) > _ITEM_LINE:
            break
    return found


def _named(lines: Sequence[Line]) -> str:
    """Return items and their names, as far as a title goes."""
    title = ""
    for line in lines:
        text = _one_line(line.text)
        if title and len(title) + len(text) > _ITEM_CHARACTERS:
            break
        title = f"{title}{': ' if line.gap else ' '}{text}" if title else text
    return title


def _one_line(text: str) -> str:
    """Fold the white space of a line; tabs stand in one, too."""
    return " ".join(text.split())


def _may_be_title(text: str) -> bool:
    return len(text) <= _TITLE_LINE and not ends_sentence(text.rstrip())


def _begins_title(lines: Sequence[Line], at: int) -> bool:
    first = lines[at].text.lstrip()[:1]
    return not first.islower() and (at == 0 or ends_sentence(lines[at - 1].text.rstrip()))


def _paragraphs(lines: Sequence[Line], *, number: str | None) -> tuple[Paragraph, ...]:
    """Split a turn; the number before the name of who speaks is that of the first paragraph."""
    blocks = list(_blocks(lines))
    if blocks and number:
        first = blocks[0].lines
        blocks[0] = replace(blocks[0], lines=(f"{number} {first[0].lstrip()}", *first[1:]))
    paragraphs = split_paragraphs(blocks)
    if paragraphs and number and paragraphs[0].printed is None:
        text = paragraphs[0].text.removeprefix(number).lstrip()
        paragraphs = (replace(paragraphs[0], text=text, printed=number), *paragraphs[1:])
    return paragraphs


def _unintroduced(lines: Sequence[Line]) -> list[Line]:
    """Return what follows the record's own words and was said by someone, in paragraphs of its own."""
    return lines_of([block for block in list(_blocks(lines))[1:] if _is_prose(block)])


def _is_prose(block: Block) -> bool:
    """Tell a sentence that someone said from what the record tells, and from a list of those who voted."""
    text = " ".join(block.lines).strip()
    if len(text) < _SENTENCE or not ends_sentence(text):
        return False
    return not is_told(text) and text.count(",") <= len(text) / 25


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    run: list[Line] = []
    for line in lines:
        if run and (line.gap or line.number is None or line.number != (run[-1].number or 0) + 1):
            yield Block(tuple(one.text for one in run), line=run[0].number or 1)
            run = []
        run.append(line)
    if run:
        yield Block(tuple(one.text for one in run), line=run[0].number or 1)
