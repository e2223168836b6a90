"""Where the stretches stand that a question marks: as words, counted from 0 in their paragraphs.

A question whose words and phrases are marked wherever they stand is answered by the positions of its forms.
What these cannot tell is read: paragraphs in which it depends on how a word is written whether it is meant,
those with a compound that is asked for, and those in which words that share a character (``½``) may be
parted. Every other question is played over the texts (`search.results.snippet`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.query import Query

from onrecord.indexer.segments.layout import FREE
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.search.collection import Collection, Ints
from onrecord.search.engine.phrases import phrase_starts
from onrecord.search.engine.term_postings import TermPostingsReader
from onrecord.search.query.expansion import forms_like
from onrecord.search.results.paragraph_words import Span, WordsAsked, places_of_words
from onrecord.search.results.snippet import highlights

__all__ = [
    "IN_SIGNS",
    "ParagraphText",
    "Places",
    "marked_texts",
    "places_in_segments",
    "places_in_texts",
    "texts_of",
]

# Paragraphs that are read at once, and after how many the parts of the file that were read are given back.
_LOT = 1 << 12
# Whether a form is marked in a language: nowhere, wherever it stands, or as it is written.
_NOT, _SURE, _DOUBTFUL = range(3)
#: Forms of which several may stand in one character: of fractions and of numbers with a sign of their own, of
#: signs such as ℅, ㎨ and ㍿, of vowels that are written in two. A test goes through all of Unicode.
IN_SIGNS = (
    *map(str, range(32)),
    *("a", "c", "kg", "m", "o", "p", "rad", "s", "s2", "u", "v"),
    *("الله", "جل", "جلاله", "صلي", "عليه", "وسلم"),
    *"าํຫາໍかほよりァアィイウェエォオカガキギクグケゲコサシジスセゼソタダチッツデトドナニネノハバパヒビピフブヘベペホボポマミム",
    *"メヤュユョラリルレロワンー令会和大平式成日明昭月株正治点社ນມ",
)


class Places(NamedTuple):
    """Stretches, rising: the paragraph of each in the collection, its first word and the one behind it."""

    paragraphs: Ints
    first: Ints
    last: Ints

    def take(self, rows: npt.NDArray[np.integer]) -> Places:
        """Return some of them, in another order."""
        return Places(self.paragraphs.take(rows), self.first.take(rows), self.last.take(rows))

    def occurrences(self) -> Ints:
        """Count the stretches of each paragraph through, from 1."""
        count = len(self.paragraphs)
        new = np.ones(count, bool)
        np.not_equal(self.paragraphs[1:], self.paragraphs[:-1], out=new[1:])
        numbers = np.arange(count, dtype=np.uint32)
        return numbers - np.maximum.accumulate(np.where(new, numbers, 0)) + 1


class ParagraphText(NamedTuple):
    """A paragraph that was read: its number in the collection, where it lies, its text and language."""

    number: int
    segment: Segment
    paragraph: int
    text: str


def places_in_texts(collection: Collection, tree: Query, paragraphs: Ints) -> Places:
    """Find the stretches of a tree in rising paragraphs that match it, by their texts."""
    rows = [
        (read.number, *words_of_span(span, starts))
        for read, spans in marked_texts(collection, tree, paragraphs)
        if spans
        for starts in [[start for start, _ in places_of_words(read.text)]]
        for span in spans
    ]
    table = np.array(rows, np.uint32).reshape(-1, 3)
    return Places(*(np.ascontiguousarray(column) for column in table.T))


def words_of_span(span: Span, starts: Sequence[int]) -> tuple[int, int]:
    """Return the first word of a stretch of text and the one behind its last, of words that start there."""
    return bisect_left(starts, span[0]), bisect_left(starts, span[1])


def marked_texts(
    collection: Collection, tree: Query, paragraphs: Ints
) -> Iterator[tuple[ParagraphText, tuple[Span, ...]]]:
    """Read rising paragraphs, and yield each with what a tree marks in it."""
    asked: dict[Segment, WordsAsked] = {}
    for read in texts_of(collection, paragraphs):
        segment = read.segment
        if segment not in asked:
            asked[segment] = WordsAsked(tree, SegmentGroups(segment.words.belonging))
        language = segment.paragraphs.language(read.paragraph)
        yield read, highlights(read.text, language=language, asked=asked[segment])


def texts_of(collection: Collection, paragraphs: Ints) -> Iterator[ParagraphText]:
    """Read rising paragraphs in their order, each block of texts once."""
    for base, segment, own in collection.split(paragraphs):
        for begin in range(0, len(own), _LOT):
            some = own[begin : begin + _LOT].tolist()
            for paragraph, stored in zip(some, segment.paragraphs.texts.several(some), strict=True):
                yield ParagraphText(base + paragraph, segment, paragraph, segment.paragraphs.decoded(stored))
            if len(own) > _LOT:
                segment.container.let_go()


def places_in_segments(terms: TermPostingsReader, tree: Query, paragraphs: Ints) -> Places:
    """Find the stretches of a tree in rising paragraphs that match it, by positions as far as they tell."""
    collection = terms.collection
    parts: list[Places] = []
    for base, segment, own in collection.split(paragraphs):
        finder = _Finder(terms, segment, WordsAsked(tree, SegmentGroups(segment.words.belonging)), own)
        if not finder.asked.always_marked:
            return places_in_texts(collection, tree, paragraphs)
        sure, doubtful = finder.found()
        read = places_in_texts(collection, tree, doubtful + np.uint32(base))
        parts.append(_together(Places(sure.paragraphs + np.uint32(base), *sure[1:]), read))
    return Places(
        *(np.concatenate([np.zeros(0, np.uint32), *columns]) for columns in zip(*parts, strict=True))
    )


class _Finder:
    """Finds the stretches of a question in some paragraphs of a segment."""

    def __init__(
        self, terms: TermPostingsReader, segment: Segment, asked: WordsAsked, paragraphs: Ints
    ) -> None:
        self.asked = asked
        self._segment = segment
        self._words = segment.words
        self._positions = partial(terms.positions, segment)
        self._bitmaps = partial(terms.position_bitmap, segment)
        self._wanted = np.zeros(len(segment), bool)
        self._wanted[paragraphs] = True
        self._doubtful = np.zeros(len(segment), bool)
        self._edges = set[int]()  # the forms that a stretch may begin or end with

    def found(self) -> tuple[Places, Ints]:
        """Return the stretches of the paragraphs of which that is sure, and the other paragraphs."""
        self._doubt_compounds()
        runs = [*self._alone(), *self._phrases()]
        firsts = np.concatenate([np.zeros(0, np.uint32), *(starts for starts, _ in runs)])
        lasts = np.concatenate([np.zeros(0, np.uint32), *(starts + np.uint32(n) for starts, n in runs)])
        if len(runs) > 1:
            firsts, lasts = _merged(firsts, lasts)
        paragraphs = self._words.paragraphs_of(firsts)
        self._doubt_signs(firsts, lasts, paragraphs)
        sure = (self._wanted & ~self._doubtful).take(paragraphs)
        firsts, lasts, paragraphs = firsts[sure], lasts[sure], paragraphs[sure]
        begin = self._segment.paragraphs.starts.take(paragraphs)
        doubtful = np.flatnonzero(self._wanted & self._doubtful).astype(np.uint32)
        return Places(paragraphs, firsts - begin, lasts - begin), doubtful

    def _alone(self) -> Iterator[tuple[Ints, int]]:
        """Yield where words stand that are marked by themselves."""
        codes = [None, *self._segment.paragraphs.languages_known]
        marked = [self.asked.alone(code) for code in codes]
        everywhere = {
            form for pattern in self.asked.pattern_nodes for form in forms_like(pattern, self._words.forms)
        }
        for form in everywhere:
            self._edges.add(form)
            yield self._positions(form), 1
        for name in sorted(set().union(*marked)):
            number = self._words.forms.find(name.encode())
            if number is not None and number not in everywhere:
                self._edges.add(number)
                how = [_NOT if name not in one else _SURE if one[name] else _DOUBTFUL for one in marked]
                yield self._of_form(number, how), 1

    def _of_form(self, form: int, how: Sequence[int]) -> Ints:
        """Return where a form is marked for sure, by languages; doubt the paragraphs where it may be."""
        positions = self._positions(form)
        if all(one == _SURE for one in how):
            return positions
        paragraphs = self._words.paragraphs_of(positions)
        told = np.array(how, np.uint8).take(self._segment.paragraphs.languages.take(paragraphs))
        self._doubtful[paragraphs[told == _DOUBTFUL]] = True
        sure: Ints = positions[told == _SURE]
        return sure

    def _phrases(self) -> Iterator[tuple[Ints, int]]:
        for phrase in self.asked.phrases:
            forms = [self._words.forms.find(word.encode()) for word in phrase.words]
            known = [form for form in forms if form is not None]
            if len(known) == len(forms):
                self._edges.update((known[0], known[-1]))
                found = phrase_starts(self._words, known, arrays=self._positions, bitmaps=self._bitmaps)
                yield found, len(known)

    def _doubt_compounds(self) -> None:
        """Doubt the paragraphs that hold a compound which is asked for."""
        for group in {group for groups in self.asked.compounds.values() for group in groups}:
            number = self._words.groups.find(group.encode())
            if number is not None:
                self._doubtful[self._words.documents.array(number)] = True

    def _doubt_signs(self, firsts: Ints, lasts: Ints, paragraphs: Ints) -> None:
        """Doubt the paragraphs in which a stretch may begin or end inside a character."""
        words = self._words
        signs = np.zeros(len(words.forms), bool)
        signs[[form for name in IN_SIGNS if (form := words.forms.find(name.encode())) is not None]] = True
        if not signs[list(self._edges)].any():
            return
        for inside, outside in ((firsts, firsts.astype(np.int64) - 1), (lasts - np.uint32(1), lasts)):
            rows = np.flatnonzero(signs.take(words.forms_at(inside)))
            rows = rows[(outside[rows] >= 0) & (outside[rows] < len(words.forward))]
            rows = rows[words.forward.take(outside[rows]) != FREE]
            rows = rows[signs.take(words.forms_at(outside[rows].astype(np.uint32)))]
            self._doubtful[paragraphs[rows]] = True


def _merged(firsts: Ints, lasts: Ints) -> tuple[Ints, Ints]:
    """Put stretches in order, and those together that share words."""
    order = np.lexsort((lasts, firsts))
    firsts, reached = firsts[order], np.maximum.accumulate(lasts[order])
    new = np.ones(len(firsts), bool)
    np.greater_equal(firsts[1:], reached[:-1], out=new[1:])
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(firsts))[: len(begins)] - 1
    return firsts[begins], reached[ends]


def _together(one: Places, other: Places) -> Places:
    """Put stretches of different paragraphs in order."""
    if not len(other.paragraphs):
        return one
    both = Places(*(np.concatenate(columns) for columns in zip(one, other, strict=True)))
    return both.take(np.argsort(both.paragraphs, kind="stable"))
