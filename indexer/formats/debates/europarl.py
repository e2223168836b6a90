"""The verbatim reports of the European Parliament: its XML, and the files of the Europarl corpus.

In the XML an ``INTERVENTION`` has an ``ORATEUR`` and its ``PARA``. In the corpus (Koehn, "Europarl: A
Parallel Corpus for Statistical Machine Translation", 2005) ``<SPEAKER ID=1 LANGUAGE="DE" NAME="Vogt">`` gives
the floor, ``<P>`` parts paragraphs, and the file is called ``ep-00-01-17.txt``. Both say in which language
someone spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.language_codes import two_letters
from onrecord.indexer.formats.debates.speeches import (
    SpokenParagraph,
    Turn,
    drafts_of,
    turn_of,
    without_colon,
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
from onrecord.indexer.limits import check_time
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.sources.decoding import clean, decode
from onrecord.indexer.statement import Confidence, Finding, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_europarl_text", "is_europarl_xml", "read_europarl_text", "read_europarl_xml"]

_FORUM = Finding("European Parliament", "European Parliament", Confidence.CERTAIN)
_ROOTS = ("DEBATS", "CRE", "PV.DEBATES", "DEBATES")
_NOTHING: frozenset[str] = frozenset()
_LOOK_AT = 4096
_TAG = re.compile(r"\s*<(?P<name>CHAPTER|SPEAKER|P)\b(?P<attributes>[^<>]*)>\s*", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\w+)=(?:\"([^\"]*)\"|([^\s\"<>]+))")
_DAY_IN_NAME = re.compile(r"ep-(\d\d)-(\d\d)-(\d\d)")
_DAY_IN_XML_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
# The name and what stands with it before the first words: "Fiona Hall, on behalf of the group. –".
_LEAD = re.compile(r"^[^–—]{0,200}?[.)\]:,;]?\s*[–—]\s*")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_DASH = re.compile(r"^[\s.:–—-]+")
_FIRST_OF_THE_CENTURY = 70


def is_europarl_xml(data: bytes) -> bool:
    """Recognise the XML by its outermost element and the speakers in it."""
    return root_name(data) in _ROOTS and (
        b"<ORATEUR" in data[: 1 << 16] or b"<INTERVENTION" in data[: 1 << 16]
    )


def is_europarl_text(data: bytes) -> bool:
    """Recognise a file of the corpus by its first lines."""
    beginning = data[:_LOOK_AT].lstrip(b"\xef\xbb\xbf \r\n")
    return beginning.upper().startswith((b"<CHAPTER ID", b"<SPEAKER ID"))


def read_europarl_xml(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a sitting."""
    yield from drafts_of(_interventions(path, data))


def _interventions(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    """Yield each turn with what holds for it."""
    titles: list[str] = []
    day = _day(_DAY_IN_XML_NAME.search(path.name), path)
    for begins, element in events(
        data, path=path, starts=("CHAPTER",), ends=("CHAPTER", "TL-CHAP", "INTERVENTION")
    ):
        kind = local_name(element)
        if begins:
            titles.append("")
        elif kind == "CHAPTER":
            if titles:
                titles.pop()
            forget(element)
        elif kind == "TL-CHAP":
            if titles and (not titles[-1] or attribute(element, "VL") == "EN"):
                titles[-1] = text_without(element, unspoken=_NOTHING)
        else:
            turn, spoken = _intervention(element)
            title = ": ".join(filter(None, titles)) or None
            forget(element)
            yield turn, Metadata(title=title, forum=_FORUM, date=day, language=spoken)


def _intervention(element: _Element) -> tuple[Turn, Finding[str] | None]:
    speaker = element.find("ORATEUR")
    last, _, first = (attribute(speaker, "LIB") or "" if speaker is not None else "").partition("|")
    name = " ".join((first + " " + last).split())
    office = attribute(speaker, "SPEAKER_TYPE") if speaker is not None else None
    printed = text_without(speaker, unspoken=_NOTHING) if speaker is not None else ""
    chair = printed if is_chair(printed) else office if is_chair(office or "") else None
    turn = turn_of(chair or name or printed, person=name or None)
    for place, block in enumerate(element.iter("PARA")):
        text = text_without(block, unspoken=_NOTHING)
        lead = _LEAD.match(text) if place == 0 else None
        if lead is not None:
            words = without_colon(lead[0].strip(" –—"))
            named = bool(last) and last.strip().casefold() in words.casefold()
            text = text[lead.end() :] if named or is_chair(words) or words == printed else _DASH.sub("", text)
        turn.passages.append(SpokenParagraph(text, None, line_of(block)))
    code = two_letters(attribute(speaker, "LG") or "") if speaker is not None else None
    return turn, Finding(code, f'LG="{code.upper()}"', Confidence.CERTAIN) if code else None


def read_europarl_text(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a file of the corpus."""
    yield from drafts_of(_turns_in_lines(path, data))


def _turns_in_lines(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    """Yield each turn with what holds for it; chapters and speakers begin one."""
    day = _day(_DAY_IN_NAME.search(path.name), path)
    turn, facts = Turn(), Metadata(forum=_FORUM, date=day)
    wants_title = False
    for line_number, line in enumerate(clean(decode(data)).split("\n"), 1):
        check_time()
        tag = _TAG.fullmatch(line)
        kind = tag["name"].upper() if tag else ""
        words = " ".join(line.split())
        if tag and kind in ("CHAPTER", "SPEAKER"):
            yield turn, facts
            given = {
                key.upper(): quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(tag["attributes"])
            }
            turn = turn_of(given.get("NAME")) if kind == "SPEAKER" else Turn()
            wants_title = kind == "CHAPTER"
            title = None if wants_title else facts.title
            facts = replace(facts, title=title, original_language=_spoken(given.get("LANGUAGE", "")))
        elif words and not tag:
            if wants_title and not facts.title:
                facts = replace(facts, title=words)
            elif not _ASIDE.fullmatch(line):
                turn.passages.append(SpokenParagraph(words, None, line_number))
    yield turn, facts


def _spoken(given: str) -> Finding[str] | None:
    code = two_letters(given)
    return Finding(code, f'LANGUAGE="{given}"', Confidence.CERTAIN) if code else None


def _day(match: re.Match[str] | None, path: Path) -> Finding[PartialDate] | None:
    """Read the day that the name of a file holds; the corpus writes years in two figures."""
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if year < 100:
        year += 1900 if year >= _FIRST_OF_THE_CENTURY else 2000
    try:
        return Finding(PartialDate(year, month, day), path.name, Confidence.CERTAIN)
    except DateError:
        return None
