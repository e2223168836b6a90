"""ParlaMint, Parla-CLARIN and other TEI: the debates of parliaments, one utterance a speech.

Erjavec and others, "The ParlaMint corpora of parliamentary proceedings",
doi:10.1007/s10579-021-09574-0. A ``u`` is a speech by ``@who``, its ``seg`` are the
paragraphs. A ``sp`` with a ``speaker`` and ``p`` is one too. What a stenographer adds
(``note``, ``gap``, ``vocal`` …) is no speech; footnotes are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft, Note
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.language_codes import two_letters
from onrecord.indexer.formats.debates.parlamint_corpus import Corpus, corpus_beside
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, numbered, without_colon
from onrecord.indexer.formats.debates.xml_notes import elements_inside, note_of
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
from onrecord.indexer.register.offices import house_in, is_chair
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker, SpeakerRole

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_parlamint", "read_parlamint"]

_NONE: frozenset[str] = frozenset()
_UNSPOKEN = frozenset(
    {
        "note",
        "gap",
        "vocal",
        "kinesic",
        "incident",
        "desc",
        "head",
        "del",
        "fw",
        "figure",
        "stage",
        "speaker",
        "interruption",
        "trailer",
    }
)
_NOTE = frozenset({"note"})
# What a note says of itself that stands below the line: its place, or its kind.
_BELOW = frozenset({"foot", "bottom", "end", "footnote", "endnote"})
_BREAKS = frozenset({"lb", "pb", "cb", "p", "item", "l"})
_ROLES = {
    "chair": SpeakerRole.CHAIR,
    "regular": SpeakerRole.MEMBER,
    "guest": SpeakerRole.GUEST,
    "presidency": SpeakerRole.CHAIR,  # GermaParl
    "mp": SpeakerRole.MEMBER,
    "government": SpeakerRole.GUEST,
}
# The corpora that were translated by a machine are named after the original: ParlaMint-XX-en.
_TRANSLATED_NAME = re.compile(r"ParlaMint-[A-Z]{2}(?:-[A-Z0-9]{1,3})?-en(?![A-Za-z0-9])", re.ASCII)
_TRANSLATED = re.compile(r"machine[- ]translat\w*|\bMTed\b", re.IGNORECASE)
_MEETING = re.compile(r"#parla\.(session|sitting|meeting|agenda|term)\b")
# Where a header says when the house sat; where it does not, its source bears that day.
_DATES = (
    "{*}profileDesc/{*}settingDesc/{*}setting/{*}date",
    "{*}fileDesc/{*}sourceDesc/{*}bibl/{*}date",
)
# Where a header names the house that sat, the surest place first.
_HOUSES = (
    "{*}profileDesc/{*}settingDesc/{*}setting/{*}name",
    "{*}profileDesc/{*}settingDesc//{*}orgName",
    "{*}fileDesc/{*}titleStmt/{*}author",
    "{*}fileDesc/{*}sourceDesc//{*}author",
    "{*}fileDesc/{*}titleStmt/{*}title",
)
# Words before a house that are part of its name: "Provincial Parliament".
_BEFORE_A_HOUSE = 2
_TITLES = "{*}fileDesc/{*}titleStmt/{*}title"
_WRITTEN_DATES = (
    "{*}profileDesc/{*}creation/{*}date",
    "{*}fileDesc/{*}sourceDesc//{*}date",
    "{*}fileDesc/{*}titleStmt/{*}title",
    "{*}fileDesc/{*}editionStmt//{*}date",
)
_ENCODER = re.compile(r"\s*\[ParlaMint[^\]]*\]\s*$")
# An identifier may write the names of a person as one, with the year of birth: PeterWeiss.1952.
_JOINED_NAMES = re.compile(
    r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<![a-z]Mc)(?<![a-z]Mac)(?=[A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŹŻŐŰ])"
)
_COMMA = re.compile(r"\s*,\s*")
_YEAR_OF_BIRTH = re.compile(r"\s*(?:18|19|20)\d\d$")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def is_parlamint(data: bytes) -> bool:
    """Recognise TEI by its outermost element."""
    return root_name(data) in ("TEI", "teiCorpus", "TEI.2")


def read_parlamint(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a component; the root of a corpus, which names people, holds none."""
    record = _Sitting(corpus_beside(path))
    for begins, element in events(
        data,
        path=path,
        starts=("TEI", "div"),
        ends=("teiHeader", "person", "org", "head", "div", "u", "sp"),
    ):
        if begins:
            record.enter(element)
        else:
            draft = record.leave(element)
            if draft is not None:
                yield draft


