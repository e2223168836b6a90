"""The postings of the terms of a collection, read from its segments and kept while there is room.

A *term* is a form or an inflection group; its *holders* are the paragraphs in which it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from onrecord.indexer.segments.bm25 import rescaled_peak
from onrecord.indexer.segments.picking import picked
from onrecord.indexer.segments.segment import Segment
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.collection import Collection, Ints
from onrecord.search.engine.paragraph_set import NOTHING, ParagraphSet, bitmap_size
from onrecord.search.engine.phrases import near_paragraphs, phrase_starts, quotation_paragraphs, run_starts
from onrecord.search.engine.postings import Candidates, Frequencies, Postings, together
from onrecord.search.query import Apart, ExactPhrase, Near, Quotation
from onrecord.search.query.expansion import Pattern, forms_like
from onrecord.search.query.quotation import Slot

__all__ = ["TermPostingsReader"]

# A group in more than this part of the paragraphs may be kept as a row with a byte for each paragraph: to
# look up a frequency in a row is one read, in a list a dozen.
_COMMON = 1 / 64
# A row is made when so many paragraphs are looked up that it pays: where the segments store a row, from
# `_FEW` on; else for more than one in `_LOOKED_UP` of the group's, or when the group is asked for again.
_FEW = 2048
_LOOKED_UP = 4

#: Paragraphs of a segment, and how often something stands in each.
Counted = tuple[Ints, Frequencies]


class TermInSegment(NamedTuple):
    """A term in one segment: the number it has there, and the segment's first paragraph."""

    base: int
    segment: Segment
    number: int


class TermEntry(NamedTuple):
    """A term in the dictionaries of all segments: where it is, and how many paragraphs hold it."""

    places: tuple[TermInSegment, ...]
    holders: int


