"""The Congressional Record of the United States, as its publisher gives it: text, or a page around the text.

A file begins with ``[Congressional Record Volume 143, Number 8 (Tuesday, January 28, 1997)]``, the chamber
and the pages. A paragraph begins with two spaces; one that opens with a title, a name in capitals and a full
stop gives the floor. ``[[Page S755]]`` is where a page begins, and breaks no paragraph. Centred lines
are titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, Turn, drafts_of, turn_of
from onrecord.indexer.limits import check_time
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.sources.decoding import clean, decode, hold_lines
from onrecord.indexer.statement import Confidence, Finding, Metadata

__all__ = ["is_congressional_record", "read_congressional_record"]

_LOOK_AT = 4096
_HEAD = re.compile(
    r"^\s*\[Congressional Record,? Volume \d+, (?:Number|No\.) \d+ \((?P<day>[^()]{6,60})\)\]",
    re.MULTILINE,
)
_CHAMBER = re.compile(
    r"^\s*\[(?P<chamber>Senate|House(?: of Representatives)?|Extensions of Remarks|Daily Digest)\]\s*$",
    re.MULTILINE,
)
_PAGES = re.compile(r"^\s*\[Pages? (?P<first>[A-Z]+\d+)(?:-[A-Z]*\d+)?\]\s*$", re.MULTILINE)
_FROM = re.compile(r"^\s*From the Congressional Record Online.*$", re.MULTILINE)
_PAGE = re.compile(r"\s*\[\[Page (?P<page>[A-Z]+\d+)\]\]\s*")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_HEAD_OF_PAGE = re.compile(r"<head\b.*?(?:</head\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_PREFIX = r"(?:Mc|Mac|De|La|Le|Van|Von|Di|Du|O['’]|D['’])[ ]?"
_CAPITALS = r"[A-Z][A-Z'’-]+"
_NAME = rf"(?:(?:[A-Z]\. )?(?:{_PREFIX})?{_CAPITALS}(?: (?:[A-Z]\.|{_CAPITALS}|Jr\.?|Sr\.?|III?))*)"
_CLERK = r"(?:legislative |bill |assistant legislative )?(?:clerk|CLERK)"
_OFFICE = (
    r"The (?:ACTING |Acting )?(?:PRESIDENT pro tempore|PRESIDING OFFICER|VICE PRESIDENT"
    rf"|SPEAKER(?: pro tempore)?|CHAIR(?:MAN|WOMAN)?(?: pro tempore)?|{_CLERK})"
)
_TITLED = rf"(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep)\. {_NAME}(?: of (?:[A-Z][a-z]+ ?){{1,3}})?"
_FLOOR = re.compile(rf"(?P<name>{_TITLED}|{_OFFICE}(?: \([^()]{{3,60}}\))?)\.\s+(?=\S)")
_RULE = re.compile(r"\s*[_=*-]{3,}\s*")
# Spaces before a paragraph, before what is put into the record, and before a centred title.
_INDENT, _INSERTED, _CENTRED = 2, 5, 8


def is_congressional_record(data: bytes) -> bool:
    """Recognise a file by what it begins with, with or without the tags of a page before it."""
    beginning = data[:_LOOK_AT]
    return b"[Congressional Record" in beginning and _HEAD.search(_plain(decode(beginning))) is not None


def read_congressional_record(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the turns of a part of the record."""
    text = clean(_plain(decode(data)))
    hold_lines(text)
    record = _Record(_facts(text), _first_page(text))
    head = max(
        (found.end() for pattern in (_HEAD, _CHAMBER, _PAGES, _FROM) if (found := pattern.search(text))),
        default=0,
    )
    lines = text[head:].split("\n")
    turns = record.turns(lines, text.count("\n", 0, head) + 1)
    yield from drafts_of((turn, Metadata(title=title or None).over(record.facts)) for turn, title in turns)