@dataclass(slots=True)
class _Sitting:
    """What is known so far of the file being read."""

    corpus: Corpus
    own: Corpus = field(default_factory=Corpus)
    facts: Metadata = field(default_factory=Metadata)
    day: str = ""
    languages: list[str] = field(default_factory=list)
    heads: list[str | None] = field(default_factory=list)
    speeches: int = 0
    _speakers: dict[tuple[str | None, str | None], Finding[Speaker] | None] = field(default_factory=dict)

    def enter(self, element: _Element) -> None:
        """Begin a text or a part of it."""
        kind = local_name(element)
        if kind == "TEI":
            self.facts, self.day, self.heads, self._speakers = Metadata(), "", [], {}
        elif kind == "div":
            self.heads.append(None)

    def leave(self, element: _Element) -> Draft | None:
        """Take in an element that has ended; a speech comes back as a draft."""
        kind = local_name(element)
        if kind in ("u", "sp"):
            draft = self._speech(element)
            forget(element)
            return draft
        if kind == "person":
            self.own.add_person(element)
        elif kind == "org":
            self.own.add_body(element)
        elif kind == "head" and self.heads:
            self.heads[-1] = self.heads[-1] or text_without(element, unspoken=frozenset({"note"}))
        elif kind == "div" and self.heads:
            self.heads.pop()
            forget(element)
        elif kind == "teiHeader":
            self.corpus = self.corpus.under(self.own)
            self._read_header(element)
        return None

    def _read_header(self, header: _Element) -> None:
        document = header.getparent()
        language = _language(document)
        date = _sitting_date(header)
        self.day = str(date.value) if date else ""
        self.facts = Metadata(
            title=_title(header, language),
            forum=_forum(header, self.corpus, language=language),
            date=date,
            place=_place(header),
            original_language=_translated(header),
        )

    def _speech(self, element: _Element) -> Draft | None:
        paragraphs = numbered(_passages(element))
        if not paragraphs:
            return None
        self.speeches += 1
        identifier = xml_attribute(element, "id")
        title = ": ".join(head for head in self.heads if head) or self.facts.title
        declared = replace(
            self.facts,
            title=title,
            speaker=self._speaker(element),
            speaker_role=_role_of(element),
            language=_language_finding(element),
        )
        return Draft(
            blocks=(),
            declared=declared,
            headed=False,
            paragraphs=paragraphs,
            key_in_file=identifier or str(self.speeches),
            source_id=identifier,
            notes=tuple(_notes(element)),
        )

    def _speaker(self, element: _Element) -> Finding[Speaker] | None:
        """Return who spoke: one value for all speeches of a person."""
        named = attribute(element, "who"), _printed_name(element)
        if named not in self._speakers:
            self._speakers[named] = self._found(*named)
        return self._speakers[named]

    def _found(self, who: str | None, printed: str | None) -> Finding[Speaker] | None:
        person = self.corpus.person(who, day=self.day) if who else None
        name = printed or person or (_spelled(who) if who else None)
        if not name:
            return None
        evidence = f'who="{who}"' if who else name
        unlisted = Confidence.HIGH if printed else Confidence.LOW
        return Finding(Speaker(name, person=person), evidence, Confidence.CERTAIN if person else unlisted)


def _spelled(who: str) -> str:
    """Return what an identifier says of a name that no list gives.

    >>> _spelled("#Levent.Gök"), _spelled("#PeterWeiss.1952"), _spelled("#AnnMcDonald")
    ('Levent Gök', 'Peter Weiss', 'Ann McDonald')
    """
    spelled = " ".join(re.split(r"[._\s]+", who.strip().lstrip("#"))).strip()
    if " " not in _YEAR_OF_BIRTH.sub("", spelled):
        spelled = _JOINED_NAMES.sub(" ", spelled)
    return _YEAR_OF_BIRTH.sub("", spelled) or spelled


