"""Segments with other numbers in them than were written, under right checksums."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from faults.suspect import Arrays, answers
from hypothesis import strategies as st

from onrecord.indexer.errors import IndexDamaged, OnRecordError

NUMBERS = st.sampled_from([0, 1, 2, 254, 255, 1303, 1 << 16, 1 << 31]) | st.integers(0, 1 << 32)


@st.composite
def forgeries(draw: st.DrawFn) -> Callable[[Arrays], object]:
    """Draw another number for one place of one array."""
    array_at, place_at, number = draw(st.floats(0, 1)), draw(st.floats(0, 1)), draw(NUMBERS)

    def change(arrays: Arrays) -> None:
        filled = [array for array in arrays.values() if array.size]
        array = filled[int(array_at * (len(filled) - 1))]
        top = 1 if array.dtype.kind == "f" else int(np.iinfo(array.dtype).max)
        array[int(place_at * (len(array) - 1))] = number & top

    return change


def names_another(path: Path) -> bool:
    """Tell whether an index is refused as damaged without the name of its damaged file."""
    try:
        answers(path.parent)
    except IndexDamaged as error:
        return str(path) not in str(error)
    except OnRecordError:
        # A false slug is an address that is not found.
        return False
    return False
