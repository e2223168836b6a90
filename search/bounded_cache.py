"""A bounded cache of what was decoded, which any number of threads may use at once without a lock."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

__all__ = ["BoundedCache"]

# How much of the room stays full where it overflows, so that room is not made for each value anew.
_STAYS = 7 / 8
# After so many values, and as many as there are, the bytes are added up anew: threads that add at the same
# time may miscount.
_COUNTED_ANEW = 64


class BoundedCache:
    """Keeps what was decoded last, up to a number of bytes.

    Whoever keeps a value says how many bytes it takes, and says so again when it has grown; one
    that would fill more than a quarter of the room is not kept. Each step on the dictionary is one that
    threads cannot part: what another thread has taken in between is decoded once more, and nothing else.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._used = 0
        self._until_counted = _COUNTED_ANEW
        # Values with their bytes, the one used last at the end.
        self._kept: dict[Hashable, tuple[Any, int]] = {}

    def get(self, key: Hashable) -> Any | None:
        """Return what is kept under a key, None where nothing is."""
        kept = self._kept.pop(key, None)
        if kept is None:
            return None
        self._kept[key] = kept
        return kept[0]

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of so many bytes under a key."""
        before = self._kept.get(key)
        if before is not None:
            if before[0] is value and before[1] == size:
                return
            self._kept.pop(key, None)
            self._used -= before[1]
        if 4 * size > self._room:
            return
        self._kept[key] = value, size
        self._used += size
        self._until_counted -= 1
        if self._used > self._room or self._until_counted <= 0:
            self._make_room()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._used = 0

    def _make_room(self) -> None:
        """Drop what was used longest ago, where the rest does not fit."""
        kept = list(self._kept.items())
        used = sum([size for _, (_, size) in kept])
        most = self._room if used <= self._room else int(_STAYS * self._room)
        for key, (_, size) in kept:
            if used <= most:
                break
            self._kept.pop(key, None)
            used -= size
        self._used, self._until_counted = used, max(_COUNTED_ANEW, len(self._kept))
