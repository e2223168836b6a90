"""A heading read: who said it, before whom, when and where; and what was said.

`gather` lets every finder propose, `decide` weighs what they proposed.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Block
from onrecord.indexer.heading.boundary import LONGEST_LINE, Line, cut_heading
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.chinese import (
    find_chinese_forum,
    find_chinese_group,
    find_chinese_speaker,
    is_chinese,
)
from onrecord.indexer.heading.date_and_place import date_of_file, find_dates_in, find_places_in
from onrecord.indexer.heading.evidence import Choice, Table, choose
from onrecord.indexer.heading.forum import find_forums_in, is_subject, without_place
from onrecord.indexer.heading.phrases import phrases
from onrecord.indexer.heading.self_introduction import spoken_forums, spoken_speakers
from onrecord.indexer.heading.signature import read_signature
from onrecord.indexer.heading.speaker import SpeakerCandidates, decide_speaker, find_speakers
from onrecord.indexer.register import find_forum_words, find_forums
from onrecord.indexer.statement import Finding, Metadata

__all__ = ["Candidates", "Heading", "decide", "gather", "read_heading"]

Value = TypeVar("Value")
# A title that is declared, and no line of the text, stands before the first block.
_DECLARED = -1


@dataclass(frozen=True, slots=True)
class Heading:
    """What the heading of a text says, and the blocks it leaves: the spoken words, greeting first.

    ``metadata`` holds title, speaker, forum, date and place, None where the
    heading does not say; a block in which the heading ends is cut in two.
    """

    metadata: Metadata
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was proposed for each fact, and the blocks that were spoken."""

    title: str | None
    speakers: SpeakerCandidates
    forums: tuple[Candidate[str], ...]
    dates: tuple[Candidate[PartialDate], ...]
    places: tuple[Candidate[str], ...]
    body: tuple[Block, ...]


def read_heading(blocks: Sequence[Block], *, title: str | None = None, file_name: str = "") -> Heading:
    """Read the heading off the first blocks of a text.

    ``title`` is one that is declared outside of the text, ``file_name`` the file's.

    >>> heading = read_heading([Block(("Statement by Japan", "Geneva, 3 May 2021", "Mr. President,"))])
    >>> heading.metadata.speaker.value.name, str(heading.metadata.date.value)
    ('Japan', '2021-05-03')
    >>> [(block.line, block.lines) for block in heading.body]
    [(3, ('Mr. President,',))]
    """
    return decide(gather(blocks, title=title, file_name=file_name))


def gather(blocks: Sequence[Block], *, title: str | None = None, file_name: str = "") -> Candidates:
    """Cut the heading off and let every finder propose what it says."""
    lines, body = cut_heading(blocks)
    if title and len(title) <= LONGEST_LINE:
        lines = (Line(title, _DECLARED, title=True), *lines)
    said = phrases(lines)
    named = [phrase for number, phrase in enumerate(said) if not is_subject(said, number=number)]
    printed_title = _title(lines)
    speakers = _speakers(said)
    named_state = any(one.value.code for one in speakers.speakers)
    spoken = spoken_speakers(
        body, stateless=not named_state, title=printed_title or (said[0] if said else None)
    )
    signed = read_signature(body)
    return Candidates(
        title=printed_title,
        speakers=SpeakerCandidates(
            (*speakers.speakers, *spoken.speakers, *signed.speakers),
            (*speakers.groups, *spoken.groups),
            speakers.beside,
        ),
        forums=(*_forums(named), *spoken_forums(body, heading=said)),
        dates=(*find_dates_in(said), *date_of_file(file_name), *signed.dates),
        places=(*find_places_in(named), *signed.places),
        body=body,
    )


def decide(found: Candidates, *, table: Table | None = None) -> Heading:
    """Weigh what was proposed; ``table`` is another table of evidence than the measured one."""
    date = _finding(choose("date", found.dates, same=lambda value: [str(value)], table=table))
    place = _finding(
        choose("place", found.places, same=lambda value: [fold(value.split(",")[0])], table=table)
    )
    chosen = _finding(_fullest(choose("forum", found.forums, same=_names_of_forum, table=table)))
    forum = chosen and replace(chosen, value=without_place(chosen.value, place.value if place else None))
    year = date.value.year if date else None
    who = decide_speaker(found.speakers, year=year, table=table)
    metadata = Metadata(
        title=found.title,
        speaker=who.speaker,
        forum=forum,
        date=date,
        place=place,
        on_behalf_of=who.on_behalf_of,
        delivered_by=who.delivered_by,
    )
    return Heading(metadata, found.body)


def _finding(choice: Choice[Value] | None) -> Finding[Value] | None:
    if choice is None:
        return None
    best = choice.best
    return Finding(best.value, best.evidence, choice.confidence, best.kind, choice.behind)


def _fullest(choice: Choice[str] | None) -> Choice[str] | None:
    """Take of names that mean the same forum one that ends with the best and says more.

    Of "46th Session" and "General Debate, 46th Session" it is the second.
    """
    if choice is None:
        return None
    fuller = [
        one
        for one in choice.support
        if not one.doubtful
        and one.value.endswith(choice.best.value)
        and find_forum_words(prefix := one.value.removesuffix(choice.best.value))
        and _LEADS_TO.search(prefix)
    ]
    return replace(choice, best=fuller[0]) if fuller else choice


# What leads from one part of a forum's name to the next.
_LEADS_TO = re.compile(
    r"(?:,|\b(?:of|de|du|des|del|der|di|da|do)(?:\s+(?:the|la|las|los|les))?|\b(?:de\s+)?l['’]|\bdell['’])\s*$",
    re.IGNORECASE,
)


def _names_of_forum(name: str) -> Iterator[Hashable]:
    """Yield what two names must share to mean the same forum: body, treaty, or the words."""
    yield fold(name)
    yield from (found.value.code for found in find_forums(name) if found.value.kind != "meeting")


def _speakers(said: Sequence[str]) -> SpeakerCandidates:
    """Find who speaks, in Chinese by its own rules."""
    if not said or not is_chinese(said):
        return find_speakers(said)
    speaker, group = find_chinese_speaker(said), find_chinese_group(said)
    unsure = speaker is not None and speaker.is_guess
    speakers = [Candidate(speaker.value, "chinese", speaker.evidence, doubtful=unsure)] if speaker else []
    groups = [Candidate(group.value, "on behalf", group.evidence)] if group else []
    return SpeakerCandidates(tuple(speakers), tuple(groups))


def _forums(said: Sequence[str]) -> Iterator[Candidate[str]]:
    """Find before whom, in Chinese by its own rules."""
    if not said or not is_chinese(said):
        yield from find_forums_in(said)
    elif found := find_chinese_forum(said):
        yield Candidate(found.value, "chinese", found.evidence)


def _title(lines: Sequence[Line]) -> str | None:
    """Return what the source marks as the title, on one line."""
    first = next((line.block for line in lines if line.title and line.block != _DECLARED), None)
    return " ".join(line.text for line in lines if line.block == first) or None
