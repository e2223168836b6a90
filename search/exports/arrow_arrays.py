"""Cells as an array of Arrow, made of the bytes that it consists of.

What pyarrow has to make an array of a list looks whether it is one of pandas, and so loads pandas where that
is installed: 60 MB, for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from onrecord.search.exports.columns import Cell, Kind
from onrecord.search.frames.frame import arrow_type

__all__ = ["arrow_array"]

_NUMBERS = {Kind.WHOLE: np.int64, Kind.FRACTION: np.float64}


def arrow_array(cells: Sequence[Cell], kind: Kind) -> Any:
    """Return cells of one kind as an array, in which None is missing.

    >>> arrow_array(["Panama", None], Kind.TEXT).to_pylist()  # doctest: +SKIP
    ['Panama', None]
    """
    import pyarrow

    there = [cell is not None for cell in cells]
    validity = None if all(there) else _bits(there)
    children: list[Any] = []
    match kind:
        case Kind.TEXT:
            texts = [b"" if cell is None else str(cell).encode() for cell in cells]
            held = [_ends(map(len, texts)), b"".join(texts)]
        case Kind.TEXTS:
            lists = [cell if isinstance(cell, tuple) else () for cell in cells]
            children = [arrow_array(list(chain.from_iterable(lists)), Kind.TEXT)]
            held = [_ends(map(len, lists))]
        case Kind.TRUTH:
            held = [_bits(map(bool, cells))]
        case _:
            held = [np.array([0 if cell is None else cell for cell in cells], _NUMBERS[kind])]
    buffers = [None if one is None else pyarrow.py_buffer(one) for one in (validity, *held)]
    return pyarrow.Array.from_buffers(arrow_type(kind), len(cells), buffers, children=children)


def _ends(lengths: Iterable[int]) -> Any:
    """Return where each of some begins that follow one another, and where the last ends."""
    return np.cumsum([0, *lengths], dtype=np.int32)


def _bits(truths: Iterable[bool]) -> Any:
    return np.packbits(np.array([*truths], bool), bitorder="little")
