"""Passages that are nearly a quotation: found by its blocks of words, laid along it word by word.

A quotation is cut into blocks that do not overlap. An edit spoils one block at most, so that a passage with
fewer edits than there are blocks holds one of them as it is, and one with *e* edits holds all but *e* (the
pigeonhole principle). So the rarest blocks are looked for first, and more of them only as long as the best
passage so far has as many edits as blocks were looked for: a better one might hold none of these. Of the
passages that were found, those are left aside that hold too few blocks to be better.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.words import words as words_in
from onrecord.search.research.verification.alignment import ONE, Alignment, align, costs
from onrecord.search.results.spoken import Runs, SpokenWords

__all__ = ["NearPassage", "NearPassages"]

Indices = npt.NDArray[np.int64]
# Words from which on a quotation is cut into blocks of so many, and then, if some of these are so common that
# they say nothing, so many. Blocks of three are as many as edits that leave two thirds of the words.
_SIZES = ((9, (3, 2)), (2, (2, 1)), (1, (1,)))
# Blocks that are looked for at first; then twice as many, and so on.
_FIRST_BLOCKS = 4
# Passages that are laid along the quotation each time: 24 take 4 ms for 60 words; whole statements, where
# words may have been left out, take ten times as long.
_AT_ONCE = 24
_AT_ONCE_OF_WHOLE = 8
# Those that are laid along first: mostly one of them is so near that the others are left aside.
_FIRST_PASSAGES = 3
# Passages as near as the nearest that are compared by their letters.
_TIES = 12
# Places of one block above which it says nothing of where the quotation stands.
_TOO_COMMON = 150_000
_TOO_COMMON_ALONE = 30_000
# To guess which passages are nearest, where there are more than are laid along, so many of them are looked at
# for so many of the rarest words: 20 ms.
_GUESSED = 8_000
_GUESSED_BY = 12
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
    blocks: int  #: how many different ones it holds


class NearPassages:
    """The passages that are nearest to a quotation.

    ``gaps`` are the words of it before which the writer says that some are left out.
    """

    def __init__(self, spoken: SpokenWords, quoted: Sequence[str], *, gaps: Set[int] = frozenset()) -> None:
        self._spoken = spoken
        self._quoted = quoted
        self._gaps = gaps
        self._left = 0  # the most blocks in an area that was not looked at
        self._frequency = {word: spoken.frequency(word) for word in set(quoted)}
        self._costs: dict[tuple[int, int, int], int] = {}
        self._texts: dict[tuple[int, int, int], tuple[int, tuple[str, ...]]] = {}

        sizes = next(sizes for least, sizes in _SIZES if len(quoted) >= least)
        for size in sizes:
            if self._look_for(size):
                break

    def _look_for(self, size: int) -> bool:
        """Look for blocks of so many words; tell whether shorter ones would find nothing nearer."""
        blocks = self._blocks(size)
        hits: list[tuple[_Block, Runs]] = []
        wanted = _FIRST_BLOCKS
        looked = 0
        while True:
            for block in blocks[looked:wanted]:
                below = _TOO_COMMON if size > 1 else _TOO_COMMON_ALONE
                runs = self._spoken.some_runs(block.words, below=below)
                if runs is not None:
                    hits.append((block, runs))
            looked = wanted
            self._weigh(hits, all_looked_for=wanted >= len(blocks))
            if self._edits < len(hits) and self._edits <= len(hits) - self._left:
                return True
            if wanted >= len(blocks):
                return len(hits) == len(blocks) > 0
            wanted *= 2

    def best(self, most: int) -> list[NearPassage]:
        """Return so many, the nearest first; of those as near, first the one that is likest in letters."""
        least = min(self._costs.values(), default=0)
        found: list[NearPassage] = []
        for window in sorted(self._costs, key=lambda window: (self._costs[window], window)):
            if len(found) >= (_TIES if self._costs[window] == least else most):
                break
            first, words = self._texts[window]
            passage = NearPassage(window[0], first, words, align(self._quoted, words, gaps=self._gaps))
            if all(not _overlap(passage, other) for other in found):
                found.append(passage)
        ties = [passage for passage in found if passage.alignment.cost == least]
        if len(ties) > 1:
            ties.sort(key=lambda passage: _letters_apart(self._quoted, passage))
        return [*ties, *found[len(ties) :]][:most]

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
        return sorted(blocks, key=lambda block: min(self._frequency[word] for word in block.words))

    def _weigh(self, hits: Sequence[tuple[_Block, Runs]], *, all_looked_for: bool) -> None:
        """Work out the costs of the passages that may be better than the best so far."""
        windows = self._windows(hits, all_looked_for=all_looked_for)
        for some in (windows[:_FIRST_PASSAGES], windows[_FIRST_PASSAGES:]):
            keys = [
                window[:3]
                for window in some
                if window[:3] not in self._costs and self._may_be_nearer(window.blocks, len(hits))
            ]
            for key in keys:
                self._texts[key] = self._read(*key)
            found = costs(self._quoted, [self._texts[key][1] for key in keys], gaps=self._gaps)
            self._costs.update(zip(keys, found, strict=True))

    def _may_be_nearer(self, held: int, looked_for: int) -> bool:
        """Tell whether what holds so many of some blocks may be as near as the best, or nearer."""
        return held == looked_for or looked_for - held < self._edits

    def _read(self, statement: int, first: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Return the number of the first word of a passage, and its words."""
        stretch = self._spoken.stretch(statement, first, end)
        begin = stretch.firsts[0]
        words = [word for text in stretch.texts for word in words_in(text)]
        return first, tuple(words[first - begin : end - begin])

    def _windows(self, hits: Sequence[tuple[_Block, Runs]], *, all_looked_for: bool) -> list[_Window]:
        """Choose the parts of statements that may hold something nearer than the best so far."""
        self._left = 0
        if not sum(len(runs) for _, runs in hits):
            return []
        reach = _WHOLE_STATEMENT if self._gaps else len(self._quoted) // 2 + _MARGIN
        areas = _Areas.of(hits, reach=reach)
        enough = np.flatnonzero((len(hits) - areas.counts < self._edits) | (areas.counts == len(hits)))
        chosen = enough[(-areas.counts[enough]).argsort(kind="stable")]
        most = _AT_ONCE_OF_WHOLE if self._gaps else _AT_ONCE
        if len(chosen) > most and all_looked_for:
            chosen = self._likeliest(chosen, areas)
        if len(chosen) > most:
            self._left = int(areas.counts[chosen[most:]].max())
        windows = []
        for at in chosen[:most].tolist():
            statement, begin, last = areas.span(at)
            end = min(self._spoken.length(statement), last + len(self._quoted) + reach)
            windows.append(_Window(statement, max(0, begin - reach), end, int(areas.counts[at])))
        return windows

    def _likeliest(self, chosen: Indices, areas: _Areas) -> Indices:
        """Put areas in order, those first in which most words stand near where they would."""
        sizes = areas.lasts[chosen] - areas.firsts[chosen] + 1
        chosen = chosen[: max(1, int(sizes.cumsum().searchsorted(_GUESSED)))]
        wanted = np.zeros(len(areas.firsts), bool)
        wanted[chosen] = True
        hits = np.flatnonzero(wanted[areas.area_of])
        statements, begins = np.divmod(areas.keys[hits], _APART)
        known = [(at, word) for at, word in enumerate(self._quoted) if self._frequency[word]]
        rarest = sorted(known, key=lambda word: self._frequency[word[1]])[:_GUESSED_BY]
        agreeing = np.zeros(len(areas.firsts), np.int64)
        found = self._spoken.agreement(rarest, Runs(statements, begins - _ZERO))
        np.maximum.at(agreeing, areas.area_of[hits], found)
        return chosen[(-agreeing[chosen]).argsort(kind="stable")]


