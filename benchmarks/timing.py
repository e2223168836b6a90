"""Repeat an action, keep every time, say how they spread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Spread", "once", "repeated"]

# A median needs an odd few; a slow query (Whoosh takes seconds) is asked no oftener than that.
_LEAST = 3
# Beyond this the median of a query of 20 microseconds no longer moved.
_MOST = 201


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in seconds: their median, and the tenth and ninetieth percentile."""

    median: float
    low: float
    high: float
    runs: int

    @classmethod
    def of(cls, times: Sequence[float]) -> Spread:
        """Take the spread of some times, at least one.

        >>> Spread.of([3.0, 1.0, 2.0])
        Spread(median=2.0, low=1.0, high=3.0, runs=3)
        """
        import statistics  # a cold process is timed too, and needs none of it

        ordered = sorted(times)
        tenth = len(ordered) // 10
        return cls(statistics.median(ordered), ordered[tenth], ordered[-1 - tenth], len(ordered))


def once(action: Callable[[], object]) -> float:
    """Time an action once, in seconds."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def repeated(
    action: Callable[[], object], *, seconds: float, before: Callable[[], object] | None = None
) -> list[float]:
    """Time an action again and again, until so many seconds of it have passed; ``before`` is not timed."""
    times: list[float] = []
    while len(times) < _LEAST or (len(times) < _MOST and sum(times) < seconds):
        if before is not None:
            before()
        times.append(once(action))
    return times
