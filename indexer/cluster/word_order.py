"""The words of a segment in the order of the text: of each place the form, and the inflection group.

A segment has the forms in their order, and of the groups only how often each stands in a paragraph. Nearly
every form stands for one group in a language. Of the others (``who`` and ``WHO``) the paragraphs of the
groups tell which it is, wherever one of them alone stands in a paragraph; where both do, the text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import Ints
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.word_groups import SegmentGroups, TextGroups

__all__ = ["WordOrder"]

Numbers = npt.NDArray[np.int64]

_SEVERAL = -1
_NONE = -2


class WordOrder:
    """The forms and groups of a segment, by number, paragraph after paragraph."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._words = SegmentGroups(segment.words.belonging)

    def forms(self, first: int, end: int) -> Iterator[Sequence[int]]:
        """Yield the forms of some paragraphs that follow each other."""
        positions, ends = self._positions(first, end)
        return _parted(self._segment.words.forms_at(positions), ends)

    def groups(self, first: int, end: int, texts: Sequence[str]) -> Iterator[Sequence[int]]:
        """Yield the groups of the words of some paragraphs, and then those of their compounds."""
        positions, ends = self._positions(first, end)
        forms = self._segment.words.forms_at(positions)
        lengths = np.diff(ends, prepend=0)
        languages = self._segment.paragraphs.languages[first:end].astype(np.int64)
        groups = np.empty(len(positions), np.int64)
        language_of = np.repeat(languages, lengths)
        for language in np.unique(languages).tolist():
            own = np.flatnonzero(language_of == language)
            groups[own] = self._only_group(language)[forms[own]]
        self._tell_by_paragraphs(groups, positions)
        self._tell_by_texts(groups, ends, first, texts)
        for paragraph, of_words in enumerate(_parted(groups, ends), first):
            yield [*of_words, *self._compounds_of(paragraph)]

    def _positions(self, first: int, end: int) -> tuple[Ints, Numbers]:
        """Return the positions of paragraphs, and where each paragraph's end among them."""
        lengths = self._segment.paragraphs.lengths[first:end].astype(np.int64)
        ends = np.cumsum(lengths)
        shifts = self._segment.paragraphs.starts[first:end].astype(np.int64) - (ends - lengths)
        positions = np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))
        return positions.astype(np.uint32), ends

    def _only_group(self, language: int) -> Numbers:
        """Return the group of each form in a language; `_SEVERAL` where there are some."""
        known = self._only_groups.get(language)
        if known is None:
            forms, groups = self._pairs
            own = self._in_language(language)[groups]
            only = np.full(len(self._segment.words.forms), _NONE, np.int64)
            only[forms[own]] = groups[own]
            only[np.bincount(forms[own], minlength=len(only)) > 1] = _SEVERAL
            known = self._only_groups[language] = only
        return known

    @cached_property
    def _only_groups(self) -> dict[int, Numbers]:
        return {}

    @cached_property
    def _pairs(self) -> tuple[Numbers, Numbers]:
        """The forms and the groups that belong together."""
        table = self._segment.words.belonging
        forms = np.repeat(np.arange(len(self._segment.words.forms)), np.diff(table.forms_at))
        return forms, table.of_forms.astype(np.int64)

    @cached_property
    def _kinds(self) -> list[bytes]:
        """Of each group what stands before its words: a language, ``?``, or ``=``."""
        names = self._segment.words.groups
        return [name[:1] if name[:1] in b"=?" else name.partition(b":")[0] for name in names]

    def _in_language(self, language: int) -> npt.NDArray[np.bool_]:
        """Mark the groups of a language, and those of none."""
        codes = self._segment.paragraphs.languages_known
        own = (codes[language - 1] if language else "").encode() or b"?"
        return np.array([kind in (own, b"=") for kind in self._kinds], bool)

    def _tell_by_paragraphs(self, groups: Numbers, positions: Ints) -> None:
        """Put groups where the paragraph has but one of those that a form may stand for."""
        doubtful = np.flatnonzero(groups == _SEVERAL)
        if len(doubtful):
            known, told = self._told_by_paragraphs
            groups[doubtful] = told[known.searchsorted(positions[doubtful])]

    @cached_property
    def _told_by_paragraphs(self) -> tuple[Ints, Numbers]:
        """Where words stand whose form has several groups, rising, and the group of each, or `_SEVERAL`."""
        places, told = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        languages = self._segment.paragraphs.languages
        for language in np.unique(languages).tolist():
            only = self._only_group(language)
            for form in np.flatnonzero(only == _SEVERAL).tolist():
                where = self._segment.words.positions.array(form)
                paragraphs = self._segment.words.paragraphs_of(where)
                own = languages[paragraphs] == language
                places.append(where[own])
                told.append(self._groups_there(form, language, paragraphs[own]))
        every, which = np.concatenate(places), np.concatenate(told)
        order = np.argsort(every, kind="stable")
        return every[order], which[order]

    def _groups_there(self, form: int, language: int, paragraphs: Ints) -> Numbers:
        """Return the group of a form in each of some paragraphs, `_SEVERAL` where it may be two."""
        table = self._segment.words.belonging
        own = table.of_forms[table.forms_at[form] : table.forms_at[form + 1]].astype(np.int64)
        found = np.full(len(paragraphs), _NONE, np.int64)
        for group in own[self._in_language_cached(language)[own]].tolist():
            there = np.isin(paragraphs, self._segment.words.documents.array(group))
            found[there] = np.where(found[there] == _NONE, group, _SEVERAL)
        return found

    def _in_language_cached(self, language: int) -> npt.NDArray[np.bool_]:
        marks = self._marks.get(language)
        if marks is None:
            marks = self._marks[language] = self._in_language(language)
        return marks

    @cached_property
    def _marks(self) -> dict[int, npt.NDArray[np.bool_]]:
        return {}

    def _tell_by_texts(self, groups: Numbers, ends: Numbers, first: int, texts: Sequence[str]) -> None:
        """Read the texts of the paragraphs in which a form stands for two groups."""
        doubtful = np.flatnonzero(groups < 0)
        owners = ends.searchsorted(doubtful, "right")
        read: TextGroups | None = None
        last = -1
        for place, owner in zip(doubtful.tolist(), owners.tolist(), strict=True):
            if read is None or owner != last:
                last = owner
                language = self._segment.paragraphs.language(first + owner)
                read = TextGroups(texts[owner], language, self._words)
            begin = int(ends[owner - 1]) if owner else 0
            number = self._segment.words.groups.find(read.group(place - begin).encode())
            assert number is not None, "a word of no group"
            groups[place] = number

    def _compounds_of(self, paragraph: int) -> list[int]:
        """Return the groups of the compounds of a paragraph, each as often as it stands there."""
        paragraphs, groups = self._compounds
        begin, end = paragraphs.searchsorted([paragraph, paragraph + 1]).tolist()
        found: list[int] = groups[begin:end].tolist() if end > begin else []
        return found

    @cached_property
    def _compounds(self) -> tuple[Ints, Numbers]:
        """The paragraphs in which compounds stand, rising, and their groups."""
        words = self._segment.words
        paragraphs, groups = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        for number, name in enumerate(words.groups):
            if b"~" in name:
                times = words.frequencies(number)
                paragraphs.append(np.repeat(words.documents.array(number), times))
                groups.append(np.full(int(times.sum(dtype=np.int64)), number, np.int64))
        every, which = np.concatenate(paragraphs), np.concatenate(groups)
        order = np.argsort(every, kind="stable")
        return every[order], which[order]


def _parted(values: npt.NDArray[np.integer], ends: Numbers) -> Iterator[Sequence[int]]:
    """Yield the values of each paragraph."""
    every, begin = values.tolist(), 0
    for end in ends.tolist():
        yield every[begin:end]
        begin = end
