"""The words of a segment: the postings of its forms and of its inflection groups, and which belong together.

A *form* is a word as it is written, folded; it has the positions at which it stands. A *group* holds the
words of one language that have the same lemmas (`indexer.analysis.inflection`); it has the paragraphs in
which one of them stands, and how often.
"""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.columns.belonging import BelongingReader
from onrecord.indexer.segments.columns.frequencies import Frequencies, FrequencyReader
from onrecord.indexer.segments.columns.lists import ListReader
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Container, Paged
from onrecord.indexer.segments.layout import (
    FIRST_SHELF,
    FORMS_ON_SHELF,
    LONGEST_HALVED_POSITIONS,
    LONGEST_PLAIN_DOCUMENTS,
    LONGEST_PLAIN_POSITIONS,
    RARE,
    SLOT,
    Ints,
    slots_taken,
    starts_of,
)
from onrecord.indexer.segments.paragraph_table import ParagraphTable
from onrecord.indexer.segments.picking import picked
from onrecord.indexer.segments.validation import check_counts, checked_below

__all__ = ["WordTable"]

_SHIFT = SLOT.bit_length() - 1
_FIRST_RARE = (RARE - FIRST_SHELF) * FORMS_ON_SHELF
# Positions that are looked through at once, whole slots.
_PIECE = 1 << 18
# Of every 32 places, which are marked, as bits, and how many are before them; and how many there are.
_Marks = tuple[Ints, Ints]


class WordTable:
    """Forms and groups of one segment, each numbered from 0 in sorted order."""

    def __init__(self, container: Container, *, paragraphs: ParagraphTable) -> None:
        self._container = container
        self._lengths = paragraphs.lengths
        check_counts(container, words=paragraphs.tokens)
        self.forms = TermList(container, "forms")
        self.groups = TermList(container, "groups")
        self.form_frequency: Ints = container["forms.frequency"]  #: how often each form stands anywhere
        self.form_paragraphs: Ints = container["forms.paragraphs"]  #: and in how many paragraphs
        self.group_paragraphs: Ints = container["groups.paragraphs"]
        self.positions = ListReader.of(
            container,
            "positions",
            lengths=self.form_frequency,
            longest_plain=LONGEST_PLAIN_POSITIONS,
            longest_halved=LONGEST_HALVED_POSITIONS,
            bound=len(self.forward),
        )
        self.documents = ListReader.of(
            container,
            "documents",
            lengths=self.group_paragraphs,
            longest_plain=LONGEST_PLAIN_DOCUMENTS,
            bound=len(self._lengths),
        )

    @cached_property
    def belonging(self) -> BelongingReader:
        """Which groups the forms belong to."""
        return BelongingReader(self._container, forms=self.forms, groups=self.groups)

    @property
    def forward(self) -> Paged:
        """Of each position, which of the commonest forms stands there (`forward_codes`), or a shelf."""
        return self._container.paged("forward")

    @cached_property
    def forward_codes(self) -> dict[int, int]:
        """The number that the forward array has for each of the commonest forms."""
        forms = checked_below(self._container, "forward.forms", len(self.forms))
        return {form: code for code, form in enumerate(forms.tolist(), 1)}

    def forms_at(self, positions: Ints) -> Ints:
        """Return the form that stands at each of some positions; at a free one, any (`IndexDamaged`)."""
        codes = self.forward.take(positions)
        forms: Ints = self._forms_of_codes.take(codes)
        shelved = np.flatnonzero(codes >= FIRST_SHELF)
        if len(shelved):
            places = self._places_on_shelves(forms.take(shelved), positions.take(shelved))
            forms[shelved] = self._rest.take(places)
        return forms

    def count_at(self, positions: Ints) -> npt.NDArray[np.int64]:
        """Count the forms that stand at some positions, none of which is free (`IndexDamaged`)."""
        codes = self.forward.take(positions)
        counts = np.zeros(len(self.forms), np.int64)
        forms = list(self.forward_codes)
        counts[forms] = np.bincount(codes, minlength=RARE + 1)[1 : len(forms) + 1]
        shelved = np.flatnonzero(codes >= FIRST_SHELF)
        if len(shelved):
            shelves = self._forms_of_codes.take(codes.take(shelved))
            places = self._places_on_shelves(shelves, positions.take(shelved))
            counts[self._rest] = np.bincount(places, minlength=len(self._rest))
        return counts

    def _places_on_shelves(self, shelves: Ints, positions: Ints) -> Ints:
        """Return where among the forms on shelves those stand whose shelves begin there, in place."""
        before = _before(self._others, positions)
        shelves += self._container.paged("forward.others").take(before)
        rare = np.flatnonzero(shelves >= _FIRST_RARE)
        if len(rare):
            if not len(self._container.paged("forward.rare")):
                raise self._container.damaged("forward.rare")
            ranks = self._container.paged("forward.rare").take(_before(self._rare, before.take(rare)))
            shelves[rare] = ranks.astype(np.uint32) + np.uint32(_FIRST_RARE)
        if int(shelves.max()) >= len(self._rest):
            raise self._container.damaged("forward.others")
        return shelves

    @cached_property
    def _forms_of_codes(self) -> Ints:
        """The form that each number of the forward array names; of a shelf, where it begins."""
        shelves = np.maximum(np.arange(RARE + 1) - FIRST_SHELF, 0)
        forms = (shelves * FORMS_ON_SHELF).astype(np.uint32)
        forms[list(self.forward_codes.values())] = list(self.forward_codes)
        return forms

    @cached_property
    def _rest(self) -> Ints:
        """The forms on shelves, one shelf behind the other."""
        return checked_below(self._container, "forward.rest", len(self.forms))

    @cached_property
    def _others(self) -> _Marks:
        """Where none of the commonest forms stands.

        Made when it is first asked for, in 10 ms for a full segment: stored it would take as much again as
        the bytes that it leads to.
        """
        return self._marks("forward", FIRST_SHELF, counted="forward.others")

    @cached_property
    def _rare(self) -> _Marks:
        """Where among the forms that are not the commonest the rare ones stand: one word in sixty."""
        return self._marks("forward.others", RARE, counted="forward.rare")

    def _marks(self, name: str, least: int, *, counted: str) -> _Marks:
        marks = _marks_of(self._container[name], least)
        if int(marks[1][-1]) != len(self._container.paged(counted)):
            raise self._container.damaged(counted)
        return marks

    @cached_property
    def slots(self) -> Ints:
        """The paragraph of each slot of positions."""
        return np.arange(len(self._lengths), dtype=np.uint32).repeat(slots_taken(self._lengths))

    def paragraphs_of(self, positions: Ints) -> Ints:
        """Return the paragraph in which each position lies."""
        paragraphs: Ints = picked(self.slots, positions >> np.uint32(_SHIFT))
        return paragraphs

    @cached_property
    def _group_peaks(self) -> npt.NDArray[np.float32]:
        peaks = self._container["groups.peak"]
        if not ((peaks >= 0) & (peaks <= 1)).all():  # no number at all is neither
            raise self._container.damaged("groups.peak")
        return peaks

    def group_peak(self, group: int) -> float:
        """Return the most that ``tf / (tf + norm)`` is, by the average length (`indexer.segments.bm25`)."""
        return float(self._group_peaks[group])

    @cached_property
    def _frequencies(self) -> FrequencyReader:
        counts = self.group_paragraphs
        return FrequencyReader.of(self._container, "frequencies", counts=counts, size=len(self._lengths))

    def frequencies(self, group: int) -> Frequencies:
        """Return how often a group stands in each of its paragraphs."""
        if self._frequencies.has_row(group):
            return self._frequencies.row(group).take(self.documents.array(group))
        return self._frequencies.listed(group)

    def has_frequency_row(self, group: int) -> bool:
        """Tell whether `frequencies_at` needs no search."""
        return self._frequencies.has_row(group)

    def frequencies_at(self, group: int, paragraphs: Ints) -> Frequencies:
        """Return how often a group that has a row stands in some rising paragraphs."""
        return self._frequencies.at_paragraphs(group, paragraphs)

    def frequency_row(self, group: int) -> Frequencies:
        """Return how often a group stands in each paragraph of the segment."""
        if self._frequencies.has_row(group):
            return self._frequencies.row(group)
        listed = self._frequencies.listed(group)
        row = np.zeros(len(self._lengths), listed.dtype)
        row[self.documents.array(group)] = listed
        return row

    def all_frequencies(self) -> Ints:
        """Return the frequencies of all groups, one after the other."""
        return np.concatenate(
            [np.zeros(0, np.uint32), *(self.frequencies(group) for group in range(len(self.groups)))],
            dtype=np.uint32,
        )


