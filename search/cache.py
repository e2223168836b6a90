"""A bounded cache of decoded terms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

__all__ = ["TermCache"]

Value = TypeVar("Value")


class TermCache:
    """Keeps what was decoded last, up to a number of bytes.

    A caller says how many bytes a value takes; one that would fill more than a
    quarter of the room is not kept.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, decode: Callable[[], Value], size: int) -> Value:
        """Return what is kept under a key, or decode and keep it; ``size`` is in bytes."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept[0]  # type: ignore[no-any-return]
        value = decode()
        if 4 * size <= self._room:
            self._kept[key] = value, size
            self._used += size
            while self._used > self._room:
                self._used -= self._kept.popitem(last=False)[1][1]
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._used = 0