def _printed_name(element: _Element) -> str | None:
    """Return the name printed before a speech: its ``speaker``, or the notes next to it, several in a row."""
    speaker = element.find("{*}speaker")
    if speaker is not None:
        return _COMMA.sub(", ", text_without(speaker, unspoken=_UNSPOKEN)).strip(" .,:–—") or None
    notes: list[str] = []
    for before in element.itersiblings(preceding=True):
        is_name = local_name(before) == "note" and before.get("type") == "speaker"
        if local_name(before) == "u" or (notes and not is_name):
            break
        if is_name:
            notes.append(text_without(before, unspoken=_NONE))
    return without_colon(" ".join(filter(None, reversed(notes)))) or None


def _role_of(element: _Element) -> Finding[SpeakerRole] | None:
    given = (_role(where, said) for where in ("ana", "role") if (said := attribute(element, where)))
    return next(filter(None, given), None) or _presiding(element)


@lru_cache(maxsize=256)
def _role(where: str, said: str) -> Finding[SpeakerRole] | None:
    named = [_ROLES[part] for part in said.replace("#", " ").split() if part in _ROLES]
    return Finding(named[0], f'{where}="{said}"', Confidence.CERTAIN) if named else None


def _presiding(element: _Element) -> Finding[SpeakerRole] | None:
    """Recognise the chair by the name printed before a speech that says nothing of a role."""
    printed = _printed_name(element)
    return Finding(SpeakerRole.CHAIR, printed) if printed and is_chair(printed) else None


def _passages(element: _Element) -> Iterable[SpokenParagraph]:
    if local_name(element) == "sp":
        segments = [block for block in element.iter("{*}p", "{*}ab", "{*}l") if not _is_apart(block, element)]
    else:
        segments = list(element.iterchildren("{*}seg", "{*}p", "{*}ab"))
    for place, segment in enumerate(segments or [element]):
        if _is_tokenised(segment):
            text = " ".join(clean("".join(_tokens(segment))).split())
        else:
            text = text_without(segment, unspoken=_UNSPOKEN, spaced=_BREAKS)
        if place == 0 and local_name(element) == "sp":
            text = text.lstrip(" .:–—")  # what stood between the name and the words
        yield SpokenParagraph(text, xml_attribute(segment, "id") if segments else None, line_of(segment))


def _notes(speech: _Element) -> Iterator[Note]:
    """Yield what stands below the line; what a stenographer notes is no note of this kind."""
    for element in elements_inside(speech, _NOTE, apart=_UNSPOKEN):
        if _BELOW & {element.get("place"), element.get("type")} and (note := note_of(element)):
            yield note


def _is_apart(block: _Element, speech: _Element) -> bool:
    """Tell whether a block stands in a stage direction, or in another block."""
    for outer in block.iterancestors():
        if outer is speech:
            return False
        if local_name(outer) in _UNSPOKEN or local_name(outer) in ("p", "ab", "l"):
            return True
    return True


def _is_tokenised(segment: _Element) -> bool:
    """Tell whether all words of a segment stand in tokens: some texts mark a few words so, and no more."""
    if segment.find(".//{*}w") is None:
        return False
    return not text_without(segment, unspoken=_UNSPOKEN | {"w", "pc"})


def _tokens(segment: _Element) -> Iterator[str]:
    """Yield words and marks as they were spaced; notes and gaps may stand between them."""
    for token in segment.iter("{*}w", "{*}pc"):
        if any(local_name(outer) in _UNSPOKEN or local_name(outer) == "w" for outer in token.iterancestors()):
            continue
        yield token.text or ""
        if token.get("join") not in ("right", "both"):
            yield " "


def _language(element: _Element | None) -> str | None:
    """Return the language of an element, as it or what is around it says: ISO 639-1."""
    while element is not None:
        language = xml_attribute(element, "lang")
        if language:
            return language.partition("-")[0].lower()
        element = element.getparent()
    return None


