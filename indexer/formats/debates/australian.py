"""The Hansard of the Australian parliament: ``hansard`` with a ``session.header``, a sitting a file.

Until 2011 a ``para`` stands below the ``talk.start`` or the speech that it belongs to; later ones have a page
of HTML in each ``talk.text``, in which a link or a span that is a member's opens what someone else says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, Turn, drafts_of, turn_of
from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    forget,
    line_of,
    local_name,
    root_name,
    text_without,
)
from onrecord.indexer.statement import Confidence, Finding, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_australian", "read_australian"]

_CHAMBERS = {"reps": "House of Representatives", "senate": "Senate"}
_SPEECHES = frozenset({"speech", "question", "answer"})
_TALKS = _SPEECHES | {"interjection", "continue"}
_HEADED = frozenset(
    {"debate", "adjournment", "petition.group", "subdebate.1", "subdebate.2", "subdebate.3", "subdebate.4"}
)
_BLOCKS = frozenset({"para", "p"})
_UNSPOKEN = frozenset({"graphic", "talker"})
_NOTHING: frozenset[str] = frozenset()
_LOOK_AT = 4096
# What stands between a name and the first words: seat, office and time in brackets, then a sign.
_LEAD = re.compile(r"\s*(?:[-—–]\s*|\([^()]*\)\s*(?:[-—–]\s*)?)*:?\s*[-—–]*\s*")
_OPENS = re.compile(r"^[\s:–—-]+")
_TITLE = re.compile(r"^(?:(?:Sen|Senator|Mr|Mrs|Ms|Miss|Dr|Hon|the|Sir|Dame)\.? )+(?=\S)")
_SPEAKS = re.compile(r"Member|Office|General")


def is_australian(data: bytes) -> bool:
    """Recognise the format by its outermost element and the header below it."""
    return root_name(data) == "hansard" and b"<session.header" in data[:_LOOK_AT]


def read_australian(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the speeches of a sitting, and what was called in between them."""
    yield from drafts_of(_spoken(path, data))


def _spoken(path: Path, data: bytes) -> Iterator[tuple[Turn, Metadata]]:
    record = _Sitting()
    for begins, element in events(
        data,
        path=path,
        starts=_HEADED,
        ends=_SPEECHES | _HEADED | {"session.header", "debateinfo", "adjournmentinfo", "subdebateinfo"},
    ):
        if begins:
            record.titles.append("")
            continue
        yield from ((turn, record.facts()) for turn in record.leave(element))


@dataclass(slots=True)
class _Sitting:
    """What is known so far of the sitting being read."""

    header: Metadata = field(default_factory=Metadata)
    titles: list[str] = field(default_factory=list)

    def leave(self, element: _Element) -> list[Turn]:
        """Take in an element that has ended; what was said comes back as turns."""
        kind = local_name(element)
        turns: list[Turn] = []
        if kind == "session.header":
            self.header = _header(element)
        elif kind in _SPEECHES:
            if not _inside_a_speech(element):
                turns = list(_turns(element))
                forget(element)
        elif kind in _HEADED:
            if self.titles:
                self.titles.pop()
            forget(element)
        elif self.titles:
            title = element.find("{*}title")
            self.titles[-1] = text_without(title, unspoken=_NOTHING) if title is not None else ""
        return turns

    def facts(self) -> Metadata:
        """Return what holds for the speech that has ended."""
        return Metadata(title=": ".join(filter(None, self.titles)) or None).over(self.header)


def _header(element: _Element) -> Metadata:
    said = {local_name(child): text_without(child, unspoken=_NOTHING) for child in element}
    chamber = said.get("chamber", "")
    house = _CHAMBERS.get(chamber.lower(), chamber)
    date = None
    with suppress(DateError):
        date = Finding(
            PartialDate.parse(said.get("date", "")), f"date: {said.get('date')}", Confidence.CERTAIN
        )
    return Metadata(
        forum=Finding(f"{house}, Australia", f"chamber: {chamber}", Confidence.CERTAIN) if house else None,
        date=date,
    )


def _inside_a_speech(element: _Element) -> bool:
    return any(local_name(outer) in _SPEECHES for outer in element.iterancestors())


def _turns(speech: _Element) -> Iterator[Turn]:
    """Yield what was said in a speech and in between, in the order of the page."""
    turn, owner, page = Turn(), None, None
    for element in speech.iter():
        kind = local_name(element) if isinstance(element.tag, str) else ""
        if kind == "page.no":
            page = text_without(element, unspoken=_NOTHING) or page
        if kind not in _BLOCKS:
            continue
        talk = next(outer for outer in element.iterancestors() if local_name(outer) in _TALKS)
        text = text_without(element, unspoken=_UNSPOKEN | _BLOCKS)
        if talk is not owner:
            yield turn
            turn, owner = _turn(talk), talk
        name = _opening_name(element, text)
        if name is not None:
            words = text[len(name) :]
            text = words[_end_of_lead(words) :]
            person = turn.speaker.value.person if turn.speaker and not turn.passages else None
            yield turn
            turn = turn_of(name, person=person)
        elif not turn.passages:
            text = _OPENS.sub("", text)
        turn.passages.append(SpokenParagraph(text, None, line_of(element), f"page {page}" if page else None))
    yield turn


def _turn(talk: _Element) -> Turn:
    talker = talk.find("{*}talk.start/{*}talker")
    if talker is None:
        talker = talk.find("{*}talker")
    if talker is None:
        return Turn()
    names = {
        attribute(name, "role"): text_without(name, unspoken=_NOTHING)
        for name in talker.iterchildren("{*}name")
    }
    printed = names.get("display") or names.get("metadata")
    person = _inverted(names.get("metadata") or "")
    role = talker.find("{*}role")
    post = text_without(role, unspoken=_NOTHING) if role is not None else None
    return turn_of(printed, person=person, post=post or None)


def _inverted(name: str) -> str | None:
    """Put a first name before its surname; an office that is listed so is nobody.

    >>> _inverted("KILLICK, James"), _inverted("Vega, Sen Ann"), _inverted("CLERK, The")
    ('James Killick', 'Ann Vega', None)
    """
    last, _, first = (part.strip(" ,.:;") for part in name.partition(","))
    first = _TITLE.sub("", first)
    if not last or first.lower() in ("the", ""):
        return None
    return f"{first} {last.title() if last.isupper() else last}"


def _opening_name(block: _Element, text: str) -> str | None:
    """Return the name of a member that a paragraph of HTML begins with."""
    for inside in block.iter():
        if not isinstance(inside.tag, str):
            continue
        if _SPEAKS.search(inside.get("type") or "") or "HPS-Member" in (inside.get("class") or ""):
            name = text_without(inside, unspoken=_NOTHING)
            return name if name and text.startswith(name) else None
    return None


def _end_of_lead(words: str) -> int:
    found = _LEAD.match(words)
    return found.end() if found else 0
