"""The plenary records of the German Bundestag, as its open data has them.

``dbtplenarprotokoll`` (since 2017): a ``rede`` is what one speaker says under one item; a ``p`` of class
``redner`` names who, a ``name`` between the paragraphs gives the floor to the chair, a ``kommentar`` is what
happened.
``DOKUMENT`` (1949 to 2017) has the whole record as one text, lines that end in a colon name who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.formats.debates.speeches import (
    SpokenParagraph,
    Turn,
    drafts_of,
    turn_of,
    without_colon,
)
from onrecord.indexer.formats.debates.xml_notes import elements_inside, note_of
from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    forget,
    line_of,
    local_name,
    root_name,
    text_without,
)
from onrecord.indexer.limits import check_time
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Confidence, Finding, Metadata, SpeakerRole

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_bundestag", "read_bundestag"]

_ROOTS = ("dbtplenarprotokoll", "DOKUMENT")
_NOTHING: frozenset[str] = frozenset()
_NOTES = frozenset({"fussnote"})
_UNSPOKEN = frozenset({"redner", "a", "xref", "fussnote", "kommentar"})
_ITEMS = frozenset({"tagesordnungspunkt", "sitzungsbeginn"})
_GERMAN = Finding("de", "Plenarprotokoll")
_BUNDESTAG = "Deutscher Bundestag"
# Paragraphs of these classes are titles, the names of items and bills.
_TITLE = re.compile(r"T_(?:NaS|fett|Drs|ZP_NaS|Beratung|Ueberweisung)|AL_.*|Anlage_.*")
# The label of a turn in a record that is one text: a name with group or office, and a colon at the end.
_POSTS = r"(?:minister|kanzler|sekretär|senator|präsident|beauftragter|berichterstatter)"
_LABEL = re.compile(
    r"(?P<label>[A-ZÄÖÜ][^:!?]{2,160}?(?:\([^()\n]{2,60}\)"
    rf"|,\s[^:!?]{{0,120}}?{_POSTS}(?:in)?\b[^:!?]{{0,120}}?)?):"
)
_ASIDE = re.compile(r"\(.*\)", re.DOTALL)
_FURNITURE = re.compile(
    r"\(?[A-D]\)?|\d{1,6}|(?:\d+\s+)?Deutscher Bundestag\s*[–—-].*|Plenarprotokoll \d+/\d+"
    r"|Gesamtherstellung:.*"
)
_BEGINS = re.compile(r"^\s*Beginn:\s*\d", re.MULTILINE)
_GROUP = re.compile(r"\([^()]{2,60}\)$")
_OFFICE = re.compile(rf",\s.*{_POSTS}", re.IGNORECASE | re.DOTALL)
_MOST_LINES = 4


def is_bundestag(data: bytes) -> bool:
    """Recognise both formats by their outermost element."""
    root = root_name(data)
    return root == _ROOTS[0] or (root == _ROOTS[1] and b"<WAHLPERIODE" in data[:2000])


def read_bundestag(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the turns of a record."""
    turns = _in_one_text(path, data) if root_name(data) == _ROOTS[1] else _marked(path, data)
    yield from drafts_of(turns)


@dataclass(slots=True)
class _Record:
    """What is known so far of a record that is marked up; ``turn`` is the one that may go on."""

    facts: Metadata = field(default_factory=Metadata)
    item: str = ""
    title: str = ""
    turn: Turn = field(default_factory=Turn)


