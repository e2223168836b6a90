"""Figures of footnotes that stand glued to a word, set apart from it.

On the page such a figure is raised; in the text that was taken from the page it follows
the word as if it belonged there: ``landmines3``. A space without a width, which the
analysis takes for the end of a word, is put between the two, so that the word is found
and what is quoted reads as before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from onrecord.indexer.analysis.common_words import is_common

__all__ = ["NoteFigures", "as_power", "glued_figures", "is_measure", "makes_power"]

# The end of a word and the figure, found by its first digit, which is quick to look for.
_GLUED = re.compile(r"[1-9](?<=[^\W\d_].)[0-9]?(?![^\W_]|[-.,:/][0-9])")
_WORD = re.compile(r"[^\W\d_]{4,}$")
_WHOLE_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,}(?![\w-])")
_WITH_FIGURE = re.compile(r"(?<!\w)[^\W\d_]{4,}[1-9][0-9]?(?!\w)")
_BOUNDARY = "\u200b"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a raised figure makes a square or a cube of; one letter more shows where a word begins.
_POWERS = frozenset("23")
_LONGEST_UNIT = 3
_UNIT = re.compile(r"(?<![^\W_])[kcdmnµ]?m$")


def makes_power(end: str, figures: str) -> bool:
    """Tell whether raised figures are a power, by how the text before them ends.

    >>> makes_power("25 m", "2"), makes_power("10", "6"), makes_power("the treaty", "2")
    (True, True, False)
    """
    return end[-1:].isdigit() or (figures in _POWERS and is_measure(end))


def is_measure(end: str) -> bool:
    """Tell whether a text ends with a measure of length, of which a raised figure makes a square or a cube.

    >>> is_measure("25 km"), is_measure("for them")
    (True, False)
    """
    return _UNIT.search(end, max(0, len(end) - _LONGEST_UNIT)) is not None


def as_power(figures: str) -> str:
    """Raise figures, so that they are no part of the number or the word before them.

    >>> as_power("12")
    '¹²'
    """
    return figures.translate(_RAISED)


def glued_figures(text: str) -> Iterator[tuple[int, int, int]]:
    """Find small words of four letters or more with one or two digits behind them: begin, figure and end.

    >>> list(glued_figures("landmines3 P5 Rio20 COVID19 agenda2030"))
    [(0, 9, 10)]
    """
    for figure in _GLUED.finditer(text):
        begin = max(text.rfind(" ", 0, figure.start()), text.rfind("\n", 0, figure.start())) + 1
        word = _WORD.search(text, begin, figure.start())
        if word is not None and word[0].islower() and not text[word.start() - 1 : word.start()].isalnum():
            yield word.start(), figure.start(), figure.end()


class NoteFigures:
    """Sets the figures of notes apart from their words, in the paragraphs of one text.

    The rules:

    1. The word is in small letters, of four or more; ``P5``, ``G20`` and ``Rio20`` are names.
    2. It is a word: it stands by itself elsewhere in the text, or statements are full of it.
    3. Word and figure stand so once in the text. What is named twice is no note (``covid19``).

    In the General Debate these are 90 figures, no name among them.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WHOLE_WORD.findall(self._text.lower()))

    @cached_property
    def _with_figures(self) -> Counter[str]:
        return Counter(_WITH_FIGURE.findall(self._text.lower()))

    def apart(self, paragraph: str) -> str:
        r"""Set them apart in a paragraph.

        >>> NoteFigures("").apart("Clear landmines3 now").replace("\u200b", "|")
        'Clear landmines|3 now'
        """
        pieces: list[str] = []
        done = 0
        for begin, figure, end in glued_figures(paragraph):
            word, glued = paragraph[begin:figure], paragraph[begin:end]
            if self._with_figures[glued] < 2 and (is_common(word) or word in self._words):
                pieces += [paragraph[done:figure], _BOUNDARY]
                done = figure
        return "".join([*pieces, paragraph[done:]])
