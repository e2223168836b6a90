"""In which line of a file the words of a piece of evidence stand, for whoever looks them up.

Evidence is kept as it was read: lines joined, gaps closed. So the line is looked for by its words. Only
`inspect` asks; a build does not pay for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple

from onrecord.indexer.analysis.words import words
from onrecord.indexer.reading.drafts import read_source

__all__ = ["EvidenceLines"]

# Lines that are looked through at most, and words of evidence that must be found side by side.
_LINES = 20_000
_ENOUGH = 2


class _Line(NamedTuple):
    number: int
    words: tuple[str, ...]


class EvidenceLines:
    """The lines of a file as its reader counts them."""

    def __init__(self, path: Path) -> None:
        read = read_source(path)
        drafts = () if read is None else read[1]
        lines = (
            _Line(block.line + at, tuple(words(line)))
            for draft in drafts
            for block in (*draft.letterhead, *draft.blocks)
            for at, line in enumerate(block.lines)
        )
        self._holding: defaultdict[str, list[_Line]] = defaultdict(list)
        for line in islice(lines, _LINES):
            for word in set(line.words):
                self._holding[word].append(line)

    def line_of(self, evidence: str, *, before: int | None = None, behind: int = 0) -> int | None:
        """Return the line in which the first words of some evidence stand; None where none has them.

        Of several it is the first ``behind`` a line, where another statement ends, if there is one. With
        ``before`` it is the last up to that one: a label comes again and again.
        """
        wanted = tuple(words(evidence))
        if not wanted:
            return None
        lines = self._holding.get(wanted[0], [])
        if before is not None:
            lines = [line for line in reversed(lines) if line.number <= before]
        shared = [(_shared(wanted, line.words), line.number) for line in lines]
        most = max((count for count, _ in shared), default=0)
        if most < min(_ENOUGH, len(wanted)):
            return None
        found = [number for count, number in shared if count == most]
        return next((number for number in found if number > behind), found[0])


def _shared(wanted: Sequence[str], line: Sequence[str]) -> int:
    """Count how many of the first words of some evidence a line has side by side."""
    best = 0
    for start, word in enumerate(line):
        if word == wanted[0]:
            side_by_side = zip(wanted, line[start:], strict=False)
            best = max(best, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], side_by_side)))
    return best
