"""BM25 as Lucene defines it, as far as it is worked out beforehand.

A term scores ``idf * (K1 + 1) * tf / (tf + norm)``: what depends on the paragraph alone
is its norm, and what depends on the term alone, beside its idf, is the highest value that
``tf / (tf + norm)`` takes, its peak. (Robertson and Zaragoza, "The Probabilistic
Relevance Framework: BM25 and Beyond", 2009.)
"""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.layout import Ints, Offsets, pieces_of

__all__ = ["K1", "B", "idf", "norms", "peaks", "rescaled_peak"]

Floats = npt.NDArray[np.float32]

# The parameters of Whoosh and of Lucene.
K1 = 1.2
B = 0.75
# Peaks are of 32 bits: a bound is so much above what was measured.
_ROUNDING = 1 + 1e-5


def idf(paragraphs: int, holders: int) -> float:
    """Return the weight of a term's rarity: ``ln(1 + (N - n + 0.5) / (n + 0.5))``, as Lucene has it.

    It is Robertson and Sparck Jones' weight, kept above 0. By Whoosh's ``ln(N / (n + 1)) + 1`` a word of
    every paragraph still scores 1: on fifteen judged collections the mean nDCG@10 is lower by two points.

    >>> round(idf(1000, 1), 1), round(idf(1000, 1000), 1)
    (6.5, 0.0)
    """
    return log(1 + (paragraphs - holders + 0.5) / (holders + 0.5))


def norms(lengths: Ints, average: float) -> Floats:
    """Return ``K1 * (1 - B + B * length / average)`` of paragraphs of so many words."""
    norms = lengths.astype(np.float32)
    norms *= np.float32(K1 * B / average)
    norms += np.float32(K1 * (1 - B))
    return norms


def peaks(frequencies: Ints, paragraphs: Ints, starts: Offsets, *, lengths: Ints, average: float) -> Floats:
    """Return the peak of each group: its postings are those from one of ``starts`` to the next."""
    highest = np.zeros(len(starts) - 1, np.float32)
    norm = norms(lengths, average)
    for first, last in pieces_of(starts):
        begin, end = starts[first], starts[last]
        tf = frequencies[begin:end].astype(np.float32)
        below = norm.take(paragraphs[begin:end])
        below += tf
        tf /= below
        np.maximum.reduceat(tf, starts[first:last] - begin, out=highest[first:last])
    return highest


def rescaled_peak(peak: float, *, average: float, now: float) -> float:
    """Return a bound of a peak where the average length is another than it was taken with.

    With a longer average every norm is smaller, by no more than the averages' ratio, and so
    ``tf / (tf + norm)`` larger by no more than that; with a shorter one it is smaller.
    """
    return min(1.0, peak * max(1.0, now / average) * _ROUNDING)
