"""What was counted of a question, cell by cell: a *cell* is what has the same values of some keys.

A key is what statements or paragraphs are told apart by: a year, a speaker, a language. All is plain arrays
and tuples, one entry a cell, so that ten thousand cells are made in a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["DATE_NOT_CERTAIN", "Key", "KeyValue", "Numbers", "Sums", "Tally"]

Numbers = npt.NDArray[np.int64]

#: The value of a date that may lie in two years, months or decades.
DATE_NOT_CERTAIN = "date not certain"


class Key(Enum):
    """What a count may be broken down by."""

    YEAR = "year"
    MONTH = "month"
    DECADE = "decade"
    SPEAKER = "speaker"  #: under the name that it had then
    DELEGATION = "delegation"  #: under all its names, by the one it has now
    PERSON = "person"
    FORUM = "forum"
    PLACE = "place"
    LANGUAGE = "language"  #: of a paragraph
    ROLE = "role"  #: what a paragraph does in its statement
    SPEAKER_ROLE = "speaker_role"  #: as what someone spoke

    @property
    def is_time(self) -> bool:
        """Whether its values follow each other."""
        return self in (Key.YEAR, Key.MONTH, Key.DECADE)

    @property
    def is_of_paragraphs(self) -> bool:
        """Whether the paragraphs of one statement may have several values."""
        return self in (Key.LANGUAGE, Key.ROLE)


class KeyValue(NamedTuple):
    """A value of a key, and the field that finds exactly what has it.

    ``name`` is None where it is not known, ``query`` where no field finds it.
    """

    name: str | None
    query: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """How much there is in each cell; a delegation is one speaker, whatever its name."""

    paragraphs: Numbers
    statements: Numbers
    speakers: Numbers
    words: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What matched, and what there was to match, in each cell.

    ``values`` are those of each key, in their order: names by the alphabet, what is not known last. ``cells``
    has a row for each cell, and in it the number of the value of each key, counted from 0. ``found`` are the
    sums of what matched, ``among`` those of all that passes the filters. ``occurrences`` is None where the
    question has no places of its own, as one for several words at once. The arrays named ``whole`` have one
    entry, for everything: a statement may stand in two cells, where a key is one of paragraphs.
    """

    by: tuple[Key, ...]
    values: tuple[tuple[KeyValue, ...], ...]
    cells: Numbers
    found: Sums
    among: Sums
    occurrences: Numbers | None
    whole_found: Sums
    whole_among: Sums
    whole_occurrences: Numbers | None
