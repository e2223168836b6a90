"""Akoma Ntoso debates: ``speech``, ``question`` and ``answer``, in any version of the standard.

OASIS LegalDocML, "Akoma Ntoso Version 1.0 Part 2" (3.0), its drafts and version 2.0, and
files without a namespace. ``@by`` points to a person, role or body among the references,
``@as`` to the role in which someone speaks; ``from`` is the name as printed. A ``scene``, a
``narrative`` and a ``summary`` tell what happened and are no speech; notes are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft, Note
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.language_codes import two_letters
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, day_of, name_and_words, numbered
from onrecord.indexer.formats.debates.xml_notes import elements_inside, note_of, texts_of_note
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
from onrecord.indexer.register import delegation_named
from onrecord.indexer.register.offices import house_in, is_chair, is_member
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker, SpeakerRole

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_akoma_ntoso", "read_akoma_ntoso"]

_SPEECH = frozenset({"speech", "question", "answer"})
_UNSPOKEN = frozenset(
    {
        "from", "scene", "narrative", "summary", "remark", "noteRef", "authorialNote", "note", "heading",
        "num", "subheading", "speech", "question", "answer", "eop", "eol", "img", "recordedTime", "del",
    }
)  # fmt: skip
_NOTES = frozenset({"authorialNote", "noteRef"})
_BREAKS = frozenset({"br", "eol", "eop", "li", "item", "td", "th"})
# Elements that hold running words; what is inside one of them is part of its paragraph.
_BLOCKS = frozenset({"p", "li", "item", "tr", "block", "listIntroduction", "intro", "wrap"})
_SECTIONS = frozenset(
    {
        "debateSection", "administrationOfOath", "rollCall", "prayers", "oralStatements", "writtenStatements",
        "personalStatements", "ministerialStatements", "resolutions", "nationalInterest", "declarationOfVote",
        "communication", "petitions", "papers", "noticesOfMotion", "questions", "address",
        "proceduralMotions", "pointOfOrder", "adjournment", "subdivision", "speechGroup",
    }
)  # fmt: skip
_REFERENCES = frozenset({"TLCPerson", "TLCRole", "TLCOrganization"})
_NONE: frozenset[str] = frozenset()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


def is_akoma_ntoso(data: bytes) -> bool:
    """Recognise the standard by its outermost element."""
    return root_name(data) == "akomaNtoso"


def read_akoma_ntoso(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a debate; other documents of the standard hold none."""
    record = _Debate(path)
    for begins, element in events(
        data,
        path=path,
        starts=_SECTIONS | {"debate"},
        ends=_SPEECH | _SECTIONS | {"meta", "heading", "preface", "coverPage", "recordedTime"},
    ):
        kind = local_name(element)
        if begins:
            record.enter(element, kind)
        elif kind in _SPEECH:
            draft = record.speech(element)
            forget(element)
            if draft is not None:
                yield draft
        else:
            record.leave(element, kind)


@dataclass(frozen=True, slots=True)
class _Reference:
    """Someone or something that a debate refers to."""

    kind: str
    name: str


