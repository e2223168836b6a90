"""ParlParse XML, as TheyWorkForYou and OpenAustralia keep it: the debates of parliaments, a day a file.

``speech`` (and ``ques``, ``reply`` of written answers) has the name as printed, the
identifiers of the person, the column; its ``p`` have identifiers of their own. The files
are often Latin-1 and define the entities of their punctuation themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.speeches import (
    SpokenParagraph,
    numbered,
)
from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    forget,
    line_of,
    local_name,
    root_name,
    text_without,
)
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker, SpeakerRole

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_parlparse", "read_parlparse"]

_SPEECH = frozenset({"speech", "ques", "reply"})
_MAJOR, _MINOR = frozenset({"major-heading", "oral-heading"}), frozenset({"minor-heading"})
# uk.org.publicwhip/debate/2009-10-27a.225.1: chamber, day, edition of the day, column and number in it.
_IDENTIFIER = re.compile(r"(?P<house>[\w.]+/[\w-]+)/(?P<day>\d{4}-\d\d-\d\d)")
_DAY_IN_NAME = re.compile(r"(?P<house>[a-z-]+)(?P<day>\d{4}-\d\d-\d\d)[a-z]?\.xml")
# The identifiers' chambers (ParlParse, README and https://parser.theyworkforyou.com).
_HOUSES = {
    "debate": "House of Commons",
    "westminhall": "House of Commons, Westminster Hall",
    "wrans": "House of Commons, written answers",
    "wms": "House of Commons, written ministerial statements",
    "standing": "House of Commons, standing committee",
    "lords": "House of Lords",
    "lordswrans": "House of Lords, written answers",
    "lordswms": "House of Lords, written ministerial statements",
    "spor": "Scottish Parliament",
    "spwa": "Scottish Parliament, written answers",
    "ni": "Northern Ireland Assembly",
    "senedd": "Senedd",
    "london-mayors-questions": "London Assembly, Mayor's questions",
}
# OpenAustralia keeps its debates so too, and calls its chambers by the British names.
_AUSTRALIAN = {
    "debate": "House of Representatives, Australia",
    "lords": "Senate, Australia",
}
_IN_AUSTRALIA = (".aph.gov.au", "openaustralia")
_LOOK_AT = 1 << 16
_GUESTS = ("royal",)
_UNSPOKEN = frozenset({"img", "sup-note"})
_BREAKS = frozenset({"br", "td", "th", "col"})
_BLOCKS = frozenset({"p", "li", "tr"})


def is_parlparse(data: bytes) -> bool:
    """Recognise the format by its outermost element."""
    root = root_name(data)
    return root == "publicwhip" or (root == "debates" and b"speakername=" in data[:_LOOK_AT])


def read_parlparse(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a day; one without a speaker is what the Hansard reports of the House."""
    record = _DayOfDebate(path)
    for _, element in events(data, path=path, ends=_SPEECH | _MAJOR | _MINOR | {"gidredirect", "division"}):
        draft = record.take(element)
        forget(element)
        if draft is not None:
            yield draft


@dataclass(slots=True)
class _DayOfDebate:
    """The headings above the speech being read."""

    path: Path
    major: str = ""
    minor: str = ""
    speeches: int = 0

    def take(self, element: _Element) -> Draft | None:
        """Take in an element that has ended; a speech comes back as a draft."""
        kind = local_name(element)
        if kind in _MAJOR:
            self.major, self.minor = _words(element), ""
        elif kind in _MINOR:
            self.minor = _words(element)
        elif kind in _SPEECH:
            return self._speech(element)
        return None

    def _speech(self, element: _Element) -> Draft | None:
        paragraphs = numbered(_passages(element))
        if not paragraphs:
            return None
        self.speeches += 1
        identifier = attribute(element, "id")
        house, day = _house_and_day(identifier or "", self.path)
        if house and any(place in (attribute(element, "url") or "") for place in _IN_AUSTRALIA):
            house = _australian(house, identifier or "")
        speaker = _speaker(element)
        return Draft(
            blocks=(),
            declared=Metadata(
                title=": ".join(filter(None, (self.major, self.minor))) or None,
                speaker=speaker,
                speaker_role=_role(element, speaker),
                forum=house,
                date=day,
            ),
            headed=False,
            paragraphs=paragraphs,
            key_in_file=identifier or str(self.speeches),
            source_id=identifier,
        )


def _words(element: _Element) -> str:
    return text_without(element, unspoken=frozenset(), spaced=_BREAKS)


def _passages(speech: _Element) -> Iterable[SpokenParagraph]:
    column = attribute(speech, "colnum")
    blocks = [block for block in speech.iter() if local_name(block) in _BLOCKS]
    for block in blocks or [speech]:
        column = attribute(block, "colnum") or column
        inside = _BLOCKS if blocks else frozenset()
        yield SpokenParagraph(
            text_without(block, unspoken=_UNSPOKEN | inside, spaced=_BREAKS),
            attribute(block, "pid") if blocks else None,
            line_of(block),
            f"column {column}" if column else None,
        )


def _speaker(element: _Element) -> Finding[Speaker] | None:
    """Return who spoke as the file names them; what the House did has no speaker."""
    name = attribute(element, "speakername") or ""
    if not name or attribute(element, "nospeaker") == "true" or name.casefold() == "unknown":
        return None
    office = attribute(element, "speakeroffice")
    person = None if is_chair(name) else name
    return Finding(Speaker(name, person=person, post=office), f'speakername="{name}"', Confidence.CERTAIN)


def _role(element: _Element, speaker: Finding[Speaker] | None) -> Finding[SpeakerRole] | None:
    if speaker is None:
        return None
    for office in filter(None, (speaker.value.printed, speaker.value.post)):
        if is_chair(office):
            return Finding(SpeakerRole.CHAIR, office)
    identifier = attribute(element, "speakerid") or attribute(element, "person_id") or ""
    kind = identifier.rpartition("/")[0].rpartition("/")[2]
    if kind in ("member", "lord"):
        return Finding(SpeakerRole.MEMBER, f'speakerid="{identifier}"', Confidence.CERTAIN)
    if kind in _GUESTS:
        return Finding(SpeakerRole.GUEST, f'speakerid="{identifier}"', Confidence.CERTAIN)
    return None


def _australian(house: Finding[str], identifier: str) -> Finding[str] | None:
    """Return the Australian chamber that bears the identifier of a British one."""
    found = _IDENTIFIER.match(identifier)
    name = _AUSTRALIAN.get(found["house"].rpartition("/")[2]) if found else None
    return Finding(name, house.evidence, house.confidence) if name else None


def _house_and_day(identifier: str, path: Path) -> tuple[Finding[str] | None, Finding[PartialDate] | None]:
    """Read chamber and day from the identifier of a speech, or else from the name of its file."""
    found = _IDENTIFIER.match(identifier) or _DAY_IN_NAME.fullmatch(path.name)
    if found is None:
        return None, None
    name = _HOUSES.get(found["house"].rpartition("/")[2])
    house = Finding(name, found[0], Confidence.CERTAIN) if name else None
    try:
        return house, Finding(PartialDate.parse(found["day"]), found[0], Confidence.CERTAIN)
    except DateError:
        return house, None