class TermPostingsReader:
    """Reads the postings of forms, groups, phrases and patterns, for all segments as one."""

    def __init__(self, collection: Collection, cache: BoundedCache) -> None:
        self.collection = collection
        self._cache = cache
        self._entries: dict[tuple[str, str], TermEntry] = {}
        self._asked: set[str] = set()

    def group(self, group: str) -> Postings:
        """Return the postings of an inflection group."""
        key = "stem", group
        kept: Postings | None = self._cache.get(key)
        if kept is None:
            entry = self._entry(key)
            at = partial(self._at, group, entry) if self._is_common(entry.holders) else None
            kept = self._decode_group(entry, at=at)
        # It grows while questions ask for more of it.
        self._cache.keep(key, kept, kept.nbytes)
        return kept

    def word(self, groups: tuple[str, ...]) -> Postings:
        """Return the postings of several inflection groups as those of one term, as rare as all of them."""
        entries = [(group, entry) for group in groups if (entry := self._entry(("stem", group))).places]
        if len(entries) < 2:
            return self.group(entries[0][0] if entries else groups[0])
        key = "word", groups
        kept: Postings | None = self._cache.get(key)
        if kept is None:
            parts = [self.group(group) for group, _ in entries]
            kept = together(parts, idf=self._rarity, common=self._is_common)
        self._cache.keep(key, kept, kept.nbytes)
        return kept

    def compound(self, groups: tuple[str, ...], phrase: ExactPhrase) -> Postings:
        """Return the postings of a word and of the phrase that it is in parts, as those of one term."""
        parts = [part for part in (self.word(groups), self.phrase(phrase)) if part.found.count]
        if len(parts) < 2:
            found = parts[0].found if parts else NOTHING
            frequencies = parts[0].all_frequencies if parts else _no_frequencies
            return Postings(found, self._rarity(found), frequencies)
        return together(parts, idf=self._rarity, common=self._is_common, put=np.maximum)

    def _rarity(self, found: ParagraphSet) -> float:
        """Weigh the rarity of what is put together; deleted paragraphs do not count."""
        deleted = self.collection.deleted
        return self.collection.idf(found.count - (len(found.bitmap & deleted) if deleted else 0))

    def _is_common(self, holders: int) -> bool:
        return holders > _COMMON * self.collection.paragraphs

    def form(self, form: str) -> Postings:
        """Return the postings of a word form."""
        key = "text", form
        kept: Postings | None = self._cache.get(key)
        if kept is None:
            entry = self._entry(key)
            counted = [
                (place.base, *_counted(place.segment, self.positions(place.segment, place.number)))
                for place in entry.places
            ]
            kept = self._postings(counted, self.collection.idf(entry.holders))
        self._cache.keep(key, kept, kept.nbytes)
        return kept

    def phrase(self, phrase: ExactPhrase) -> Postings:
        """Find the paragraphs of a phrase, and how often it stands in each."""

        def find(segment: Segment, forms: list[int]) -> Counted:
            starts = self._starts(segment, forms)
            for longer in phrase.longer if isinstance(phrase, Apart) else ():
                starts = self._apart(starts, longer, segment, offset=len(longer) - len(forms))
            return _counted(segment, starts)

        return self._together(phrase.words, find)

    def _starts(self, segment: Segment, forms: list[int]) -> Ints:
        """Return where forms stand side by side in a segment."""
        arrays, bitmaps = partial(self.positions, segment), partial(self.position_bitmap, segment)
        return phrase_starts(segment.words, forms, arrays=arrays, bitmaps=bitmaps)

    def _apart(self, starts: Ints, longer: Sequence[str], segment: Segment, *, offset: int) -> Ints:
        """Leave out the places at which a longer phrase, which began before, ends."""
        forms = [segment.words.forms.find(word.encode()) for word in longer]
        known = [form for form in forms if form is not None]
        if not len(starts) or len(known) < len(forms):
            return starts
        return np.setdiff1d(starts, self._starts(segment, known) + np.uint32(offset), assume_unique=True)

    def other_forms(self, parts: Sequence[Postings], typed: ParagraphSet) -> Postings:
        """Return the postings of some forms as those of one term, as rare as these and ``typed`` together."""
        some = [part for part in parts if part.found.count]
        if not some:
            return Postings(NOTHING, 0.0, _no_frequencies)
        return together(
            some,
            idf=lambda found: self._rarity(ParagraphSet(bitmap=found.bitmap | typed.bitmap)),
            common=self._is_common,
        )

    def near(self, near: Near) -> Postings:
        """Find the paragraphs that hold words near each other; each counts as one."""

        def find(segment: Segment, forms: list[int]) -> Counted:
            arrays = partial(self.positions, segment)
            found = near_paragraphs(segment.words, forms, within=near.within, arrays=arrays)
            return found, np.ones(len(found), np.uint8)

        return self._together(near.words, find)

    def pattern(self, tree: Pattern) -> ParagraphSet:
        """Return the paragraphs that hold any form that a pattern stands for."""
        key = "pattern", repr(tree)
        kept: ParagraphSet | None = self._cache.get(key)
        if kept is None:
            parts = self.collection.parts()
            kept = ParagraphSet(
                array=_joined(
                    [(base, _holding_any(one, forms_like(tree, one.words.forms))) for base, one in parts]
                )
            )
        self._cache.keep(key, kept, kept.nbytes)
        return kept

    def quotation(self, tree: Quotation) -> ParagraphSet:
        """Return the paragraphs in which the runs of a quotation stand in order."""
        key = "quotation", repr(tree)
        kept: ParagraphSet | None = self._cache.get(key)
        if kept is None:
            parts = self.collection.parts()
            kept = ParagraphSet(array=_joined([(base, self._quoted(tree, one)) for base, one in parts]))
        self._cache.keep(key, kept, kept.nbytes)
        return kept

    def counted(self, tree: Pattern | Quotation) -> Postings:
        """Return how often the forms of a pattern, or the one run of a quotation, stand in each paragraph."""
        slots: Sequence[str | Pattern] = tree.runs[0] if isinstance(tree, Quotation) else [tree]
        counted = []
        for base, segment in self.collection.parts():
            forms = [_forms_of(slot, segment) for slot in slots]
            if all(forms):
                arrays, bitmaps = partial(self.positions, segment), partial(self.position_bitmap, segment)
                starts = run_starts(segment.words, forms, arrays=arrays, bitmaps=bitmaps)
                counted.append((base, *_counted(segment, starts)))
        return self._postings(counted, 0.0)

    def _quoted(self, tree: Quotation, segment: Segment) -> Ints:
        runs = [[_forms_of(slot, segment) for slot in run] for run in tree.runs]
        if not all(forms for run in runs for forms in run):
            return np.zeros(0, np.uint32)
        arrays, bitmaps = partial(self.positions, segment), partial(self.position_bitmap, segment)
        return quotation_paragraphs(segment.words, runs, arrays=arrays, bitmaps=bitmaps)

    def starts_of_run(self, segment: Segment, forms: Sequence[int]) -> Ints:
        """Return the positions at which forms stand side by side in a paragraph of a segment, rising."""
        arrays, bitmaps = partial(self.positions, segment), partial(self.position_bitmap, segment)
        return phrase_starts(segment.words, forms, arrays=arrays, bitmaps=bitmaps)

    def forget(self) -> None:
        """Forget the terms that were asked for."""
        self._cache.clear()
        self._entries.clear()
        self._asked.clear()

    def _entry(self, key: tuple[str, str]) -> TermEntry:
        """Look up a form (``text``) or a group (``stem``) in each segment."""
        entry = self._entries.get(key)
        if entry is None:
            fieldname, term = key
            name, grouped = term.encode(), fieldname == "stem"
            places, holders = [], 0
            for base, segment in self.collection.parts():
                words = segment.words
                number = (words.groups if grouped else words.forms).find(name)
                if number is not None:
                    counts = words.group_paragraphs if grouped else words.form_paragraphs
                    places.append(TermInSegment(base, segment, number))
                    holders += int(counts[number])
            entry = self._entries[key] = TermEntry(tuple(places), holders)
        return entry

    def _decode_group(
        self, entry: TermEntry, *, at: Callable[[Candidates], Frequencies | None] | None
    ) -> Postings:
        places = entry.places
        if not places:
            return Postings(NOTHING, 0.0, _no_frequencies)
        average = self.collection.average_length
        return Postings(
            _found(places),
            self.collection.idf(entry.holders),
            lambda: _side_by_side(
                [_narrow(segment.words.frequencies(number)) for _, segment, number in places]
            ),
            at=at,
            peak=max(
                rescaled_peak(
                    segment.words.group_peak(number), average=segment.paragraphs.average_length, now=average
                )
                for _, segment, number in places
            ),
        )

    def _at(self, group: str, entry: TermEntry, candidates: Candidates) -> Frequencies | None:
        """Return how often a common group stands in paragraphs, None where a search is cheaper."""
        key = "row", group
        kept: Frequencies | None = self._cache.get(key)
        if kept is not None:
            return kept.take(candidates.at)
        if len(candidates) < _FEW:
            if all(segment.words.has_frequency_row(number) for _, segment, number in entry.places):
                return self._few_at(entry, candidates.paragraphs)
            return None
        again = group in self._asked or _LOOKED_UP * len(candidates) >= entry.holders
        self._asked.add(group)
        if not (again or entry.places[0].segment.words.has_frequency_row(entry.places[0].number)):
            return None
        kept = self._row(entry)
        self._cache.keep(key, kept, kept.nbytes)
        return kept.take(candidates.at)

    def _few_at(self, entry: TermEntry, paragraphs: Ints) -> Frequencies:
        """Look up a group with a row in each segment, without unpacking the rows."""
        numbers = {segment: number for _, segment, number in entry.places}
        return _side_by_side(
            [
                _narrow(segment.words.frequencies_at(numbers[segment], some))
                if segment in numbers
                else np.zeros(len(some), np.uint8)
                for _, segment, some in self.collection.split(paragraphs)
            ]
        )

    def _row(self, entry: TermEntry) -> Frequencies:
        """Spread a group's frequencies over all paragraphs."""
        rows = [
            (base, _narrow(segment.words.frequency_row(number))) for base, segment, number in entry.places
        ]
        if len(self.collection.segments) == 1:
            return rows[0][1]
        whole: Frequencies = np.zeros(self.collection.size, np.result_type(*(row for _, row in rows)))
        for base, row in rows:
            whole[base : base + len(row)] = row
        return whole

    def _together(self, words: Sequence[str], find: Callable[[Segment, list[int]], Counted]) -> Postings:
        """Find words that stand together, segment by segment; what was found is scored once and not kept."""
        entries = [self._entry(("text", word)) for word in words]
        idf = sum(self.collection.idf(entry.holders) for entry in entries)
        numbers: dict[int, list[int]] = {}
        for entry in entries:
            for base, _, number in entry.places:
                numbers.setdefault(base, []).append(number)
        return self._postings(
            [
                (base, *find(segment, numbers[base]))
                for base, segment, _ in entries[0].places
                if len(numbers[base]) == len(entries)
            ],
            idf,
        )

    def _postings(self, counted: Iterable[tuple[int, Ints, Frequencies]], idf: float) -> Postings:
        parts = [part for part in counted if len(part[1])]
        if not parts:
            return Postings(NOTHING, idf, _no_frequencies)
        frequencies = _side_by_side([frequencies for _, _, frequencies in parts])
        found = ParagraphSet(array=_joined([(base, paragraphs) for base, paragraphs, _ in parts]))
        return Postings(found, idf, lambda: frequencies)

    def positions(self, segment: Segment, form: int) -> Ints:
        """Return where a form stands in a segment."""
        positions = segment.words.positions
        if positions.is_plain(form):
            return positions.array(form)
        key = segment, "position array", form
        kept: Ints | None = self._cache.get(key)
        if kept is None:
            kept = positions.array(form)
            self._cache.keep(key, kept, kept.nbytes)
        return kept

    def position_bitmap(self, segment: Segment, form: int) -> BitMap:
        """Return where a form stands in a segment, as a bitmap."""
        key = segment, "positions", form
        kept: BitMap | None = self._cache.get(key)
        if kept is None:
            kept = segment.words.positions.bitmap(form)
            self._cache.keep(key, kept, bitmap_size(kept))
        return kept


