"""The progress bar of long work, where someone is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from onrecord.indexer.report import Progress
from onrecord.search.cli.terminal import printable

__all__ = ["progress_bar"]

# Seconds between two drawings, where no thread sees to that.
_PAUSE = 0.1


@contextmanager
def progress_bar(
    *, wanted: bool = True, threaded: bool = True
) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar on stderr and give the function that moves it; in a pipe, or unwanted, give None.

    A bar that is not ``threaded`` is drawn by whoever moves it: a process can be forked off beside it.
    """
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    # Rich takes longer to import than most searches take; only a bar that is drawn pays for it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        MofNCompleteColumn(),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=threaded) as bar:
        task = bar.add_task("", total=None)
        drawn = 0.0

        def move(progress: Progress) -> None:
            at = printable(progress.path) or "writing the index"
            bar.update(task, completed=progress.done, total=progress.total, description=at)
            nonlocal drawn
            if not threaded and (now := monotonic()) > drawn + _PAUSE:
                drawn = now
                bar.refresh()

        yield move
