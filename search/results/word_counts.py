"""How often each word stands on each of several sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["WordCounts"]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Folded words by number, in the order of their letters, and how often each stands on each side.

    ``counts`` has a row for each side and a column for each word that an index has, also those that stand on
    none. ``names`` gives the words of some numbers: of tens of thousands a table shows a few.
    """

    counts: npt.NDArray[np.int64]
    names: Callable[[Sequence[int]], list[str]]
