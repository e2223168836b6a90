"""The terms of one segment, decoded: paragraphs, frequencies and places, kept while there is room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pyroaring import BitMap

from indexer.codec.lists import as_array
from indexer.codec.segment import Segment
from search.cache import TermCache
from search.expansion import Pattern, forms_like
from search.found import NONE, Found, Frequencies, Ints, looked_up
from search.nodes import ExactPhrase, Near
from search.phrases import near_paragraphs, phrase_starts

__all__ = ["DecodedTerms"]

# A group in more than this part of the paragraphs may be kept as a row with a byte for each paragraph: to
# look up a frequency in a row is one read, in a list a dozen.
_COMMON = 1 / 64
# A row is made when a group is asked for again, or at once when more than one in so many of its paragraphs
# are looked up: it costs as much as that.
_LOOKED_UP = 4
# Bytes that a decoded paragraph takes: four as a number and two in a bitmap.
_FOUND_SIZE = 6
Counted = tuple[Ints, Ints]


class DecodedTerms:
    """What a segment knows of the terms that questions ask for."""

    def __init__(self, segment: Segment, cache: TermCache) -> None:
        self.segment = segment
        self._cache = cache
        self._numbers: dict[tuple[str, str], int | None] = {}
        self._asked: set[int] = set()
        self._together: dict[ExactPhrase | Near, Counted] = {}

    def number(self, fieldname: str, term: str) -> int | None:
        """Return the number of a form (``text``) or a group (``stem``), None where there is none such."""
        key = fieldname, term
        if key not in self._numbers:
            terms = self.segment.groups if fieldname == "stem" else self.segment.forms
            self._numbers[key] = terms.find(term.encode())
        return self._numbers[key]

    def paragraphs(self, fieldname: str, term: str) -> int:
        """Return in how many paragraphs a form or a group stands, deleted ones included."""
        number = self.number(fieldname, term)
        counts = self.segment.group_paragraphs if fieldname == "stem" else self.segment.form_paragraphs
        return 0 if number is None else int(counts[number])

    def group(self, group: str) -> Found:
        """Return the paragraphs that hold a word of an inflection group."""
        number = self.number("stem", group)
        return Found(bitmap=BitMap()) if number is None else self._group(number)

    def group_frequencies(self, group: str, paragraphs: Ints) -> Frequencies:
        """Return how often words of a group stand in some paragraphs."""
        number = self.number("stem", group)
        if number is None:
            return np.zeros(len(paragraphs), np.uint32)
        holders = int(self.segment.group_paragraphs[number])
        again = number in self._asked or _LOOKED_UP * len(paragraphs) >= holders
        self._asked.add(number)
        if not again or holders <= _COMMON * len(self.segment):
            return looked_up(self._group(number).array, self._group_counts(number), paragraphs)
        key = self.segment, "row", number
        return self._cache.get(key, lambda: self._row(number), size=len(self.segment)).take(paragraphs)

    def form(self, form: str) -> Counted:
        """Return the paragraphs that hold a form, and how often it stands in each."""
        number = self.number("text", form)
        if number is None:
            return NONE, NONE
        return self._cache.get(
            (self.segment, "form", number),
            lambda: self._counted(self.positions(number)),
            size=8 * int(self.segment.form_paragraphs[number]),
        )

    def pattern(self, tree: Pattern) -> Found:
        """Return the paragraphs that hold any form that a pattern stands for."""
        forms = forms_like(tree, self.segment.forms)
        size = _FOUND_SIZE * sum(int(self.segment.form_paragraphs[form]) for form in forms)
        return self._cache.get((self.segment, "pattern", repr(tree)), lambda: self._any_form(forms), size)

    def phrase(self, phrase: ExactPhrase) -> Counted:
        """Return the paragraphs of a phrase, and how often it stands in each."""
        if phrase not in self._together:
            forms = self._forms(phrase.words)
            starts = NONE
            if forms is not None:
                starts = phrase_starts(
                    self.segment, forms, arrays=self.positions, bitmaps=self._position_bitmap
                )
            self._together[phrase] = self._counted(starts)
        return self._together[phrase]

    def near(self, near: Near) -> Counted:
        """Return the paragraphs that hold words near each other; each counts as one."""
        if near not in self._together:
            forms = self._forms(near.words)
            found = NONE
            if forms is not None:
                found = near_paragraphs(self.segment, forms, within=near.within, arrays=self.positions)
            self._together[near] = found, np.ones(len(found), np.uint32)
        return self._together[near]

    def positions(self, form: int) -> Ints:
        """Return where a form stands in the segment."""
        if self.segment.positions.is_plain(form):
            return self.segment.positions.array(form)
        size = 4 * int(self.segment.form_frequency[form])
        return self._cache.get(
            (self.segment, "places", form), lambda: as_array(self._position_bitmap(form)), size=size
        )

    def begin_question(self) -> None:
        """Drop the phrases of the question before; a phrase is found once and scored once."""
        self._together.clear()

    def forget(self) -> None:
        """Forget the terms that were asked for."""
        self._numbers.clear()
        self._asked.clear()
        self._together.clear()

    def _forms(self, words: Sequence[str]) -> list[int] | None:
        """Return the numbers of some forms, None where the segment lacks one of them."""
        forms = [self.number("text", word) for word in words]
        known = [form for form in forms if form is not None]
        return known if len(known) == len(forms) else None

    def _group(self, number: int) -> Found:
        return self._cache.get(
            (self.segment, "group", number),
            lambda: Found(bitmap=self.segment.documents.bitmap(number)),
            size=_FOUND_SIZE * int(self.segment.group_paragraphs[number]),
        )

    def _group_counts(self, number: int) -> Frequencies:
        size = int(self.segment.group_paragraphs[number])
        key = self.segment, "frequencies", number
        return self._cache.get(key, lambda: self.segment.frequencies(number), size=size)

    def _row(self, group: int) -> Frequencies:
        """Spread a group's frequencies over all paragraphs."""
        frequencies = self.segment.frequencies(group)
        row = np.zeros(len(self.segment), frequencies.dtype)
        row[self._group(group).array] = frequencies
        return row

    def _position_bitmap(self, form: int) -> BitMap:
        return self._cache.get(
            (self.segment, "positions", form),
            lambda: self.segment.positions.bitmap(form),
            size=2 * int(self.segment.form_frequency[form]),
        )

    def _any_form(self, forms: Sequence[int]) -> Found:
        if not forms:
            return Found(array=NONE)
        places = np.concatenate([self.segment.positions.array(form) for form in forms])
        mask = np.zeros(len(self.segment), bool)
        mask[self.segment.paragraphs_of(places)] = True
        return Found(array=np.flatnonzero(mask).astype(np.uint32))

    def _counted(self, positions: Ints) -> Counted:
        """Return the paragraphs in which rising positions lie, and how many lie in each."""
        if not len(positions):
            return NONE, NONE
        paragraphs = self.segment.paragraphs_of(positions)
        begins = np.concatenate(([0], np.flatnonzero(paragraphs[1:] != paragraphs[:-1]) + 1))
        return paragraphs[begins], np.diff(begins, append=len(paragraphs)).astype(np.uint32)
