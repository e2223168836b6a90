"""Words counted in a cluster by reading the paragraphs: beside what a question marks, and side against side.

A cluster knows in how many paragraphs a word stands, and not how often it stands in some of them. So all
paragraphs that count are read, and of more than are read while someone waits the counts need an index in a
folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from onrecord.indexer.analysis.words import words as words_in
from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cluster.opened import Json, OpenedGeneration
from onrecord.search.cluster.stretches import MOST_READ, Marker, marked_paragraphs, words_of_spans
from onrecord.search.results.neighbours import Neighbour, Neighbours
from onrecord.search.results.word_counts import WordCounts

__all__ = ["neighbours", "word_counts"]


def word_counts(opened: OpenedGeneration, sides: Sequence[Json]) -> WordCounts:
    """Count the words in what each of some clauses finds (`NeedsLocalIndex`)."""
    counted = [_counted(opened, side) for side in sides]
    names = sorted({word for one in counted for word in one}, key=str.encode)
    counts = np.array([[one[word] for word in names] for one in counted], np.int64)
    return WordCounts(counts.reshape(len(sides), len(names)), lambda numbers: [names[one] for one in numbers])


def neighbours(
    opened: OpenedGeneration, *, found: Json, among: Json, mark: Marker, window: int
) -> Neighbours:
    """Count the words near what is marked in ``found``, and the others of ``among`` (`NeedsLocalIndex`)."""
    every = _counted(opened, among)
    near, inside, places = Counter[str](), Counter[str](), 0
    _check(opened, found)
    for paragraph, spans in marked_paragraphs(opened, found, mark):
        words = words_in(paragraph["text"])
        stretches = words_of_spans(paragraph["text"], spans)
        places += len(stretches)
        marked = {at for first, last in stretches for at in range(first, last)}
        inside.update(words[at] for at in marked)
        near.update(words[at] for at in _beside(stretches, len(words), window) - marked)
    elsewhere = every - near - inside
    return Neighbours(
        words=tuple(Neighbour(word, near[word], elsewhere[word]) for word in sorted(near, key=str.encode)),
        places=places,
        near=near.total(),
        elsewhere=elsewhere.total(),
    )


def _beside(stretches: Sequence[tuple[int, int]], length: int, window: int) -> set[int]:
    """Return the words that are up to so many words before or behind a stretch."""
    return {
        at
        for first, last in stretches
        for run in (range(max(0, first - window), first), range(last, min(length, last + window)))
        for at in run
    }


def _counted(opened: OpenedGeneration, clause: Json) -> Counter[str]:
    """Count the words of all that a clause finds."""
    _check(opened, clause)
    counted = Counter[str]()
    for text in _texts(opened, clause):
        counted.update(words_in(text))
    return counted


def _texts(opened: OpenedGeneration, clause: Json) -> Iterator[str]:
    paragraphs = opened.documents(clause, fields=["text"], sort=["order", "number"])
    return (paragraph["text"] for paragraph in paragraphs)


def _check(opened: OpenedGeneration, clause: Json) -> None:
    there_are = opened.count(clause)
    if there_are > MOST_READ:
        raise NeedsLocalIndex(
            f"counting the words of {there_are:,} paragraphs, of which at most {MOST_READ:,} are read"
        )
