"""Requests that can wait: a node without room for a moment, or one that has gone and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.errors import ClusterError

__all__ = ["LATER", "ask_patiently", "patiently", "pauses"]

Answer = TypeVar("Answer")

#: The statuses of answers that say so: too much to do, and a part of the index that is away.
LATER = frozenset({429, 503})
# Seconds until it is asked again at first, each time twice as many; and how often: for two minutes.
_PAUSE = 0.5
_TRIES = 8


def pauses() -> Iterator[float]:
    """Yield the seconds to wait between two tries."""
    return (_PAUSE * 2**attempt for attempt in range(_TRIES))


def patiently(ask: Callable[[], Answer]) -> Answer:
    """Ask, and ask again while a cluster cannot answer for a moment (`ClusterError`)."""
    for pause in pauses():
        try:
            return ask()
        except ClusterError as error:
            if error.status not in LATER:
                raise
        time.sleep(pause)
    return ask()


def ask_patiently(cluster: Cluster, method: str, path: str, body: Any = None, **parameters: bool) -> Any:
    """Put a request as `Cluster.ask` does, again while the cluster cannot for a moment (`ClusterError`)."""
    return patiently(lambda: cluster.ask(method, path, body, seconds=None, **parameters))
