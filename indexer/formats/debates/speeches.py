"""Speeches in a record of many: their paragraphs, and who is in the chair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.indexer.paragraphs.greetings import roles
from onrecord.indexer.statement import Paragraph

__all__ = ["SpokenParagraph", "is_chair", "numbered", "without_colon"]

_TITLE = (
    r"(?:the|mr|mrs|ms|miss|madam|madame|mme|m|tuan|puan|yb|hon|honou?rable|right|rt|le|la|el|der|die|o|a)\.?"
)
_RANK = (
    r"(?:acting|deputy|first|second|third|temporary|provisional|interim|assistant|principal|vice|co|lord"
    r"|pro\stempore|timbalan|vice[- ]?pr[eé]sident[e]?\s(?:de|da))"
)
_OFFICE = (
    r"(?:speaker|president|pr[eé]sident[e]?|presidenta|chair|chairman|chairwoman|chairperson|chairlady|convener"
    r"|praeses|talman(?:nen)?|präsident(?:in)?|vizepräsident(?:in)?|presidentessa|vice-?presidente?|llywydd"
    r"|председатель(?:ствующий)?|الرئيسة?|主席|sprecher(?:in)?|ordf[øo]rande(?:n)?|alderman)"
)
_CHAIR = re.compile(
    rf"(?:{_TITLE}[\s,]+)*(?:{_RANK}[\s-]+)*{_OFFICE}(?:[\s,]+(?:pro tempore|sir|\((?:interim|acting)\)))?",
    re.IGNORECASE,
)


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


def is_chair(name: str) -> bool:
    """Recognise a name that is the office of presiding and nothing more.

    >>> is_chair("Madam Deputy Speaker"), is_chair("The President of Panama"), is_chair("Mr. Chairman")
    (True, False, True)
    """
    return _CHAIR.fullmatch(" ".join(name.split()).rstrip(" :.")) is not None


def without_colon(printed: str) -> str:
    """Take off the colon or dash with which a record leads from a name to the words.

    >>> without_colon(" The  Speaker: ")
    'The Speaker'
    """
    return " ".join(printed.split()).rstrip(" :–—").strip()
