"""The words of the statements of a collection, one after the other (a `search.results.spoken.SpokenWords`).

A segment parts its paragraphs by free positions, so that a phrase stays in one. Here its words are counted
through, without them: a run inside a paragraph is found as a phrase is, and of the others only those places
are looked at where its rarest word stands so near an end of a paragraph that the run goes over it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.indexer.segments.layout import starts_of
from onrecord.indexer.segments.segment import Segment
from onrecord.search.results.hit_reader import HitReader, Place
from onrecord.search.results.hits import Hit
from onrecord.search.results.spoken import Numbers, Runs, Stretch

if TYPE_CHECKING:
    from onrecord.search.collection import Ints
    from onrecord.search.engine.engine import Engine
    from onrecord.search.engine.term_postings import TermPostingsReader

__all__ = ["LocalSpokenWords"]

Mask = npt.NDArray[np.bool_]
# How far beside its place a word may stand to count for `LocalSpokenWords.agreement`.
_SHIFTS = range(-2, 3)
# Words whose frequency is kept.
_KEPT = 1 << 14


class LocalSpokenWords:
    """Reads the words of the statements of an engine's collection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._collection = engine.collection
        self._frequencies: dict[str, int] = {}
        self._rows = [_SegmentWords(one, engine.terms) for one in engine.collection.segments]

    def frequency(self, word: str) -> int:
        """Return how often a folded word stands anywhere, deleted statements included."""
        known = self._frequencies.get(word)
        if known is None:
            if len(self._frequencies) >= _KEPT:
                self._frequencies.clear()
            known = self._frequencies[word] = sum(rows.frequency(word) for rows in self._rows)
        return known

    def runs(self, words: Sequence[str]) -> Runs:
        """Find every place at which folded words stand side by side in one statement, over paragraphs too."""
        found = [rows.runs(words) for rows in self._rows]
        first = self._collection.first_statements
        statements = np.concatenate(
            [np.zeros(0, np.int64), *(one.statements + base for one, base in zip(found, first, strict=True))]
        )
        starts = np.concatenate([np.zeros(0, np.int64), *(one.starts for one in found)])
        counting = self._collection.counting.take(statements)
        return Runs(statements[counting], starts[counting])

    def some_runs(self, words: Sequence[str], *, below: int) -> Runs | None:
        """Find the same where there are fewer places than a number, None where there are more."""
        runs = self.runs(words)
        return runs if len(runs) < below else None

    def agreement(self, words: Sequence[tuple[int, str]], places: Runs) -> Numbers:
        """Count of each place how many of some words stand so far behind it, or two words beside that."""
        agreeing = np.zeros(len(places), np.int64)
        for rows, _, own, chosen in self._parts(places):
            agreeing[chosen] = rows.agreement(words, own)
        return agreeing

    def length(self, statement: int) -> int:
        """Return how many words a statement has."""
        rows, own = self._locate(statement)
        return rows.length(own)

    def stretch(self, statement: int, first: int, end: int) -> Stretch:
        """Read the paragraphs that hold some words of a statement."""
        rows, own = self._locate(statement)
        return rows.stretch(own, first, end)

    def addresses(self, places: Runs) -> list[str]:
        """Return the addresses of the paragraphs in which some words stand."""
        slugs = {
            statement: self._collection.slug_of_statement(statement)
            for statement in set(places.statements.tolist())
        }
        numbers = np.zeros(len(places), np.int64)
        for rows, _, own, chosen in self._parts(places):
            firsts = rows.segment.statements.first_paragraphs.take(own.statements)
            numbers[chosen] = rows.paragraphs_at(own) - firsts + 1
        return [
            f"{slugs[statement]}#{number}"
            for statement, number in zip(places.statements.tolist(), numbers.tolist(), strict=True)
        ]

    def hits(self, statement: int, numbers: range) -> tuple[Hit, ...]:
        """Read some paragraphs of a statement, by their numbers from 1."""
        rows, own = self._locate(statement)
        paragraphs = rows.paragraphs(own)[numbers.start - 1 : numbers.stop - 1]
        places = (Place(rows.segment, paragraph) for paragraph in paragraphs)
        return tuple(HitReader(self._engine.facts).read(places))

    def passing(self, within: Query, places: Runs) -> Mask:
        """Mark the words whose paragraphs a filter lets pass."""
        found = self._engine.scorer(within).found.array
        passing = np.zeros(len(places), bool)
        for rows, base, own, chosen in self._parts(places):
            passing[chosen] = np.isin(rows.paragraphs_at(own) + base, found)
        return passing

    def named(self, slug: str) -> int | None:
        """Return the statement with a slug, None where none that counts has it."""
        for rows, first in zip(self._rows, self._collection.first_statements, strict=True):
            own = rows.segment.statements.named(slug)
            if own is not None and self._collection.counting[first + own]:
                return first + own
        return None

    def _parts(self, places: Runs) -> Iterator[tuple[_SegmentWords, int, Runs, Mask]]:
        """Yield each segment with its base, its own of some places, and a mark for each of these."""
        firsts = self._collection.first_statements
        for rows, base, first in zip(self._rows, self._collection.bases, firsts, strict=True):
            own = places.statements - first
            chosen = (own >= 0) & (own < len(rows.segment.statements))
            if chosen.any():
                yield rows, base, Runs(own[chosen], places.starts[chosen]), chosen

    def _locate(self, statement: int) -> tuple[_SegmentWords, int]:
        at = bisect_right(self._collection.first_statements, statement) - 1
        return self._rows[at], statement - self._collection.first_statements[at]


