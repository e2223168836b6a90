"""Speeches in a record of many: their paragraphs, and who is in the chair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.paragraphs.greetings import roles
from onrecord.indexer.register.offices import is_chair, is_member
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.statement import Confidence, Finding, Metadata, Paragraph, Speaker, SpeakerRole

__all__ = [
    "SpokenParagraph",
    "Turn",
    "day_of",
    "drafts_of",
    "name_and_post",
    "name_and_words",
    "numbered",
    "turn_of",
    "without_colon",
]

# Marks that a record puts before a name: a star where the speech was translated.
_MARKS = "*†‡§+•○◯ \t"
# A name of more words than these is none.
_LONGEST_NAME = 160
_BRACKETED = re.compile(r"(?P<outside>[^()]+)\((?P<inside>[^()]+)\)")
_OF_OFFICE = re.compile(
    r"\b(?:the\b|minist(?:er|re|ro|ra)|secretary|secr[ée]taire|premier|leader|attorney|solicitor|treasur\w+"
    r"|chancellor|commission\w+)",
    re.IGNORECASE,
)
# What may stand beside a date in a heading that is one: the weekday, the number of the sitting, an ornament.
_BESIDE_A_DATE = re.compile(r"[\W\d_]*+(?:[^\W\d_\u3040-\u9fff]{2,}+[\W\d_]*+){0,2}+(?:星期.|.曜日)?[\W_]*+")


@dataclass(frozen=True, slots=True)
class SpokenParagraph:
    """A paragraph as its source sets it; ``page`` is a page or a column."""

    text: str
    source_id: str | None = None
    line: int | None = None
    page: str | None = None
    printed: str | None = None


@dataclass(slots=True)
class Turn:
    """Someone's turn at the floor as it is read: who, the paragraphs so far, or blocks of lines, notes."""

    speaker: Finding[Speaker] | None = None
    role: Finding[SpeakerRole] | None = None
    source_id: str | None = None
    passages: list[SpokenParagraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def draft(self, facts: Metadata, *, number: int) -> Draft | None:
        """Return the turn as a draft, None where nothing was said; ``number`` is its place in the record."""
        paragraphs = numbered(self.passages)
        if not paragraphs and not self.blocks:
            return None
        return Draft(
            blocks=tuple(self.blocks),
            declared=Metadata(speaker=self.speaker, speaker_role=self.role).over(facts),
            headed=False,
            paragraphs=None if self.blocks else paragraphs,
            key_in_file=self.source_id or str(number),
            source_id=self.source_id,
            notes=tuple(self.notes),
        )


def drafts_of(turns: Iterable[tuple[Turn, Metadata]]) -> Iterator[Draft]:
    """Yield a draft for each turn in which something was said, with the facts that held for it."""
    for number, (turn, facts) in enumerate(turns, 1):
        draft = turn.draft(facts, number=number)
        if draft is not None:
            yield draft


def turn_of(
    printed: str | None, *, person: str | None = None, post: str | None = None, source_id: str | None = None
) -> Turn:
    """Begin the turn of someone as a record prints the name; without a name it is nobody's.

    ``person`` and ``post`` are what the record says beside the printed name.
    """
    printed = without_colon((printed or "").strip(_MARKS))
    if not printed:
        return Turn(source_id=source_id)
    if is_chair(printed):
        chair = Finding(SpeakerRole.CHAIR, printed)
        return Turn(Finding(Speaker(printed, post=post), printed, Confidence.CERTAIN), chair, source_id)
    named, office = name_and_post(printed)
    member = bool(person and not post) or is_member(printed) or is_member(named or "")
    return Turn(
        Finding(Speaker(printed, person=person or named, post=post or office), printed, Confidence.CERTAIN),
        Finding(SpeakerRole.MEMBER, printed, Confidence.LOW) if member else None,
        source_id,
    )


def name_and_post(printed: str) -> tuple[str | None, str | None]:
    """Part who speaks from the office, of which one stands in brackets behind the other.

    >>> name_and_post("The Minister for Trade (Mr. A. Hall)"), name_and_post("Ms. Ann Vega (Harbour, Ind.)")
    (('Mr. A. Hall', 'The Minister for Trade'), ('Ms. Ann Vega', None))
    >>> name_and_post("Hon. Ann Vega (Minister of Trade, Ind.)"), name_and_post("The Minister for Trade")
    (('Hon. Ann Vega', 'Minister of Trade'), (None, None))
    """
    parts = _BRACKETED.fullmatch(printed)
    if parts is None:
        return (printed if is_member(printed) else None), None
    outside, inside = parts["outside"].strip(), parts["inside"].strip()
    if is_member(inside) and not is_member(outside):
        return inside, outside
    if not is_member(outside) and _OF_OFFICE.match(outside):
        return None, None
    return outside, inside.rpartition(",")[0].strip() or inside if _OF_OFFICE.search(inside) else None


def numbered(passages: Iterable[SpokenParagraph]) -> tuple[Paragraph, ...]:
    """Make the paragraphs of a speech; what holds no words is passed over.

    >>> said = map(SpokenParagraph, ("Mr. Speaker,", "", "No."))
    >>> [paragraph.role.value for paragraph in numbered(said)]
    ['greeting', 'body']
    """
    kept = [passage for passage in passages if passage.text]
    return tuple(
        Paragraph(number, one.text, role, one.printed, one.line, one.source_id, one.page)
        for number, (one, role) in enumerate(
            zip(kept, roles([passage.text for passage in kept]), strict=True), start=1
        )
    )


def without_colon(printed: str) -> str:
    """Take off the colon or dash with which a record leads from a name to the words.

    >>> without_colon(" The  Speaker: ")
    'The Speaker'
    """
    return " ".join(printed.split()).rstrip(" :：–—").strip()


def name_and_words(printed: str) -> tuple[str | None, str]:
    """Part a printed name from marks before it and from what was said behind its colon.

    >>> name_and_words("*Senator J. L. VEGA: Mr. President")
    ('Senator J. L. VEGA', 'Mr. President')
    >>> name_and_words("The HOUSE CHAIRPERSON: PETITIONS (Ms A. Vega):")
    ('The HOUSE CHAIRPERSON: PETITIONS (Ms A. Vega)', '')
    """
    name, _, words = printed.partition(":")
    if _is_of_name(words):
        name, words = printed.rstrip(" :–—"), ""
    if not name.strip() or len(name) > _LONGEST_NAME:
        name, words = printed, ""
    return without_colon(name.strip(_MARKS)) or None, words.strip(" :–—")


def _is_of_name(words: str) -> bool:
    """Tell whether an office goes on behind its colon: in capitals, with who holds it in brackets."""
    office, bracket, holder = words.strip(" :–—").partition("(")
    return office.isupper() and bracket == "(" and holder.endswith(")") and len(words) <= _LONGEST_NAME


def day_of(heading: str) -> Finding[PartialDate] | None:
    """Return the day that a heading is; None where it says something else, or of no day.

    >>> str(day_of("TUESDAY, 8 MAY 1979").value), day_of("Report on the fire of 8 May 1979")
    ('1979-05-08', None)
    """
    found = find_dates(heading)
    days = [one for one in found if one.date.day is not None]
    if len(days) != 1:
        return None
    [day] = days
    if not all(map(_BESIDE_A_DATE.fullmatch, (heading[: day.start], heading[day.end :]))):
        return None
    return Finding(day.date, heading)
