"""What is found of a quotation: a grade with a contract, the address, and what differs word by word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import Any

from onrecord.indexer.numbers import counted
from onrecord.search.frames.frame import Field, Frame, Kind, fields_of
from onrecord.search.frames.notebook import SHOWN, html_table, marked
from onrecord.search.frames.tabular import Tabular

__all__ = ["Edit", "EditKind", "Flag", "Grade", "Nearest", "Verdict", "Verdicts"]


class Grade(Enum):
    """How a quotation stands in the index; ``docs/research.md`` has the contract of each."""

    EXACT = "exact"  #: the same words in the same order, in one statement
    ELIDED = "exact, elided"  #: the pieces around … are exact, in order, in one statement
    BRACKETED = "exact, bracketed"  #: but for words of the writer in square brackets, likewise
    SEVERAL = "several"  #: exact in more than one statement
    MISATTRIBUTED = "misattributed"  #: exact, but not where it was said to be
    ALTERED = "altered"  #: more than two thirds of its words stand in order in one passage
    ABSENT = "absent"  #: no such passage was found
    TOO_SHORT = "too short"  #: so few words that finding them says nothing

    @property
    def is_exact(self) -> bool:
        """Whether these words were said in this order, as the quotation says it."""
        return self in (Grade.EXACT, Grade.ELIDED, Grade.BRACKETED, Grade.SEVERAL)


class EditKind(Enum):
    """What became of words between the statement and the quotation."""

    REPLACED = "replaced"
    ADDED = "added"  #: the quotation has words that were not said there
    LEFT_OUT = "left out"  #: and lacks words that were


class Flag(Enum):
    """A difference that changes what was said, or hides that it does."""

    NEGATION = "negation"  #: a word that denies was put in, left out or moved; also between the pieces
    NUMBER = "number"
    NAME = "name"
    DATE = "date"
    HOMOGLYPH = "homoglyph"  #: a letter of another script that looks like the one that belongs there


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a quotation that are others in the statement.

    ``start`` and ``end`` are offsets in `Verdict.quotation`; where words were left out both say where they
    would stand.
    """

    kind: EditKind
    quoted: str
    spoken: str
    start: int
    end: int

    def __str__(self) -> str:
        """Say what was done."""
        match self.kind:
            case EditKind.REPLACED:
                return f'"{self.quoted}" for "{self.spoken}"'
            case EditKind.ADDED:
                return f'"{self.quoted}" added'
            case _:
                return f'"{self.spoken}" left out'

    def as_dict(self) -> dict[str, Any]:
        """Return the edit as plain data."""
        return {
            "kind": self.kind.value,
            "quoted": self.quoted,
            "spoken": self.spoken,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage that is near a quotation: ``share`` is how much of it stands there in order, from 0 to 1."""

    address: str
    share: float
    spoken: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"address": self.address, "share": round(self.share, 3), "spoken": self.spoken}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found of one quotation.

    ``quotation`` is what was asked for, with the letters and spaces of a text that was read. ``address`` is
    that of the paragraph in which it begins, ``lasting_address`` the same with the fingerprint of its words,
    ``through`` the address of the paragraph in which it ends where that is another. ``spoken`` are the words
    that stand there. ``verbatim`` says whether the characters are the same too, but for the width of spaces.
    ``left_out`` counts the words that the statement has in the place of … and of words in brackets.
    ``differs`` names what was said beside the quotation and is not so: "speaker", "date", "address" and so
    on; ``unsure`` what the index cannot tell. ``also`` are the addresses of the other places, one a
    statement. ``notes`` are sentences for a reader. ``line`` and ``column`` say where it stands in its
    document, counted from 1.
    """

    quotation: str
    grade: Grade
    address: str | None = None
    lasting_address: str | None = None
    through: str | None = None
    speaker: str | None = None
    date: str | None = None
    forum: str | None = None
    spoken: str | None = None
    verbatim: bool = False
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    left_out: int = 0
    differs: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    notes: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None

    @property
    def needs_eyes(self) -> bool:
        """Whether a person should look at it: it is not exact, or something about it is not as it seems."""
        return not self.grade.is_exact or bool(self.flags or self.unsure)

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as plain data, ready for JSON, in the order of the fields."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        plain["grade"] = self.grade.value
        plain["flags"] = [flag.value for flag in self.flags]
        for name in ("edits", "nearest"):
            plain[name] = [one.as_dict() for one in plain[name]]
        return plain

    def _repr_html_(self) -> str:
        """Show the verdict in a notebook, words that are others marked."""
        return Verdicts([self])._repr_html_()


class Verdicts(list[Verdict], Tabular):
    """The verdicts of a document, in the order of its quotations."""

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return them as plain data, ready for JSON."""
        return [verdict.as_dict() for verdict in self]

    def _frame(self) -> Frame:
        return Frame.of(self, (_GRADE, *fields_of(Verdict), *_DIFFERENCES))

    def _repr_html_(self) -> str:
        """Show the first ones in a notebook, words that are others marked."""
        counts = Counter(verdict.grade.value for verdict in self)
        grades = ", ".join(f"{counts[grade.value]:,} {grade.value}" for grade in Grade if counts[grade.value])
        caption = f"{counted(len(self), 'quotation')}: {grades}" if self else "no quotation"
        return html_table(_NAMES, map(_in_a_row, self[:SHOWN]), caption=caption)


_NAMES = ("grade", "quotation", "what differs", "address")
_GRADE = Field("grade", Kind.TEXT, lambda verdict: verdict.grade.value)
_DIFFERENCES = (
    Field("edits", Kind.TEXTS, lambda verdict: [str(edit) for edit in verdict.edits]),
    Field("flags", Kind.TEXTS, lambda verdict: [flag.value for flag in verdict.flags]),
)


def _in_a_row(verdict: Verdict) -> tuple[str, ...]:
    changed = [(edit.start, edit.end) for edit in verdict.edits if edit.start < edit.end]
    said = [", ".join(verdict.differs), "; ".join(map(str, verdict.edits)), *verdict.notes]
    quoted = marked(verdict.quotation, changed)
    return verdict.grade.value, quoted, "; ".join(filter(None, said)) or "–", verdict.lasting_address or "–"