@dataclass(slots=True)
class _Debate:
    """What is known so far of the debate being read."""

    path: Path
    references: dict[str, _Reference] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: list[str | None] = field(default_factory=list)
    facts: Metadata = field(default_factory=Metadata)
    house: str | None = None
    day: Finding[PartialDate] | None = None
    speeches: int = 0

    def enter(self, element: _Element, kind: str) -> None:
        """Begin a debate or a part of it."""
        if kind == "debate":
            self.house = house_in(attribute(element, "name") or "")
        else:
            self.headings.append(None)

    def leave(self, element: _Element, kind: str) -> None:
        """Take in an element that has ended."""
        if kind == "meta":
            self.references = dict(_references(element))
            self.notes = {
                name: texts_of_note(note)
                for note in element.iterfind("{*}notes/{*}note")
                if (name := _identifier(note))
            }
            self.facts = _facts(element, self.references, self.path)
        elif kind in ("preface", "coverPage"):
            self.facts = _printed_facts(element, self.facts.forum).over(self.facts)
            self.house = self.house or next(filter(None, map(house_in, _lines(element))), None)
        elif kind == "heading":
            self._take_heading(text_without(element, unspoken=_UNSPOKEN))
        elif kind == "recordedTime":
            self.day = _day(attribute(element, "time"), "recordedTime time", Confidence.HIGH) or self.day
        else:
            self.headings.pop()
            forget(element)

    def _take_heading(self, heading: str) -> None:
        """Note a heading above what follows; one that is a date dates it and is no title."""
        day = day_of(heading)
        if day is not None:
            self.day = day
        elif self.headings:
            self.headings[-1] = self.headings[-1] or heading

    def _date(self) -> Finding[PartialDate] | None:
        """Return the day that stands above a speech where the debate itself gives none, or a guess."""
        known = self.facts.date
        sure = known is not None and known.confidence is not Confidence.LOW and known.value.day is not None
        return known if sure else self.day or known

    def _forum(self) -> Finding[str] | None:
        """Name the body, and its house where the debate names it."""
        known = self.facts.forum
        if self.house is None or (known and self.house.casefold() in known.value.casefold()):
            return known
        return Finding(f"{known.value}, {self.house}" if known else self.house, self.house)

    def speech(self, element: _Element) -> Draft | None:
        """Read a speech, a question or an answer; None where nothing was said."""
        paragraphs = numbered(_passages(element))
        if not paragraphs:
            return None
        self.speeches += 1
        identifier = _identifier(element)
        said = Metadata(
            title=": ".join(heading for heading in self.headings if heading) or None,
            speaker=self._speaker(element),
            speaker_role=self._role(element),
        )
        return Draft(
            blocks=(),
            declared=said.over(replace(self.facts, date=self._date(), forum=self._forum())),
            headed=False,
            paragraphs=paragraphs,
            key_in_file=identifier or str(self.speeches),
            source_id=identifier,
            notes=tuple(self._notes(element)),
        )

    def _notes(self, speech: _Element) -> Iterator[Note]:
        """Yield the notes in a speech, and those at the head of the document to which it refers."""
        for element in elements_inside(speech, _NOTES, apart=_UNSPOKEN):
            named = (element.get("href") or "").lstrip("#")
            texts = self.notes.get(named, ()) if named else None
            note = note_of(element, texts=texts)
            if note is not None:
                yield note

    def _speaker(self, element: _Element) -> Finding[Speaker] | None:
        by, role = self._reference(attribute(element, "by")), self._reference(attribute(element, "as"))
        printed = _printed(element) or (by.name if by else None)
        if printed is None:
            return None
        person = by.name if by and by.kind == "TLCPerson" else _person(element)
        if person and is_chair(person):
            person = None
        delegation = delegation_named(by.name) if by and by.kind == "TLCOrganization" else None
        speaker = Speaker(
            printed,
            delegation=delegation.name if delegation else None,
            code=delegation.code if delegation else None,
            person=person,
            post=role.name if role else by.name if by and by.kind == "TLCRole" else None,
        )
        evidence = f'by="{attribute(element, "by")}"' if by else printed
        return Finding(speaker, evidence, Confidence.CERTAIN if by else Confidence.HIGH)

    def _role(self, element: _Element) -> Finding[SpeakerRole] | None:
        """Tell the chair from the floor; who is named and does not preside is taken for a member."""
        given = attribute(element, "as")
        post = self._reference(given)
        if given and is_chair(post.name if post else given.lstrip("#")):
            return Finding(SpeakerRole.CHAIR, f'as="{given}"', Confidence.CERTAIN)
        by = self._reference(attribute(element, "by"))
        for name in (_printed(element), by.name if by else None):
            if name and is_chair(name):
                return Finding(SpeakerRole.CHAIR, name)
        if by and by.kind == "TLCPerson":
            return Finding(SpeakerRole.MEMBER, f'by="{attribute(element, "by")}"', Confidence.LOW)
        printed = _printed(element)
        if printed and is_member(printed):
            return Finding(SpeakerRole.MEMBER, printed, Confidence.LOW)
        return None

    def _reference(self, pointer: str | None) -> _Reference | None:
        return self.references.get(pointer.strip().lstrip("#")) if pointer else None


def _identifier(element: _Element) -> str | None:
    return (
        attribute(element, "eId")
        or attribute(element, "id")
        or xml_attribute(element, "id")
        or attribute(element, "wId")
    )


def _printed(element: _Element) -> str | None:
    return _from(element)[0]


def _from(element: _Element) -> tuple[str | None, str]:
    """Return the name as it is printed, and the first words of the speech that stand with it."""
    source = element.find("{*}from")
    return name_and_words(text_without(source, unspoken=_NONE)) if source is not None else (None, "")


def _person(element: _Element) -> str | None:
    """Return who is marked as a person where the name is printed."""
    found = element.find("{*}from/{*}person")
    return name_and_words(text_without(found, unspoken=_NONE))[0] if found is not None else None