def _language_finding(element: _Element) -> Finding[str] | None:
    inside = element.find("{*}seg")
    return _said_in(_language(element if inside is None else inside))


@lru_cache(maxsize=64)
def _said_in(language: str | None) -> Finding[str] | None:
    if language is None or len(language) != 2 or two_letters(language) is None:
        return None
    return Finding(language, f'xml:lang="{language}"', Confidence.CERTAIN)


def _sitting_date(header: _Element) -> Finding[PartialDate] | None:
    """Return the day of the sitting; the dates of edition and publication are others."""
    for where in _DATES:
        for date in header.iterfind(where):
            when = attribute(date, "when") or (
                attribute(date, "from") if attribute(date, "from") == attribute(date, "to") else None
            )
            if when and (day := _DAY.match(when)):
                try:
                    return Finding(PartialDate.parse(day[0]), f'date when="{when}"', Confidence.CERTAIN)
                except DateError:
                    continue
    return _written_date(header)


def _written_date(header: _Element) -> Finding[PartialDate] | None:
    """Return the only day that a header writes out, where none is marked as a date should be."""
    for where in _WRITTEN_DATES:
        texts = [text_without(one, unspoken=_NONE) for one in header.iterfind(where)]
        found = {one.date: text for text in texts for one in find_dates(text) if one.date.day is not None}
        if len(found) == 1:
            [(day, text)] = found.items()
            return Finding(day, text)
    return None


def _forum(header: _Element, corpus: Corpus, *, language: str | None) -> Finding[str] | None:
    """Name the body that met, and which of its meetings this was."""
    meetings = header.findall("{*}fileDesc/{*}titleStmt/{*}meeting")
    pointers = [pointer for meeting in meetings for pointer in (attribute(meeting, "corresp") or "").split()]
    body = next((name for one in pointers if (name := corpus.body(one, language=language))), None)
    body = body or corpus.body(None, language=language) or _house(header)
    named = dict.fromkeys(text for meeting in meetings if (text := _meeting(meeting)))
    words = ", ".join([body, *named]) if body else _title(header, language, kind="sub") or ", ".join(named)
    return Finding(words, words, Confidence.CERTAIN) if words else None


def _house(header: _Element) -> str | None:
    """Name the house where no list does: the setting, who the debate is by, or a title that ends with it."""
    for where in _HOUSES:
        for named in header.iterfind(where):
            text = text_without(named, unspoken=_NONE)
            house = house_in(text)
            if house:
                return text if len(text.split()) - len(house.split()) <= _BEFORE_A_HOUSE else house
    return None


def _meeting(meeting: _Element) -> str:
    """Return how a meeting is called; a bare number gets the word for what it counts."""
    text = text_without(meeting, unspoken=_NONE) or attribute(meeting, "n") or ""
    kind = _MEETING.search(attribute(meeting, "ana") or "")
    return f"{kind[1]} {text}" if kind and text.replace(".", "").isdecimal() else text


def _place(header: _Element) -> Finding[str] | None:
    for name in header.iterfind("{*}profileDesc/{*}settingDesc/{*}setting/{*}name"):
        text = text_without(name, unspoken=_NONE)
        if attribute(name, "type") in ("city", "place") and text:
            return Finding(text, text, Confidence.CERTAIN)
    return None


def _title(header: _Element, language: str | None, kind: str = "main") -> str | None:
    titles = [title for title in header.iterfind(_TITLES) if title.get("type") == kind]
    titles.sort(key=lambda title: xml_attribute(title, "lang") != language)
    return _ENCODER.sub("", text_without(titles[0], unspoken=_NONE)) or None if titles else None


def _translated(header: _Element) -> Finding[str] | None:
    """Recognise the twin of a corpus that a machine translated: its words are not those spoken."""
    document = header.getparent()
    named = _TRANSLATED_NAME.match((document is not None and xml_attribute(document, "id")) or "")
    if named:
        return Finding("und", f"machine translation, {named[0]}", Confidence.CERTAIN)
    for title in header.iterfind(_TITLES):
        if said := _TRANSLATED.search(text_without(title, unspoken=_NONE)):
            return Finding("und", said[0], Confidence.HIGH)
    return None