def _marked(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    record = _Record()
    starts = {_ROOTS[0], "rede", *_ITEMS}
    for begins, element in events(
        data, path=path, starts=starts, ends={"p", "name", "rede", "anlagen", *_ITEMS}
    ):
        kind = local_name(element)
        if begins:
            if kind == _ROOTS[0]:
                record.facts = _facts_of(element)
            elif kind in _ITEMS:
                record.item, record.title = attribute(element, "top-id") or "", ""
            continue
        if kind in ("rede", "anlagen") or kind in _ITEMS:
            yield from _over(record, _goes_on(record.turn))
            forget(element)
        elif kind == "name" and _parent(element) not in ("redner", "p"):
            yield from _over(record, turn_of(text_without(element, unspoken=_NOTHING)))
        elif kind == "p":
            yield from _paragraph(record, element)


def _paragraph(record: _Record, element: _Element) -> Iterator[tuple[Turn, Metadata]]:
    of_class = attribute(element, "klasse") or ""
    speaker = element.find("redner")
    if speaker is not None:
        yield from _over(record, _turn(element, speaker))
        return
    text = text_without(element, unspoken=_UNSPOKEN)
    if _TITLE.fullmatch(of_class):
        record.title = record.title or text
    elif not of_class.startswith("T_") and _parent(element) in ("rede", *_ITEMS):
        record.turn.passages.append(SpokenParagraph(text, None, line_of(element)))
        record.turn.notes += filter(None, map(note_of, elements_inside(element, _NOTES)))


def _over(record: _Record, following: Turn) -> Iterator[tuple[Turn, Metadata]]:
    turn, record.turn = record.turn, following
    if turn.passages:
        title = ": ".join(filter(None, (record.item, record.title))) or None
        yield turn, Metadata(title=title).over(record.facts)


def _goes_on(turn: Turn) -> Turn:
    """Return who goes on without being named again: the chair, who opens the next item, and nobody else."""
    if turn.role is not None and turn.role.value is SpeakerRole.CHAIR and turn.speaker is not None:
        return turn_of(turn.speaker.value.printed)
    return Turn()


def _parent(element: _Element) -> str:
    parent = element.getparent()
    return local_name(parent) if parent is not None else ""


def _turn(paragraph: _Element, speaker: _Element) -> Turn:
    printed = text_without(paragraph, unspoken=frozenset({"redner"}))
    parts = ("titel", "vorname", "namenszusatz", "nachname")
    named = (_text_in(speaker, f"name/{part}") for part in parts)
    person = " ".join(filter(None, named)) or None
    post = _text_in(speaker, "name/rolle/rolle_lang") or _text_in(speaker, "name/rolle/rolle_kurz")
    speech = paragraph.getparent()
    identifier = attribute(speech, "id") if speech is not None else None
    return turn_of(printed or person, person=person, post=post, source_id=identifier)


def _text_in(element: _Element, path: str) -> str | None:
    found = element.find(path)
    return (text_without(found, unspoken=_NOTHING) or None) if found is not None else None


def _facts_of(root: _Element) -> Metadata:
    house = attribute(root, "herausgeber") or _BUNDESTAG
    term, number = attribute(root, "wahlperiode"), attribute(root, "sitzung-nr")
    sitting = f"{term}. Wahlperiode, {number}. Sitzung"
    printed = attribute(root, "sitzung-datum") or ""
    city = attribute(root, "sitzung-ort")
    known = term and number
    forum = f"{house}, {sitting}" if known else house
    return Metadata(
        forum=Finding(forum, forum, Confidence.CERTAIN),
        date=_day(printed, f'sitzung-datum="{printed}"'),
        place=Finding(city, f'sitzung-ort="{city}"', Confidence.CERTAIN) if city else None,
        language=_GERMAN,
    )


def _day(printed: str, evidence: str) -> Finding[PartialDate] | None:
    found = find_dates(printed.strip(), day_first=True)
    return Finding(found[0].date, evidence, Confidence.CERTAIN) if len(found) == 1 else None


def _in_one_text(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    """Read a record that is one text: what stands before the sitting begins is its table of contents."""
    said: dict[str, str] = {}
    for _, element in events(data, path=path, ends=("WAHLPERIODE", "NR", "DATUM", "TITEL", "TEXT")):
        kind = local_name(element)
        if kind != "TEXT":
            said[kind] = " ".join(clean(element.text or "").split())
            continue
        text, first = clean(element.text or ""), line_of(element) or 1
        facts = _facts_said(said)
        begins = _BEGINS.search(text)
        start = begins.start() if begins else 0
        for turn in _turns(text[start:].split("\n"), first + text.count("\n", 0, start)):
            yield turn, facts


def _facts_said(said: dict[str, str]) -> Metadata:
    number = said.get("NR", "")
    term, _, sitting = number.partition("/")
    forum = f"{_BUNDESTAG}, {term}. Wahlperiode, {sitting}. Sitzung" if term and sitting else _BUNDESTAG
    return Metadata(
        title=said.get("TITEL") or None,
        forum=Finding(forum, f"NR: {number}", Confidence.CERTAIN),
        date=_day(said.get("DATUM", ""), f"DATUM: {said.get('DATUM')}"),
        language=_GERMAN,
    )


def _turns(lines: list[str], first: int) -> Iterator[Turn]:
    """Part the lines of a sitting into turns at the labels; what is told in brackets parts blocks."""
    turn = Turn()
    block: list[str] = []
    at = 0
    while at < len(lines):
        check_time()
        label, taken = _label(lines, at)
        line = lines[at].strip()
        aside = _aside(lines, at) if line.startswith("(") else 0
        furniture = _FURNITURE.fullmatch(line) is not None
        if label is not None or aside or not line:
            _close(turn, block, first + at)
            block = []
        if label is not None:
            if turn.speaker is not None:
                yield turn
            turn = turn_of(label)
        elif not aside and line and not furniture:
            block.append(lines[at].rstrip())
        at += taken or aside or 1
    _close(turn, block, first + at)
    if turn.speaker is not None:
        yield turn


def _close(turn: Turn, lines: list[str], end: int) -> None:
    if lines:
        turn.blocks.append(Block(tuple(lines), line=end - len(lines)))


def _label(lines: list[str], at: int) -> tuple[str | None, int]:
    """Read the label of a turn that begins on a line and ends with it or one of the next, in a colon."""
    if not lines[at][:1].isupper():
        return None, 0
    joined = ""
    for taken in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        line = lines[at + taken - 1].strip()
        joined = f"{joined[:-1]}{line}" if joined.endswith("-") else f"{joined} {line}".strip()
        if line.endswith(":"):
            label = without_colon(joined)
            named = is_chair(label) or _GROUP.search(label) or _OFFICE.search(label)
            return (label, taken) if named and _LABEL.fullmatch(joined) else (None, 0)
        if not line or (line.endswith((".", "!", "?")) and not line.endswith("Dr.")):
            break
        if not ("," in joined or "(" in joined or is_chair(joined)):
            break
    return None, 0


def _aside(lines: list[str], at: int) -> int:
    """Count the lines of what is told in brackets, 0 where a bracket does not close soon."""
    joined = ""
    for taken in range(1, min(12, len(lines) - at) + 1):
        joined = f"{joined} {lines[at + taken - 1].strip()}".strip()
        if joined.count("(") <= joined.count(")"):
            return taken if _ASIDE.fullmatch(joined) else 0
    return 0