def _passages(speech: _Element) -> Iterable[SpokenParagraph]:
    """Yield the blocks of a speech, the innermost that hold words of their own."""
    inside = [block for block in speech.iter() if local_name(block) in _BLOCKS]
    blocks = [block for block in inside if not _is_apart(block, speech)]
    first = _from(speech)[1]
    if first:
        yield SpokenParagraph(first, line=line_of(speech))
    if not blocks:
        yield SpokenParagraph(text_without(speech, unspoken=_UNSPOKEN, spaced=_BREAKS), line=line_of(speech))
    for block in blocks:
        text = text_without(block, unspoken=_UNSPOKEN | _BLOCKS, spaced=_BREAKS)
        item = _item_of(block)
        number = " ".join(clean(item.findtext("{*}num") or "").split())
        source_id = _identifier(block) or _identifier(item)
        yield SpokenParagraph(text, source_id, line_of(block), printed=number or None)


def _item_of(block: _Element) -> _Element:
    """Return the item of a list whose words stand in a ``p``, or else the block itself."""
    parent = block.getparent()
    return parent if parent is not None and local_name(parent) == "item" else block


def _is_apart(block: _Element, speech: _Element) -> bool:
    """Tell whether a block stands in something that was not spoken."""
    for outer in block.iterancestors():
        if outer is speech:
            return False
        if local_name(outer) in _UNSPOKEN:
            return True
    return True


def _references(meta: _Element) -> Iterator[tuple[str, _Reference]]:
    for element in meta.iter():
        kind = local_name(element)
        name = attribute(element, "showAs")
        identifier = _identifier(element)
        if kind in _REFERENCES and identifier and name:
            yield identifier, _Reference(kind, name)


def _facts(meta: _Element, references: dict[str, _Reference], path: Path) -> Metadata:
    """Read what the identification says of the debate itself, not of its markup and publication."""
    work = meta.find("{*}identification/{*}FRBRWork")
    author = work.find("{*}FRBRauthor") if work is not None else None
    body = references.get((attribute(author, "href") or "").lstrip("#")) if author is not None else None
    language = meta.find("{*}identification/{*}FRBRExpression/{*}FRBRlanguage")
    code = attribute(language, "language") or "" if language is not None else ""
    short = two_letters(code)
    return Metadata(
        forum=Finding(body.name, body.name) if body and body.kind == "TLCOrganization" else None,
        date=_work_date(work) or _date_in_name(path),
        language=Finding(short, f'language="{code}"', Confidence.CERTAIN) if short else None,
    )


def _work_date(work: _Element | None) -> Finding[PartialDate] | None:
    for date in work.iterfind("{*}FRBRdate") if work is not None else ():
        if attribute(date, "name") not in ("markup", "publication"):
            return _day(attribute(date, "date"), "FRBRdate date", Confidence.HIGH)
    return None


def _date_in_name(path: Path) -> Finding[PartialDate] | None:
    """Take the only day that the name of a file holds, where the debate itself gives none."""
    days = set(_DAY_IN_NAME.findall(path.name))
    return _day(days.pop(), path.name, Confidence.LOW) if len(days) == 1 else None


def _day(text: str | None, where: str, confidence: Confidence) -> Finding[PartialDate] | None:
    day = _DAY.match(text or "")
    if day is None:
        return None
    evidence = where if day[0] in where else f'{where}="{text}"'
    try:
        return Finding(PartialDate.parse(day[0]), evidence, confidence)
    except DateError:
        return None


def _printed_facts(page: _Element, author: Finding[str] | None) -> Metadata:
    """Read what the first page prints: the day, the body that met and which meeting it was."""
    dates = (
        _day(attribute(date, "date"), "docDate date", Confidence.CERTAIN) for date in page.iter("{*}docDate")
    )
    body, meeting = _texts(page, "docProponent", "legislature"), _texts(page, "docTitle", "session")
    if author and not body:
        body = [author.value]
    forum = ", ".join(dict.fromkeys(body + meeting))
    return Metadata(
        forum=Finding(forum, forum, Confidence.CERTAIN) if forum else None,
        date=next(filter(None, dates), None),
    )


def _lines(page: _Element) -> Iterator[str]:
    for one in page.iter("{*}p", "{*}docTitle", "{*}docType", "{*}docProponent", "{*}legislature"):
        yield text_without(one, unspoken=_NONE)


def _texts(page: _Element, *kinds: str) -> list[str]:
    found = [text_without(one, unspoken=_NONE) for kind in kinds for one in page.iter(f"{{*}}{kind}")]
    return [text for text in found if text]
