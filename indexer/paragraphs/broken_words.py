"""Words broken at the end of a line, put together again."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files

__all__ = ["BrokenWords"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What follows the word before a break: the hyphen, and the part after it with the parts of a compound.
_BREAK = re.compile(r"-[ ]?\n[ \t]*([^\W_]+(?:-[^\W_]+)*)")
# The word before a break, with the parts of a compound: looked for where a word begins and taken whole, so
# that a long word is gone through once.
_HEAD = re.compile(r"(?<![^\W_])(?<![^\W_]-)[^\W_]++(?:-[^\W_]++)*+$")
# "medium- and long-term": the hyphen stands for a word that follows later.
_SUSPENDING = frozenset(("and", "or", "to", "nor", "but", "as", "et", "ou", "y", "o", "und", "oder"))


class BrokenWords:
    """Joins the two halves of a word that a line end broke, as the rest of the text writes it.

    The rules, in order:

    1. The hyphen stays next to a digit, and before a capital or another compound:
       ``Theo-Ben``, ``one-size-fits-all``.
    2. Before a conjunction it stays with a space: ``short- and long-term``.
    3. A form that occurs elsewhere in the text decides: with the hyphen, or without.
    4. A half that is usually part of a compound keeps it: ``self-determination``,
       ``decision-making``. ``compounds.csv`` lists them: the halves that, broken at
       a line end in the General Debate, are elsewhere in it hyphenated six times in
       seven or more.
    5. Two halves that both occur as words of the text (of three letters or more) keep it.
    6. Otherwise the hyphen was the printer's: ``disarma-`` and ``ment``.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words and compounds that stand whole in a line."""
        whole: list[str] = []
        unbroken = "\n".join([*self._lines, ""]).split("-\n")
        for index, piece in enumerate(unbroken, start=1):
            whole += piece.split()[index > 1 : -1 if index < len(unbroken) else None]
        return frozenset(_WORD.findall(" ".join(whole).lower()))

    def join(self, lines: Sequence[str]) -> str:
        r"""Join the lines of a paragraph with spaces, and the words they break without.

        >>> BrokenWords(["We seek disarmament"]).join(["for Mr. Theo-", "Ben, of disarma-", "ment"])
        'for Mr. Theo-Ben, of disarmament'
        """
        text = "\n".join(lines)
        if "-\n" in text:
            text = self._mended(text)
        return " ".join(text.split())

    def _mended(self, text: str) -> str:
        """Mend the breaks of a text one by one: only the line before each is looked at for its word."""
        pieces: list[str] = []
        done = 0
        for found in _BREAK.finditer(text):
            line = max(done, text.rfind("\n", done, found.start()) + 1)
            head = _HEAD.search(text[line : found.start()])
            if head is not None:
                pieces += [text[done : line + head.start()], self._whole(head[0], found[1])]
                done = found.end()
        return "".join([*pieces, text[done:]])

    def _whole(self, head: str, tail: str) -> str:
        if tail.lower() in _SUSPENDING:
            return f"{head}- {tail}"
        return f"{head}-{tail}" if self._keeps_hyphen(head, tail) else head + tail

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        if not tail[0].islower() or head[-1].isdigit() or "-" in tail:
            return True
        head, tail = head.lower(), tail.lower()
        if f"{head}-{tail}" in self._known:
            return True
        if head + tail in self._known:
            return False
        last, first = head.rpartition("-")[2], tail.partition("-")[0]
        if last in _usual_halves("first") or first in _usual_halves("second"):
            return True
        return min(len(last), len(first)) > 2 and {last, first} <= self._known


@cache
def _usual_halves(half: str) -> frozenset[str]:
    table = files("onrecord.indexer.paragraphs").joinpath("compounds.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(table.splitlines()) if row["half"] == half)
