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


class Lanes:
    """Threads for the work of requests, and how many requests may wait for one."""

    def __init__(self, *, threads: int | None = None, waiting: int = 256) -> None:
        self._threads = threads or max(2, os.cpu_count() or 1)
        self._most = waiting
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[[], Value]) -> Value:
        """Do some work in a thread (`RequestError` where too much is waiting)."""
        limiter = self._limiter
        if limiter is None:  # it belongs to the loop that runs, and there is none before the first request
            limiter = self._limiter = anyio.CapacityLimiter(self._threads)
        if limiter.statistics().tasks_waiting >= self._most:
            raise RequestError(
                "The server has more to do than it can; ask again in a moment.",
                status=503,
                kind="busy",
                retry=_RETRY,
            )
        return await run_sync(work, limiter=limiter)

    async def parts(self, body: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Yield the parts of a stream, each made in a thread, so that others are answered in between."""
        while True:
            part = await self.run(lambda: next(body, None))
            if part is None:
                return
            yield part
