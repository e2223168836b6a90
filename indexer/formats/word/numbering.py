"""Styles and automatic numbers of Word: "29." before a paragraph is often typed by no one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.formats.debates.xml_stream import events, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering", "Style", "Styles", "attribute_of", "in_figures", "integer_of", "value_of"]

_TITLES = frozenset({"title", "heading 1"})
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Longer lists of letters than this are no lists; romans are written up to 3999.
_MOST_LETTERS, _MOST_ROMAN = 702, 3999


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs says: whether it is a title's, and the list and level it numbers with."""

    title: bool = False
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their identifiers."""

    named: dict[str, Style] = field(default_factory=dict)

    def take(self, part: bytes, path: Path) -> None:
        """Read them from their part of the package."""
        for _, style in events(part, path=path, ends=("style",)):
            name = (value_of(style.find("{*}name")) or "").lower()
            self.named[attribute_of(style, "styleId") or ""] = Style(name in _TITLES, _list_of(style))

    def of(self, paragraph: _Element) -> Style:
        """Return the style of a paragraph."""
        return self.named.get(value_of(paragraph.find("{*}pPr/{*}pStyle")) or "", Style())


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts: from where, in which figures, written how ("%1.")."""

    start: int
    figures: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def take(self, part: bytes, path: Path) -> None:
        """Read them from their part of the package."""
        for _, element in events(part, path=path, ends=("abstractNum", "num")):
            if local_name(element) == "num":
                self._take_list(element)
            else:
                levels = (_level(level) for level in element.iterchildren("{*}lvl"))
                self.levels[attribute_of(element, "abstractNumId") or ""] = dict(levels)

    def mark(self, paragraph: _Element, style: Style) -> str:
        """Return what is printed before a paragraph, and count it; nothing where it is in no list."""
        number = _list_of(paragraph) or style.number
        if number is None:
            return ""
        name, depth = number
        kind = self.lists.get(name, "")
        level = self.levels.get(kind, {}).get(depth)
        if level is None or level.figures == "none":
            return ""
        if level.figures == "bullet":
            return "• "
        counted = self._count(name, kind, depth, level)
        text = re.sub(r"%(\d)", lambda match: self._written(kind, counted, int(match[1]) - 1), level.text)
        return f"{text} " if text.strip() else ""

    def _take_list(self, element: _Element) -> None:
        name = attribute_of(element, "numId") or ""
        self.lists[name] = value_of(element.find("{*}abstractNumId")) or ""
        for override in element.iterchildren("{*}lvlOverride"):
            start = value_of(override.find("{*}startOverride"))
            if start is not None:
                self.restarts.setdefault(name, {})[integer_of(attribute_of(override, "ilvl"))] = integer_of(
                    start
                )

    def _count(self, name: str, kind: str, depth: int, level: _Level) -> dict[int, int]:
        """Count one more on a level, and begin anew below it."""
        counted = self.counted.setdefault(kind, {})
        restart = self.restarts.get(name, {}).pop(depth, None)
        counted[depth] = (
            counted[depth] + 1 if restart is None and depth in counted else restart or level.start
        )
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        return counted

    def _written(self, kind: str, counted: dict[int, int], depth: int) -> str:
        level = self.levels.get(kind, {}).get(depth)
        number = counted.get(depth, level.start if level else 1)
        return in_figures(number, level.figures if level else "decimal")


def _level(element: _Element) -> tuple[int, _Level]:
    start = value_of(element.find("{*}start"))
    return integer_of(attribute_of(element, "ilvl")), _Level(
        start=1 if start is None else integer_of(start),
        figures=value_of(element.find("{*}numFmt")) or "decimal",
        text=value_of(element.find("{*}lvlText")) or "",
    )


def _list_of(element: _Element) -> tuple[str, int] | None:
    properties = element.find("{*}pPr/{*}numPr")
    name = value_of(properties.find("{*}numId")) if properties is not None else None
    if properties is None or name is None or name == "0":
        return None
    return name, integer_of(value_of(properties.find("{*}ilvl")))


def in_figures(number: int, figures: str) -> str:
    """Write a number as a format of Word has it.

    >>> in_figures(4, "lowerRoman"), in_figures(28, "upperLetter")
    ('iv', 'BB')
    """
    if figures.endswith("Letter") and 0 < number <= _MOST_LETTERS:
        letters = _letters(number)
    elif figures.endswith("Roman") and 0 < number <= _MOST_ROMAN:
        letters = _roman(number)
    else:
        return str(number)
    return letters.upper() if figures.startswith("upper") else letters


def _letters(number: int) -> str:
    """Write 1 as a, 26 as z, 27 as aa, 28 as bb, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def attribute_of(element: _Element, name: str) -> str | None:
    """Return an attribute by its name without the namespace."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None
    )


def value_of(element: _Element | None) -> str | None:
    """Return what a property says; None without one."""
    return None if element is None else attribute_of(element, "val")


def integer_of(text: str | None) -> int:
    """Return a number, 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() else 0
