"""Hints of the system that something below some paths has changed: watchfiles, where it is installed.

A hint makes the next look come sooner. What it says is not believed, and where there is none nothing is lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

__all__ = ["hints_of"]

# Milliseconds for which events are gathered into one hint, and in which the end of the watch is noticed.
_TOGETHER, _NOTICED = 400, 1000
# Seconds until the system is asked again after it refused: a path was not there, or it had no watches left.
_AGAIN = 30.0


def hints_of(paths: Sequence[Path]) -> Callable[[], bool]:
    """Listen to what happens below some paths; what is returned says whether anything has since it was asked.

    Without watchfiles nothing ever has.
    """
    if not paths or find_spec("watchfiles") is None:
        return lambda: False
    changed = threading.Event()
    threading.Thread(target=_listen, args=(paths, changed), daemon=True).start()

    def hinted() -> bool:
        was = changed.is_set()
        changed.clear()
        return was

    return hinted


def _listen(paths: Sequence[Path], changed: threading.Event) -> None:
    from watchfiles import watch

    never = threading.Event()
    while True:
        try:
            for _ in watch(
                *paths,
                watch_filter=None,
                debounce=_TOGETHER,
                rust_timeout=_NOTICED,
                stop_event=never,
                raise_interrupt=False,
            ):
                changed.set()
        except Exception:  # whatever keeps it from telling: looks come by the clock
            never.wait(_AGAIN)
