"""Figures of footnotes that stand glued to a word, set apart from it.

On the page such a figure is raised; in the text that was taken from the page it follows
the word as if it belonged there: ``landmines3``. A space without a width, which the
analysis takes for the end of a word, is put between the two, so that the word is found
and what is quoted reads as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from onrecord.indexer.analysis.common_words import is_common

__all__ = ["glued_figures", "with_figures_apart"]

# The end of a word and the figure, found by its first digit, which is quick to look for.
_GLUED = re.compile(r"[1-9](?<=[^\W\d_].)[0-9]?(?![^\W_]|[-.,:/][0-9])")
_WORD = re.compile(r"[^\W\d_]{4,}$")
_BOUNDARY = "\u200b"


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


def with_figures_apart(text: str, *, whole: Callable[[], str]) -> str:
    r"""Set the figures of notes apart from their words; ``whole`` gives the text that the paragraph is of.

    The rules:

    1. The word is in small letters, of four or more; ``P5``, ``G20`` and ``Rio20`` are names.
    2. It is a word: it stands by itself elsewhere in the text, or statements are full of it.
    3. Word and figure stand so once in the text. What is named twice is no note (``covid19``).

    >>> with_figures_apart("Clear landmines3 now", whole=lambda: "landmines").replace("\u200b", "|")
    'Clear landmines|3 now'
    """
    pieces: list[str] = []
    done = 0
    for begin, figure, end in glued_figures(text):
        if _is_note(text[begin:figure], text[begin:end], whole()):
            pieces += [text[done:figure], _BOUNDARY]
            done = figure
    return "".join([*pieces, text[done:]]) if pieces else text


def _is_note(word: str, glued: str, whole: str) -> bool:
    if len(re.findall(rf"(?<!\w){glued}(?!\w)", whole)) > 1:
        return False
    return is_common(word) or re.search(rf"(?<![\w-]){word}(?![\w-])", whole) is not None
