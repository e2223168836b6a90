"""The watch over some folders: look, wait until what has come is still, bring the index up to date; again.

What counts is what `update` finds, by size, time and hash: events of the system get lost and come twice, and
are no more than a hint to look sooner. A round that fails has changed nothing, and the next one tries again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.indexer.building.build import update
from onrecord.indexer.errors import IndexLocked, OnRecordError
from onrecord.indexer.paths import display_path, path_of
from onrecord.indexer.report import Report
from onrecord.indexer.sources.files import is_present
from onrecord.indexer.store.store import Store
from onrecord.indexer.watching.look import Look, look_at, unsettled

__all__ = ["EVERY", "Round", "watch"]

#: Seconds from look to look.
EVERY = 30.0
# Seconds after which what was not still is looked at again.
_SETTLE = 5.0
# Looks in which something was being written, after which what is still does not wait for it any longer.
_PATIENCE = 12
# Seconds within which the watch ends when it is asked to, and another writer is asked again.
_TICK = 0.5


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a look: a ``report`` where the index was updated, a ``problem`` where it could not be.

    ``waiting`` is how many files, or folders, were not still.
    """

    report: Report | None = None
    problem: str | None = None
    waiting: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        report = None if self.report is None else self.report.as_dict()
        return {"kind": "update", "report": report, "problem": self.problem, "waiting": self.waiting}


def watch(
    paths: Sequence[Path | str] = (),
    *,
    into: Path | str,
    told: Callable[[Round], None],
    is_over: Callable[[], bool],
    hinted: Callable[[], bool] = lambda: False,
    every: float = EVERY,
    ocr: bool = False,
) -> None:
    """Keep an index up to date with files and folders until ``is_over`` says so.

    Without ``paths`` they are those that the index knows. A file is taken in when two looks agree on its size
    and time, all that has come together in one update; what never comes to rest does not hold up the others
    for long. Of a path that is not there, or empty all of a sudden, the index keeps what it has.
    ``told`` is called after each look; an error of ours is told and tried again. ``hinted`` says whether to
    look before the time is up. An update that has begun is finished before the watch is over.
    """
    watching = _Watch(Store(into), tuple(map(Path, paths)), told, is_over, every, ocr)
    while not is_over():
        told(watching.round())
        watching.rest(hinted)


@dataclass(slots=True)
class _Watch:
    store: Store
    named: tuple[Path, ...]
    told: Callable[[Round], None]
    is_over: Callable[[], bool]
    every: float
    ocr: bool
    _before: Look = field(default_factory=Look)
    _restless: int = 0  #: looks in a row in which something was not still

    def round(self) -> Round:
        """Look, and bring the index up to date where all is still, or some of it has been for long."""
        paths = self.named or tuple(map(path_of, self.store.asked_for().roots))
        now = look_at(paths, index=self.store.path)
        waiting = unsettled(self._before, now)
        self._before = now
        self._restless = self._restless + 1 if waiting else 0
        if waiting and self._restless % _PATIENCE:
            return Round(waiting=len(waiting))
        try:
            return self._updated(paths, waiting)
        except (OnRecordError, OSError) as error:
            return Round(problem=str(error), waiting=len(waiting))

    def rest(self, hinted: Callable[[], bool]) -> None:
        """Wait for the next look: for as long as it takes to see whether what was not still is now."""
        until = time.monotonic() + (min(self.every, _SETTLE) if self._restless else self.every)
        while not self.is_over() and (left := until - time.monotonic()) > 0:
            if not self._restless and hinted():
                return
            time.sleep(min(_TICK, left))

    def _updated(self, paths: Sequence[Path], waiting: frozenset[str]) -> Round:
        if self.named and not any(map(is_present, paths)):
            return Round(problem=_away(paths))
        left = [*map(path_of, waiting)]
        wait = 0.0
        while True:
            try:
                report = update(paths, into=self.store.path, wait=wait, ocr=self.ocr, waiting=left)
                return Round(report, waiting=len(waiting))
            except IndexLocked:
                if not wait:
                    self.told(Round(problem=_LOCKED.format(self.store.path), waiting=len(waiting)))
                if self.is_over():
                    return Round(waiting=len(waiting))
                wait = _TICK


_LOCKED = "{}: another onrecord index is writing here; it is waited for."


def _away(paths: Sequence[Path]) -> str:
    names = ", ".join(map(display_path, paths))
    return f"{names}: not there; waited for, and what the index has of it is kept."