class _SegmentWords:
    """The words of one segment, counted through."""

    def __init__(self, segment: Segment, terms: TermPostingsReader) -> None:
        self.segment = segment
        self._terms = terms

    @cached_property
    def _before(self) -> Numbers:
        """How many words stand before each paragraph, and in all."""
        return starts_of(self.segment.paragraphs.lengths)

    @cached_property
    def _free(self) -> Numbers:
        """How many free positions stand before each paragraph."""
        free: Numbers = self.segment.paragraphs.starts - self._before[:-1]
        return free

    def frequency(self, word: str) -> int:
        """Return how often a folded word stands anywhere."""
        words = self.segment.words
        form = words.forms.find(word.encode())
        return 0 if form is None else int(words.form_frequency[form])

    def runs(self, words: Sequence[str]) -> Runs:
        """Find where words stand side by side; by statement, and then by word."""
        found = [self.segment.words.forms.find(word.encode()) for word in words]
        forms = [form for form in found if form is not None]
        if not forms or len(forms) < len(words):
            return Runs(np.zeros(0, np.int64), np.zeros(0, np.int64))
        several = len(forms) > 1
        inside = (self._terms.starts_of_run if several else self._of_word)(self.segment, forms)
        paragraphs = self.segment.words.paragraphs_of(inside)
        starts = inside - self._free.take(paragraphs)
        over = self._over(forms) if several else starts[:0]
        if len(over):
            starts = np.sort(np.concatenate([starts, over]))
            paragraphs = self._paragraphs(starts).astype(np.uint32)
        statements = self.segment.paragraphs.statement_of.take(paragraphs).astype(np.int64)
        return Runs(statements, starts - self._firsts(statements))

    def _of_word(self, segment: Segment, forms: Sequence[int]) -> Ints:
        return self._terms.positions(segment, forms[0])

    def agreement(self, words: Sequence[tuple[int, str]], places: Runs) -> Numbers:
        """Count the words that stand near where they would, seen from the first word or from the last."""
        begins = self._firsts(places.statements) + places.starts
        length = 1 + max(offset for offset, _ in words)
        last = len(self.segment.words.forward) - length - _SHIFTS.stop
        if last < -_SHIFTS.start:
            return np.zeros(len(places), np.int64)
        from_begin, from_end = (
            np.clip(self._positions(np.clip(at, 0, self._before[-1] - 1)) - shift, -_SHIFTS.start, last)
            for at, shift in ((begins, 0), (begins + length - 1, length - 1))
        )
        over = np.flatnonzero(from_begin != from_end)
        agreeing = np.zeros(len(places), np.int64)
        for offset, word in words:
            form = self.segment.words.forms.find(word.encode())
            if form is None:
                continue
            stands = np.zeros(len(places), bool)
            for shift in _SHIFTS:
                beside = offset + shift
                stands |= self._stands(form, from_begin + beside)
                stands[over] |= self._stands(form, from_end[over] + beside)
            agreeing += stands
        return agreeing

    def _over(self, forms: Sequence[int]) -> Numbers:
        """Return the first words of the runs that go over an end of a paragraph, in one statement."""
        words, table = self.segment.words, self.segment.paragraphs
        rare = min(range(len(forms)), key=lambda at: int(words.form_frequency[forms[at]]))
        rarest = self._terms.positions(self.segment, forms[rare])
        paragraphs = words.paragraphs_of(rarest)
        inside = rarest - table.starts.take(paragraphs)
        behind = len(forms) - rare
        near = (inside < rare) | (inside + np.uint32(behind) > table.lengths.take(paragraphs))
        starts: Numbers = rarest[near] - self._free.take(paragraphs[near]) - rare
        starts = starts[(starts >= 0) & (starts + len(forms) <= self._before[-1])]
        ends = starts + len(forms) - 1
        owner = table.statement_of
        same = owner.take(self._paragraphs(starts)) == owner.take(self._paragraphs(ends))
        starts = starts[same]
        by_rarity = sorted(range(len(forms)), key=lambda at: int(words.form_frequency[forms[at]]))
        for at in by_rarity[1:]:
            if not len(starts):
                break
            starts = starts[self._stands(forms[at], self._positions(starts + at))]
        return starts

    def _stands(self, form: int, places: Numbers) -> Mask:
        """Mark the positions at which a form stands."""
        words = self.segment.words
        code = words.forward_codes.get(form)
        if code is not None:
            stands: Mask = words.forward.take(places) == code
            return stands
        own = self._terms.positions(self.segment, form)
        return np.equal(own.take(own.searchsorted(places), mode="clip"), places)

    def _positions(self, numbers: Numbers) -> Numbers:
        """Return the positions of words that are counted through."""
        positions: Numbers = numbers + self._free.take(self._paragraphs(numbers))
        return positions

    def _paragraphs(self, numbers: Numbers) -> Numbers:
        """Return the paragraphs in which words stand; one without words holds none."""
        paragraphs: Numbers = self._before.searchsorted(numbers, side="right") - 1
        return paragraphs

    def _firsts(self, statements: Numbers) -> Numbers:
        """Return the first word of each statement."""
        firsts: Numbers = self._before.take(self.segment.statements.first_paragraphs.take(statements))
        return firsts

    def length(self, statement: int) -> int:
        """Return how many words a statement has."""
        own = self.paragraphs(statement)
        return int(self._before[own.stop] - self._before[own.start])

    def paragraphs(self, statement: int) -> range:
        """Return the paragraphs of a statement."""
        return self.segment.statements.paragraphs(statement)

    def paragraphs_at(self, places: Runs) -> Numbers:
        """Return the paragraphs in which some words of statements stand."""
        return self._paragraphs(self._firsts(places.statements) + places.starts)

    def paragraph(self, statement: int, word: int) -> int:
        """Return the paragraph that a word of a statement stands in."""
        own = self.paragraphs(statement)
        number = int(self._before[own.start]) + word
        return min(int(self._before.searchsorted(number, side="right")) - 1, own.stop - 1)

    def stretch(self, statement: int, first: int, end: int) -> Stretch:
        """Read the paragraphs that hold some words of a statement."""
        own = self.paragraphs(statement)
        begin, last = self.paragraph(statement, first), self.paragraph(statement, max(first, end - 1))
        paragraphs = range(begin, last + 1)
        table = self.segment.paragraphs
        texts = tuple(map(table.decoded, table.texts.several(paragraphs)))
        firsts = (self._before[begin : begin + len(texts)] - self._before[own.start]).tolist()
        return Stretch(begin - own.start + 1, texts, tuple(firsts))
