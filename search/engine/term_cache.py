"""A bounded cache of decoded terms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

__all__ = ["TermCache"]


class TermCache:
    """Keeps what was decoded last, up to a number of bytes.

    Whoever keeps a value says how many bytes it takes, and says so again when it has grown; one
    that would fill more than a quarter of the room is not kept.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}

    def get(self, key: Hashable) -> Any | None:
        """Return what is kept under a key, None where nothing is."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of so many bytes under a key."""
        if 4 * size > self._room:
            self._drop(key)
            return
        self._kept[key] = value
        self._used += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        while self._used > self._room:
            self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._sizes.clear()
        self._used = 0

    def _drop(self, key: Hashable) -> None:
        self._kept.pop(key, None)
        self._used -= self._sizes.pop(key, 0)
