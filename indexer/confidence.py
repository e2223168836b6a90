"""How sure a reader is of a value; apart from `indexer.statement`, which a search does not need."""

from __future__ import annotations

from enum import Enum

__all__ = ["Confidence"]


class Confidence(Enum):
    """How sure a reader is of a value."""

    CERTAIN = "certain"  #: declared: front matter, a sidecar file, a file name that follows a scheme
    HIGH = "high"  #: stated in so many words, by the heading or by the speech of itself
    LOW = "low"  #: a guess: from layout, from habit, or from what a greeting implies