def _found(places: Sequence[TermInSegment]) -> ParagraphSet:
    """Put the paragraphs of a group together: as an array where all of its lists are plain."""
    if all(segment.words.documents.is_plain(number) for _, segment, number in places):
        return ParagraphSet(
            array=_joined([(base, segment.words.documents.array(n)) for base, segment, n in places])
        )
    bitmaps = [segment.words.documents.bitmap(number).shift(base) for base, segment, number in places]
    return ParagraphSet(bitmap=bitmaps[0] if len(bitmaps) == 1 else BitMap.union(*bitmaps))


def _forms_of(slot: Slot | Pattern, segment: Segment) -> list[int]:
    """Return the forms of a segment that may stand for one word of a quotation."""
    if not isinstance(slot, str):
        return forms_like(slot, segment.words.forms)
    number = segment.words.forms.find(slot.encode())
    return [] if number is None else [number]


def _holding_any(segment: Segment, forms: Sequence[int]) -> Ints:
    """Return the paragraphs of a segment that hold any of some forms."""
    if not forms:
        return np.zeros(0, np.uint32)
    mask = np.zeros(len(segment), bool)
    mask[
        segment.words.paragraphs_of(np.concatenate([segment.words.positions.array(form) for form in forms]))
    ] = True
    return np.flatnonzero(mask).astype(np.uint32)


