"""The whole of a segment read and compared with itself, for who suspects it: seconds for a full one.

A search believes less at less cost (`indexer.segments.validation`). Here every array is read, and what
is stored of the same thing twice, for speed, must agree: the forms with their positions, these
with the lengths of paragraphs, peaks with frequencies, words with the tables they are found by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

import numpy as np

from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.segments.bm25 import peaks
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.layout import COLUMNS, FIRST_SHELF, Ints, starts_of
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.writing.sketcher import Sketcher, digest
from onrecord.indexer.segments.writing.vocabulary import Vocabulary

__all__ = ["examine_segment"]

# Peaks are compared as 32-bit numbers that another processor may round otherwise.
_ROUNDING = 1e-5


def examine_segment(segment: Segment) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; none for a segment that is whole."""
    changed = list(segment.container.verify())
    for name in changed:
        yield f"{segment.container.path}: the array {name} is not as it was written."
    if changed:
        return
    for what, holds in _claims(segment):
        try:
            held = holds()
        except IndexDamaged:
            held = False
        if not held:
            yield f"{segment.container.path}: {what} disagree with the rest of the segment."


def _claims(segment: Segment) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Yield what is to hold, and a test of it."""
    yield "the positions of words", lambda: _forward_agrees(segment, segment.words.positions.all())
    yield "the paragraphs of words", lambda: _paragraphs_agree(segment)
    yield "the frequencies of words", lambda: _frequencies_agree(segment)
    yield (
        "the printed numbers",
        lambda: bool(len(segment.paragraphs.printed) == len(segment.paragraphs.roles) == len(segment)),
    )
    yield "the languages", lambda: len(segment.paragraphs.languages) == len(segment)
    yield "the slugs", lambda: _slugs_agree(segment)
    yield "the texts", lambda: all(_is_text(text) for text in segment.paragraphs.texts.all())
    yield (
        "the facts of statements",
        lambda: all(
            segment.statements.record(number).slug.encode() == segment.statements.slugs[int(rank)]
            for number, rank in enumerate(segment.statements.slug_ranks)
        ),
    )
    yield (
        "the sources",
        lambda: (
            len(segment.sources.of_statements) == len(segment.statements.slug_ranks)
            and _sources_are_whole(segment)
        ),
    )
    yield "the digests and sketches", lambda: _copies_agree(segment)
    for name, terms in _term_lists(segment):
        yield f"the {name}", lambda terms=terms: _terms_agree(terms)  # type: ignore[misc]
    for name in COLUMNS:
        yield f"the names in {name}", lambda name=name: _column_agrees(segment, name)  # type: ignore[misc]


def _forward_agrees(segment: Segment, positions: Ints) -> bool:
    """Tell whether exactly the words of each paragraph stand there, and ``forward`` says which."""
    words = segment.words
    forms = np.repeat(np.arange(len(words.forms), dtype=np.uint32), words.form_frequency)
    codes = np.full(len(words.forms), FIRST_SHELF, np.uint8)
    codes[list(words.forward_codes)] = list(words.forward_codes.values())
    expected = np.zeros(len(words.forward), np.uint8)
    expected[positions] = codes.take(forms)
    shift = segment.paragraphs.starts.astype(np.int64) - starts_of(segment.paragraphs.lengths)[:-1]
    filled = np.repeat(shift, segment.paragraphs.lengths) + np.arange(segment.paragraphs.tokens)
    if not expected[filled].all() or int(np.count_nonzero(expected)) != segment.paragraphs.tokens:
        return False
    stored = np.minimum(words.forward.whole(), FIRST_SHELF)  # which shelf it is, `forms_at` tells
    return np.array_equal(expected, stored) and np.array_equal(words.forms_at(positions), forms)


def _paragraphs_agree(segment: Segment) -> bool:
    return all(
        len(np.unique(segment.words.paragraphs_of(segment.words.positions.array(form)))) == count
        for form, count in enumerate(segment.words.form_paragraphs.tolist())
    )


def _frequencies_agree(segment: Segment) -> bool:
    paragraphs, frequencies = segment.words.documents.all(), segment.words.all_frequencies()
    if len(frequencies) != len(paragraphs):
        return False
    of_words = np.repeat(
        [b"~" not in group for group in segment.words.groups], segment.words.group_paragraphs
    )
    if int(frequencies[of_words].sum(dtype=np.int64)) != segment.paragraphs.tokens:
        return False
    stored = np.array(
        [segment.words.group_peak(group) for group in range(len(segment.words.groups))], np.float32
    )
    starts = starts_of(segment.words.group_paragraphs)
    average = segment.paragraphs.average_length
    expected = peaks(frequencies, paragraphs, starts, lengths=segment.paragraphs.lengths, average=average)
    return bool(frequencies.all()) and np.allclose(stored, expected, rtol=_ROUNDING)


def _slugs_agree(segment: Segment) -> bool:
    """Tell whether the two ways between a statement and its slug are one way and back."""
    statements = np.arange(len(segment.statements.slug_ranks))
    return np.array_equal(segment.statements.slug_statements[segment.statements.slug_ranks], statements)


def _sources_are_whole(segment: Segment) -> bool:
    sources = segment.sources
    return all(bool(sources.record(number)) for number in range(len(sources.records)))


def _copies_agree(segment: Segment) -> bool:
    """Tell whether copies would be known by what stands in the texts."""
    vocabulary, sketcher = Vocabulary(), Sketcher()
    sketches = [segment.statements.sketches[:0]]
    texts = segment.paragraphs.texts.all()
    for statement, paragraphs in enumerate(np.diff(segment.statements.first_paragraphs).tolist()):
        said = [text.decode() for text in islice(texts, paragraphs)]
        if (
            digest(segment.statements.record(statement), said)
            != segment.statements.digests[statement].tobytes()
        ):
            return False
        read = vocabulary.read(said)
        sketches.append(sketcher.sketch(read, vocabulary.spellings, paragraphs=[paragraphs]))
    return np.array_equal(np.concatenate(sketches), segment.statements.sketches)


def _is_text(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _term_lists(segment: Segment) -> Iterator[tuple[str, TermList]]:
    yield "words", segment.words.forms
    yield "inflection groups", segment.words.groups
    yield "lemmas", segment.words.belonging.lemmas
    yield "words as written", segment.words.belonging.written
    yield "sorted slugs", segment.statements.slugs
    yield "keys of sources", segment.sources.keys
    yield "different printed numbers", segment.paragraphs.printed_numbers
    yield "different languages", segment.paragraphs.language_codes


def _terms_agree(terms: TermList) -> bool:
    """Tell whether terms are sorted, and each is found where it stands."""
    listed = list(terms)
    rising = all(one < other for one, other in pairwise(listed))
    return rising and all(terms.find(term) == number for number, term in enumerate(listed))


def _column_agrees(segment: Segment, name: str) -> bool:
    column = segment.statements.column(name)
    found = sum(len(column.places(word)) for word in column.terms)
    return _terms_agree(column.terms) and found == len(column.all_places) and len(column.of) >= 0
