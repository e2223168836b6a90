"""Documents sent in bulk: some at once, each answer looked at line by line."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import ClusterError

__all__ = ["BulkWriter"]

Json = dict[str, Any]

# Bytes of a request, and requests on their way: so much is held, and a node has to hold.
_SIZE = 4 << 20
_AT_ONCE = 2
# A node that has too much to do says so; how often it is asked again, and after how many seconds at first.
_TRIES = 8
_PAUSE = 0.5
_BUSY = 429
# Of an answer what is looked at.
_WANTED = "errors,items.*.status,items.*.error"


class BulkWriter:
    """Writes the lines of documents by the alias of one index (`ClusterError`).

    Leaving it waits until all is written. ``written`` is called with how many lots of documents are, whenever
    it is known that these have reached the disk of a node. Where the alias is gone nothing is written.
    """

    def __init__(self, cluster: Cluster, alias: str, *, written: Callable[[int], None] | None = None) -> None:
        self._cluster = cluster
        self._alias = alias
        self._written = written
        self._added = 0
        self._lines: list[bytes] = []
        self._size = 0
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="onrecord-bulk")
        self._sent: deque[tuple[int, Future[None]]] = deque()

    def add(self, lines: list[bytes]) -> None:
        """Add a lot of documents, two lines each, and send what was added when it is enough."""
        self._lines += lines
        self._added += 1
        self._size += sum(map(len, lines))
        if self._size >= _SIZE:
            self.send()

    def send(self) -> None:
        """Send what was added."""
        if not self._lines:
            return
        while len(self._sent) >= _AT_ONCE:
            self._await_first()
        self._sent.append((self._added, self._pool.submit(self._write, self._lines)))
        self._lines, self._size = [], 0

    def finish(self) -> None:
        """Send the rest, and wait until all is written (`ClusterError`)."""
        self.send()
        while self._sent:
            self._await_first()

    def _await_first(self) -> None:
        """Wait for the request that was sent first: all that was added before is written with it."""
        lots, first = self._sent.popleft()
        first.result()
        if self._written is not None:
            self._written(lots)

    def _write(self, lines: list[bytes]) -> None:
        for attempt in range(_TRIES):
            body = b"\n".join(lines) + b"\n"
            answer = self._cluster.ask(
                "POST", f"/{self._alias}/_bulk", body, require_alias=True, filter_path=_WANTED
            )
            if not answer["errors"]:
                return
            items = [item["index"] for item in answer["items"]]
            refused = [item for item in items if "error" in item and item["status"] != _BUSY]
            if refused:
                reason = refused[0]["error"].get("reason", refused[0]["error"])
                raise ClusterError(
                    f"{self._cluster.address} refused a document ({reason}); load the index anew.",
                    path=str(self._cluster.address),
                )
            lines = [
                line
                for at, item in enumerate(items)
                if "error" in item
                for line in lines[2 * at : 2 * at + 2]
            ]
            time.sleep(_PAUSE * 2**attempt)
        raise ClusterError(
            f"{self._cluster.address} has too much to do to take more documents; load the index later.",
            path=str(self._cluster.address),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)
