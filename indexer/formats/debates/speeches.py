"""Speeches in a record of many: their paragraphs, and who is in the chair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.formats.debates.offices import is_chair
from onrecord.indexer.paragraphs.greetings import roles
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.statement import Finding, Paragraph

__all__ = ["SpokenParagraph", "day_of", "is_chair", "name_and_words", "numbered", "without_colon"]

# Marks that a record puts before a name: a star where the speech was translated.
_MARKS = "*†‡§+•○◯ \t"
# A name of more words than these is none.
_LONGEST_NAME = 160
# What may stand beside a date in a heading that is one: the weekday, the number of the sitting, an ornament.
_BESIDE_A_DATE = re.compile(r"[\W\d_]*(?:[^\W\d_\u3040-\u9fff]{2,}[\W\d_]*){0,2}(?:星期.|.曜日)?[\W_]*")


@dataclass(frozen=True, slots=True)
class SpokenParagraph:
    """A paragraph as its source sets it; ``page`` is a page or a column."""

    text: str
    source_id: str | None = None
    line: int | None = None
    page: str | None = None
    printed: str | None = None


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
    """
    name, _, words = printed.partition(":")
    if not name.strip() or len(name) > _LONGEST_NAME:
        name, words = printed, ""
    return without_colon(name.strip(_MARKS)) or None, words.strip(" :–—")


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
