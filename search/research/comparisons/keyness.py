"""How much a word marks one of two texts: significance and size of the difference, from four numbers.

``a`` and ``b`` are how often a word stands on each side, ``of_a`` and ``of_b`` how many words each side has,
more than none. Of many words ``a`` and ``b`` are arrays, and so is the measure.
"""

from __future__ import annotations

from enum import Enum
from math import exp, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Measure", "Ratio", "chi_squared", "log_likelihood", "log_ratio", "ratio_of_rates"]

Counts = int | npt.NDArray[np.int64]
Measures = npt.NDArray[np.float64]

# The 97.5th percentile of the normal distribution, for an interval of 95 %.
_Z = 1.959963984540054
# What stands for a frequency of nothing in a ratio (Hardie 2014).
_HALF = 0.5


class Measure(Enum):
    """By what words are put in order."""

    LOG_LIKELIHOOD = "ll"
    LOG_RATIO = "log-ratio"
    CHI_SQUARED = "chi2"


class Ratio(NamedTuple):
    """A ratio of two rates and the interval of 95 % around it; None is what cannot be told."""

    ratio: float | None
    low: float | None
    high: float | None


def log_likelihood(a: Counts, b: Counts, of_a: int, of_b: int) -> Measures:
    """Return G2 over the two cells of the word (Rayson and Garside 2000); 3.84 is significant at 5 %.

    >>> round(float(log_likelihood(20, 10, 1000, 2000)), 3)
    13.863
    """
    rate = np.add(a, b) / (of_a + of_b)
    return 2 * (_cell(a, of_a * rate) + _cell(b, of_b * rate))


def _cell(times: Counts, expected: Measures) -> Measures:
    """Return what a cell adds to G2: nothing where a word never stands."""
    seen = np.maximum(times, 1)
    logarithm: Measures = np.log(seen / np.where(expected, expected, 1.0))
    return np.multiply(times, logarithm)


def log_ratio(a: Counts, b: Counts, of_a: int, of_b: int) -> Measures:
    """Return the binary logarithm of the ratio of the rates (Hardie 2014): 1 is twice as often, -1 half.

    >>> float(log_ratio(20, 10, 1000, 2000))
    2.0
    """
    measure: Measures = np.log2(np.maximum(a, _HALF) / of_a) - np.log2(np.maximum(b, _HALF) / of_b)
    return measure


def chi_squared(a: Counts, b: Counts, of_a: int, of_b: int) -> Measures:
    """Return Pearson's chi-squared of the table of this word and all others, without a correction.

    >>> round(float(chi_squared(20, 10, 1000, 2000)), 3)
    15.152
    """
    total, word = of_a + of_b, np.add(a, b)
    cross = np.subtract(np.multiply(a, of_b), np.multiply(b, of_a)).astype(np.float64)
    below = word.astype(np.float64) * (total - word) * of_a * of_b
    measure: Measures = total * cross**2 / np.where(below, below, 1.0)
    return measure


def ratio_of_rates(a: int, b: int, of_a: int, of_b: int) -> Ratio:
    """Return a ratio of two shares, with the interval of its logarithm (Katz and others 1978).

    >>> tuple(round(one, 3) for one in ratio_of_rates(20, 10, 1000, 2000))
    (4.0, 1.88, 8.513)
    """
    if not (of_a and of_b) or not (a or b):
        return Ratio(None, None, None)
    if not b:
        return Ratio(None, None, None)
    ratio = (a / of_a) / (b / of_b)
    if not a:
        return Ratio(0.0, 0.0, None)
    error = _Z * sqrt(1 / a - 1 / of_a + 1 / b - 1 / of_b)
    return Ratio(ratio, ratio * exp(-error), ratio * exp(error))