def _counted(segment: Segment, positions: Ints) -> Counted:
    """Return the paragraphs in which rising positions lie, and how many lie in each."""
    if not len(positions):
        return positions, np.zeros(0, np.uint8)
    paragraphs = segment.words.paragraphs_of(positions)
    last = np.ones(len(paragraphs), bool)
    np.not_equal(paragraphs[1:], paragraphs[:-1], out=last[:-1])
    ends = last.nonzero()[0]
    if len(ends) == len(paragraphs):
        return paragraphs, np.ones(len(paragraphs), np.uint8)
    counts = np.empty(len(ends), np.float32)
    counts[0] = ends[0] + 1
    np.subtract(ends[1:], ends[:-1], out=counts[1:], casting="unsafe")
    return picked(paragraphs, ends), counts


def _joined(parts: Sequence[tuple[int, Ints]]) -> Ints:
    """Give the paragraphs of segments, each with its base, their numbers in the collection."""
    moved = [paragraphs + np.uint32(base) if base else paragraphs for base, paragraphs in parts]
    return moved[0] if len(moved) == 1 else np.concatenate(moved or [np.zeros(0, np.uint32)])


def _narrow(frequencies: npt.NDArray[np.uint8 | np.uint32]) -> Frequencies:
    """Turn what does not fit into bytes into what scores are made of."""
    if frequencies.dtype == np.uint8:
        return frequencies.view(np.uint8)
    return frequencies.astype(np.float32)


def _side_by_side(parts: Sequence[Frequencies]) -> Frequencies:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _no_frequencies() -> Frequencies:
    return np.zeros(0, np.uint8)
