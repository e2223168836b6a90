"""The Hansard of the Canadian parliament, as its site publishes it: ``Hansard``, a day a file.

An ``Intervention`` is a speech: ``PersonSpeaking`` has the name as printed, ``ParaText`` are the paragraphs.
A ``FloorLanguage`` says in which language the words after it were spoken; where that is not the language of
the file, it has the translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.language_codes import two_letters
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, Turn, drafts_of, turn_of
from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    forget,
    line_of,
    local_name,
    root_name,
    text_without,
    xml_attribute,
)
from onrecord.indexer.register.offices import house_in
from onrecord.indexer.statement import Confidence, Finding, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_canadian", "read_canadian"]

_UNSPOKEN = frozenset({"ProceduralText", "Timestamp", "FloorLanguage", "ForceColumnBreak", "Note"})
_BREAKS = frozenset({"QuotePara", "Line", "Br"})
_NOTHING: frozenset[str] = frozenset()
_TITLES = {"OrderOfBusiness": "OrderOfBusinessTitle", "SubjectOfBusiness": "SubjectOfBusinessTitle"}
_SPEAKS = frozenset({"Intervention", "WrittenQuestionResponse"})
_DATE = ("MetaDateNumYear", "MetaDateNumMonth", "MetaDateNumDay")
# Who asks and who answers in writing, each with the element that holds the words.
_IN_WRITING = (("Questioner", "QuestionContent"), ("Responder", "ResponseContent"))


def is_canadian(data: bytes) -> bool:
    """Recognise the format by its outermost element."""
    return root_name(data) == "Hansard"


def read_canadian(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a sitting."""
    yield from drafts_of(_spoken(path, data))


def _spoken(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    record = _Sitting()
    ends = {"ExtractedItem", "FloorLanguage", *_TITLES, *_TITLES.values(), *_SPEAKS}
    for begins, element in events(data, path=path, starts=("Hansard", *_TITLES), ends=ends):
        if begins:
            record.enter(element)
            continue
        yield from ((turn, record.facts()) for turn in record.leave(element))


@dataclass(slots=True)
class _Sitting:
    """What is known so far of the sitting being read."""

    language: str | None = None
    floor: str | None = None
    said: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def enter(self, element: _Element) -> None:
        """Begin the record or a part of it."""
        if local_name(element) == "Hansard":
            self.language = two_letters(xml_attribute(element, "lang") or "")
        else:
            self.titles.append("")

    def leave(self, element: _Element) -> list[Turn]:
        """Take in an element that has ended; what was said comes back as turns."""
        kind = local_name(element)
        turns: list[Turn] = []
        if kind == "ExtractedItem":
            self.said[attribute(element, "Name") or ""] = text_without(element, unspoken=_NOTHING)
        elif kind == "FloorLanguage":
            self.floor = two_letters(attribute(element, "language") or "")
        elif kind in _TITLES.values() and self.titles:
            self.titles[-1] = text_without(element, unspoken=_NOTHING)
        elif kind in _TITLES and self.titles:
            self.titles.pop()
            forget(element)
        elif kind in _SPEAKS:
            turns = _turns(element)
            forget(element)
        return turns

    def facts(self) -> Metadata:
        """Return what holds for the speech that has ended."""
        language = self.language
        spoken = self.floor if self.floor != language else None
        return Metadata(
            title=": ".join(filter(None, self.titles)) or None,
            forum=self._forum(),
            date=self._date(),
            language=Finding(language, f'xml:lang="{language}"', Confidence.CERTAIN) if language else None,
            original_language=Finding(spoken, f'FloorLanguage language="{spoken}"') if spoken else None,
        )

    def _forum(self) -> Finding[str] | None:
        institution = self.said.get("InstitutionDebate") or self.said.get("Institution") or ""
        house, country = house_in(institution) or institution, self.said.get("Country", "").title()
        meeting = (self.said.get(name, "") for name in ("Parliament", "Session"))
        words = ", ".join(filter(None, (house, country, *meeting)))
        return Finding(words, words, Confidence.CERTAIN) if house else None

    def _date(self) -> Finding[PartialDate] | None:
        parts = [self.said.get(name, "") for name in _DATE]
        if not all(part.isdecimal() and len(part) <= 4 for part in parts):
            return None
        try:
            return Finding(
                PartialDate(*map(int, parts)), self.said.get("Date") or "-".join(parts), Confidence.CERTAIN
            )
        except DateError:
            return None


def _turns(element: _Element) -> list[Turn]:
    if local_name(element) == "Intervention":
        turn = turn_of(_name(element.find("{*}PersonSpeaking")), source_id=attribute(element, "id"))
        turn.passages += _passages(element.find("{*}Content"))
        return [turn]
    turns = []
    for who, words in _IN_WRITING:
        turn = turn_of(_name(element.find(f"{{*}}{who}")))
        turn.passages += _passages(element.find(f"{{*}}{words}"))
        turns.append(turn)
    return turns


def _name(element: _Element | None) -> str | None:
    return text_without(element, unspoken=_NOTHING) if element is not None else None


def _passages(content: _Element | None) -> Iterator[SpokenParagraph]:
    """Yield the paragraphs; one of several quoted paragraphs comes apart into these."""
    for block in content.iter("{*}ParaText") if content is not None else ():
        quoted = list(block.iter("{*}QuotePara"))
        own = text_without(block, unspoken=_UNSPOKEN | {"QuotePara"}) if quoted else ""
        if own:
            yield SpokenParagraph(own, attribute(block, "id"), line_of(block))
        for one in quoted or [block]:
            text = text_without(one, unspoken=_UNSPOKEN, spaced=_BREAKS)
            yield SpokenParagraph(text, None if own else attribute(block, "id"), line_of(one))
