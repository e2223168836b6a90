"""Passages that are nearly a quotation: found by its blocks of words, laid along it word by word.

A quotation is cut into blocks that do not overlap. An edit spoils one block at most, so that a passage with
fewer edits than there are blocks holds one of them as it is, and one with *e* edits holds all but *e* (the
pigeonhole principle). So the rarest blocks are looked for first, and more of them only as long as the best
passage so far has as many edits as blocks were looked for: a better one might hold none of these. Of the
passages that were found, those are left aside that hold too few blocks to be better.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import words as words_in
from onrecord.search.research.alignment import ONE, Alignment, align, costs
from onrecord.search.results.spoken import Runs, SpokenWords

__all__ = ["NearPassage", "near_passages"]

Indices = npt.NDArray[np.int64]
# Words from which on a quotation is cut into blocks of so many, and then, if that finds too little, so many.
_SIZES = ((20, (4, 3)), (10, (3, 2)), (2, (2, 1)), (1, (1,)))
# Blocks that are looked for at first; then twice as many, and so on.
_FIRST_BLOCKS = 4
# Passages that are laid along the quotation each time: 24 take 4 ms for 60 words.
_AT_ONCE = 24
# Places of one block above which it says nothing of where the quotation stands.
_TOO_COMMON = 150_000
_TOO_COMMON_ALONE = 30_000
# Lookups that it may take to guess which passages are nearest, where there are more than are laid along.
_LOOKUPS = 400_000
# Beyond the words of the quotation itself, how far a passage reaches to either side.
_MARGIN = 24
# What keeps the numbers of words of two statements apart in one number.
_APART, _ZERO, _WHOLE_STATEMENT = 1 << 31, 1 << 20, 1 << 30


class NearPassage(NamedTuple):
    """A part of a statement, and how the quotation lies along it; words are numbered in the statement."""

    statement: int
    first: int  #: the word at which the alignment's numbers begin
    words: tuple[str, ...]
    alignment: Alignment

    @property
    def matched(self) -> int:
        """How many words of the quotation stand there in order, as they are."""
        return self.alignment.matched


class _Block(NamedTuple):
    words: tuple[str, ...]
    offset: int  #: of its first word in the quotation


class _Window(NamedTuple):
    statement: int
    first: int
    end: int


def near_passages(
    spoken: SpokenWords, quoted: Sequence[str], *, gaps: Set[int] = frozenset(), most: int = 3
) -> list[NearPassage]:
    """Find the passages that are nearest to a quotation, the nearest first.

    ``gaps`` are the words of it before which the writer says that some are left out.
    """
    sizes = next(sizes for least, sizes in _SIZES if len(quoted) >= least)
    search = _Search(spoken, quoted, gaps)
    for size in sizes:
        if search.look_for(size):
            break
    return search.best(most)


class _Search:
    """What was found so far of one quotation."""

    def __init__(self, spoken: SpokenWords, quoted: Sequence[str], gaps: Set[int]) -> None:
        self._spoken = spoken
        self._quoted = quoted
        self._gaps = gaps
        self._costs: dict[tuple[int, int, int], int] = {}
        self._texts: dict[tuple[int, int, int], tuple[int, tuple[str, ...]]] = {}

    def look_for(self, size: int) -> bool:
        """Look for blocks of so many words; tell whether no passage can be nearer than the best so far."""
        blocks = self._blocks(size)
        hits: list[tuple[_Block, Runs]] = []
        wanted = _FIRST_BLOCKS
        looked = 0
        while True:
            for block in blocks[looked:wanted]:
                runs = self._spoken.runs(block.words)
                if len(runs) < (_TOO_COMMON if size > 1 else _TOO_COMMON_ALONE):
                    hits.append((block, runs))
            looked = wanted
            self._weigh(hits)
            if self._edits < len(hits):
                return True
            if wanted >= len(blocks):
                return False
            wanted *= 2

    def best(self, most: int) -> list[NearPassage]:
        """Lay the nearest passages along the quotation."""
        found: list[NearPassage] = []
        for window in sorted(self._costs, key=lambda window: (self._costs[window], window)):
            first, words = self._texts[window]
            passage = NearPassage(window[0], first, words, align(self._quoted, words, gaps=self._gaps))
            if all(not _overlap(passage, other) for other in found):
                found.append(passage)
            if len(found) == most:
                break
        return found

    @property
    def _edits(self) -> float:
        """The edits of the best passage; a third of the words, where none has fewer."""
        return min([len(self._quoted) / 3, *(cost / ONE for cost in self._costs.values())])

    def _blocks(self, size: int) -> list[_Block]:
        """Cut the pieces of the quotation into blocks, the rarest first."""
        edges = [0, *sorted(self._gaps), len(self._quoted)]
        blocks = [
            _Block(tuple(self._quoted[at : at + size]), at)
            for begin, end in pairwise(edges)
            for at in range(begin, end - size + 1, size)
        ]
        frequency = {word: self._spoken.frequency(word) for word in set(self._quoted)}
        return sorted(blocks, key=lambda block: min(frequency[word] for word in block.words))

    def _weigh(self, hits: Sequence[tuple[_Block, Runs]]) -> None:
        """Work out the costs of the passages that may be better than the best so far."""
        some = self._windows(hits)
        keys = [key for window in some if (key := window[:3]) not in self._costs]
        for key in keys:
            self._texts[key] = self._read(*key)
        found = costs(self._quoted, [self._texts[key][1] for key in keys], gaps=self._gaps)
        self._costs.update(zip(keys, found, strict=True))

    def _read(self, statement: int, first: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Return the number of the first word of a passage, and its words."""
        stretch = self._spoken.stretch(statement, first, end)
        begin = stretch.firsts[0]
        words = [word for text in stretch.texts for word in words_in(text)]
        return first, tuple(words[first - begin : end - begin])

    def _windows(self, hits: Sequence[tuple[_Block, Runs]]) -> list[_Window]:
        """Choose the parts of statements that may hold something nearer than the best so far."""
        if not sum(len(runs) for _, runs in hits):
            return []
        statements = np.concatenate([runs.statements for _, runs in hits])
        begins = np.concatenate([runs.starts - block.offset for block, runs in hits])
        numbers = np.concatenate([np.full(len(runs), number) for number, (_, runs) in enumerate(hits)])
        keys = statements * _APART + begins + _ZERO
        order = keys.argsort(kind="stable")
        keys, numbers = keys[order], numbers[order]
        reach = _WHOLE_STATEMENT if self._gaps else len(self._quoted) // 2 + _MARGIN
        new = np.ones(len(keys), bool)
        np.greater(np.diff(keys), reach, out=new[1:])
        firsts = np.flatnonzero(new)
        lasts = np.append(firsts[1:], len(keys)) - 1
        held = np.unique((new.cumsum() - 1) * len(hits) + numbers)
        counts = np.bincount(held // len(hits))
        enough = np.flatnonzero((len(hits) - counts < self._edits) | (counts == len(hits)))
        chosen = enough[(-counts[enough]).argsort(kind="stable")]
        if len(chosen) > _AT_ONCE:
            chosen = self._likeliest(chosen[: _LOOKUPS // len(self._quoted)], keys[firsts])
        windows = []
        for at in chosen.tolist():
            statement, begin = divmod(int(keys[firsts[at]]), _APART)
            last = int(keys[lasts[at]]) % _APART - _ZERO
            first = max(0, begin - _ZERO - reach)
            end = min(self._spoken.length(statement), last + len(self._quoted) + reach)
            windows.append(_Window(statement, first, end))
        return windows

    def _likeliest(self, chosen: Indices, keys: Indices) -> Indices:
        """Return those of many windows in which most words stand near where they would."""
        statements, begins = np.divmod(keys[chosen], _APART)
        agreeing = self._spoken.agreement(self._quoted, Runs(statements, begins - _ZERO))
        return chosen[(-agreeing).argsort(kind="stable")[:_AT_ONCE]]


def _overlap(one: NearPassage, other: NearPassage) -> bool:
    def span(passage: NearPassage) -> tuple[int, int]:
        return passage.first + passage.alignment.first, passage.first + passage.alignment.end

    (first, end), (other_first, other_end) = span(one), span(other)
    return one.statement == other.statement and first < other_end and other_first < end