class _Areas(NamedTuple):
    """Blocks that were found near each other in a statement: where each area begins and ends among them all.

    A key is a statement and the word at which the quotation would begin, judged by one block.
    """

    keys: Indices
    area_of: Indices
    firsts: Indices
    lasts: Indices
    counts: Indices  #: how many different blocks each area holds

    @classmethod
    def of(cls, hits: Sequence[tuple[_Block, Runs]], *, reach: int) -> Self:
        """Gather all places of all blocks."""
        statements = np.concatenate([runs.statements for _, runs in hits])
        begins = np.concatenate([runs.starts - block.offset for block, runs in hits])
        numbers = np.concatenate([np.full(len(runs), number) for number, (_, runs) in enumerate(hits)])
        keys = statements * _APART + begins + _ZERO
        order = keys.argsort(kind="stable")
        keys, numbers = keys[order], numbers[order]
        new = np.ones(len(keys), bool)
        np.greater(np.diff(keys), reach, out=new[1:])
        firsts, area_of = np.flatnonzero(new), new.cumsum() - 1
        held = np.zeros((len(firsts), len(hits)), bool)
        held[area_of, numbers] = True
        return cls(keys, area_of, firsts, np.append(firsts[1:], len(keys)) - 1, held.sum(axis=1))

    def span(self, area: int) -> tuple[int, int, int]:
        """Return the statement of an area, and the first and the last word at which one would begin."""
        statement, begin = divmod(int(self.keys[self.firsts[area]]), _APART)
        return statement, begin - _ZERO, int(self.keys[self.lasts[area]]) % _APART - _ZERO


def _letters_apart(quoted: Sequence[str], passage: NearPassage) -> float:
    """Return how unlike the words are that stand for each other; one that stands for none counts one."""
    apart = 0.0
    for step in passage.alignment.steps:
        if step.quoted is None or step.spoken is None:
            apart += 1
        elif quoted[step.quoted] != passage.words[step.spoken]:
            apart += 1 - SequenceMatcher(None, quoted[step.quoted], passage.words[step.spoken]).ratio()
    return apart


def _overlap(one: NearPassage, other: NearPassage) -> bool:
    def span(passage: NearPassage) -> tuple[int, int]:
        return passage.first + passage.alignment.first, passage.first + passage.alignment.end

    (first, end), (other_first, other_end) = span(one), span(other)
    return one.statement == other.statement and first < other_end and other_first < end
