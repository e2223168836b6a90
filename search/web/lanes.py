"""Where the work of a request is done: in threads, of which there are as many as cores.

The loop that takes requests in must not wait for an answer to be found, and more threads than cores would
only share the interpreter. What waits longer in the queue than anyone would is refused.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from onrecord.indexer.errors import RequestError

__all__ = ["Lanes"]

Value = TypeVar("Value")
_RETRY = 2
# Dear requests that may wait: each takes seconds.
_MOST_DEAR = 16


class Lanes:
    """Threads for the work of requests, and how many requests may wait for one."""

    def __init__(self, *, threads: int | None = None, waiting: int = 256) -> None:
        self._threads = threads or max(2, os.cpu_count() or 1)
        self._most = waiting
        self._limiter: anyio.CapacityLimiter | None = None
        self._dear: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], Value]) -> Value:
        """Do some work in a thread (`RequestError` where too much is waiting)."""
        if self._limiter is None:  # it belongs to a loop, and none runs before the first request
            self._limiter = anyio.CapacityLimiter(self._threads)
        return await _run(work, self._limiter, self._most)

    async def run_dear(self, work: Callable[[], Value]) -> Value:
        """Do some work that is done elsewhere, one after the other; a thread waits for it."""
        if self._dear is None:
            self._dear = anyio.CapacityLimiter(1)
        return await _run(work, self._dear, _MOST_DEAR)

    async def parts(self, body: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Yield the parts of a stream, each made in a thread, so that others are answered in between."""
        while True:
            part = await self.run(lambda: next(body, None))
            if part is None:
                return
            yield part


async def _run(work: Callable[[], Value], limiter: anyio.CapacityLimiter, most: int) -> Value:
    if limiter.statistics().tasks_waiting >= most:
        raise RequestError(
            "The server has more to do than it can; ask again in a moment.",
            status=503,
            kind="busy",
            retry=_RETRY,
        )
    return await run_sync(work, limiter=limiter)
