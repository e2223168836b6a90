"""Documents sent in bulk: some at once, each answer looked at line by line."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.patience import LATER, pauses
from onrecord.indexer.errors import ClusterError

__all__ = ["BulkWriter", "as_line"]

Json = dict[str, Any]

# Bytes of a request, and requests on their way: so much is held, and a node has to hold.
_SIZE = 2 << 20
_AT_ONCE = 2
# How long a node waits for one that is away.
_AWAY = "20s"
# Of an answer what is looked at.
_WANTED = "errors,items.*.status,items.*.error"
# Made once: `json.dumps` makes one each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def as_line(value: object) -> bytes:
    """Write a value as JSON on one line."""
    return _ENCODER.encode(value).encode()


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
        for at in range(0, len(lines), 2):
            self._lines += lines[at : at + 2]
            self._size += len(lines[at]) + len(lines[at + 1])
            if self._size >= _SIZE:
                # A lot is written with its last document.
                self._send(self._added + (at + 2 == len(lines)))
        self._added += 1

    def _send(self, lots: int) -> None:
        """Send what was added, with the last document of so many lots."""
        while len(self._sent) >= _AT_ONCE:
            self._await_first()
        self._sent.append((lots, self._pool.submit(self._write, self._lines)))
        self._lines, self._size = [], 0

    def finish(self) -> None:
        """Send the rest, and wait until all is written (`ClusterError`)."""
        if self._lines:
            self._send(self._added)
        while self._sent:
            self._await_first()

    def _await_first(self) -> None:
        """Wait for the request that was sent first: all that was added before is written with it."""
        lots, first = self._sent.popleft()
        first.result()
        if self._written is not None:
            self._written(lots)

    def _write(self, lines: list[bytes]) -> None:
        """Write lines, again and again while a node cannot take them, half of them at once the next time."""
        for pause in pauses():
            refused = self._refused(lines)
            if refused is not None:
                lines = refused
            elif len(lines) > 2:  # a request may be more than a node has room for
                half = len(lines) // 4 * 2
                self._write(lines[:half])
                lines = lines[half:]
            if not lines:
                return
            time.sleep(pause)
        raise self._error(
            "takes no more documents for now; see whether all of its nodes run, and load the index again."
        )

    def _refused(self, lines: list[bytes]) -> list[bytes] | None:
        """Send lines, and return those that a node had no time for; None where it took none at all."""
        body = b"\n".join(lines) + b"\n"
        try:
            answer = self._cluster.ask(
                "POST",
                f"/{self._alias}/_bulk",
                body,
                require_alias=True,
                timeout=_AWAY,
                filter_path=_WANTED,
            )
        except ClusterError as error:
            if error.status in LATER:
                return None
            raise
        if not answer["errors"]:
            return []
        items = [item["index"] for item in answer["items"]]
        for item in items:
            if "error" in item and item["status"] not in LATER:
                reason = item["error"].get("reason", item["error"]["type"])
                raise self._error(f"refused a document ({reason}); load the index again.")
        left = [2 * at for at, item in enumerate(items) if "error" in item]
        return [line for at in left for line in lines[at : at + 2]]

    def _error(self, rest: str) -> ClusterError:
        address = self._cluster.address
        return ClusterError(f"{address} {rest}", path=str(address))

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
