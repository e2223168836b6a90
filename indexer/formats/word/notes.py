"""Footnotes and endnotes of Word: which marks stand in the text, what is printed for them, what they say.

ECMA-376, part 1, 17.11. A mark is counted when the page is set; where counting begins anew on each page, what
is printed cannot be told from the document, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Note
from onrecord.indexer.formats.debates.xml_stream import events, local_name
from onrecord.indexer.formats.word.numbering import attribute_of, in_figures, integer_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["REFERENCES", "Counting", "NoteMark", "mark_of", "notes_of", "written_mark"]

#: The elements that stand for a mark, and the kind of note that each leads to.
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_FIGURES = {"footnote": "decimal", "endnote": "lowerRoman"}
_CHICAGO = "*†‡§"
_WRITTEN = frozenset({"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter"})


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note: of which one, how it was typed if it was, the section and line it stands in."""

    kind: str
    identifier: str
    typed: str | None
    section: int = 0
    behind: int = 1


def mark_of(reference: _Element) -> NoteMark:
    """Read a mark; one that was typed stands behind its reference, in the same run."""
    kind = REFERENCES[local_name(reference)]
    follows = attribute_of(reference, "customMarkFollows") in ("1", "true", "on")
    typed = "".join(one.text or "" for one in reference.itersiblings() if local_name(one) == "t")
    return NoteMark(kind, attribute_of(reference, "id") or "", typed.strip() if follows else None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How notes of a kind are counted: in which figures, from where, when anew."""

    figures: str | None = None
    start: int | None = None
    restart: str | None = None

    def over(self, other: _Rule) -> _Rule:
        return _Rule(
            self.figures or other.figures,
            other.start if self.start is None else self.start,
            self.restart or other.restart,
        )


@dataclass(slots=True)
class Counting:
    """How notes are counted in a document, and in each of its sections."""

    rules: dict[tuple[str, int | None], _Rule] = field(default_factory=dict)

    def take(self, part: bytes, path: Path) -> None:
        """Read what holds for the whole document from its settings."""
        for _, settings in events(part, path=path, ends=("settings",)):
            self.take_from(settings, section=None)

    def take_from(self, element: _Element, *, section: int | None) -> None:
        """Read what holds for a section, or with no section for all."""
        for kind in _FIGURES:
            rule = element.find(f"{{*}}{kind}Pr")
            if rule is not None:
                self.rules[kind, section] = _Rule(
                    value_of(rule.find("{*}numFmt")),
                    None
                    if rule.find("{*}numStart") is None
                    else integer_of(value_of(rule.find("{*}numStart"))),
                    value_of(rule.find("{*}numRestart")),
                )

    def marks(self, marks: Sequence[NoteMark]) -> Iterator[str | None]:
        """Yield what is printed for each mark of a document; None where that cannot be told."""
        counted: dict[str, int] = {}
        sections: dict[str, int] = {}
        for mark in marks:
            if mark.typed is not None:
                yield mark.typed or None
                continue
            rule = self._rule(mark)
            begins = mark.kind not in counted or (
                rule.restart == "eachSect" and sections[mark.kind] != mark.section
            )
            counted[mark.kind] = (
                (1 if rule.start is None else rule.start) if begins else counted[mark.kind] + 1
            )
            sections[mark.kind] = mark.section
            yield None if rule.restart == "eachPage" else written_mark(counted[mark.kind], rule.figures)

    def _rule(self, mark: NoteMark) -> _Rule:
        of_section = self.rules.get((mark.kind, mark.section), _Rule())
        of_all = self.rules.get((mark.kind, None), _Rule())
        return of_section.over(of_all).over(_Rule(_FIGURES[mark.kind]))


def notes_of(
    marks: Sequence[NoteMark], counting: Counting, texts: Mapping[tuple[str, str], tuple[str, ...]]
) -> Iterator[Note]:
    """Yield the notes to which marks lead, each once, in the order of the marks."""
    seen: set[tuple[str, str]] = set()
    for mark, printed in zip(marks, counting.marks(marks), strict=True):
        name = mark.kind, mark.identifier
        said = texts.get(name, ())
        if said and name not in seen:
            seen.add(name)
            if mark.typed:
                said = tuple(filter(None, (said[0].removeprefix(mark.typed).lstrip(), *said[1:])))
            if said:
                yield Note(said, printed, mark.behind)


def written_mark(number: int, figures: str | None) -> str | None:
    """Write the number of a note as a format of Word has it; None for a format that is not known.

    >>> written_mark(3, "decimal"), written_mark(3, "lowerRoman"), written_mark(5, "chicago")
    ('3', 'iii', '**')
    """
    if figures == "chicago":
        return (
            _CHICAGO[(number - 1) % len(_CHICAGO)] * ((number - 1) // len(_CHICAGO) + 1) if number else None
        )
    return in_figures(number, figures) if figures in _WRITTEN else None