def _marks_of(values: npt.NDArray[np.uint8], least: int) -> _Marks:
    """Mark the values that are no less than one."""
    marked = np.zeros(-(-len(values) // SLOT), "<u4")
    bits = marked.view(np.uint8)
    for begin in range(0, len(values), _PIECE):  # all at once it takes half as long again
        packed = np.packbits(values[begin : begin + _PIECE] >= least, bitorder="little")
        bits[begin >> 3 : (begin >> 3) + len(packed)] = packed
    marked = marked.astype(np.uint32, copy=False)
    return marked, starts_of(_bits_of(marked).astype(np.uint32)).astype(np.uint32)


def _before(marks: _Marks, places: Ints) -> Ints:
    """Count the marks before each of some places: in place, since millions are asked for at once."""
    marked, before = marks
    rows = (places >> np.uint32(_SHIFT)).astype(np.intp)
    lower = np.uint32(1) << (places & np.uint32(SLOT - 1))
    lower -= np.uint32(1)
    lower &= marked.take(rows, mode="clip")
    counted: Ints = before.take(rows, mode="clip")
    counted += _bits_of(lower)
    return counted


@cache
def _bits_of_halves() -> npt.NDArray[np.uint8]:
    """Count the bits of every number of 16 bits."""
    bits = np.unpackbits(np.arange(1 << 16, dtype="<u2").view(np.uint8)).reshape(-1, 16)
    counts: npt.NDArray[np.uint8] = bits.sum(axis=1, dtype=np.uint8)
    return counts


def _bits_of(numbers: Ints) -> npt.NDArray[np.uint8]:
    """Count the bits of numbers of 32 bits."""
    if hasattr(np, "bitwise_count"):  # since NumPy 2
        return np.bitwise_count(numbers)
    table = _bits_of_halves()
    return table.take(numbers & np.uint32(0xFFFF)) + table.take(numbers >> np.uint32(16))
