"""How often each word of a collection stands in some of its paragraphs (`search.results.word_counts`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.search.collection import Ints
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.form_counts import forms_in
from onrecord.search.results.word_counts import WordCounts

__all__ = ["word_counts"]


def word_counts(engine: Engine, sides: Sequence[Ints]) -> WordCounts:
    """Count the words in each of some sets of rising paragraphs."""
    ranks = engine.form_ranks
    counts = np.zeros((len(sides), len(ranks)), np.int64)
    for row, side in zip(counts, sides, strict=True):
        for _, segment, paragraphs in engine.collection.split(side):
            # A form has one rank, and no rank is that of two forms of a segment.
            row[ranks.of(segment) - 1] += forms_in(segment, paragraphs)
    return WordCounts(counts, lambda numbers: [ranks.name(number + 1) for number in numbers])