def _plain(text: str) -> str:
    r"""Take off the tags of a page around the record; its lines stay."""
    if "<" not in text:
        return text
    blank = _HEAD_OF_PAGE.sub(lambda head: "\n" * head[0].count("\n"), text)
    return unescape(_TAG.sub("", blank))


def _facts(text: str) -> Metadata:
    head, chamber = _HEAD.search(text), _CHAMBER.search(text)
    days = find_dates(head["day"]) if head else ()
    house = (
        {"House": "House of Representatives"}.get(chamber["chamber"], chamber["chamber"]) if chamber else None
    )
    forum = f"United States Congress, {house}" if house else "United States Congress"
    return Metadata(
        forum=Finding(forum, chamber[0].strip() if chamber else "Congressional Record", Confidence.CERTAIN),
        date=Finding(days[0].date, head["day"], Confidence.CERTAIN) if head and len(days) == 1 else None,
        language=Finding("en", "Congressional Record"),
    )


def _first_page(text: str) -> str | None:
    found = _PAGES.search(text)
    return found["first"] if found else None


@dataclass(slots=True)
class _Record:
    """What is known so far of the record being read: the turn, and the paragraph that is not over."""

    facts: Metadata
    page: str | None
    title: str = ""
    turn: Turn = field(default_factory=Turn)
    _words: list[str] = field(default_factory=list)
    _line: int = 1
    _on: str | None = None
    _indent: int = 0

    def turns(self, lines: list[str], first: int) -> Iterator[tuple[Turn, str]]:
        """Yield the turns with the title that stands above each."""
        titled: list[str] = []
        for number, line in enumerate(lines, first):
            check_time()
            if page := _PAGE.fullmatch(line):
                self.page = page["page"]
                continue
            if not line.strip():
                continue
            indent = len(line) - len(line.lstrip())
            if _RULE.fullmatch(line):
                self._say()
            elif indent >= _CENTRED and self._is_title(line):
                self._say()
                yield from self._ended()
                titled.append(" ".join(line.split()))
                self.title = " ".join(titled)
                continue
            elif not self._words or self._opens(indent):
                self._say()
                floor = _FLOOR.match(line.strip()) if indent == _INDENT else None
                if floor:
                    yield from self._ended()
                    self.turn = turn_of(floor["name"])
                    line = line.strip()[floor.end() :]
                self._begin(line, number)
            else:
                self._words.append(" ".join(line.split()))
            self._indent = indent
            titled = []
        self._say()
        yield from self._ended()

    def _is_title(self, line: str) -> bool:
        """Tell a centred title from who brings something in, whose names may go on below."""
        return not (line.rstrip().endswith((":", ".", ";", ",")) or self._is_unfinished())

    def _is_unfinished(self) -> bool:
        return bool(self._words) and not self._words[-1].endswith((".", ":", ";", "''", ")", "--"))

    def _opens(self, indent: int) -> bool:
        """Tell whether a line that is set in so begins a paragraph: of the text, or of what is put in."""
        if indent >= _CENTRED:
            return not self._is_unfinished()
        is_inserted, was_inserted = indent >= _INSERTED, self._indent >= _INSERTED
        return indent in (_INDENT, _INSERTED + _INDENT) or is_inserted != was_inserted

    def _begin(self, line: str, number: int) -> None:
        words = " ".join(line.split())
        self._words, self._line, self._on = [words] if words else [], number, self.page

    def _say(self) -> None:
        text = ""
        for one in self._words:
            text = (
                f"{text}{one}" if text.endswith("-") and not text.endswith(" -") else f"{text} {one}".strip()
            )
        if text:
            page = f"page {self._on}" if self._on else None
            self.turn.passages.append(SpokenParagraph(text, None, self._line, page))
        self._words = []

    def _ended(self) -> Iterator[tuple[Turn, str]]:
        turn, self.turn = self.turn, Turn()
        if turn.passages:
            yield turn, self.title
