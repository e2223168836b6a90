"""Requests that can wait: a node that has too much to do, or no room for a moment, is asked again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import ClusterError

__all__ = ["BUSY", "ask_patiently", "patiently", "pauses"]

Answer = TypeVar("Answer")

#: The status of an answer that says so.
BUSY = 429
# Seconds until it is asked again at first, each time twice as many; and how often: for two minutes.
_PAUSE = 0.5
_TRIES = 8


def pauses() -> Iterator[float]:
    """Yield the seconds to wait between two tries."""
    return (_PAUSE * 2**attempt for attempt in range(_TRIES))


def patiently(ask: Callable[[], Answer]) -> Answer:
    """Ask, and ask again while a cluster has too much to do (`ClusterError`)."""
    for pause in pauses():
        try:
            return ask()
        except ClusterError as error:
            if error.status != BUSY:
                raise
        time.sleep(pause)
    return ask()


def ask_patiently(cluster: Cluster, method: str, path: str, body: Any = None, **parameters: bool) -> Any:
    """Put a request as `Cluster.ask` does, again while the cluster has too much to do (`ClusterError`)."""
    return patiently(lambda: cluster.ask(method, path, body, seconds=None, **parameters))
