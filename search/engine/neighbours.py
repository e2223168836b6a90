"""Words near the stretches that a question marks, counted by the forms at the positions around them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from whoosh.query import Query

from onrecord.indexer.segments.layout import Ints
from onrecord.indexer.segments.segment import Segment
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.form_counts import Counts, forms_in, forms_standing_at
from onrecord.search.engine.stretch_places import Places
from onrecord.search.engine.stretches import places_of
from onrecord.search.results.neighbours import Neighbour, Neighbours

__all__ = ["count_neighbours"]

# What a position is: none of these, near a stretch, in one.
_NEAR, _INSIDE = 1, 2


def count_neighbours(engine: Engine, tree: Query, *, found: Ints, among: Ints, window: int) -> Neighbours:
    """Count the words near what a tree marks in paragraphs that match it, and the others of ``among``."""
    collection = engine.collection
    places = places_of(engine, tree, found)
    parts = [
        _count(segment, _own(places, base, len(segment)), own, window)
        for base, segment, own in collection.split(among)
    ]
    names = set[bytes]()
    for segment, (near, _) in zip(collection.segments, parts, strict=True):
        names.update(segment.words.forms[form] for form in np.flatnonzero(near).tolist())
    return Neighbours(
        words=tuple(_neighbours(sorted(names), list(zip(collection.segments, parts, strict=True)))),
        places=len(places.paragraphs),
        near=sum(int(near.sum()) for near, _ in parts),
        elsewhere=sum(int(elsewhere.sum()) for _, elsewhere in parts),
    )


def _own(places: Places, base: int, size: int) -> Places:
    """Return the stretches of one segment, with its own numbers of paragraphs."""
    first, last = places.paragraphs.searchsorted(np.array([base, base + size], np.uint32)).tolist()
    own = Places(*(column[first:last] for column in places))
    return own._replace(paragraphs=own.paragraphs - np.uint32(base))


def _count(segment: Segment, places: Places, among: Ints, window: int) -> tuple[Counts, Counts]:
    """Count each form near the stretches, and elsewhere in some paragraphs."""
    words, paragraphs = segment.words, segment.paragraphs
    kinds = np.zeros(len(words.forward), np.uint8)
    start = paragraphs.starts.take(places.paragraphs)
    end = start + paragraphs.lengths.take(places.paragraphs)
    first, last = start + places.first, start + places.last
    for step in range(min(window, int(paragraphs.lengths.max(initial=0)))):
        before, behind = first.astype(np.int64) - 1 - step, last.astype(np.int64) + step
        kinds[before[before >= start]] = _NEAR
        kinds[behind[behind < end]] = _NEAR
    for step in range(int((last - first).max(initial=0))):
        place = first + np.uint32(step)
        kinds[place[place < last]] = _INSIDE
    near = forms_standing_at(segment, np.flatnonzero(kinds == _NEAR).astype(np.uint32))
    within = forms_standing_at(segment, np.flatnonzero(kinds == _INSIDE).astype(np.uint32))
    # Never below nothing, whatever a false index says.
    return near, np.maximum(forms_in(segment, among) - near - within, 0)


def _neighbours(
    names: list[bytes], parts: list[tuple[Segment, tuple[Counts, Counts]]]
) -> Iterator[Neighbour]:
    for name in names:
        near = elsewhere = 0
        for segment, (there, not_there) in parts:
            form = segment.words.forms.find(name)
            if form is not None:
                near += int(there[form])
                elsewhere += int(not_there[form])
        yield Neighbour(name.decode(), near, elsewhere)
